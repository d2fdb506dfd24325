/** An entry of the Committee's work calendar. Pure. */
import type { LocalDate } from '#kernel/time';

export type Entry = {
  id: string;
  day: LocalDate;
  /** Minutes since midnight in Viet Nam. */
  from: number;
  to: number;
  title: string;
  place: string | null;
  chairId: string | null;
  officials: string[];
  /** People and units that are no officials of the commune. */
  others: string | null;
  preparation: string | null;
  /** Everybody may read day, time, subject, place and chair. */
  public: boolean;
  cancelledAt: Date | null;
  /** Counts the changes. */
  sequence: number;
  changedAt: Date;
};

/** `07:30` as minutes; undefined for anything else. */
export function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:h]([0-5]\d)$/.exec(text.trim()) ?? [];
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : undefined;
}

/** Minutes as `07:30`. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The half of the day under which the paper lists it (sáng, chiều). */
export function isMorning({ from }: Pick<Entry, 'from'>): boolean {
  return from < 12 * 60;
}

/** Whether an official has to do with an entry. */
export function concerns(entry: Entry, officialId: string): boolean {
  return entry.chairId === officialId || entry.officials.includes(officialId);
}
