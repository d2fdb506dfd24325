/** Archives and their pieces as pages show them. */
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, type Locale } from '#kernel/format';
import { localDate, type LocalDate } from '#kernel/time';
import type { ArchiveRow, ItemRow } from './archive.queries.ts';
import type { ItemWords } from './correct.actions.ts';
import { progressOf } from './scan.ts';
import { archiveKind } from './words.ts';

/** One archive with how far it is. */
export function archiveView(one: ArchiveRow) {
  return {
    id: one.id,
    href: localizeHref(`/office/staff/archives/${one.id}`),
    name: one.name,
    kind: archiveKind(one.kind),
    years: `${one.from_year}–${one.to_year}`,
    closed: one.closed,
    scans: one.scans,
    items: one.items,
    expected: one.expected,
    ...progressOf(one),
  };
}

/** What a correction changed, field by field: what it said, what it says. */
export function changedWords(
  before: ItemWords,
  after: ItemWords,
  hamlets: readonly { id: string; name: string }[],
): string {
  const said = (key: keyof ItemWords, value: ItemWords[keyof ItemWords]) =>
    (key === 'hamletId' && hamlets.find(({ id }) => id === value)?.name) || String(value ?? '–');
  return (Object.keys(FIELD_WORDS) as (keyof ItemWords)[])
    .filter((key) => before[key] !== after[key])
    .map((key) => `${FIELD_WORDS[key]()}: ${said(key, before[key])} → ${said(key, after[key])}`)
    .join('; ');
}

const FIELD_WORDS: Record<keyof ItemWords, () => string> = {
  kind: m.office_item_kind,
  number: m.office_item_number,
  year: m.office_year,
  title: m.office_item_title,
  person: m.office_item_person,
  hamletId: m.office_item_hamlet,
  residentId: m.office_item_resident,
  dossierCode: m.office_item_dossier,
};

/** One line of the index. */
export function itemView(
  row: ItemRow,
  { names, today, locale }: { names: ReadonlyMap<string, string>; today: LocalDate; locale: Locale },
) {
  return {
    id: row.id,
    href: localizeHref(`/office/staff/archives/items/${row.id}`),
    title: row.title,
    kind: row.kind,
    number: row.number,
    year: row.year,
    person: row.person,
    hamlet: row.hamlet_id && (names.get(row.hamlet_id) ?? null),
    archive: row.archive,
    keep: row.keep_until ? formatDate(localDate(row.keep_until), locale) : m.office_archive_forever(),
    over: row.keep_until !== null && localDate(row.keep_until) < today,
  };
}
