/** Random work of the office, through the verbs, counted by the measures and by a plain model in memory. */
import { beforeAll, expect, it } from 'vitest';
import { recordSignIn } from '#domain/identity';
import { appointOfficial, type OfficialUnit } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import type { MeasurePart } from '#kernel/measures';
import { addDays, endOfDay, instantAt, localDate, localDateOf, type LocalDate } from '#kernel/time';
import { official, system, useWorld } from '#test/world';
import { seeded } from '../../../demo/random.ts';
import { MEASURES } from './figures.ts';
import { actOnDocument, actOnTask, giveTask, registerDocument } from './index.ts';
import { loadTask } from './task/record.ts';

const world = useWorld();
const FIRST = localDate('2026-02-02');
const DAYS = 60;
/** Everything has happened by then. */
const NOW = { now: new Date('2026-06-30T09:00:00+07:00'), silent: true };
const giver = official('specialist', 'leader');

type Official = { id: string; unit: OfficialUnit; userId: string; from: LocalDate; last: LocalDate | null };
type Work = { id: string; officer: Official; due: Date; done: Date | null; cancelled: boolean };
const officials: Official[] = [];
const signedIn: { officer: Official; day: LocalDate }[] = [];
const work: Record<'task' | 'document', Work[]> = { task: [], document: [] };

beforeAll(async () => {
  const random = seeded(5);
  for (const [at, unit] of (['leaders', 'one_stop', 'one_stop', 'justice', 'hamlet'] as const).entries()) {
    const { userId } = official('specialist');
    const from = at === 3 ? addDays(FIRST, 20) : localDate('2020-01-01');
    const who = { fullName: `Nguyễn Văn ${'AĂÂBC'[at]}`, post: 'Công chức', unit, termFrom: from, userId };
    const id = await world.as(system, (ctx) => appointOfficial(ctx, who), NOW);
    officials.push({ id, unit, userId, from, last: null });
  }
  for (let at = 0; at < 60; at += 1) {
    const officer = random.pick(officials.slice(0, 3));
    const day = addDays(FIRST, random.int(0, DAYS));
    const at9 = { now: instantAt(day, 9 * 60), silent: true };
    const later = { now: instantAt(addDays(day, random.int(0, 9)), 10 * 60), silent: true };
    const dueDays = random.int(1, 5);
    const worker = { ...official('specialist'), userId: officer.userId };
    const kind = random.pick(['task', 'document'] as const);
    const made = await world.as(
      giver,
      (ctx) => (kind === 'task' ? give(ctx, officer, dueDays) : route(ctx, officer, dueDays)),
      at9,
    );
    const one: Work = { ...made, officer, done: null, cancelled: false };
    work[kind].push(one);
    if (random.chance(0.7)) {
      await world.as(worker, (ctx) => finish(ctx, kind, one.id), later);
      one.done = later.now;
    } else if (kind === 'task' && random.chance(0.5)) {
      await world.as(giver, (ctx) => actOnTask(ctx, one.id, 'cancel', { note: 'thôi' }), later);
      one.cancelled = true;
    }
    if (!random.chance(0.4)) continue;
    const seen = random.pick(officials);
    await world.as(system, (ctx) => recordSignIn(ctx, 'totp', seen.userId), later);
    signedIn.push({ officer: seen, day: localDateOf(later.now) });
  }
});

async function finish(ctx: Ctx, kind: keyof typeof work, id: string): Promise<void> {
  const note = { note: 'xong' };
  if (kind === 'task') await actOnTask(ctx, id, 'report', note);
  else await actOnDocument(ctx, id, 'finish', note);
}

async function give(ctx: Ctx, officer: Official, dueDays: number) {
  const id = await giveTask(ctx, { title: 'Việc thử', assignee: officer.id, dueDays });
  return { id, due: (await loadTask(ctx, id)).row.due_at! };
}

async function route(ctx: Ctx, officer: Official, dueDays: number) {
  const { id } = await registerDocument(ctx, { type: 'letter', sender: 'UBND tỉnh', summary: 'Văn bản thử' });
  const { row } = await actOnDocument(ctx, id, 'route', { handler: officer.id, dueDays });
  return { id, due: row.due_at! };
}

/** What the model says a measure lists. */
function expected(name: string, part: MeasurePart, asked: { asOf: LocalDate; scope: string }): string[] {
  const { asOf, scope } = asked;
  const inScope = ({ id, unit }: Official) =>
    scope === 'commune' || scope === `officer:${id}` || scope === `unit:${unit}`;
  const until = endOfDay(asOf);
  const kind = name.includes('tasks') ? 'task' : 'document';
  if (name !== 'office.officials.active_share')
    return work[kind]
      .filter(({ officer, due, cancelled }) => inScope(officer) && !cancelled && due <= until)
      .filter(({ done, due }) => part === 'denominator' || (done !== null && done <= due))
      .map(({ id }) => id)
      .sort();
  const lately = (one: Official) =>
    signedIn.some(({ officer, day }) => officer === one && addDays(asOf, -30) < day && day <= asOf);
  return officials
    .filter((one) => inScope(one) && one.unit !== 'hamlet' && one.from <= asOf)
    .filter((one) => part === 'denominator' || lately(one))
    .map(({ id }) => id)
    .sort();
}

it('the office’s figures say on any day, of anybody, what a plain model says', async () => {
  expect(work.task.some(({ cancelled }) => cancelled)).toBe(true);
  for (const some of Object.values(work)) {
    expect(some.some(({ done, due }) => done !== null && done > due)).toBe(true);
    expect(some.some(({ done, due }) => done !== null && done <= due)).toBe(true);
  }
  const scopes = ['commune', 'unit:one_stop', ...officials.map(({ id }) => `officer:${id}`)];
  await world.as(
    official('leader'),
    async (ctx) => {
      for (let at = -3; at < DAYS + 20; at += 9) {
        const asOf = addDays(FIRST, at);
        for (const scope of scopes)
          for (const measure of MEASURES) {
            const counted = await measure.compute(ctx, { asOf, scope });
            for (const part of ['numerator', 'denominator'] as const) {
              const page = { offset: 0, limit: 200 };
              const { total, records } = await measure.list(ctx, { asOf, scope }, part, page);
              const want = expected(measure.name, part, { asOf, scope });
              const words = `${measure.name} ${part} ${scope} ${asOf}`;
              expect(records.map(({ id }) => id).sort(), words).toEqual(want);
              expect([total, counted[part]], words).toEqual([want.length, want.length]);
            }
          }
      }
    },
    NOW,
  );
});
