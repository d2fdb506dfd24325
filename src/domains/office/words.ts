/** Words that the room's pages share. */
import { m } from '#i18n/messages';
import { formatDateTime, type Locale } from '#kernel/format';
import type { Tone } from '#ui/types.ts';
import type { IconName } from '#ui/icons.ts';
import type { Urgency } from './document/kinds.ts';
import type { OfficeFile } from './file.actions.ts';

export const URGENCY_WORDS: Record<Urgency, () => string> = {
  normal: m.office_urgency_normal,
  urgent: m.office_urgency_urgent,
  very_urgent: m.office_urgency_very_urgent,
  express: m.office_urgency_express,
};

export function urgencyOptions(): { value: string; label: string }[] {
  return Object.entries(URGENCY_WORDS).map(([value, label]) => ({ value, label: label() }));
}

export type Label = { label: string; tone: Tone; icon?: IconName };
export type DueView = { at: string | null; word: string | null; tone: Tone };

/** How something open stands to its limit. @param soon until when it counts as coming due */
export function dueView(
  { due, open, now, soon }: { due: Date | null; open: boolean; now: Date; soon: Date },
  locale: Locale,
): DueView {
  const at = due && formatDateTime(due, locale);
  if (!due || !open) return { at, word: null, tone: 'info' };
  if (due < now) return { at, word: m.office_due_late(), tone: 'bad' };
  if (due <= soon) return { at, word: m.office_due_soon(), tone: 'warn' };
  return { at, word: null, tone: 'info' };
}

/** Files as a page lists them. */
export function fileLines(files: readonly OfficeFile[], folder: string) {
  return files.map((file) => ({
    id: file.id,
    name: file.name,
    href: `${folder}/${file.id}`,
    size: m.office_file_kilobytes({ size: String(Math.max(1, Math.round(file.size / 1000))) }),
  }));
}
