/** The officials who work on documents and tasks: who acts, who may be given work, whose sign-in is whose. */
import { inOffice, listColleagues, officialsOfUser, type Official } from '#domain/registry';
import { grantsOf, type Actor, type Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { localDateOf } from '#kernel/time';

export type Part = 'handler' | 'with' | 'informed';

/** One official's part in a document or a task. */
export type Person = { officialId: string; part: Part; seenAt: Date | null };

/** The official behind the actor; null for programs and for people who are none. */
export async function officialActing(ctx: Ctx): Promise<Official | null> {
  if (ctx.actor.kind !== 'person' || ctx.actor.grants.length === 0) return null;
  return (await officialsOfUser(ctx, ctx.actor.userId))[0] ?? null;
}

/** The desks that the actor works: every term of office of his today. */
export async function ownDesks(ctx: Ctx): Promise<string[]> {
  if (ctx.actor.kind !== 'person') return [];
  return (await officialsOfUser(ctx, ctx.actor.userId)).map(({ id }) => id);
}

/** The desks of an official of a hamlet, and the hamlet; null for everybody else. */
export async function ownHamlet(ctx: Ctx): Promise<{ desks: string[]; hamletId: string | null }> {
  const { actor } = ctx;
  const terms = actor.kind === 'person' ? await officialsOfUser(ctx, actor.userId) : [];
  const inHamlet = terms.filter(({ hamletId }) => hamletId !== null);
  return { desks: inHamlet.map(({ id }) => id), hamletId: inHamlet[0]?.hamletId ?? null };
}

/**
 * Officials by id, of all terms: names in histories, sign-ins of owners.
 */
export async function officialsById(ctx: Ctx): Promise<ReadonlyMap<string, Official>> {
  return new Map((await listColleagues(ctx)).map((one) => [one.id, one]));
}

/**
 * Nobody is given work who is not in office today; history that is entered keeps the names it had.
 * @throws AppError `office.official.not_in_office`
 */
export async function mustTakeWork(ctx: Ctx, officialId: string): Promise<Official> {
  const official = (await officialsById(ctx)).get(officialId);
  if (official && (ctx.silent || inOffice(official, localDateOf(ctx.now)))) return official;
  return refuse('office.official.not_in_office');
}

/**
 * Whether the actor may bring that official into work: who is an official of a hamlet alone, those of his hamlet;
 * everybody else, everybody.
 */
export function mayBringIn(actor: Actor, official: Official): boolean {
  const grants = grantsOf(actor);
  if (grants.length === 0 || grants.some(({ hamletId }) => hamletId === null)) return true;
  return grants.some(({ hamletId }) => hamletId === official.hamletId);
}

/** Who has a part in a thing. */
export async function readPeople(ctx: Ctx, subjectId: string): Promise<Person[]> {
  const rows = await ctx.db
    .selectFrom('office_person')
    .select(['official_id', 'part', 'seen_at'])
    .where('commune_id', '=', ctx.commune.id)
    .where('subject_id', '=', subjectId)
    .execute();
  return rows.map((row) => ({
    officialId: row.official_id,
    part: row.part as Part,
    seenAt: row.seen_at,
  }));
}

/** Makes the rows what the fold says. */
export async function writePeople(ctx: Ctx, subjectId: string, people: readonly Person[]): Promise<void> {
  await ctx.db
    .deleteFrom('office_person')
    .where('commune_id', '=', ctx.commune.id)
    .where('subject_id', '=', subjectId)
    .execute();
  if (people.length === 0) return;
  await ctx.db
    .insertInto('office_person')
    .values(
      people.map(({ officialId, part, seenAt }) => ({
        commune_id: ctx.commune.id,
        subject_id: subjectId,
        official_id: officialId,
        part,
        seen_at: seenAt,
      })),
    )
    .execute();
}
