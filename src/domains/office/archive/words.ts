/** Words for archives: kinds, faults, how far they are. */
import { m } from '#i18n/messages';
import type { ARCHIVE_KINDS } from './archive.actions.ts';
import type { Fault } from './scan.ts';

type Kind = (typeof ARCHIVE_KINDS)[number];

const KIND_WORDS: Record<Kind, () => string> = {
  civil_status: m.office_archive_kind_civil_status,
  documents: m.office_archive_kind_documents,
  land: m.office_archive_kind_land,
  finance: m.office_archive_kind_finance,
  policy: m.office_archive_kind_policy,
  other: m.office_archive_kind_other,
};

export function archiveKind(kind: string): string {
  return KIND_WORDS[kind as Kind]();
}

export function kindOptions(): { value: string; label: string }[] {
  return Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label: label() }));
}

export const FAULT_WORDS: Record<Fault, () => string> = {
  small: m.office_scan_fault_small,
  blank: m.office_scan_fault_blank,
  twice: m.office_scan_fault_twice,
  gap: m.office_scan_fault_gap,
};

/** How long pieces are kept. */
export function retentionWords(years: number | null): string {
  return years === null ? m.office_archive_forever() : m.office_archive_years({ years: String(years) });
}
