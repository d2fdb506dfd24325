import { sql, type Selectable, type SelectQueryBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { readNationalId } from '#kernel/forms/formats';
import { isId } from '#kernel/ids';
import { toPhone } from '#kernel/phone';
import { allow, hamletsWhere, type Thing } from '#kernel/rights';
import type { Database, RegistryResident } from '#kernel/schema';
import { words } from '#kernel/text';
import { localDate } from '#kernel/time';
import { nameHas } from './name-search.ts';
import { masked, type MaskedResident, type Resident, type Sex } from './resident.ts';

/** How a search understood what was typed. */
export type FoundBy = 'everything' | 'national_id' | 'phone' | 'name' | 'nothing';

export type ResidentPage = { items: MaskedResident[]; total: number; by: FoundBy };

export type ResidentFilter = {
  /** A whole identification number, a whole telephone number, or words of a name. */
  q?: string | undefined;
  hamletId?: string | undefined;
  offset?: number;
  limit?: number;
};

/**
 * Residents by exact number, exact telephone, or words of the name in any order without accents; always
 * masked. Who has the right in some hamlets finds only their people.
 */
export async function searchResidents(ctx: Ctx, filter: ResidentFilter = {}): Promise<ResidentPage> {
  const hamlets = hamletsWhere(ctx, 'registry.resident.list');
  const asked = filter.hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  allow(ctx, 'registry.resident.list', { kind: 'resident', hamlet_id: asked }, { q: filter.q ?? null });
  const typed = understand(filter.q ?? '');
  if (typed.by === 'nothing' || (filter.hamletId !== undefined && !isId(filter.hamletId))) {
    return { items: [], total: 0, by: 'nothing' };
  }
  let found = ctx.db
    .selectFrom('registry_resident')
    .where('commune_id', '=', ctx.commune.id)
    .where('merged_into', 'is', null);
  if (hamlets !== 'all') found = found.where('hamlet_id', 'in', [...hamlets]);
  if (filter.hamletId !== undefined) found = found.where('hamlet_id', '=', filter.hamletId);
  if (typed.by === 'national_id') found = found.where('national_id', '=', typed.value);
  if (typed.by === 'phone') found = found.where('phone', '=', typed.value);
  if (typed.words.length > 0) found = found.where(nameHas(typed.words, 'registry_resident'));
  const { offset = 0, limit = 20 } = filter;
  return { ...(await pageOfPeople(ctx, found, { offset, limit })), by: typed.by };
}

/**
 * One page by name, with how many there are: one walk through the names tells both, and the records of the page
 * alone are read.
 */
async function pageOfPeople(
  ctx: Ctx,
  found: SelectQueryBuilder<Database, 'registry_resident', object>,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ items: MaskedResident[]; total: number }> {
  const page = await found
    .select(['id', sql<bigint>`count(*) over ()`.as('total')])
    .orderBy('name_words')
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute();
  const ids = page.map(({ id }) => id);
  const rows = await residentsById(ctx, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = ids.map((id) => masked(residentOf(byId.get(id)!)));
  if (page[0] || offset === 0) return { items, total: Number(page[0]?.total ?? 0) };
  // Behind the last page nobody tells the number.
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return { items, total: Number(total) };
}

/** Records by id, in no order. Without a right of its own: for the room's verbs. */
export async function residentsById(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Selectable<RegistryResident>[]> {
  if (ids.length === 0) return [];
  return ctx.db
    .selectFrom('registry_resident')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', 'in', [...ids])
    .execute();
}

/**
 * A person's record. Every view is written down with its purpose; officials must name one.
 * @throws AppError `registry.resident.not_found` (404), `registry.purpose_needed` (422)
 */
export async function getResident(ctx: Ctx, id: string): Promise<Resident> {
  const resident = await findResidentRow(ctx, id);
  allow(ctx, 'registry.resident.view', thingOf(ctx, id, resident));
  needsPurpose(ctx);
  return mustExist(resident, 'registry.resident');
}

/** The person with that identification number, for binding a sign-in and filling a form at the counter. */
export async function findResidentByNationalId(ctx: Ctx, typed: string): Promise<Resident | undefined> {
  const nationalId = readNationalId(typed);
  const found = nationalId === undefined ? undefined : await findExact(ctx, 'national_id', nationalId);
  allow(ctx, 'registry.resident.view', thingOf(ctx, found?.[0]?.id, found?.[0]));
  needsPurpose(ctx);
  return found?.[0];
}

/** Everybody who has that telephone number: families share one. */
export async function findResidentsByPhone(ctx: Ctx, typed: string): Promise<MaskedResident[]> {
  allow(ctx, 'registry.resident.list', { kind: 'resident' }, { phone: true });
  const phone = toPhone(typed);
  return phone === undefined ? [] : (await findExact(ctx, 'phone', phone)).map(masked);
}

/** The record of the person who is signed in, where the sign-in is bound to one. */
export async function ownResident(ctx: Ctx): Promise<Resident | undefined> {
  const id = ctx.actor.kind === 'person' ? ctx.actor.residentId : null;
  const resident = id === null ? undefined : await findResidentRow(ctx, id);
  allow(ctx, 'registry.resident.own', thingOf(ctx, id ?? undefined, resident));
  return resident;
}

/** Whether the commune has such a person; nothing of the record is told. */
export async function isResident(ctx: Ctx, id: string): Promise<boolean> {
  allow(ctx, 'registry.resident.exists', { kind: 'resident', id });
  return (await findResidentRow(ctx, id)) !== undefined;
}

/**
 * Without a right of its own: for the room's verbs, which ask with what they found. A record that was merged into
 * another leads to that one, so that old links still find the person.
 */
export async function findResidentRow(ctx: Ctx, id: string): Promise<Resident | undefined> {
  if (!isId(id)) return undefined;
  const row = await ctx.db
    .selectFrom('registry_resident')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.merged_into ? findResidentRow(ctx, row.merged_into) : row && residentOf(row);
}

/** What rights look at: the hamlet, and whether it is the actor's own record. */
export function thingOf(ctx: Ctx, id: string | undefined, resident: Resident | undefined): Thing {
  const { actor } = ctx;
  // The record that a sign-in is bound to may have been merged into this one.
  const bound = actor.kind === 'person' ? actor.residentId : null;
  const own = bound !== null && resident !== undefined && (bound === resident.id || bound === id);
  return {
    kind: 'resident',
    ...(id !== undefined && { id }),
    hamlet_id: resident?.hamletId ?? null,
    owners: own && actor.kind === 'person' ? [actor.userId] : [],
  };
}

/** Officials say why they look at a person's data. @throws AppError `registry.purpose_needed` (422) */
export function needsPurpose(ctx: Ctx): void {
  const { actor } = ctx;
  const official = actor.kind === 'api' || (actor.kind === 'person' && actor.grants.length > 0);
  if (official && !ctx.purpose) refuse('registry.purpose_needed');
}

async function findExact(ctx: Ctx, column: 'national_id' | 'phone', value: string): Promise<Resident[]> {
  const rows = await ctx.db
    .selectFrom('registry_resident')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where(column, '=', value)
    .where('merged_into', 'is', null)
    .orderBy('birth_date')
    .orderBy('id')
    .limit(50)
    .execute();
  return rows.map(residentOf);
}

type Typed = { by: FoundBy; value: string; words: string[] };

function understand(q: string): Typed {
  if (q.length > 200) throw new AppError('input.invalid', 422, {}, { q: 'input.too_big' });
  const asked = words(q);
  if (q.trim() === '') return { by: 'everything', value: '', words: [] };
  const nationalId = readNationalId(q.trim());
  if (nationalId !== undefined) return { by: 'national_id', value: nationalId, words: [] };
  const phone = toPhone(q.trim());
  if (phone !== undefined) return { by: 'phone', value: phone, words: [] };
  // Parts of numbers find nothing: an identification number must not be guessed digit by digit.
  const isName = asked.length > 0 && !asked.some((word) => /\d/.test(word));
  return { by: isName ? 'name' : 'nothing', value: '', words: asked };
}

export function residentOf(row: Selectable<RegistryResident>): Resident {
  return {
    id: row.id,
    fullName: row.full_name,
    birthDate: row.birth_date === null ? null : localDate(row.birth_date),
    birthKnown: row.birth_known === 'year' ? 'year' : 'day',
    sex: row.sex as Sex | null,
    nationalId: row.national_id,
    phone: row.phone,
    hamletId: row.hamlet_id,
    address: row.address,
    deceasedOn: row.deceased_on === null ? null : localDate(row.deceased_on),
    demo: row.demo,
    version: row.version,
  };
}
