/** The questions about archives and their pieces. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';
import type { ItemWords } from './correct.actions.ts';
import { kindOptions } from './words.ts';

type Option = { value: string; label: string };

export function archiveQuestions(): Question[] {
  return [
    line('name', m.office_archive_name(), m.office_archive_name_help()),
    { kind: 'list', name: 'kind', label: m.office_archive_kind(), options: kindOptions() },
    line('place', m.office_archive_place(), undefined, true),
    short('fromYear', m.office_archive_from_year()),
    short('toYear', m.office_archive_to_year()),
    short('expected', m.office_archive_expected(), m.office_archive_expected_help()),
    short('retentionYears', m.office_archive_retention(), m.office_archive_retention_help(), true),
    { kind: 'agree', name: 'closed', label: m.office_archive_closed() },
    { kind: 'text', name: 'note', label: m.office_note(), rows: 2, optional: true },
  ];
}

/** @param next the pages of the batch that are free */
export function itemQuestions(hamlets: readonly Option[], next: { from: number; to: number }): Question[] {
  return [
    short('from', m.office_item_from_page(), undefined, false, String(next.from)),
    short('to', m.office_item_to_page(), undefined, false, String(next.to)),
    ...wordQuestions(hamlets),
  ];
}

/** @param known what the entry says now */
export function correctionQuestions(hamlets: readonly Option[], known: ItemWords): Question[] {
  return [
    ...wordQuestions(hamlets, known),
    { kind: 'text', name: 'reason', label: m.office_item_reason(), rows: 2 },
  ];
}

function wordQuestions(hamlets: readonly Option[], known?: ItemWords): Question[] {
  return [
    { ...line('kind', m.office_item_kind(), m.office_item_kind_help()), value: known?.kind },
    short('number', m.office_item_number(), undefined, true, known?.number ?? undefined),
    short('year', m.office_year(), undefined, false, known && String(known.year)),
    { ...line('title', m.office_item_title()), value: known?.title },
    { ...line('person', m.office_item_person(), undefined, true), value: known?.person },
    {
      kind: 'list',
      name: 'hamletId',
      label: m.office_item_hamlet(),
      options: hamlets,
      optional: true,
      value: known?.hamletId,
    },
    {
      ...line('residentId', m.office_item_resident(), m.office_item_resident_help(), true),
      value: known?.residentId,
    },
    { ...line('dossierCode', m.office_item_dossier(), undefined, true), value: known?.dossierCode },
  ];
}

function line(name: string, label: string, help?: string, optional = false): Question {
  return { kind: 'line', name, label, help, optional };
}

function short(name: string, label: string, help?: string, optional = false, value?: string): Question {
  return { kind: 'line', name, label, help, optional, size: 'short', value };
}
