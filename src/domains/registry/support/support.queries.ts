/** Reading who belongs to a group that the commune looks after: on a day by hamlet, and of one household or person. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow, hamletsWhere } from '#kernel/rights';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import { recordIds } from '../own/records.queries.ts';
import { needsPurpose } from '../resident.queries.ts';
import { holds, type GroupCode, type Subject } from './group.ts';
import { findSubject } from './subject.queries.ts';

export type Support = {
  id: string;
  group: GroupCode;
  from: LocalDate;
  /** The first day on which it no longer holds. */
  until: LocalDate | null;
  decision: string;
  endDecision: string | null;
};

/** A line of the list: of a household its head. */
export type Supported = Support & {
  subject: Subject;
  householdNumber: string | null;
  name: string | null;
  birthYear: number | null;
  hamletId: string | null;
  demo: boolean;
};

export type SupportFilter = {
  group?: GroupCode | undefined;
  hamletId?: string | undefined;
  /** Those that hold at the end of this day; today unless told. */
  day?: LocalDate | undefined;
  offset?: number;
  limit?: number;
};

/**
 * What holds at the end of the day (`g`), with where a household lived that day (`p`) and where a person lives (`r`).
 * Without a right of its own.
 */
export function supportedOn(ctx: Ctx, day: LocalDate) {
  return ctx.db
    .selectFrom('registry_support as g')
    .leftJoin('registry_household as h', (on) =>
      on
        .onRef('h.commune_id', '=', 'g.commune_id')
        .onRef('h.id', '=', 'g.household_id')
        .on('h.opened_on', '<=', day)
        .on((eb) => eb.or([eb('h.closed_on', 'is', null), eb('h.closed_on', '>', day)])),
    )
    .leftJoin('registry_household_place as p', (on) =>
      on
        .onRef('p.commune_id', '=', 'h.commune_id')
        .onRef('p.household_id', '=', 'h.id')
        .on('p.from_day', '<=', day)
        .on((eb) => eb.or([eb('p.until_day', 'is', null), eb('p.until_day', '>', day)])),
    )
    .leftJoin('registry_resident as r', (on) =>
      on.onRef('r.commune_id', '=', 'g.commune_id').onRef('r.id', '=', 'g.resident_id'),
    )
    .where('g.commune_id', '=', ctx.commune.id)
    .where('g.from_day', '<=', day)
    .where((eb) => eb.or([eb('g.until_day', 'is', null), eb('g.until_day', '>', day)]))
    .where((eb) => eb.or([eb('g.resident_id', 'is not', null), eb('p.id', 'is not', null)]));
}

/** The hamlet of a line of {@link supportedOn}. */
export const HAMLET = sql<string | null>`coalesce(p.hamlet_id, r.hamlet_id)`;

/**
 * Who belongs to a group on a day. Who has the right in some hamlets sees theirs only; every view is written down with
 * its purpose. @throws AppError `registry.purpose_needed` (422)
 */
export async function listSupported(
  ctx: Ctx,
  filter: SupportFilter = {},
): Promise<{ items: Supported[]; total: number }> {
  const hamlets = hamletsWhere(ctx, 'registry.support.see');
  allow(ctx, 'registry.support.see', listThing(filter, hamlets), detailOf(filter));
  needsPurpose(ctx);
  return readSupported(ctx, filter, hamlets);
}

const MOST_EXPORTED = 50_000;

/** The whole list for a spreadsheet. @throws AppError as {@link listSupported} */
export async function exportSupported(
  ctx: Ctx,
  filter: Omit<SupportFilter, 'offset' | 'limit'>,
): Promise<Supported[]> {
  const hamlets = hamletsWhere(ctx, 'registry.support.export');
  allow(ctx, 'registry.support.export', listThing(filter, hamlets), detailOf(filter));
  needsPurpose(ctx);
  return (await readSupported(ctx, { ...filter, limit: MOST_EXPORTED }, hamlets)).items;
}

function listThing({ hamletId }: SupportFilter, hamlets: 'all' | readonly string[]) {
  const asked = hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  return { kind: 'support_list', ...(asked !== null && { id: asked }), hamlet_id: asked };
}

function detailOf({ group, day }: SupportFilter) {
  return { group: group ?? null, day: day ?? null };
}

/** With the head that a household had on the day (`hr`). */
function withHeads(found: ReturnType<typeof supportedOn>, day: LocalDate) {
  return found
    .leftJoin('registry_member as hm', (on) =>
      on
        .onRef('hm.commune_id', '=', 'h.commune_id')
        .onRef('hm.household_id', '=', 'h.id')
        .on('hm.relation', '=', 'head')
        .on('hm.merge_id', 'is', null)
        .on('hm.joined_on', '<=', day)
        .on((eb) => eb.or([eb('hm.left_on', 'is', null), eb('hm.left_on', '>', day)])),
    )
    .leftJoin('registry_resident as hr', (on) =>
      on.onRef('hr.commune_id', '=', 'hm.commune_id').onRef('hr.id', '=', 'hm.resident_id'),
    );
}

async function readSupported(
  ctx: Ctx,
  { group, hamletId, day: asked, offset = 0, limit = 25 }: SupportFilter,
  hamlets: 'all' | readonly string[],
): Promise<{ items: Supported[]; total: number }> {
  if (hamletId !== undefined && !isId(hamletId)) return { items: [], total: 0 };
  const day = asked ?? localDateOf(ctx.now);
  let found = supportedOn(ctx, day);
  if (hamlets !== 'all') found = found.where(HAMLET, 'in', [...hamlets]);
  if (hamletId !== undefined) found = found.where(HAMLET, '=', hamletId);
  if (group !== undefined) found = found.where('g.group_code', '=', group);
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await withHeads(found, day)
    .select(COLUMNS)
    .select(['g.household_id', 'g.resident_id', 'g.demo', 'h.number', HAMLET.as('hamlet_id')])
    .select(sql<string | null>`coalesce(hr.full_name, r.full_name)`.as('name'))
    .select(sql<string | null>`coalesce(hr.birth_date, r.birth_date)::text`.as('birth_date'))
    .orderBy('g.group_code')
    .orderBy('h.number')
    .orderBy('r.name_words')
    .orderBy('g.id')
    .offset(offset)
    .limit(limit)
    .execute();
  return { items: rows.map(supportedFrom), total: Number(total) };
}

export type Aid = {
  id: string;
  day: LocalDate;
  what: string;
  /** In đồng; null for goods whose worth is not known. */
  amount: bigint | null;
  source: string;
  decision: string | null;
};

/** What is known of one household or person: groups, those that hold first, and aid, the latest first. */
export type SupportRecord = { groups: Support[]; aid: Aid[] };

/**
 * Groups and aid of a household or a person; the view is written down with its purpose.
 * @throws AppError `registry.household.not_found`, `registry.resident.not_found` (404), `registry.purpose_needed` (422)
 */
export async function supportOf(
  ctx: Ctx,
  subject: Subject,
): Promise<SupportRecord & { name: string; ended: boolean }> {
  const { thing, found } = await findSubject(ctx, subject);
  allow(ctx, 'registry.support.see', thing);
  needsPurpose(ctx);
  const { id, name, ended } = mustExist(found, `registry.${subject.kind}`);
  return { name, ended, ...(await readSupport(ctx, { kind: subject.kind, id })) };
}

/** Without a right of its own: for the room's verbs. */
export async function readSupport(ctx: Ctx, { kind, id }: Subject): Promise<SupportRecord> {
  const column = kind === 'household' ? 'household_id' : 'resident_id';
  const ids = kind === 'household' ? [id] : await recordIds(ctx, id);
  const groups = await ctx.db
    .selectFrom('registry_support as g')
    .select(COLUMNS)
    .where('g.commune_id', '=', ctx.commune.id)
    .where(`g.${column}`, 'in', ids)
    .orderBy('g.from_day', 'desc')
    .orderBy('g.id', 'desc')
    .limit(200)
    .execute();
  const aid = await ctx.db
    .selectFrom('registry_aid')
    .select(['id', 'day', 'what', 'amount', 'source', 'decision'])
    .where('commune_id', '=', ctx.commune.id)
    .where(column, 'in', ids)
    .where('cancelled_at', 'is', null)
    .orderBy('day', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  const today = localDateOf(ctx.now);
  return {
    groups: groups.map(supportFrom).toSorted((a, b) => Number(holds(b, today)) - Number(holds(a, today))),
    aid: aid.map((row) => ({ ...row, day: localDate(row.day) })),
  };
}

const COLUMNS = [
  'g.id',
  'g.group_code',
  'g.from_day',
  'g.until_day',
  'g.decision',
  'g.end_decision',
] as const;

function supportFrom(row: {
  id: string;
  group_code: string;
  from_day: string;
  until_day: string | null;
  decision: string;
  end_decision: string | null;
}): Support {
  return {
    id: row.id,
    group: row.group_code as GroupCode,
    from: localDate(row.from_day),
    until: row.until_day === null ? null : localDate(row.until_day),
    decision: row.decision,
    endDecision: row.end_decision,
  };
}

type SupportedRow = Parameters<typeof supportFrom>[0] & {
  household_id: string | null;
  resident_id: string | null;
  number: string | null;
  name: string | null;
  birth_date: string | null;
  hamlet_id: string | null;
  demo: boolean;
};

function supportedFrom(row: SupportedRow): Supported {
  return {
    ...supportFrom(row),
    subject:
      row.household_id === null
        ? { kind: 'resident', id: row.resident_id! }
        : { kind: 'household', id: row.household_id },
    householdNumber: row.number,
    name: row.name,
    birthYear: row.birth_date === null ? null : Number(row.birth_date.slice(0, 4)),
    hamletId: row.hamlet_id,
    demo: row.demo,
  };
}
