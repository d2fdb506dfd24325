/** The list of tasks as it stands in the address: read leniently, written briefly. Pure. */
import { OFFICIAL_UNITS } from '#domain/registry';
import { addressFrom, idIn, oneOf, searchIn } from '../asked.ts';
import { SOURCES, TASK_STATES } from './task.ts';
import { TASK_VIEWS, type TaskFilter } from './task.queries.ts';

/** `board`: as columns by state instead of a list. */
export type TaskAddress = Omit<TaskFilter, 'offset' | 'limit'> & { board: boolean };

/** Reads an address; what is unknown in it is as if it were not there. */
export function readTasks(query: URLSearchParams): TaskAddress {
  return {
    view: oneOf(query, 'view', TASK_VIEWS) ?? 'mine',
    search: searchIn(query),
    official: idIn(query, 'officer'),
    unit: oneOf(query, 'unit', OFFICIAL_UNITS),
    state: oneOf(query, 'state', TASK_STATES),
    source: oneOf(query, 'source', SOURCES),
    board: query.get('board') === 'yes',
  };
}

/** The query part of an address. */
export function addressOf({ view, search, official, unit, state, source, board }: TaskAddress): string {
  return addressFrom({ view, q: search, officer: official, unit, state, source, board: board && 'yes' });
}

/** Whether anything but the view narrows the list. */
export function isNarrowed({ search, official, unit, state, source }: TaskAddress): boolean {
  return [search, official, unit, state, source].some((part) => part !== undefined);
}
