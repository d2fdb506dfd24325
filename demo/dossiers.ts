/** The demo's dossiers: the 2,180 of the commune's year up to 5/6/2023, a thin stream since, and living queues. */
import { addDays, localDate, localDateOf } from '#kernel/time';
import { live, versionOn, type DossierDemo } from './dossier-life.ts';
import {
  planLife,
  standingNow,
  workingDayBetween,
  type Plan,
  type PlannedProcedure,
  type Standing,
} from './dossier-plan.ts';
import { seeded, type Random } from './random.ts';

/** How many dossiers: the commune's year 2022/23, the thin stream since, and the last 90 days. */
export type Sizes = { year: number; onPaper: number; since: number; recent: number };

const SEED = 19;
/** The commune's own figures: 2,169 of 2,180 handled online up to 5/6/2023. */
export const TUC_TRANH_SIZES: Sizes = { year: 2_180, onPaper: 11, since: 260, recent: 240 };
export const PHU_DO_SIZES: Sizes = { year: 0, onPaper: 0, since: 10, recent: 30 };
const YEAR = { from: localDate('2022-07-01'), until: localDate('2023-06-05') };
const SINCE = localDate('2023-06-06');
const RECENT_DAYS = 90;
const LANES = 8;

/** Builds them all. @param now the demo's first start; recent work is dated relative to it */
export async function buildDossiers(demo: DossierDemo, sizes: Sizes, now: Date): Promise<number> {
  const random = seeded(SEED);
  const plans = [...yearPlans(demo, sizes, random), ...laterPlans(demo, sizes, random, now)];
  const byDay = Map.groupBy(plans, (plan) => localDateOf(plan.filedAt));
  const days = [...byDay.keys()].sort();
  let next = 0;
  // Days side by side, each in the order of its filings: codes are counted per day.
  const lane = async (): Promise<void> => {
    while (next < days.length) {
      const day = days[next++]!;
      const ordered = byDay.get(day)!.toSorted((a, b) => a.filedAt.getTime() - b.filedAt.getTime());
      for (const [at, plan] of ordered.entries()) await live(demo, plan, `demo-${day}-${at}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return plans.length;
}

/** Exactly 2,180 received up to the day, eleven of them not handled online. */
function yearPlans(demo: DossierDemo, sizes: Sizes, random: Random): Plan[] {
  const span = 339;
  const procedures = available(demo, YEAR.from, YEAR.until);
  const plans = Array.from({ length: sizes.year }, () =>
    planLife(random, demo.calendar, procedures, workingDayBetween(random, demo.calendar, YEAR.from, span)),
  );
  const onPaper = plans.filter((plan) => plan.channel === 'counter' && plan.ending === 'granted');
  const step = Math.floor(onPaper.length / Math.max(1, sizes.onPaper));
  for (let at = 0; at < sizes.onPaper; at += 1) onPaper[at * step]!.online = false;
  return plans;
}

function laterPlans(demo: DossierDemo, sizes: Sizes, random: Random, now: Date): Plan[] {
  const today = localDateOf(now);
  const recentFrom = addDays(today, -RECENT_DAYS);
  const between = Math.round((Date.parse(recentFrom) - Date.parse(SINCE)) / 86_400_000) - 60;
  const stream = Array.from({ length: sizes.since }, () => {
    const day = workingDayBetween(random, demo.calendar, SINCE, between);
    return planLife(random, demo.calendar, available(demo, day, day), day);
  });
  const recent = Array.from({ length: sizes.recent }, (_, at) => {
    // A third of the recent ones came in the last days: they are what the queues hold.
    const reach = at % 3 === 0 ? 6 : RECENT_DAYS;
    const day = workingDayBetween(random, demo.calendar, addDays(today, -reach), reach);
    return planLife(random, demo.calendar, available(demo, day, day), day);
  });
  const begun = recent.filter((plan) => plan.filedAt <= now);
  for (const [at, plan] of begun.entries())
    plan.standing = lingering(plan, at) ?? standingNow(random, plan, now);
  return [...stream, ...begun];
}

/** Some of the recent ones are held up, so that lateness, supplements and pauses can be seen on any day. */
function lingering(plan: Plan, at: number): Standing | null {
  if (at % 40 === 7) return 'processing';
  if (at % 45 === 8) return 'deciding';
  if (at % 50 === 9) return 'stopped';
  if (at % 40 !== 10) return null;
  plan.supplementAt = [new Date(plan.assignedAt.getTime() + 3_600_000), plan.decidedAt];
  return 'supplement';
}

function available(demo: DossierDemo, first: string, last: string): PlannedProcedure[] {
  return demo.procedures.filter(({ versions }) => versionOn(versions, first) && versionOn(versions, last));
}
