/** The list of procedures: by field of law, or what a search in everyday words finds. */
import { localizeHref } from '#i18n/runtime';
import type { Locale } from '#kernel/format';
import { FIELDS_OF_LAW, type ProcedureVersion } from '../procedure.ts';
import { searchProcedures } from '../search-procedures.ts';
import { fieldOfLawWords, procedureFacts, procedureName } from '../words.ts';

export type ProcedureRow = { href: string; name: string; code: string; facts: string };
export type ProcedureGroup = { field: string; title: string; rows: ProcedureRow[] };

/** One line of a list. */
export function procedureRow(version: ProcedureVersion, locale: Locale): ProcedureRow {
  return {
    href: localizeHref(`/services/procedures/${version.code}`),
    name: procedureName(version, locale),
    code: version.code,
    facts: procedureFacts(version, locale),
  };
}

/** All of them under their fields of law, each in the order of its names. */
export function groupedProcedures(versions: readonly ProcedureVersion[], locale: Locale): ProcedureGroup[] {
  const order = new Intl.Collator(locale === 'vi' ? 'vi' : 'en');
  return FIELDS_OF_LAW.map((field) => ({
    field,
    title: fieldOfLawWords(field),
    rows: versions
      .filter((version) => version.field === field)
      .map((version) => procedureRow(version, locale))
      .sort((a, b) => order.compare(a.name, b.name)),
  })).filter((group) => group.rows.length > 0);
}

/** What people asked for, the best first. */
export function foundProcedures(
  versions: readonly ProcedureVersion[],
  query: string,
  locale: Locale,
): ProcedureRow[] {
  return searchProcedures(versions, query).map((hit) => procedureRow(hit.procedure, locale));
}
