/** The calendar of a week as page and paper show it. Pure. */
import type { CommuneRef } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import { formatDate, formatOfficialDate, formatWeekday, type Locale } from '#kernel/format';
import { addDays, type LocalDate } from '#kernel/time';
import { clockOf, isMorning, type Entry } from './entry.ts';

type Names = ReadonlyMap<string, string>;

/** One entry in words. */
export function entryView(entry: Entry, names: Names) {
  const people = entry.officials.map((id) => names.get(id)).filter(Boolean);
  return {
    id: entry.id,
    time: `${clockOf(entry.from)}–${clockOf(entry.to)}`,
    title: entry.title,
    place: entry.place,
    chair: (entry.chairId && names.get(entry.chairId)) || null,
    people: [...people, entry.others].filter(Boolean).join(', ') || null,
    preparation: entry.preparation,
    cancelled: entry.cancelledAt !== null,
    public: entry.public,
  };
}

/** Seven days with their entries, morning and afternoon. */
export function weekView(monday: LocalDate, entries: readonly Entry[], names: Names, locale: Locale) {
  return [0, 1, 2, 3, 4, 5, 6].map((at) => {
    const day = addDays(monday, at);
    const mine = entries.filter((entry) => entry.day === day);
    return {
      day,
      label: `${formatWeekday(day, locale)}, ${formatDate(day, locale)}`,
      morning: mine.filter(isMorning).map((entry) => entryView(entry, names)),
      afternoon: mine.filter((entry) => !isMorning(entry)).map((entry) => entryView(entry, names)),
    };
  });
}

/** The week as paper, A4 across: days without entries are left out, and so is what was cancelled. */
export function weekPaper(
  commune: CommuneRef,
  { monday, now }: { monday: LocalDate; now: Date },
  entries: readonly Entry[],
  names: Names,
): Paper {
  const days = weekView(
    monday,
    entries.filter((entry) => !entry.cancelledAt),
    names,
    'vi',
  );
  const span = `Từ ngày ${formatDate(monday)} đến ngày ${formatDate(addDays(monday, 6))}`;
  return {
    template: 'domains/office/agenda/week.typ',
    title: `Lịch công tác tuần ${formatDate(monday)}`,
    issuedAt: now,
    data: {
      demo: commune.demo,
      agency: `Ủy ban nhân dân xã ${commune.name}`,
      place: commune.name,
      date: formatOfficialDate(now),
      span,
      days: days
        .map(({ label, morning, afternoon }) => ({ label, entries: [...morning, ...afternoon] }))
        .filter((day) => day.entries.length > 0),
    },
  };
}
