import { beforeAll, describe, expect, it } from 'vitest';
import { liveRandomly, type Lived } from '#test/lives';
import { anonymous, citizen, official, useWorld } from '#test/world';
import { loadHolidays } from '#domain/commune';
import { makeCalendar } from '#kernel/office-time';
import type { Action } from '../dossier/dossier.ts';
import { CLUB } from '../fixtures.ts';
import { factsOf, pointsOfSlip } from './facts.ts';
import { componentsOf, sumOf } from './groups.ts';
import { qualityOf, quarterQuestion } from './quality.queries.ts';
import { officerScore } from './score.ts';

const law = CLUB.versions[0]!;
const calendar = makeCalendar({ days: loadHolidays() });
const step = (at: string, kind: Action['kind'], data: object) =>
  ({ kind, at: new Date(`${at}:00+07:00`), actorId: 'x', officialId: null, data }) as Action;
const life = [
  step('2026-03-02T08:00', 'file', { channel: 'counter', papers: {} }),
  step('2026-03-02T08:05', 'receive', {}),
  step('2026-03-02T08:10', 'assign', { to: 'a' }),
];
const decide = (at: string) => step(at, 'decide', { outcome: 'granted', medium: 'paper', number: '1/2026' });

describe('the facts of a dossier', () => {
  it('are early and without a late step when everything went quickly', () => {
    const done = [...life, step('2026-03-02T10:00', 'advance', { to: 'b' }), decide('2026-03-03T09:00')];
    expect(factsOf(done, law, calendar)).toEqual({
      timeliness: 'early',
      unitsLate: 0,
      contacts: 0,
      agencies: 1,
      attitude: null,
    });
  });

  it('count each step that ended late, each request and a late end', () => {
    const done = [
      ...life,
      step('2026-03-02T09:00', 'request_supplement', { papers: ['card'], reason: 'mờ' }),
      step('2026-03-03T09:00', 'supplement', { papers: ['card'] }),
      step('2026-03-12T09:00', 'advance', { to: 'b' }),
      decide('2026-03-16T09:00'),
    ];
    expect(factsOf(done, law, calendar)).toMatchObject({ timeliness: 'late', unitsLate: 2, contacts: 1 });
  });

  it('are missing where the law gives no limit', () => {
    const free = { ...law, timeLimit: null };
    expect(factsOf([...life, decide('2026-03-03T09:00')], free, calendar)).toMatchObject({
      timeliness: null,
      unitsLate: null,
    });
  });
});

describe('a slip', () => {
  it('gives index 7: a complaint 0, content with time and attitude 2, else 1, unanswered nothing', () => {
    expect(pointsOfSlip({ attitude: 0, time: 2 })).toEqual({ 7: 0 });
    expect(pointsOfSlip({ attitude: 2, time: 2 })).toEqual({ 7: 2 });
    expect(pointsOfSlip({ attitude: 2 })).toEqual({ 7: 1 });
    expect(pointsOfSlip({ time: 2 })).toEqual({});
  });

  it('says nothing in a group under five, and without it there is no grade', () => {
    const dossiers = [{ 1: 2, 2: 2, 3: 2, 4: 2 } as const];
    const few = officerScore({ dossiers, slips: Array.from({ length: 4 }, () => ({ 7: 0 }) as const) });
    expect(few).toMatchObject({ slips: null, total: 80, grade: null });
    expect(few.means[7]).toBeNull();
    const enough = officerScore({ dossiers, slips: Array.from({ length: 5 }, () => ({ 7: 1 }) as const) });
    expect(enough).toMatchObject({ slips: 5, total: 90, grade: 'all_done' });
  });
});

describe('the groups of QĐ 766', () => {
  it('are 100 points, keep missing missing and give full marks to what is not for communes', () => {
    const all = componentsOf({ progress: 0.9, electronicResult: null, digitised: 1, content: 0.5 });
    expect(all.reduce((sum, one) => sum + one.most, 0)).toBe(100);
    expect(all.find(({ code }) => code === 'electronic_result')).toMatchObject({
      points: null,
      missing: 'no_cases',
    });
    expect(sumOf(all)).toEqual({ points: 18 + 4 + 3 + 4 + 12, known: 46, missing: 54 });
    expect(all.every((one) => (one.points === null) === (one.missing !== null))).toBe(true);
  });
});

describe('the quality of a quarter', () => {
  const world = useWorld();
  const now = new Date('2026-04-20T09:00:00+07:00');
  let lived: Lived;
  beforeAll(async () => {
    lived = await liveRandomly(world, 40);
  }, 120_000);
  const ask = (actor: Parameters<typeof world.as>[0], commune = world.commune) =>
    world.as(actor, (ctx) => qualityOf(ctx, quarterQuestion(ctx.now, { year: 2026, quarter: 1 })), {
      now,
      commune,
    });

  it('covers every decided dossier once, by unit and by official', async () => {
    const quality = await ask(official('leader'));
    expect(quality.question).toEqual({ asOf: '2026-03-31', from: '2026-01-01', scope: 'commune' });
    expect(quality.desk.dossiers).toBeGreaterThan(5);
    const sum = (scores: Iterable<{ dossiers: number }>) =>
      [...scores].reduce((total, { dossiers }) => total + dossiers, 0);
    expect(sum(quality.units.values())).toBe(quality.desk.dossiers);
    expect(sum(quality.officers.values())).toBe(quality.desk.dossiers);
    expect(quality.desk.means[6]).toBeNull();
    expect(quality.desk.means[8]).toBeNull();
    expect(quality.desk.means[5]).toBe(20);
    expect(quality.desk.grade).toBeNull();
  });

  it('shows an official his own scores alone, and strangers nothing', async () => {
    const himself = { ...official('specialist'), userId: lived.userOf(lived.officers[0]!) };
    expect([...(await ask(himself)).officers.keys()]).toEqual([lived.officers[0]]);
    expect((await ask(official('specialist'))).officers.size).toBe(0);
    await expect(ask(citizen())).rejects.toMatchObject({ code: 'refused' });
    await expect(ask(anonymous)).rejects.toMatchObject({ status: 401 });
  });

  it('knows nothing of another commune', async () => {
    const quality = await ask(official('leader'), world.neighbour);
    expect(quality.desk).toMatchObject({ dossiers: 0, slips: null, total: null });
    expect(quality.officers.size).toBe(0);
  });
});
