/** Lists of works as pages show them. */
import type { Hamlet } from '#domain/commune';
import { formatDate, type Locale } from '#kernel/format';
import type { StandingWork, WorkFilter } from './work.queries.ts';
import { WORK_KINDS } from './work.ts';
import { CONDITION_WORDS, hardenedWords, KIND_WORDS, standardStatus } from './words.ts';

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

export function worksView(
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
