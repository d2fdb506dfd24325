/**
 * The query language of EPCIS 2.0 (8.2.7.1): parameters become conditions. Each knows how to ask one event, and where
 * the database can narrow the search by itself, how. What is found is always asked: the index never decides alone.
 */
import { conditionFor } from './conditions.ts';
import type { Json } from './event.ts';
import { namesOf, type Names } from './names.ts';
import { wrong, type Condition, type MasterData } from './parameters.ts';
import type { EventView } from './view.ts';

export type Query = {
  conditions: readonly Condition[];
  order: { by: 'recordTime' | 'eventTime' | string; descending: boolean };
  /** Only so many, then no more. */
  limit: number | null;
  /** More than so many are refused. */
  most: number | null;
  names: Names;
};

/** A parameter by name: texts from an address, or JSON from a named query. */
export type Parameters = Readonly<Record<string, Json>>;

const CONTROLS = new Set([
  '@context',
  'orderBy',
  'orderDirection',
  'eventCountLimit',
  'maxEventCount',
  'perPage',
  'nextPageToken',
  'GS1-Extensions',
]);

/**
 * Reads the parameters of a query.
 * @throws AppError `trace.epcis.query_parameter` (400) with the parameter's name
 */
export function readQuery(parameters: Parameters, master: MasterData): Query {
  const context = parameters['@context'];
  const names = namesOf(Array.isArray(context) ? context : context === undefined ? [] : [context]);
  const asked = Object.entries(parameters).filter(([name]) => !CONTROLS.has(name));
  if (asked.length > 60) wrong('too_many');
  const conditions = asked.map(
    ([name, value]) => conditionFor(name, value, { names, master }) ?? wrong(name),
  );
  const limit = count(parameters, 'eventCountLimit');
  const most = count(parameters, 'maxEventCount');
  // "The first" means something in an order alone (8.2.7.1); the two limits exclude each other.
  if (limit !== null && (most !== null || parameters.orderBy === undefined)) wrong('eventCountLimit');
  return { conditions, order: orderOf(parameters), limit, most, names };
}

/** In the order of capture unless another is asked for; a named order is descending by default. */
function orderOf({ orderBy, orderDirection }: Parameters): Query['order'] {
  const by = orderBy ?? 'recordTime';
  if (typeof by !== 'string' || (!/^(?:eventTime|recordTime)$/.test(by) && !by.includes(':')))
    wrong('orderBy');
  if (orderDirection !== undefined && orderDirection !== 'ASC' && orderDirection !== 'DESC')
    wrong('orderDirection');
  return {
    by,
    descending: orderDirection === 'DESC' || (orderDirection === undefined && orderBy !== undefined),
  };
}

function count(parameters: Parameters, name: string): number | null {
  const value = parameters[name];
  if (value === undefined) return null;
  const number = Number(value);
  return Number.isInteger(number) && number > 0 && number <= 1_000_000 ? number : wrong(name);
}

export function matches({ conditions }: Pick<Query, 'conditions'>, view: EventView): boolean {
  return conditions.every(({ test }) => test(view));
}
