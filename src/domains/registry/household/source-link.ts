/** The dossier that an entry of the book came from, as a link for those who may open it. Pure. */
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Locale } from '#kernel/context';
import type { BookEntry } from './household.queries.ts';

export type SourceLink = { label: string; href: string | null };
/** The right to open dossiers: who has it is led to them. */
export const OPENS_DOSSIERS = 'services.dossier.view';

/** Words with the code, and the address; no address for readers who may not open dossiers. None for other entries. */
export function sourceLink(
  { source, data }: Pick<BookEntry, 'source' | 'data'>,
  { opens, locale }: { opens: boolean; locale: Locale },
): SourceLink | null {
  if (source?.kind !== 'dossier' || typeof data['source'] !== 'string') return null;
  const label = m.registry_book_dossier({ code: data['source'] }, { locale });
  return { label, href: opens ? localizeHref(`/services/staff/${source.id}`) : null };
}
