/** What events speak of: the things, steps and places that are known, one by one. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { ANYWHERE } from './conditions.ts';
import { EVENT_TYPES, isObject, type JsonObject } from './event.ts';
import { namesOf } from './names.ts';
import type { MasterData } from './parameters.ts';
import { scopeOf } from './scope.ts';
import { canonicalWord } from './view.ts';
import { BIZ_STEP, DISPOSITION, wordOf, type Vocabulary } from './vocabulary.ts';

export const RESOURCES = [
  'eventTypes',
  'epcs',
  'bizSteps',
  'bizLocations',
  'readPoints',
  'dispositions',
] as const;
export type Resource = (typeof RESOURCES)[number];

const COLUMNS = {
  eventTypes: 'type',
  bizSteps: 'biz_step',
  bizLocations: 'biz_location',
  readPoints: 'read_point',
  dispositions: 'disposition',
} as const;

/** Up to `most` values after one, in their order; for vocabularies the standard's own words, bare, and others in use. */
export async function listResource(
  ctx: Ctx,
  resource: Resource,
  after: string,
  most: number,
): Promise<{ members: string[]; next: string | null }> {
  allow(ctx, 'trace.event.read');
  const { rows } = await (
    resource === 'epcs' ? things(ctx, after, most + 1) : values(ctx, COLUMNS[resource], after, most + 1)
  ).execute(ctx.db);
  const standard = standardValues(resource).filter((value) => value > after);
  const all = [...new Set([...rows.map(({ value }) => value), ...standard])].sort(byCode);
  const found = all.slice(0, most);
  const vocabulary = VOCABULARIES[resource];
  return {
    members: vocabulary ? found.map((value) => wordOf(vocabulary, value)) : found,
    next: all.length > most ? found.at(-1)! : null,
  };
}

const VOCABULARIES: Readonly<Partial<Record<Resource, Vocabulary>>> = {
  bizSteps: BIZ_STEP,
  dispositions: DISPOSITION,
};

/** Whether a path names a type, step or disposition of the standard, in any spelling. */
export function isStandardValue(resource: Resource, text: string): boolean {
  const vocabulary = VOCABULARIES[resource];
  return standardValues(resource).includes(
    vocabulary ? canonicalWord(vocabulary, text, namesOf([])) : text.replace(/^.*[:/](?=\w+Event$)/, ''),
  );
}

/** What is there before any event was captured. */
function standardValues(resource: Resource): readonly string[] {
  if (resource === 'eventTypes') return EVENT_TYPES;
  const vocabulary = VOCABULARIES[resource];
  return vocabulary ? [...vocabulary.words].map((word) => vocabulary.address + word) : [];
}

/** As the database orders them: addresses by their signs. */
function byCode(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function things(ctx: Ctx, after: string, most: number): RawBuilder<{ value: string }> {
  const { where } = scopeOf(ctx);
  return sql<{ value: string }>`
    select t.value from trace_term t join trace_event e on e.commune_id = t.commune_id and e.seq = t.seq
    where t.commune_id = ${ctx.commune.id} and t.value > ${after} and t.field = any(${[...ANYWHERE]}::text[])
      and t.value !~ '/801[78]/' and ${where}
    group by t.value order by t.value limit ${most}`;
}

/** Jumps from value to value along the index instead of reading every event. */
function values(
  ctx: Ctx,
  name: (typeof COLUMNS)[keyof typeof COLUMNS],
  after: string,
  most: number,
): RawBuilder<{ value: string }> {
  const { where } = scopeOf(ctx);
  const column = sql.ref(`e.${name}`);
  const next = (beyond: RawBuilder<unknown>) =>
    sql`select ${column} as value from trace_event e where e.commune_id = ${ctx.commune.id} and ${column} > ${beyond} and ${where} order by ${column} limit 1`;
  return sql<{ value: string }>`
    with recursive known as ((${next(sql`${after}::text`)})
      union all select (${next(sql`known.value`)}) from known where known.value is not null)
    select value from known where value is not null limit ${most}`;
}

/** Master data for `WD_` and attribute parameters; read only when a query asks for it. */
export async function readMasterData(ctx: Ctx, parameters: JsonObject): Promise<MasterData> {
  allow(ctx, 'trace.event.read');
  const asked = Object.keys(parameters).some((name) => /^(?:WD_|HASATTR_|EQ_?ATTR_)/.test(name));
  const { rows } = asked
    ? await sql<{ id: string; attributes: unknown; children: string[] }>`
        select id, attributes, children from trace_master where commune_id = ${ctx.commune.id} limit 100000`.execute(
        ctx.db,
      )
    : { rows: [] };
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    attributes: (id) => {
      const attributes = byId.get(id)?.attributes;
      return isObject(attributes) ? attributes : undefined;
    },
    within: (ids) => {
      const found = new Set(ids);
      for (const id of found) for (const child of byId.get(id)?.children ?? []) found.add(child);
      return [...found];
    },
  };
}

/** @throws AppError `trace.epcis.resource.not_found` (404) */
export function asResource(name: string): Resource {
  const found = RESOURCES.find((one) => one === name);
  if (!found) throw new AppError('trace.epcis.resource.not_found', 404);
  return found;
}
