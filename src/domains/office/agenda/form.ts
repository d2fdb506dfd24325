/** The questions about an entry of the calendar. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';
import { clockOf, type Entry } from './entry.ts';

type Option = { value: string; label: string };

/** @param known the entry that is changed */
export function entryQuestions(officials: readonly Option[], known?: Partial<Entry>): Question[] {
  const clock = (minutes: number | undefined, usual: string) =>
    minutes === undefined ? usual : clockOf(minutes);
  return [
    { kind: 'line', name: 'title', label: m.office_entry_title(), value: known?.title },
    { kind: 'line', type: 'date', name: 'day', label: m.office_entry_day(), value: known?.day },
    {
      kind: 'line',
      type: 'time',
      name: 'from',
      label: m.office_entry_from(),
      value: clock(known?.from, '08:00'),
    },
    { kind: 'line', type: 'time', name: 'to', label: m.office_entry_to(), value: clock(known?.to, '09:30') },
    { kind: 'line', name: 'place', label: m.office_entry_place(), optional: true, value: known?.place },
    {
      kind: 'list',
      name: 'chairId',
      label: m.office_entry_chair(),
      options: officials,
      optional: true,
      value: known?.chairId,
    },
    {
      kind: 'several',
      name: 'officials',
      label: m.office_entry_officials(),
      options: officials,
      optional: true,
      value: known?.officials?.join(','),
    },
    text('others', m.office_entry_others(), known?.others),
    text('preparation', m.office_entry_preparation(), known?.preparation),
    {
      kind: 'agree',
      name: 'public',
      label: m.office_entry_public(),
      value: known?.public ? 'yes' : undefined,
    },
  ];
}

function text(name: string, label: string, value: string | null | undefined): Question {
  return { kind: 'text', name, label, rows: 2, optional: true, value };
}

/** What was typed, as the verbs take it. */
export function entryInput(typed: Readonly<Record<string, string>>) {
  return {
    ...typed,
    public: typed.public === 'yes',
    officials: typed.officials ? typed.officials.split(',') : [],
  } as never;
}
