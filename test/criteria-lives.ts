/** Random values, signatures and reasons over criteria sets, through the verbs: what boards and their figures are tried on. */
import {
  catalogSets,
  draftSet,
  indicatorsOf,
  MODEL_HAMLET,
  publishSet,
  recordValue,
  signIndicator,
  SMART_COMMUNE,
} from '#domain/criteria';
import { isAppError } from '#kernel/errors';
import { addDays, instantAt, type LocalDate } from '#kernel/time';
import { seeded } from '../demo/random.ts';
import { FIRST_DAY, type Lived } from './lives.ts';
import { official, system, type World } from './world.ts';

type Verdict = 'reached' | 'not_reached' | 'not_applicable';
/** What was entered, in order: a value, or a signature with the verdict. */
export type CriteriaDeed = { day: LocalDate; set: string; indicator: string; hamletId: string | null } & (
  { value: number } | { verdict: Verdict; stage: 'self' | 'review' | 'appraisal' }
);

const SETS = [SMART_COMMUNE, MODEL_HAMLET];

/** Publishes both sets and does so many deeds, spread over six weeks. @returns those that were taken, in order */
export async function liveByCriteria(world: World, lived: Lived, count: number): Promise<CriteriaDeed[]> {
  const random = seeded(390);
  const leader = official('leader');
  const sets = catalogSets().filter(({ code }) => SETS.includes(code));
  await world.as(
    system,
    async (ctx) => {
      for (const set of sets) {
        await draftSet(ctx, set);
        await publishSet(ctx, set.code, { from: FIRST_DAY });
      }
    },
    { now: instantAt(FIRST_DAY, 480) },
  );
  const deeds: CriteriaDeed[] = [];
  for (let at = 0; at < count; at += 1) {
    const day = addDays(FIRST_DAY, Math.floor((at * 42) / count));
    const set = random.pick(sets);
    const { code, kind } = random.pick(indicatorsOf(set));
    const place = {
      set: set.code,
      indicator: code,
      hamletId: set.level === 'hamlet' ? random.pick(lived.hamlets) : null,
    };
    const verdict = random.pick(['reached', 'reached', 'not_reached', 'not_applicable'] as const);
    const stage = random.pick(['self', 'review', 'review', 'appraisal'] as const);
    const value = kind === 'share' || kind === 'count' ? random.int(0, 100) : random.int(0, 1);
    const deed = random.chance(0.5) ? { value } : { verdict, stage };
    const reason = random.chance(0.6) ? 'Đã kiểm tra tại chỗ' : null;
    const done = await world.as(
      leader,
      async (ctx) => {
        try {
          if ('value' in deed)
            await recordValue(ctx, place, { value, onDay: day, evidence: `Báo cáo ${at}` });
          else await signIndicator(ctx, place, { stage, verdict, reason });
          return true;
        } catch (thrown) {
          // A signature against its number without a reason.
          if (isAppError(thrown) && thrown.code === 'input.invalid') return false;
          throw thrown;
        }
      },
      { now: instantAt(day, 600 + (at % 200)) },
    );
    if (done) deeds.push({ day, ...place, ...deed });
  }
  return deeds;
}
