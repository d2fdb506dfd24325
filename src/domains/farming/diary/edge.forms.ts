/** The forms that put an entry right, ready to be drawn. */
import { shortForm, type ShortFormView } from '#app/short-form';
import { m } from '#i18n/messages';
import type { Question, Refused } from '#ui/form/short-form.ts';

export type EntryForms = { change: ShortFormView; undo: ShortFormView };

/** @returns null for who may not, or where it was put right already */
export function entryForms(
  { questions, ids }: { questions: readonly Question[] | null; ids: { change: string; undo: string } },
  refused: Refused | undefined,
): EntryForms | null {
  if (!questions) return null;
  const form = (id: 'change' | 'undo', submit: string, asked: readonly Question[]) =>
    shortForm({ id, action: `?/${id}`, submit, refused, hidden: { id: ids[id] }, questions: asked });
  return {
    change: form('change', m.farming_entry_change(), questions),
    undo: form('undo', m.farming_entry_undo(), []),
  };
}
