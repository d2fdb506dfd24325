/** Where a task comes from, as a link. */
import { localizeHref } from '#i18n/runtime';
import type { Source } from './task.ts';

/** The page of the document, dossier or entry that a task comes from; null where there is none. */
export function sourceHref({ kind, id }: Source): string | null {
  if (!id) return null;
  switch (kind) {
    case 'document':
      return localizeHref(`/office/staff/documents/${id}`);
    case 'dossier':
      return localizeHref(`/services/staff/${id}`);
    case 'indicator':
      // `set/code`: an indicator of the criteria room; else a measure by its name.
      if (id.includes('/')) return indicatorHref(id);
      return `${localizeHref('/services/staff/figures/records')}?${new URLSearchParams({ measure: id })}`;
    case 'meeting':
      return localizeHref(`/office/staff/calendar/${id}`);
    default:
      return null;
  }
}

function indicatorHref(id: string): string {
  const [set = '', code = ''] = id.split('/');
  return `${localizeHref(`/criteria/staff/${code}`)}?${new URLSearchParams({ set })}`;
}
