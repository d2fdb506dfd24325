/**
 * What happens to each demo dossier and when: pure plans, carried out by dossier-life.ts through the verbs.
 * They differ by procedure, hamlet, officer, lateness, supplement, refusal and withdrawal as a real year does.
 */
import { addDays, instantAt, localDateOf, type LocalDate } from '#kernel/time';
import { dueAt, isWorkingDay, nextOpening, type Calendar } from '#kernel/office-time';
import type { Random } from './random.ts';

export type Ending = 'granted' | 'refused' | 'withdrawn';
/** Where a recent dossier stands now; finished ones run to their end. */
export type Standing =
  'filed' | 'received' | 'processing' | 'deciding' | 'supplement' | 'stopped' | 'done' | 'finished';

export type Plan = {
  procedure: string;
  channel: 'online' | 'helper' | 'counter';
  /** Everything electronic from filing to result; exactly eleven of the year's 2,180 are not. */
  online: boolean;
  filedAt: Date;
  receivedAt: Date;
  assignedAt: Date;
  supplementAt: [asked: Date, given: Date] | null;
  decidedAt: Date;
  returnedAt: Date;
  ending: Ending;
  standing: Standing;
  person: number;
  specialist: number;
  rated: boolean;
};

export type PlannedProcedure = { code: string; weight: number; days: number; counterOnly: boolean };

/** A moment in the office hours of a working day. */
export function inOfficeHours(random: Random, day: LocalDate): Date {
  const minutes = random.chance(0.62)
    ? random.int(7 * 60 + 35, 11 * 60 + 20)
    : random.int(13 * 60 + 35, 16 * 60 + 30);
  return instantAt(day, minutes);
}

/** A working day between two days, both included. */
export function workingDayBetween(
  random: Random,
  calendar: Calendar,
  first: LocalDate,
  days: number,
): LocalDate {
  for (;;) {
    const day = addDays(first, random.int(0, days));
    if (isWorkingDay(calendar, day)) return day;
  }
}

/** One dossier's life, when it begins on `day` and must have been received on that day. */
export function planLife(
  random: Random,
  calendar: Calendar,
  procedures: readonly PlannedProcedure[],
  day: LocalDate,
): Plan {
  const procedure = random.weighted(procedures.map((one) => [one, one.weight] as const));
  const channel = procedure.counterOnly ? 'counter' : random.weighted(CHANNELS);
  return {
    procedure: procedure.code,
    channel,
    online: true,
    ...planTimes(random, calendar, day, { days: procedure.days, atCounter: channel === 'counter' }),
    ending: random.weighted(ENDINGS),
    standing: 'finished',
    person: random.int(0, 1_000_000),
    specialist: random.int(0, 1_000_000),
    rated: random.chance(0.46),
  };
}

const CHANNELS = [
  ['online', 78],
  ['helper', 13],
  ['counter', 9],
] as const;
const ENDINGS = [
  ['granted', 968],
  ['refused', 18],
  ['withdrawn', 14],
] as const;

type Times = Pick<
  Plan,
  'filedAt' | 'receivedAt' | 'assignedAt' | 'supplementAt' | 'decidedAt' | 'returnedAt'
>;

/** When everything happens; `days` is the procedure's limit in working days. */
function planTimes(
  random: Random,
  calendar: Calendar,
  day: LocalDate,
  { days, atCounter }: { days: number; atCounter: boolean },
): Times {
  const receivedAt = inOfficeHours(random, day);
  const filedAt = atCounter ? receivedAt : new Date(receivedAt.getTime() - random.int(3, 170) * 60_000);
  const assignedAt = new Date(receivedAt.getTime() + random.int(4, 40) * 60_000);
  const asked = random.chance(0.06) ? officeHoursLater(calendar, assignedAt, random.int(1, 6)) : null;
  const given = asked && officeHoursLater(calendar, asked, random.int(6, 40));
  const decidedAt = officeHoursLater(calendar, given ?? assignedAt, workHours(random, days));
  const returnedAt = new Date(decidedAt.getTime() + random.int(6, 240) * 60_000);
  const supplementAt = asked && given ? ([asked, given] as [Date, Date]) : null;
  return { filedAt, receivedAt, assignedAt, supplementAt, decidedAt, returnedAt };
}

/** So many office hours on, and in any case while the office is open. */
function officeHoursLater(calendar: Calendar, from: Date, hours: number): Date {
  const amount = Math.max(0.2, Math.round(hours * 60) / 60);
  return nextOpening(calendar, dueAt(calendar, from, { unit: 'working_hours', amount }).due);
}

/** Office hours that the work takes: mostly well inside the limit, now and then late. Eight hours are a day. */
function workHours(random: Random, days: number): number {
  if (days === 0) return random.chance(0.985) ? random.int(1, 3) / 4 : random.int(9, 14);
  const share = random.weighted([
    [0.25, 30],
    [0.45, 34],
    [0.7, 22],
    [0.88, 11],
    [1.25, 3],
  ] as const);
  return Math.max(0.5, days * 7.5 * share * (0.85 + random.next() * 0.2));
}

/** The planned lives cut at `now`: where each stands, so that the queues are alive on any day. */
export function standingNow(random: Random, plan: Plan, now: Date): Standing {
  const past = (at: Date) => at <= now;
  if (!past(plan.receivedAt)) return 'filed';
  if (!past(plan.assignedAt)) return 'received';
  if (plan.supplementAt && past(plan.supplementAt[0]) && !past(plan.supplementAt[1])) return 'supplement';
  if (!past(plan.decidedAt))
    return random.chance(0.08) ? 'stopped' : random.chance(0.3) ? 'deciding' : 'processing';
  return past(plan.returnedAt) ? 'finished' : 'done';
}

export const dayOf = (at: Date): LocalDate => localDateOf(at);
