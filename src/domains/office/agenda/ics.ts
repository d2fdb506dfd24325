/**
 * The calendar as iCalendar (RFC 5545), for phones that subscribe. Small enough to be our own: lines folded at
 * 75 octets (3.1), texts escaped (3.3.11), times in UTC (form #2 of 3.3.5), so that no time zone is needed.
 */
import { instantAt } from '#kernel/time';
import type { Entry } from './entry.ts';

export type CalendarText = {
  /** The name of the calendar. */
  name: string;
  /** The part after the @ of each UID: stays the same for ever. */
  domain: string;
  nameOf: (officialId: string) => string | undefined;
  words: { chair: string; people: string; preparation: string };
};

/** The whole calendar; cancelled entries stand in it as such, so that phones take them away. */
export function icsOf(entries: readonly Entry[], about: CalendarText): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Xa So//Lich cong tac//VI',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(about.name)}`,
    `X-WR-CALNAME:${escapeText(about.name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...entries.flatMap((entry) => eventLines(entry, about)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function eventLines(entry: Entry, about: CalendarText): string[] {
  const description = descriptionOf(entry, about);
  return [
    'BEGIN:VEVENT',
    `UID:${entry.id}@${about.domain}`,
    `DTSTAMP:${stamp(entry.changedAt)}`,
    `LAST-MODIFIED:${stamp(entry.changedAt)}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTART:${stamp(instantAt(entry.day, entry.from))}`,
    `DTEND:${stamp(instantAt(entry.day, entry.to))}`,
    `SUMMARY:${escapeText(entry.title)}`,
    ...(entry.place ? [`LOCATION:${escapeText(entry.place)}`] : []),
    ...(description ? [`DESCRIPTION:${escapeText(description)}`] : []),
    `STATUS:${entry.cancelledAt ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
  ];
}

function descriptionOf(entry: Entry, { nameOf, words }: CalendarText): string {
  const chair = entry.chairId && nameOf(entry.chairId);
  const people = [...entry.officials.map(nameOf), entry.others].filter(Boolean).join(', ');
  return [
    chair && `${words.chair}: ${chair}`,
    people && `${words.people}: ${people}`,
    entry.preparation && `${words.preparation}: ${entry.preparation}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** `20260302T003000Z` */
function stamp(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Backslash, semicolon, comma and line end are escaped; other control characters have no place in a text. */
export function escapeText(text: string): string {
  return (
    text
      .replaceAll('\\', '\\\\')
      .replaceAll(';', String.raw`\;`)
      .replaceAll(',', String.raw`\,`)
      .replaceAll(/\r\n|\r|\n/g, String.raw`\n`)
      // oxlint-disable-next-line no-control-regex -- taking them away is the purpose
      .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
  );
}

const MOST_OCTETS = 75;

/** Breaks a line so that none is longer than 75 octets; a letter of several octets is never cut. */
export function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    // Lines after the first begin with a space, which counts.
    const room = parts.length === 0 ? MOST_OCTETS : MOST_OCTETS - 1;
    if (octets + size > room) {
      parts.push(part);
      part = '';
      octets = 0;
    }
    part += sign;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}
