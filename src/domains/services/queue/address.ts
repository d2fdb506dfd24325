/** The work queue as it stands in the address: read leniently, written briefly. Pure. */
import { isId } from '#kernel/ids';
import { cleanLine } from '#kernel/text';
import { CHANNELS, STATES, type State } from '../dossier/dossier.ts';
import { QUEUE_SORTS, QUEUE_VIEWS, type QueueFilter } from './queue.queries.ts';

/** What the address says, and the page of the list counted from 1. */
export type QueueAddress = Omit<QueueFilter, 'offset' | 'limit'> & { page: number };

const LAST_PAGE = 400;
const LONGEST_SEARCH = 100;

/** Reads an address; what is unknown in it is as if it were not there. */
export function readQueue(query: URLSearchParams): QueueAddress {
  const page = Math.trunc(Number(query.get('page')));
  const search = cleanLine((query.get('q') ?? '').slice(0, LONGEST_SEARCH)) || undefined;
  // Who looks for one dossier looks for it everywhere.
  const view = oneOf(query.get('view'), QUEUE_VIEWS) ?? (search ? 'all' : 'mine');
  return {
    view,
    search,
    procedure: matching(query.get('procedure'), /^\d\.\d{6}$/),
    state: oneOf(query.get('state'), Object.keys(STATES) as State[]),
    hamlet: idIn(query.get('hamlet')),
    assignee: idIn(query.get('officer')),
    channel: oneOf(query.get('channel'), CHANNELS),
    sort: oneOf(query.get('sort'), QUEUE_SORTS),
    page: page >= 1 ? Math.min(page, LAST_PAGE) : 1,
  };
}

/** The query part of an address, without what is usual; empty for the queue as it opens. */
export function addressOf(queue: QueueAddress): string {
  const parts: Record<string, string | undefined> = {
    view: queue.view,
    q: queue.search,
    procedure: queue.procedure,
    state: queue.state,
    hamlet: queue.hamlet,
    officer: queue.assignee,
    channel: queue.channel,
    sort: queue.sort,
    page: queue.page > 1 ? String(queue.page) : undefined,
  };
  const given = Object.entries(parts).filter((part): part is [string, string] => part[1] !== undefined);
  return new URLSearchParams(given).toString();
}

/** Whether anything but the view narrows the list. */
export function isNarrowed(queue: QueueAddress): boolean {
  const { search, procedure, state, hamlet, assignee, channel } = queue;
  return [search, procedure, state, hamlet, assignee, channel].some((part) => part !== undefined);
}

function oneOf<T extends string>(text: string | null, known: readonly T[]): T | undefined {
  return known.find((one) => one === text);
}

function matching(text: string | null, pattern: RegExp): string | undefined {
  return text !== null && pattern.test(text) ? text : undefined;
}

function idIn(text: string | null): string | undefined {
  return text !== null && isId(text) ? text : undefined;
}
