/** Filters as they stand in the address of a list: what makes no sense is as if it were not there. */
import { pageIn } from '#kernel/pager';
import { PAPER_KINDS } from './certificate/certificate.ts';
import { SHOWN_PAPERS, type CertificateFilter } from './certificate/certificate.queries.ts';
import { KINDS, STANDARDS } from './producer.ts';
import type { ProducerFilter } from './producer.queries.ts';
import { TRADES } from './trade.ts';

export const PER_PAGE = 25;
const STATES = ['working', 'ended', 'all'] as const;

export function readProducers(query: URLSearchParams): ProducerFilter {
  const one = <T extends string>(name: string, known: readonly T[]) =>
    known.find((value) => value === query.get(name));
  return {
    q: (query.get('q') ?? '').trim().slice(0, 200),
    kind: one('kind', KINDS),
    standard: one('standard', STANDARDS),
    trade: one('trade', TRADES),
    hamletId: query.get('hamlet')?.slice(0, 60) || undefined,
    state: one('state', STATES),
    offset: (pageIn(query) - 1) * PER_PAGE,
    limit: PER_PAGE,
  };
}

export function readCertificates(query: URLSearchParams): CertificateFilter {
  return {
    kind: PAPER_KINDS.find((kind) => kind === query.get('kind')),
    shown: SHOWN_PAPERS.find((shown) => shown === query.get('shown')),
    hamletId: query.get('hamlet')?.slice(0, 60) || undefined,
    offset: (pageIn(query) - 1) * PER_PAGE,
    limit: PER_PAGE,
  };
}

/** The address of another page of the same list. */
export function pageHref(query: string, page: number): string {
  const next = new URLSearchParams(query);
  next.set('page', String(page));
  return `?${next}`;
}

/** What a list says of its pages. */
export function pagesOf(total: number, page: number, shown: number) {
  const first = (page - 1) * PER_PAGE + 1;
  return { total, page, pages: Math.max(1, Math.ceil(total / PER_PAGE)), first, last: first + shown - 1 };
}
