import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { anonymous, official, system, useWorld } from '#test/world';
import { appointOfficial, linkOfficial } from '#domain/registry';
import { localDate } from '#kernel/time';
import { addEntry, cancelEntry, changeEntry, type EntryInput } from './entry.actions.ts';
import { entriesOfWeek, getEntry, mondayOf } from './entry.queries.ts';
import { endFeeds, hearOfficialLeft, openFeed, readFeed } from './feed.actions.ts';
import { escapeText, fold, icsOf } from './ics.ts';

const world = useWorld();
const clerk = official('specialist');
const chair = official('leader');
let chairId = '';
const NOW = new Date('2026-03-02T02:00:00Z');

beforeAll(async () => {
  chairId = await world.as(system, async (ctx) => {
    const post = 'Chủ tịch Ủy ban nhân dân';
    const more = { fullName: 'Hoàng Văn Mẫu', post, unit: 'leaders' as const, termFrom: '2020-01-01' };
    const id = await appointOfficial(ctx, more);
    await linkOfficial(ctx, id, chair.userId);
    return id;
  });
});

const MEETING: EntryInput = { day: '2026-03-04', from: '08:00', to: '9h30', title: 'Họp giao ban' };
const add = (more: Partial<EntryInput> = {}) =>
  world.as(clerk, (ctx) => addEntry(ctx, { ...MEETING, ...more }), { now: NOW });

describe('the calendar', () => {
  it('shows a week in the order of the clock', async () => {
    const late = await add({ from: '14:00', to: '15:00' });
    const early = await add();
    await add({ day: '2026-03-09' });
    const week = await world.as(clerk, (ctx) => entriesOfWeek(ctx, mondayOf(localDate('2026-03-08'))));
    expect(week.map(({ id }) => id)).toEqual([early, late]);
  });

  it('refuses times that are none or run backwards', async () => {
    await expect(add({ from: '25:00' })).rejects.toMatchObject({ fields: { from: 'office.entry.bad_time' } });
    await expect(add({ to: '07:00' })).rejects.toMatchObject({ fields: { to: 'office.entry.ends_before' } });
  });

  it('lets two people never overwrite each other, and keeps what was cancelled', async () => {
    const id = await add();
    await world.as(clerk, (ctx) => changeEntry(ctx, id, { ...MEETING, place: 'Hội trường' }, 0));
    const late = world.as(clerk, (ctx) => changeEntry(ctx, id, MEETING, 0));
    await expect(late).rejects.toMatchObject({ code: 'office.entry.changed_meanwhile' });
    await world.as(clerk, (ctx) => cancelEntry(ctx, id, 1));
    const entry = await world.as(clerk, (ctx) => getEntry(ctx, id));
    expect(entry).toMatchObject({ place: 'Hội trường', sequence: 2 });
    expect(entry.cancelledAt).not.toBeNull();
    const again = world.as(clerk, (ctx) => cancelEntry(ctx, id, 2));
    await expect(again).rejects.toMatchObject({ code: 'office.entry.cancelled' });
  });
});

describe('a subscription', () => {
  const read = (token: string) => world.as(anonymous, (ctx) => readFeed(ctx, token), { now: NOW });

  it('is read by its secret address alone, mine holding only what concerns me', async () => {
    const mine = await add({ chairId, title: 'Tiếp công dân' });
    const other = await add({ title: 'Việc của người khác' });
    const whole = await world.as(chair, (ctx) => openFeed(ctx, false), { now: NOW });
    const own = await world.as(chair, (ctx) => openFeed(ctx, true), { now: NOW });
    const ids = async (token: string) => (await read(token)).map(({ id }) => id);
    expect(await ids(whole)).toEqual(expect.arrayContaining([mine, other]));
    expect(await ids(own)).toContain(mine);
    expect(await ids(own)).not.toContain(other);
    await expect(read('nothing')).rejects.toMatchObject({ status: 404 });
  });

  it('ends when a new one is made, when asked, and when the official leaves', async () => {
    const first = await world.as(chair, (ctx) => openFeed(ctx, false));
    const second = await world.as(chair, (ctx) => openFeed(ctx, false));
    await expect(read(first)).rejects.toMatchObject({ code: 'office.feed.not_found' });
    await world.as(chair, endFeeds);
    await expect(read(second)).rejects.toMatchObject({ status: 404 });
    const third = await world.as(chair, (ctx) => openFeed(ctx, false));
    await world.as(system, (ctx) => hearOfficialLeft(ctx, { user_id: chair.userId }));
    await expect(read(third)).rejects.toMatchObject({ status: 404 });
  });
});

describe('iCalendar', () => {
  it('folds at 75 octets without cutting a letter, and unfolds to the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const line = text.replaceAll(/[\r\n]/g, ' ');
        const folded = fold(line);
        expect(folded.replaceAll('\r\n ', '')).toBe(line);
        for (const part of folded.split('\r\n')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
      }),
    );
  });

  it('escapes so that no text can end its line or open a property', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(/[\r\n]/);
        expect(escaped.replaceAll(/\\[\\;,n]/g, '')).not.toMatch(/[;,\\]/);
      }),
    );
  });

  it('says when, where and who in UTC, and that something was cancelled', async () => {
    const id = await add({
      chairId,
      title: 'Họp; xóm, chè',
      place: 'Nhà văn hóa\nKhe Cốc',
      others: 'Các xóm',
    });
    await world.as(clerk, (ctx) => cancelEntry(ctx, id, 0), { now: NOW });
    const entry = await world.as(clerk, (ctx) => getEntry(ctx, id));
    const words = { chair: 'Chủ trì', people: 'Thành phần', preparation: 'Chuẩn bị' };
    const about = { name: 'Lịch', domain: 'xa.example', nameOf: () => 'Hoàng Văn Mẫu', words };
    const lines = icsOf([entry], about).replaceAll('\r\n ', '').split('\r\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        `UID:${id}@xa.example`,
        'DTSTART:20260304T010000Z',
        'DTEND:20260304T023000Z',
        'DTSTAMP:20260302T020000Z',
        'SEQUENCE:1',
        String.raw`SUMMARY:Họp\; xóm\, chè`,
        String.raw`DESCRIPTION:Chủ trì: Hoàng Văn Mẫu\nThành phần: Các xóm`,
        'STATUS:CANCELLED',
      ]),
    );
    expect(lines[0]).toBe('BEGIN:VCALENDAR');
    expect(lines.at(-2)).toBe('END:VCALENDAR');
  });
});
