/** A publication and how it stands to the law. Pure. */
import { workingDayAfter, type Calendar } from '#kernel/office-time';
import { addDays, daysBetween, yearOf, type LocalDate } from '#kernel/time';
import { ITEMS, LEAST_DAYS, WITHIN_WORKING_DAYS, type PublicationItem } from './items.ts';

export type Publication = {
  id: string;
  item: string;
  title: string;
  channels: string[];
  /** The day of the decision or event, from which the working days count. */
  decidedOn: LocalDate;
  /** Null while it waits to be published. */
  from: LocalDate | null;
  /** The last day; null while it stays. */
  to: LocalDate | null;
  place: string | null;
  link: string | null;
  officialId: string | null;
  note: string | null;
  withdrawn: boolean;
  version: number;
  /** How many pieces of evidence there are. */
  files: number;
};

/**
 * - `waiting`: to be published, still in time; `overdue`: the five working days have passed;
 * - `showing`: published and to be seen today; `planned`: begins later;
 * - `ended`: was to be seen long enough; `too_short`: taken away before thirty days;
 * - `withdrawn`: entered by mistake.
 */
export const PUBLICATION_STATES = [
  'overdue',
  'waiting',
  'planned',
  'showing',
  'too_short',
  'ended',
  'withdrawn',
] as const;
export type PublicationState = (typeof PUBLICATION_STATES)[number];

/** The last day on which it must begin: five working days after the decision (Luật 10/2022/QH15 art. 13). */
export function latestStart(calendar: Calendar, decidedOn: LocalDate): LocalDate {
  return workingDayAfter(calendar, decidedOn, WITHIN_WORKING_DAYS);
}

/** Whether it began, or still can begin, later than the law allows. */
export function isLate(calendar: Calendar, { decidedOn, from }: Publication, today: LocalDate): boolean {
  return (from ?? today) > latestStart(calendar, decidedOn);
}

export function stateOf(calendar: Calendar, one: Publication, today: LocalDate): PublicationState {
  if (one.withdrawn) return 'withdrawn';
  if (one.from === null) return isLate(calendar, one, today) ? 'overdue' : 'waiting';
  if (one.from > today) return 'planned';
  if (one.to === null || one.to >= today) return 'showing';
  return daysBetween(one.from, one.to) + 1 < LEAST_DAYS ? 'too_short' : 'ended';
}

/** The first day on which a posting may be taken away: thirty days with the first one. */
export function mayEndOn(from: LocalDate): LocalDate {
  return addDays(from, LEAST_DAYS - 1);
}

export type GroupState = 'done' | 'missing' | 'behind' | 'no_cause';

/** How one of the fourteen groups stands in a year. */
export type Group = { item: PublicationItem; state: GroupState; published: number; late: number };

/**
 * The fourteen groups in a year: behind where something is overdue, missing where something must be published
 * every year and nothing was, without cause where nothing had to be.
 */
export function groupsOfYear(
  calendar: Calendar,
  publications: readonly Publication[],
  year: number,
  today: LocalDate,
): Group[] {
  return ITEMS.map((item) => {
    const mine = publications.filter(
      (one) => one.item === item.code && yearOf(one.decidedOn) === year && !one.withdrawn,
    );
    const published = mine.filter(({ from }) => from !== null && from <= today).length;
    const late = mine.filter((one) => stateOf(calendar, one, today) === 'overdue').length;
    const bare = item.yearly ? 'missing' : 'no_cause';
    const state: GroupState = late > 0 ? 'behind' : published > 0 ? 'done' : bare;
    return { item, state, published, late };
  });
}
