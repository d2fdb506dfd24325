/** Tracking for strangers: failed tries are counted, what is shown holds nothing private. */
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { inLocale } from '#kernel/bilingual';
import { isAppError } from '#kernel/errors';
import { formatDate, formatDateTime, formatIso, formatTime, type Locale } from '#kernel/format';
import type { Earlier, RunInCommune } from '#kernel/manifest';
import { countWrong, limitOf, type Limit } from '#kernel/rate-limit';
import type { Link, TimelineEntry } from '#ui/types.ts';
import type { State } from '../dossier/dossier.ts';
import { trackDossier, type Tracked } from '../dossier/track.queries.ts';
import { refusalOf } from '../edge.ts';
import { stateLabel, stateWords } from '../words.ts';

/** Wrong tries only: whoever has the right code may look as often as he likes. */
const failuresPerAddress = limitOf(60, 15);
/** Four digits are ten thousand guesses: the same dossier code must not be tried from many addresses. */
const failuresPerCode = limitOf(20, 60);
const LONGEST_CODE = 60;
/** With its hyphen and some spaces; a dossier code is longer. */
const LONGEST_SHORT_CODE = 14;

/** Where a stranger asks: the commune, and those that became part of it. */
type Place = { run: RunInCommune; earlier: () => Promise<Earlier[]> };
/** `office`: the name of the commune that has the dossier, where it became part of the one that was asked. */
export type TrackedHere = Tracked & { office: string | null };

/**
 * A dossier of this commune, or of one that became part of it: old receipts keep their codes.
 * @param address where the question comes from; null for whoever is known: no tries are counted then
 * @throws AppError `services.track.not_found` (404), `too_many_requests` (429)
 */
export async function trackForStranger(
  place: Place,
  { code, lastFour }: { code: string; lastFour: string },
  address: string | null,
): Promise<TrackedHere> {
  const lookUp = () => lookEverywhere(place, code, lastFour);
  if (address === null) return lookUp();
  const tries: [Limit, string][] = [[failuresPerAddress, address]];
  if (lastFour !== '') tries.push([failuresPerCode, code.trim().toUpperCase().slice(0, 60)]);
  return countWrong(tries, lookUp, isMissing);
}

async function lookEverywhere({ run, earlier }: Place, code: string, lastFour: string): Promise<TrackedHere> {
  const look = (where: RunInCommune) => where((ctx) => trackDossier(ctx, code, lastFour || undefined));
  try {
    return { ...(await look(run)), office: null };
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
    for (const { name, run: there } of await earlier()) {
      const found = await look(there).catch((again) => (isMissing(again) ? null : Promise.reject(again)));
      if (found) return { ...found, office: name };
    }
    throw thrown;
  }
}

function isMissing(thrown: unknown): boolean {
  return isAppError(thrown) && thrown.status === 404;
}

/** What the citizen has to do now, and where. */
function todo(state: State): { title: string; text: string; link: Link | null } | null {
  const mine = { href: localizeHref('/services/mine'), label: m.services_track_to_mine() };
  const hours = { href: localizeHref('/commune/hours'), label: m.services_see_hours() };
  switch (state) {
    case 'supplement':
      return { title: m.services_todo_supplement(), text: m.services_todo_supplement_text(), link: mine };
    case 'payment':
      return { title: m.services_todo_payment(), text: m.services_todo_payment_text(), link: hours };
    case 'done':
      return { title: m.services_todo_collect(), text: m.services_todo_collect_text(), link: hours };
    case 'not_received':
      return { title: m.services_todo_declined(), text: m.services_todo_declined_text(), link: mine };
    default:
      return null;
  }
}

/** The sentence under the state: what is being waited for. */
function waiting(tracked: Tracked, locale: Locale): string | null {
  const due = tracked.dueAt && m.services_track_due({ at: dueWords(tracked.dueAt, locale) });
  switch (tracked.state) {
    case 'registered':
      return m.services_track_waits_reception();
    case 'received':
    case 'processing':
      return due;
    case 'stopped':
      return m.services_track_clock_stopped();
    default:
      return null;
  }
}

/** `17:00 ngày 27/11/2026`. */
export function dueWords(at: Date, locale: Locale): string {
  return m.services_time_on_day({ time: formatTime(at), day: formatDate(at, locale) });
}

const PAUSED: readonly State[] = ['supplement', 'payment', 'stopped'];

/** The public course: filed, received, handled, decided, given; dates where they are past. */
export function courseOf(tracked: Tracked, locale: Locale): TimelineEntry[] {
  const { state } = tracked;
  const at = (when: Date | null) =>
    when ? { when: formatDateTime(when, locale), datetime: formatIso(when) } : {};
  const filed: TimelineEntry = { title: m.services_course_filed(), ...at(tracked.filedAt), state: 'done' };
  const received: TimelineEntry = {
    title: m.services_course_received(),
    ...at(tracked.receivedAt),
    state: tracked.receivedAt ? 'done' : state === 'registered' ? 'now' : 'next',
  };
  if (state === 'not_received' || state === 'withdrawn') {
    const end = { title: stateWords(state), ...at(tracked.finishedAt), state: 'stopped' as const };
    return tracked.receivedAt ? [filed, received, end] : [filed, end];
  }
  const finished = tracked.finishedAt !== null;
  const paused = PAUSED.includes(state);
  const handled: TimelineEntry = {
    title: paused ? stateWords(state) : m.services_course_handled(),
    state: finished ? 'done' : paused ? 'stopped' : tracked.receivedAt ? 'now' : 'next',
  };
  const decided: TimelineEntry = {
    title: m.services_course_decided(),
    ...at(tracked.finishedAt),
    state: finished ? (tracked.returnedAt ? 'done' : 'now') : 'next',
  };
  const given: TimelineEntry = {
    title: m.services_course_given(),
    ...at(tracked.returnedAt),
    state: tracked.returnedAt ? 'done' : 'next',
  };
  return [filed, received, handled, decided, given];
}

/** The answer as the page shows it. */
export function trackView(tracked: TrackedHere, locale: Locale) {
  return {
    office: tracked.office && m.services_track_office({ name: tracked.office }, { locale }),
    code: tracked.code,
    procedure: inLocale(tracked.procedure.name, locale),
    state: stateLabel(tracked.state),
    waiting: waiting(tracked, locale),
    todo: todo(tracked.state),
    course: courseOf(tracked, locale),
  };
}

/** What the tracking page shows for the code in an address (or typed, with the phone's digits). */
export async function answerTracking(
  asker: Place & { locale: Locale; address: string },
  typed: string,
  lastFour = '',
) {
  const code = typed.slice(0, LONGEST_CODE);
  const codeOfDossier = code.trim().length > LONGEST_SHORT_CODE;
  if (code === '') return { code, found: null, refused: null, codeOfDossier };
  try {
    const tracked = await trackForStranger(asker, { code, lastFour }, asker.address);
    return { code, found: trackView(tracked, asker.locale), refused: null, codeOfDossier };
  } catch (thrown) {
    const { refused, status } = refusalOf(thrown);
    return { code, found: null, refused: { ...refused, status }, codeOfDossier };
  }
}

/** The status of a page with that answer: nothing found, asked too often, or all is well. */
export function trackingStatus({ refused }: Awaited<ReturnType<typeof answerTracking>>): 200 | 404 | 429 {
  if (refused === null) return 200;
  return refused.status === 429 ? 429 : 404;
}
