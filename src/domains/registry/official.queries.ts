import type { Selectable } from 'kysely';
import { grantsOf, type Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import type { RegistryOfficial } from '#kernel/schema';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import { listHamlets } from '#domain/commune';
import { absencesOn, dutyIdsOn } from './day.queries.ts';
import { hasWords, inOffice, OFFICIAL_UNITS, type Official, type OfficialUnit } from './official.ts';

/** What everybody may know of an official in office. */
export type DirectoryEntry = Omit<Official, 'userId' | 'termFrom' | 'termTo' | 'public'> & {
  hamletName: string | null;
  onDuty: boolean;
  /** Who answers instead while the official is away on that day. */
  coveredBy: { id: string; fullName: string } | null;
};

/**
 * The public directory on a day (today unless told): officials in office whose entry is public, by part of
 * the commune. Who leaves office is gone from it at once.
 * @param filter `q`: words of name, post or hamlet, without accents, in any order
 */
export async function officialDirectory(
  ctx: Ctx,
  filter: { q?: string | undefined; on?: LocalDate; unit?: OfficialUnit | undefined } = {},
): Promise<DirectoryEntry[]> {
  allow(ctx, 'registry.official.see');
  const today = localDateOf(ctx.now);
  const day = filter.on ?? today;
  // Looking back must not bring back the number of somebody who has left since.
  const officials = (await readOfficials(ctx)).filter(
    (one) => inOffice(one, day) && (one.termTo ?? today) >= today,
  );
  const names = new Map(officials.map((one) => [one.id, one.fullName]));
  const hamlets = new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
  const duty = new Set(await dutyIdsOn(ctx, day));
  const covers = new Map((await absencesOn(ctx, day)).map((one) => [one.officialId, one.coveredBy]));
  return officials
    .filter((one) => one.public && (!filter.unit || one.unit === filter.unit))
    .map(({ userId: _user, termFrom: _from, termTo: _to, public: _public, ...entry }) => {
      const cover = covers.get(entry.id);
      return {
        ...entry,
        hamletName: (entry.hamletId && hamlets.get(entry.hamletId)) || null,
        onDuty: duty.has(entry.id),
        coveredBy: cover && names.has(cover) ? { id: cover, fullName: names.get(cover)! } : null,
      };
    })
    .filter((one) => !filter.q || hasWords([one.fullName, one.post, one.postEn, one.hamletName], filter.q));
}

/** For staff: all officials of a day, or of all terms. */
export async function listOfficials(ctx: Ctx, on: LocalDate | 'ever'): Promise<Official[]> {
  allow(ctx, 'registry.official.list');
  return (await readOfficials(ctx)).filter((one) => on === 'ever' || inOffice(one, on));
}

/**
 * Names, posts and sign-ins of all terms, without telephone numbers: for rooms whose work goes through the
 * officials' hands. Also for officials of one hamlet, who must see who gave them work.
 */
export async function listColleagues(ctx: Ctx): Promise<Official[]> {
  const hamlet = grantsOf(ctx.actor).find(({ hamletId }) => hamletId !== null)?.hamletId ?? null;
  allow(ctx, 'registry.official.work_with', { hamlet_id: hamlet });
  return (await readOfficials(ctx)).map((one) => ({ ...one, phone: null, zalo: null }));
}

/** For staff. @throws AppError `registry.official.not_found` (404) */
export async function getOfficial(ctx: Ctx, id: string): Promise<Official> {
  allow(ctx, 'registry.official.list');
  return mustExist(await findOfficial(ctx, id), 'registry.official');
}

/** The officials that a sign-in is on a day (today unless told), first the one of the higher place. */
export async function officialsOfUser(ctx: Ctx, userId: string, on?: LocalDate): Promise<Official[]> {
  allow(ctx, 'registry.official.of_user', { owners: [userId] });
  const day = on ?? localDateOf(ctx.now);
  return (await readOfficials(ctx, userId)).filter((one) => inOffice(one, day));
}

/** Who an official of any term is or was, for the papers that name who acted; null for nobody. */
export async function nameOfOfficial(ctx: Ctx, id: string | null): Promise<string | null> {
  allow(ctx, 'registry.official.name');
  return (id && (await findOfficial(ctx, id))?.fullName) || null;
}

/** The same for lists: the name of every official of any term by his id. */
export async function namesOfOfficials(ctx: Ctx): Promise<ReadonlyMap<string, string>> {
  allow(ctx, 'registry.official.name');
  return new Map((await readOfficials(ctx)).map(({ id, fullName }) => [id, fullName]));
}

/** Without a right of its own: for the room's verbs, which have asked already. */
export async function findOfficial(ctx: Ctx, id: string): Promise<Official | undefined> {
  if (!isId(id)) return undefined;
  const row = await ctx.db
    .selectFrom('registry_official')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && officialOf(row);
}

/** Every official of every term, in the order of the directory. A commune has about a hundred. */
export async function readOfficials(ctx: Ctx, userId?: string): Promise<Official[]> {
  let query = ctx.db.selectFrom('registry_official').selectAll().where('commune_id', '=', ctx.commune.id);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  const rows = await query.orderBy('position').orderBy('search_text').orderBy('id').execute();
  const place = (official: Official) => OFFICIAL_UNITS.indexOf(official.unit);
  return rows.map(officialOf).sort((a, b) => place(a) - place(b));
}

function officialOf(row: Selectable<RegistryOfficial>): Official {
  return {
    id: row.id,
    userId: row.user_id,
    fullName: row.full_name,
    post: row.post,
    postEn: row.post_en,
    unit: row.unit as OfficialUnit,
    phone: row.phone,
    zalo: row.zalo,
    email: row.email,
    hamletId: row.hamlet_id,
    termFrom: localDate(row.term_from),
    termTo: row.term_to === null ? null : localDate(row.term_to),
    public: row.public,
    position: row.position,
    demo: row.demo,
  };
}
