/** Lists of works as pages show them. */
import type { Hamlet } from '#domain/commune';
import { formatDate, formatNumber, type Locale } from '#kernel/format';
import { pageIn } from '#kernel/pager';
import type { StandingWork, WorkFilter } from './work.queries.ts';
import { WORK_KINDS } from './work.ts';
import { CONDITION_WORDS, hardenedWords, KIND_WORDS, standardStatus } from './words.ts';

/** So many works stand on a page. */
const PER_PAGE = 25;

/** The page of the list that an address asks for, as the queries take it. */
export function workPage(query: URLSearchParams): { offset: number; limit: number } {
  return { offset: (pageIn(query) - 1) * PER_PAGE, limit: PER_PAGE };
}

/** The filter of an address; what makes no sense is left out. */
export function readWorkFilter(query: URLSearchParams): WorkFilter {
  const standard = query.get('standard');
  return {
    kind: WORK_KINDS.find((kind) => kind === query.get('kind')),
    hamletId: query.get('hamlet')?.slice(0, 60) || undefined,
    q: (query.get('q') ?? '').trim().slice(0, 100) || undefined,
    standard: standard === 'yes' || standard === 'no' ? standard : undefined,
  };
}

export type WorkListView = ReturnType<typeof workListView>;

/** One page of a list of works, and where its other pages are. */
export function workListView(
  found: { items: readonly StandingWork[]; total: number },
  hamlets: readonly Pick<Hamlet, 'id' | 'name'>[],
  query: URLSearchParams,
  locale: Locale,
) {
  return {
    works: worksView(found.items, hamlets, locale),
    count: formatNumber(found.total, { locale }),
    page: pageIn(query),
    pages: Math.ceil(found.total / PER_PAGE),
    first: workPage(query).offset + 1,
    asked: Object.fromEntries(query),
  };
}

function worksView(
  works: readonly StandingWork[],
  hamlets: readonly Pick<Hamlet, 'id' | 'name'>[],
  locale: Locale,
) {
  const names = new Map(hamlets.map(({ id, name }) => [id, name]));
  return works.map((work) => ({
    id: work.id,
    name: work.name,
    kind: KIND_WORDS[work.kind](),
    hamlet: (work.hamletId && names.get(work.hamletId)) ?? null,
    demo: work.demo,
    status: standardStatus(work.standing),
    condition: work.standing && CONDITION_WORDS[work.standing.condition](),
    hardened: hardenedWords(work.standing, locale),
    inspected: work.standing && formatDate(work.standing.onDay, locale),
  }));
}
