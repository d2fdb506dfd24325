/** Answers that hold events: from an address's parameters, a resource's path, or a named query. */
import type { Context } from 'hono';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import type { ApiEnv } from '#kernel/manifest';
import { ANYWHERE, thing } from './conditions.ts';
import { queryDocument } from './document.ts';
import type { ContextedEvent, Json, JsonObject } from './event.ts';
import { answer } from './http.ts';
import { namesOf } from './names.ts';
import { nextPage, paging } from './paging.ts';
import type { Condition, MasterData } from './parameters.ts';
import { readQuery } from './query.ts';
import { readMasterData, type Resource } from './resources.queries.ts';
import { findEvents, keyOf } from './search.queries.ts';

/** What the path of a resource asks for. */
export const EVENTS_OF: Readonly<Record<Resource, (value: string) => JsonObject>> = {
  eventTypes: (value) => ({ eventType: [value] }),
  epcs: (value) => ({ [THING]: [value] }),
  bizSteps: (value) => ({ EQ_bizStep: [value] }),
  bizLocations: (value) => ({ EQ_bizLocation: [value] }),
  readPoints: (value) => ({ EQ_readPoint: [value] }),
  dispositions: (value) => ({ EQ_disposition: [value] }),
};
/** No parameter of the standard: a thing or lot wherever it is named. */
const THING = ' thing';

/** One page of the events that an address asks for. @param fixed what its path or name asks for as well */
export async function eventsPage(
  c: Context<ApiEnv>,
  fixed: JsonObject = {},
  most?: number,
  queryName?: string,
): Promise<Response> {
  const { perPage, token } = paging(c);
  const asked = parametersOf(c);
  const strange = Object.keys(asked).find((name) => !/^(?:perPage|nextPageToken)$/.test(name));
  if (queryName !== undefined && strange !== undefined)
    throw new AppError('trace.epcis.query_parameter', 400, { parameter: strange.slice(0, 100) });
  const { events, next } = await c.var.run(async (ctx) => {
    const named = queryName !== undefined;
    const query = readQuery(...(await withMaster(ctx, named ? fixed : asked)));
    const conditions = named
      ? query.conditions
      : [...query.conditions, ...pathConditions(...(await withMaster(ctx, fixed)))];
    const key = keyOf({ ...asked, ' path': fixed });
    return findEvents(ctx, { ...query, conditions }, { perPage: most ?? perPage, token, key });
  });
  const document = queryDocument(events, {
    creationDate: new Date(),
    ...(queryName === undefined ? {} : { queryName }),
  });
  return answer(document, { headers: next === null ? {} : nextPage(c, next) });
}

async function withMaster(ctx: Ctx, parameters: JsonObject): Promise<[JsonObject, MasterData]> {
  return [parameters, await readMasterData(ctx, parameters)];
}

/** What a resource's path asks for. */
function pathConditions({ [THING]: things, ...rest }: JsonObject, master: MasterData): readonly Condition[] {
  if (things !== undefined) return [thing('epcs', things as string[], ANYWHERE, namesOf([]))];
  return readQuery(rest, master).conditions;
}

/** @throws AppError when a parameter is said twice: its values belong into one list */
function parametersOf(c: Context): JsonObject {
  const found: Record<string, Json> = {};
  for (const [name, values] of Object.entries(c.req.queries())) {
    if (values.length > 1)
      throw new AppError('trace.epcis.query_parameter', 400, { parameter: name.slice(0, 100) });
    found[name] = values[0]!;
  }
  return found;
}

export function singlePage(events: readonly ContextedEvent[]): Response {
  return answer(queryDocument(events, { creationDate: new Date() }));
}
