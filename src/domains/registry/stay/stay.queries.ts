/** Reading temporary residence and absence: on a day by hamlet, and of one person. */
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { allow, hamletsWhere } from '#kernel/rights';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import { recordIds } from '../own/records.queries.ts';
import { findResidentRow, thingOf } from '../resident.queries.ts';
import type { StayKind } from './stay.ts';

export type Stay = {
  id: string;
  residentId: string;
  name: string;
  birthYear: number | null;
  kind: StayKind;
  hamletId: string;
  address: string | null;
  elsewhere: string;
  from: LocalDate;
  to: LocalDate;
  demo: boolean;
};

export type StayFilter = {
  kind?: StayKind | undefined;
  hamletId?: string | undefined;
  /** Those that hold on this day; today unless told. */
  day?: LocalDate | undefined;
  offset?: number;
  limit?: number;
};

/** Stays that hold at the end of the day (`s`), both days belonging to them. Without a right of its own. */
export function staysOn(ctx: Ctx, day: LocalDate) {
  return staysWithNames(ctx).where('s.from_day', '<=', day).where('s.to_day', '>=', day);
}

function staysWithNames(ctx: Ctx) {
  return ctx.db
    .selectFrom('registry_stay as s')
    .innerJoin('registry_resident as r', (on) =>
      on.onRef('r.commune_id', '=', 's.commune_id').onRef('r.id', '=', 's.resident_id'),
    )
    .where('s.commune_id', '=', ctx.commune.id);
}

/** Who stays here and who is away on a day. Who has the right in some hamlets sees theirs only. */
export async function listStays(
  ctx: Ctx,
  filter: StayFilter = {},
): Promise<{ items: Stay[]; total: number }> {
  const hamlets = hamletsWhere(ctx, 'registry.stay.list');
  const asked = filter.hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  allow(
    ctx,
    'registry.stay.list',
    { kind: 'stay_list', ...(asked !== null && { id: asked }), hamlet_id: asked },
    { day: filter.day ?? null },
  );
  if (filter.hamletId !== undefined && !isId(filter.hamletId)) return { items: [], total: 0 };
  return readStays(ctx, filter, hamlets);
}

/**
 * The whole list for a spreadsheet. The hamlet is written down, so that it can be seen that a list was taken out.
 */
export async function exportStays(ctx: Ctx, filter: Omit<StayFilter, 'offset' | 'limit'>): Promise<Stay[]> {
  const hamlets = hamletsWhere(ctx, 'registry.stay.export');
  const asked = filter.hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  allow(
    ctx,
    'registry.stay.export',
    { kind: 'stay_list', ...(asked !== null && { id: asked }), hamlet_id: asked },
    { day: filter.day ?? null },
  );
  if (filter.hamletId !== undefined && !isId(filter.hamletId)) return [];
  return (await readStays(ctx, { ...filter, limit: MOST_EXPORTED }, hamlets)).items;
}

const MOST_EXPORTED = 50_000;

async function readStays(
  ctx: Ctx,
  { kind, hamletId, day, offset = 0, limit = 25 }: StayFilter,
  hamlets: 'all' | readonly string[],
): Promise<{ items: Stay[]; total: number }> {
  let found = staysOn(ctx, day ?? localDateOf(ctx.now));
  if (hamlets !== 'all') found = found.where('s.hamlet_id', 'in', [...hamlets]);
  if (hamletId !== undefined) found = found.where('s.hamlet_id', '=', hamletId);
  if (kind !== undefined) found = found.where('s.kind', '=', kind);
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .select(COLUMNS)
    .orderBy('s.to_day')
    .orderBy('s.id')
    .offset(offset)
    .limit(limit)
    .execute();
  return { items: rows.map(stayOf), total: Number(total) };
}

/** Every stay of a person, the latest first. */
export async function staysOf(
  ctx: Ctx,
  residentId: string,
): Promise<{ name: string; hamletId: string | null; stays: Stay[] } | undefined> {
  const found = await findResidentRow(ctx, residentId);
  allow(ctx, 'registry.stay.list', thingOf(ctx, residentId, found));
  if (!found) return undefined;
  const stays = await readStaysOf(ctx, found.id);
  return { name: found.fullName, hamletId: found.hamletId, stays };
}

/** Without a right of its own: for the room's verbs. */
export async function readStaysOf(ctx: Ctx, residentId: string): Promise<Stay[]> {
  const rows = await staysWithNames(ctx)
    .where('s.resident_id', 'in', await recordIds(ctx, residentId))
    .select(COLUMNS)
    .orderBy('s.from_day', 'desc')
    .limit(200)
    .execute();
  return rows.map(stayOf);
}

const COLUMNS = [
  's.id',
  's.resident_id',
  's.kind',
  's.hamlet_id',
  's.address',
  's.elsewhere',
  's.from_day',
  's.to_day',
  's.demo',
  'r.full_name',
  'r.birth_date',
] as const;

type Row = {
  id: string;
  resident_id: string;
  kind: string;
  hamlet_id: string;
  address: string | null;
  elsewhere: string;
  from_day: string;
  to_day: string;
  demo: boolean;
  full_name: string;
  birth_date: string | null;
};

function stayOf(row: Row): Stay {
  return {
    id: row.id,
    residentId: row.resident_id,
    name: row.full_name,
    birthYear: row.birth_date === null ? null : Number(row.birth_date.slice(0, 4)),
    kind: row.kind as StayKind,
    hamletId: row.hamlet_id,
    address: row.address,
    elsewhere: row.elsewhere,
    from: localDate(row.from_day),
    to: localDate(row.to_day),
    demo: row.demo,
  };
}
