/** How a deadline is told to officials: word, sign and moment. */
import { m } from '#i18n/messages';
import { formatDate, formatDateTime, formatTime, type Locale } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';
import { STATES } from '../dossier/dossier.ts';

export type DueView = { tone: Tone; icon: IconName; word: string | null; at: string | null };

type Timed = { state: number; due_at: Date | null; clock_stopped_at: Date | null };

/** How long before the limit a dossier is shown as coming due. */
const SOON_MS = 24 * 3_600_000;
const CLOSED: readonly number[] = [STATES.not_received, STATES.withdrawn, STATES.done, STATES.returned];

/** What the list and the dossier say of its deadline; a closed dossier's is only a date. */
export function dueView({ state, due_at, clock_stopped_at }: Timed, now: Date, locale: Locale): DueView {
  const at = due_at && formatDateTime(due_at, locale);
  if (CLOSED.includes(state)) return { tone: 'info', icon: 'calendar', word: null, at };
  if (clock_stopped_at) {
    const word = m.services_due_paused({ day: formatDate(clock_stopped_at, locale) });
    return { tone: 'warn', icon: 'pause', word, at: null };
  }
  if (!due_at) return { tone: 'info', icon: 'calendar', word: m.services_due_none(), at: null };
  if (due_at < now) return { tone: 'bad', icon: 'error', word: m.services_due_late(), at };
  if (localDateOf(due_at) === localDateOf(now))
    return { tone: 'warn', icon: 'clock', word: m.services_due_today(), at: formatTime(due_at) };
  if (due_at.getTime() - now.getTime() < SOON_MS)
    return { tone: 'warn', icon: 'clock', word: m.services_due_soon(), at };
  return { tone: 'info', icon: 'calendar', word: null, at };
}
