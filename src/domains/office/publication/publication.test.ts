import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { official, useWorld } from '#test/world';
import { loadHolidays } from '#domain/commune';
import { isWorkingDay, makeCalendar } from '#kernel/office-time';
import { addDays, localDate } from '#kernel/time';
import {
  addEvidence,
  changePublication,
  enterPublication,
  withdrawPublication,
  type PublicationInput,
} from './publication.actions.ts';
import { getPublication, listPublications } from './publication.queries.ts';
import { groupsOfYear, latestStart, stateOf, type Publication } from './publication.ts';
import { ITEMS } from './items.ts';

const world = useWorld();
const clerk = official('specialist');
const calendar = makeCalendar({ days: loadHolidays() });
const NOW = new Date('2026-03-10T02:00:00Z');

const INPUT: PublicationInput = {
  item: 'budget',
  title: 'Dự toán ngân sách năm 2026',
  channels: ['board', 'website'],
  decidedOn: '2026-03-02',
  from: '2026-03-05',
};
const enter = (more: Partial<PublicationInput> = {}) =>
  world.as(clerk, (ctx) => enterPublication(ctx, { ...INPUT, ...more }), { now: NOW });
const one = (more: Partial<Publication>): Publication => ({
  id: '',
  item: 'budget',
  title: '',
  channels: ['board'],
  decidedOn: localDate('2026-03-02'),
  from: null,
  to: null,
  place: null,
  link: null,
  officialId: null,
  note: null,
  withdrawn: false,
  version: 1,
  files: 0,
  ...more,
});
const day = localDate;

describe('the law', () => {
  it('gives five working days, over holidays and swap days', () => {
    expect(latestStart(calendar, day('2026-03-02'))).toBe('2026-03-09');
    // 27/4, 30/4 and 1/5/2026 are off.
    expect(latestStart(calendar, day('2026-04-24'))).toBe('2026-05-06');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (n) => {
        const decided = addDays(day('2025-01-01'), n);
        const last = latestStart(calendar, decided);
        const days = Array.from({ length: 30 }, (_, at) => addDays(decided, at + 1)).filter((d) => d <= last);
        expect(days.filter((d) => isWorkingDay(calendar, d))).toHaveLength(5);
      }),
    );
  });

  it('calls what waits too long overdue, what stood too short too short', () => {
    const of = (more: Partial<Publication>, today: string) => stateOf(calendar, one(more), day(today));
    expect(of({}, '2026-03-09')).toBe('waiting');
    expect(of({}, '2026-03-10')).toBe('overdue');
    expect(of({ from: day('2026-03-05') }, '2026-03-04')).toBe('planned');
    expect(of({ from: day('2026-03-05') }, '2026-09-04')).toBe('showing');
    const short = { from: day('2026-03-05'), to: day('2026-04-02') };
    expect(of(short, '2026-04-03')).toBe('too_short');
    expect(of({ ...short, to: day('2026-04-03') }, '2026-04-04')).toBe('ended');
    expect(of({ withdrawn: true }, '2026-03-10')).toBe('withdrawn');
  });

  it('has fourteen groups, each of which stands somewhere', () => {
    const groups = groupsOfYear(
      calendar,
      [one({}), one({ item: 'fees', from: day('2026-03-03') })],
      2026,
      day('2026-03-20'),
    );
    expect(groups).toHaveLength(14);
    const state = (code: string) => groups.find(({ item }) => item.code === code)!.state;
    expect([state('budget'), state('fees'), state('plan'), state('relief')]).toEqual([
      'behind',
      'done',
      'missing',
      'no_cause',
    ]);
    expect(ITEMS.map(({ number }) => number)).toEqual(Array.from({ length: 14 }, (_, at) => at + 1));
  });
});

describe('the register', () => {
  it('keeps what was entered, with its evidence', async () => {
    const id = await enter();
    const file = {
      name: 'bang-tin.jpg',
      hash: 'a'.repeat(64),
      size: 10,
      mediaType: 'image/jpeg',
      pages: null,
    };
    await world.as(clerk, (ctx) => addEvidence(ctx, id, [file]));
    const found = await world.as(clerk, (ctx) => listPublications(ctx, 2026));
    expect(found.find((entry) => entry.id === id)).toMatchObject({
      item: 'budget',
      from: '2026-03-05',
      files: 1,
    });
  });

  it('refuses what cannot be, and a board cleared before its thirty days', async () => {
    await expect(enter({ channels: [] })).rejects.toMatchObject({
      fields: { channels: 'office.publication.no_channel' },
    });
    await expect(enter({ from: '2026-03-01' })).rejects.toMatchObject({
      fields: { from: 'office.publication.before_decision' },
    });
    await expect(enter({ to: '2026-03-20' })).rejects.toMatchObject({
      fields: { to: 'office.publication.too_short' },
    });
    await enter({ to: '2026-04-03' });
  });

  it('never lets two people overwrite each other', async () => {
    const id = await enter();
    await world.as(clerk, (ctx) => changePublication(ctx, id, { ...INPUT, title: 'Khác' }, 1), { now: NOW });
    const late = world.as(clerk, (ctx) => withdrawPublication(ctx, id, 1));
    await expect(late).rejects.toMatchObject({ code: 'office.publication.changed_meanwhile' });
    await world.as(clerk, (ctx) => withdrawPublication(ctx, id, 2));
    expect(await world.as(clerk, (ctx) => getPublication(ctx, id))).toMatchObject({
      title: 'Khác',
      withdrawn: true,
    });
  });
});
