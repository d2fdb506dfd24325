import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { localDate, type LocalDate } from '#kernel/time';
import { anonymous, citizen, official, useWorld } from '#test/world';
import { coveredFor, coverFor } from './cover.ts';
import { anOfficial } from './fixtures.ts';
import {
  appointOfficial,
  coveredBy,
  coverOf,
  dutyWeek,
  endAbsence,
  endOfficial,
  listAbsences,
  officialDirectory,
  onDuty,
  planDuty,
  recordAbsence,
  removeDuty,
  repeatDutyWeek,
  type NewAbsence,
} from './index.ts';

const world = useWorld();
const leader = official('leader');
const clerk = official('clerk');
const NOW = { now: new Date('2024-04-22T09:00:00+07:00') };
const there = () => ({ ...NOW, commune: world.neighbour });
const day = localDate;
let lan: string, hoa: string, cuc: string, mai: string;

beforeAll(async () => {
  const appoint = (fullName: string, userId?: string) =>
    world.as(leader, (ctx) => appointOfficial(ctx, anOfficial({ fullName, userId })), NOW);
  lan = await appoint('Lan', clerk.userId);
  [hoa, cuc, mai] = [await appoint('Hoa'), await appoint('Cúc'), await appoint('Mai')];
});

const away = (
  officialId: string,
  from: string,
  to: string,
  coveredBy: string | null = null,
  actor = leader,
) => world.as(actor, (ctx) => recordAbsence(ctx, { officialId, from, to, coveredBy } as NewAbsence), NOW);
const cover = (id: string, on: string) =>
  world.as(clerk, async (ctx) => {
    const { absent, cover: found } = await coverOf(ctx, id, day(on));
    return absent ? (found?.fullName ?? 'nobody') : 'there';
  });

describe('cover on one day', () => {
  it('follows the chain and ends in nobody when people cover each other', () => {
    const chain = [
      { officialId: 'a', coveredBy: 'b' },
      { officialId: 'b', coveredBy: 'c' },
      { officialId: 'x', coveredBy: 'y' },
      { officialId: 'y', coveredBy: 'x' },
      { officialId: 'z', coveredBy: null },
    ];
    expect(coverFor(chain, 'a')).toEqual({ absent: true, cover: 'c' });
    expect(coverFor(chain, 'x')).toEqual({ absent: true, cover: null });
    expect(coverFor(chain, 'z')).toEqual({ absent: true, cover: null });
    expect(coverFor(chain, 'c')).toEqual({ absent: false, cover: null });
    expect(coveredFor(chain, 'c')).toEqual(['a', 'b']);
    expect(coveredFor(chain, 'b')).toEqual([]);
  });

  it('always agrees in both directions, ends, and never gives a desk to somebody absent', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const absences = fc.uniqueArray(fc.record({ officialId: name, coveredBy: fc.option(name) }), {
      selector: (one) => one.officialId,
    });
    fc.assert(
      fc.property(absences, (list) => {
        for (const { officialId } of list) {
          const { cover: found } = coverFor(list, officialId);
          expect(list.map((one) => one.officialId)).not.toContain(found);
          for (const who of ['a', 'b', 'c', 'd', 'e'])
            expect(coveredFor(list, who).includes(officialId)).toBe(found === who);
        }
      }),
    );
  });
});

describe('absence', () => {
  it('gives the desk to the cover on these days only, also past a cover who is away', async () => {
    await away(lan, '2024-05-06', '2024-05-10', hoa);
    await away(hoa, '2024-05-08', '2024-05-08', cuc);
    expect(await Promise.all(['05', '06', '08', '10', '11'].map((d) => cover(lan, `2024-05-${d}`)))).toEqual([
      'there',
      'Hoa',
      'Cúc',
      'Hoa',
      'there',
    ]);
    const desks = await world.as(clerk, (ctx) => coveredBy(ctx, cuc, day('2024-05-08')));
    expect(desks.sort()).toEqual([lan, hoa].sort());
    const shown = await world.as(
      anonymous,
      (ctx) => officialDirectory(ctx, { on: day('2024-05-06'), q: 'lan' }),
      NOW,
    );
    expect(shown[0]?.coveredBy?.fullName).toBe('Hoa');
  });

  it('refuses a cover who is away, who would close a circle, or whose term does not reach', async () => {
    const short = await world.as(
      leader,
      (ctx) => appointOfficial(ctx, anOfficial({ fullName: 'Ngắn', termTo: '2024-06-04' })),
      NOW,
    );
    await away(lan, '2024-06-03', '2024-06-07', hoa);
    const field = (code: string) => ({ fields: { coveredBy: code } });
    await expect(away(hoa, '2024-06-05', '2024-06-05', lan)).rejects.toMatchObject(
      field('registry.absence.cover_away'),
    );
    await expect(away(cuc, '2024-06-03', '2024-06-05', short)).rejects.toMatchObject(
      field('registry.absence.cover_not_in_office'),
    );
    await expect(away(cuc, '2024-06-03', '2024-06-05', cuc)).rejects.toMatchObject(
      field('registry.absence.covers_self'),
    );
    await expect(away(lan, '2024-06-07', '2024-06-09')).rejects.toMatchObject({
      code: 'registry.absence.overlaps',
      status: 409,
    });
    await expect(away(cuc, '2024-06-05', '2024-06-03')).rejects.toMatchObject({
      fields: { to: 'registry.absence.backwards' },
    });
    await expect(away(cuc, '2024-06-05', '2030-06-03')).rejects.toMatchObject({
      fields: { to: 'input.out_of_range' },
    });
  });

  it('covers nobody once the cover has left office', async () => {
    const goes = await world.as(
      leader,
      (ctx) => appointOfficial(ctx, anOfficial({ fullName: 'Sắp Nghỉ' })),
      NOW,
    );
    await away(mai, '2024-07-01', '2024-07-05', goes);
    expect(await cover(mai, '2024-07-03')).toBe('Sắp Nghỉ');
    await world.as(leader, (ctx) => endOfficial(ctx, goes, { leavesOn: '2024-07-03' }), NOW);
    expect(await cover(mai, '2024-07-02')).toBe('Sắp Nghỉ');
    expect(await cover(mai, '2024-07-03')).toBe('nobody');
  });

  it('ends when the official is back, or is taken out when it had not begun', async () => {
    const id = await away(cuc, '2024-08-05', '2024-08-09', mai);
    await world.as(leader, (ctx) => endAbsence(ctx, id, day('2024-08-07')), NOW);
    expect([await cover(cuc, '2024-08-06'), await cover(cuc, '2024-08-07')]).toEqual(['Mai', 'there']);
    await world.as(leader, (ctx) => endAbsence(ctx, id, day('2024-08-05')), NOW);
    expect(await cover(cuc, '2024-08-05')).toBe('there');
    await expect(world.as(leader, (ctx) => endAbsence(ctx, id), NOW)).rejects.toMatchObject({ status: 404 });
  });

  it('is recorded by oneself or by leaders, in this commune only', async () => {
    const id = await away(lan, '2024-09-09', '2024-09-10', hoa, clerk as never);
    await expect(away(hoa, '2024-09-09', '2024-09-10', null, clerk as never)).rejects.toMatchObject({
      status: 403,
    });
    await expect(away(lan, '2024-10-09', '2024-10-10', null, citizen() as never)).rejects.toMatchObject({
      status: 403,
    });
    await expect(world.as(official('clerk'), (ctx) => endAbsence(ctx, id), NOW)).rejects.toMatchObject({
      status: 403,
    });
    await expect(world.as(leader, (ctx) => endAbsence(ctx, id), there())).rejects.toMatchObject({
      status: 404,
    });
    const foreign = world.as(
      leader,
      (ctx) => recordAbsence(ctx, { officialId: lan, from: '2024-09-01', to: '2024-09-01' }),
      there(),
    );
    await expect(foreign).rejects.toMatchObject({
      fields: { officialId: 'registry.official.not_in_office' },
    });
    expect(
      await world.as(leader, (ctx) => listAbsences(ctx, day('2024-01-01'), day('2024-12-31')), there()),
    ).toEqual([]);
    await expect(world.as(anonymous, (ctx) => coverOf(ctx, lan, day('2024-09-09')))).rejects.toMatchObject({
      status: 401,
    });
    await world.as(clerk, (ctx) => endAbsence(ctx, id, day('2024-09-01')), NOW);
  });
});

describe('the duty roster', () => {
  const plan = (officialId: string, on: string, actor = clerk) =>
    world.as(actor, (ctx) => planDuty(ctx, { officialId, day: on, note: null }), NOW);
  const roster = async (on: LocalDate) =>
    (await world.as(clerk, (ctx) => dutyWeek(ctx, on), NOW)).map((one) =>
      one.duties.map((duty) => duty.official.fullName),
    );

  it('is public for the day and repeats week by week without those who are away or gone', async () => {
    await plan(lan, '2024-11-04');
    await plan(lan, '2024-11-04');
    await plan(hoa, '2024-11-06');
    await plan(mai, '2024-11-07');
    await away(hoa, '2024-11-13', '2024-11-13');
    expect(
      (await world.as(anonymous, (ctx) => onDuty(ctx, day('2024-11-04')), NOW)).map((one) => one.fullName),
    ).toEqual(['Lan']);
    expect(await world.as(clerk, (ctx) => repeatDutyWeek(ctx, '2024-11-15'), NOW)).toBe(2);
    expect(await roster(day('2024-11-17'))).toEqual([['Lan'], [], [], ['Mai'], [], [], []]);
    await expect(world.as(clerk, (ctx) => repeatDutyWeek(ctx, '2025-01-01'), NOW)).rejects.toMatchObject({
      status: 409,
    });
  });

  it('takes away who is recorded absent or leaves', async () => {
    await plan(cuc, '2024-12-02');
    await plan(cuc, '2024-12-03');
    await plan(hoa, '2024-12-03');
    await away(cuc, '2024-12-03', '2024-12-03');
    await world.as(leader, (ctx) => endOfficial(ctx, hoa, { leavesOn: '2024-12-01' }), NOW);
    expect((await roster(day('2024-12-02'))).slice(0, 2)).toEqual([['Cúc'], []]);
    await expect(plan(cuc, '2024-12-03')).rejects.toMatchObject({
      fields: { officialId: 'registry.duty.away' },
    });
    await expect(plan(hoa, '2024-12-05')).rejects.toMatchObject({
      fields: { officialId: 'registry.official.not_in_office' },
    });
  });

  it('is kept by the desk of this commune', async () => {
    await plan(mai, '2024-12-10');
    const [entry] = (await world.as(clerk, (ctx) => dutyWeek(ctx, day('2024-12-10')), NOW)).flatMap(
      (one) => one.duties,
    );
    for (const actor of [anonymous, citizen(), official('specialist')])
      await expect(plan(mai, '2024-12-11', actor as never)).rejects.toMatchObject({
        status: actor.kind === 'anonymous' ? 401 : 403,
      });
    await expect(world.as(clerk, (ctx) => removeDuty(ctx, entry!.id), there())).rejects.toMatchObject({
      status: 404,
    });
    await expect(world.as(clerk, (ctx) => removeDuty(ctx, 'x'), NOW)).rejects.toMatchObject({ status: 404 });
    await expect(plan('x', '2024-12-11')).rejects.toMatchObject({ fields: { officialId: 'input.unknown' } });
    await world.as(clerk, (ctx) => removeDuty(ctx, entry!.id), NOW);
    expect((await roster(day('2024-12-10'))).flat()).toEqual([]);
  });
});
