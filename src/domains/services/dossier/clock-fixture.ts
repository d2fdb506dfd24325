/** Dossiers and calendars for the tests of the clock. */
import fc from 'fast-check';
import { isWorkingDay, makeCalendar, type Calendar, type CalendarDay } from '#kernel/office-time';
import { addDays, instantAt, localDate, type LocalDate } from '#kernel/time';
import { loadHolidays } from '#domain/commune';
import { CLUB } from '../fixtures.ts';
import type { ProcedureVersion, TimeLimit } from '../procedure.ts';
import { dueTimes } from './clock.ts';
import { foldDossier, type Action, type ActionData, type ActionKind } from './dossier.ts';

export const procedure = CLUB.versions[0]!;
export const calendar = makeCalendar({ days: loadHolidays() });
const FIRST = localDate('2023-01-02');

export const at = (text: string) => {
  const [date, time] = text.split(' ');
  const [hour, minute] = time!.split(':').map(Number);
  return instantAt(localDate(date!), hour! * 60 + minute!);
};

export function limited(over: Partial<TimeLimit>): ProcedureVersion {
  return { ...procedure, timeLimit: { ...procedure.timeLimit!, ...over } };
}

/** A day off that was not known before. */
export function decreed(...days: LocalDate[]): Calendar {
  const more = days.map((date): CalendarDay => ({
    date,
    kind: 'off',
    name: { vi: 'nghỉ bù', en: 'swap day' },
    source: 'Công văn 1',
    mark: 'F',
    verified: true,
  }));
  return makeCalendar({ days: [...loadHolidays().filter(({ date }) => !days.includes(date)), ...more] });
}

export type Told = { [K in ActionKind]: [kind: K, at: Date, data: ActionData[K]] }[ActionKind];

export function dossier(...told: Told[]) {
  const filed: Told = ['file', told[0]![1], { channel: 'counter', papers: {} }];
  return foldDossier(
    [filed, ...told].map(
      ([kind, when, data]) => ({ kind, at: when, data, actorId: 'x', officialId: null }) as Action,
    ),
  );
}

export const due = (given: ReturnType<typeof dossier>, with_ = procedure, days = calendar) =>
  dueTimes(given, with_, days);

export const workday = fc.integer({ min: 0, max: 3 * 365 }).map((days) => {
  let day = addDays(FIRST, days);
  while (!isWorkingDay(calendar, day)) day = addDays(day, 1);
  return day;
});
export const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
export const inTheMorning = fc.integer({ min: 450, max: 690 });
export const amount = fc.integer({ min: 1, max: 30 });
