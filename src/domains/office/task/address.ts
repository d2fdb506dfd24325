/** The list of tasks as it stands in the address: read leniently, written briefly. Pure. */
import { OFFICIAL_UNITS } from '#domain/registry';
import { isId } from '#kernel/ids';
import { cleanLine } from '#kernel/text';
import { SOURCES, TASK_STATES } from './task.ts';
import { TASK_VIEWS, type TaskFilter } from './task.queries.ts';

/** `board`: as columns by state instead of a list. */
export type TaskAddress = Omit<TaskFilter, 'offset' | 'limit'> & { board: boolean };

const LONGEST_SEARCH = 100;

/** Reads an address; what is unknown in it is as if it were not there. */
export function readTasks(query: URLSearchParams): TaskAddress {
  const search = cleanLine((query.get('q') ?? '').slice(0, LONGEST_SEARCH)) || undefined;
  const official = query.get('officer');
  return {
    view: TASK_VIEWS.find((one) => one === query.get('view')) ?? 'mine',
    search,
    official: official && isId(official) ? official : undefined,
    unit: OFFICIAL_UNITS.find((one) => one === query.get('unit')),
    state: TASK_STATES.find((one) => one === query.get('state')),
    source: SOURCES.find((one) => one === query.get('source')),
    board: query.get('board') === 'yes',
  };
}

/** The query part of an address. */
export function addressOf({ view, search, official, unit, state, source, board }: TaskAddress): string {
  const parts = { view, q: search, officer: official, unit, state, source, board: board && 'yes' };
  const given = Object.entries(parts).filter((part): part is [string, string] => Boolean(part[1]));
  return new URLSearchParams(given).toString();
}

/** Whether anything but the view narrows the list. */
export function isNarrowed({ search, official, unit, state, source }: TaskAddress): boolean {
  return [search, official, unit, state, source].some((part) => part !== undefined);
}
