/** The words of a Pager on this room's lists. */
import { m } from '#i18n/messages';

export function pagerWords(first: number, shown: number, total: string) {
  return {
    label: m.commune_pages(),
    previous: m.commune_page_previous(),
    next: m.commune_page_next(),
    where: m.commune_page_where({ first, last: first + shown - 1, total }),
    page: (page: number) => m.commune_page({ page }),
  };
}
