import { listProducers } from '#domain/producers';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { pageIn } from '#kernel/pager';
import { periodViews, subjectIn } from '../../book/edge.books.ts';
import { headNames } from '../../plot/household.queries.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

/** The books of producers' members; those of one household are reached from its plots. */
export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const subject = subjectIn(url.searchParams);
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 60);
  const page = pageIn(url.searchParams);
  const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
  const { items, total } = await locals.run((ctx) => listProducers(ctx, { q, ...range }));
  const periods = subject ? await periodViews(event, subject) : null;
  const household = subject && 'householdId' in subject ? subject : null;
  const names = household
    ? await locals.run((ctx) => headNames(ctx, [household]))
    : new Map<string, string>();
  const group = subject && 'producerId' in subject ? subject.producerId : null;
  return {
    q,
    periods,
    name: household
      ? (names.get(household.householdId) ?? '')
      : (items.find(({ id }) => id === group)?.name ?? ''),
    producers: items.map(({ id, name }) => ({ id, name })),
    page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    total,
    first: range.offset + 1,
    crumbs: [
      { href: localizeHref('/farming/staff/diary'), label: m.farming_diaries() },
      { href: localizeHref('/farming/staff/books'), label: m.farming_books_title() },
    ],
  };
};
