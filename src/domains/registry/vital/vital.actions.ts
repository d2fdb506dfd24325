/** A birth or a death that a dossier told of, into the register: once, and open to a clerk where it is not certain. */
import { sql } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';
import { isAppError } from '#kernel/errors';
import { readNationalId } from '#kernel/forms/formats';
import { newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { foldText } from '#kernel/text';
import { membershipOf, type Source } from '../household/record.ts';
import { recordBirth, recordDeath } from '../household/member.actions.ts';
import { nameKey } from '../import/settle.ts';
import { SEXES } from '../resident.ts';
import { relationOfChild, type NamedPerson, type VitalNotice } from './vital.ts';

/** What was done: recorded now or before, or left for a clerk with a reason. */
export type VitalOutcome =
  { state: 'recorded'; householdId: string | null; residentId: string } | { state: 'open'; reason: string };

/**
 * Writes a birth or death into the register. The same source changes it once, however often it tells.
 * @param source what told of it; its label (the dossier's code) stands in the register's book
 */
export async function hearVital(
  ctx: Ctx,
  notice: VitalNotice,
  source: Source & { label: string },
): Promise<VitalOutcome | null> {
  allow(ctx, 'registry.vital.hear', { kind: 'vital' }, { source });
  const told = await ctx.db
    .selectFrom('registry_vital')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('source_kind', '=', source.kind)
    .where('source_id', '=', source.id)
    .executeTakeFirst();
  if (told) return null;
  const outcome =
    notice.kind === 'death' ? await hearDeath(ctx, notice, source) : await hearBirth(ctx, notice, source);
  await ctx.db
    .insertInto('registry_vital')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      kind: notice.kind,
      source_kind: source.kind,
      source_id: source.id,
      source_label: source.label,
      data: JSON.stringify(notice),
      told_at: ctx.now,
      state: outcome.state,
      ...(outcome.state === 'open'
        ? { reason: outcome.reason }
        : { household_id: outcome.householdId, resident_id: outcome.residentId }),
    })
    .execute();
  return outcome;
}

type Death = Extract<VitalNotice, { kind: 'death' }>;
type Birth = Extract<VitalNotice, { kind: 'birth' }>;

async function hearDeath(ctx: Ctx, { deceased, on }: Death, source: Source): Promise<VitalOutcome> {
  const found = await findNamed(ctx, deceased);
  if (typeof found === 'string') return { state: 'open', reason: found };
  const householdId = (await membershipOf(ctx, found.id))?.householdId ?? null;
  const refused = await orReason(ctx, () => recordDeath(ctx, found.id, { on }, { source }));
  return refused ?? { state: 'recorded', householdId, residentId: found.id };
}

/** The child comes into the mother's household, else the father's: parents are told in that order. */
async function hearBirth(ctx: Ctx, { child, parents }: Birth, source: Source): Promise<VitalOutcome> {
  for (const parent of parents) {
    const found = await findNamed(ctx, parent);
    const membership = typeof found === 'string' ? undefined : await membershipOf(ctx, found.id);
    if (!membership) continue;
    const { householdId, relation } = membership;
    const sex = SEXES.find((one) => one === child.sex) ?? null;
    const person = { fullName: child.name, birthDate: child.birthDate, sex };
    let residentId = '';
    const refused = await orReason(ctx, async () => {
      residentId = await recordBirth(
        ctx,
        householdId,
        { person, relation: relationOfChild(relation) },
        { source },
      );
    });
    return refused ?? { state: 'recorded', householdId, residentId };
  }
  return { state: 'open', reason: 'not_found' };
}

/** A refusal of the register leaves the notice open; what was begun is undone. */
async function orReason(ctx: Ctx, work: () => Promise<void>): Promise<VitalOutcome | null> {
  await sql`savepoint vital`.execute(ctx.db);
  try {
    await work();
    await sql`release savepoint vital`.execute(ctx.db);
    return null;
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    await sql`rollback to savepoint vital`.execute(ctx.db);
    return { state: 'open', reason: Object.values(thrown.fields)[0] ?? thrown.code };
  }
}

/** The living person of the register who is named: by number, else by name and day of birth if only one fits. */
async function findNamed(
  ctx: Ctx,
  { name, birthDate, nationalId }: NamedPerson,
): Promise<{ id: string } | string> {
  const number = nationalId === null ? undefined : readNationalId(nationalId);
  const people = ctx.db
    .selectFrom('registry_resident')
    .select(['id', 'search_text'])
    .where('commune_id', '=', ctx.commune.id)
    .where('merged_into', 'is', null);
  if (number !== undefined) {
    const found = await people.where('national_id', '=', number).executeTakeFirst();
    if (found && nameKey(found.search_text) === nameKey(foldText(name))) return { id: found.id };
    if (found) return 'other_name';
  }
  if (birthDate === null) return 'not_found';
  const rows = await people
    .where('name_key', '=', nameKey(name))
    .where('birth_date', '=', birthDate)
    .where('deceased_on', 'is', null)
    .limit(2)
    .execute();
  if (rows.length > 1) return 'several';
  return rows[0] ? { id: rows[0].id } : 'not_found';
}

/** A clerk has recorded by hand what a notice told of, or it needs nothing. */
export async function closeVital(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'registry.vital.see', { kind: 'vital', id }, { closed: true });
  await ctx.db
    .updateTable('registry_vital')
    .set({ state: 'closed', closed_at: ctx.now, closed_by: actorId(ctx.actor) })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .execute();
}

export type OpenVital = {
  id: string;
  notice: VitalNotice;
  reason: string;
  source: { kind: string; id: string; label: string };
  toldAt: Date;
};

/** Births and deaths that a clerk has to record, oldest first. */
export async function openVitals(ctx: Ctx): Promise<OpenVital[]> {
  allow(ctx, 'registry.vital.see', { kind: 'vital' });
  const rows = await ctx.db
    .selectFrom('registry_vital')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('state', '=', 'open')
    .orderBy('told_at')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    notice: row.data as VitalNotice,
    reason: row.reason ?? '',
    source: { kind: row.source_kind, id: row.source_id, label: row.source_label },
    toldAt: row.told_at,
  }));
}

/** What the register did with what a source told: recorded, open for a clerk, or closed by one. */
export type VitalLink = {
  kind: VitalNotice['kind'];
  state: 'recorded' | 'open' | 'closed';
  householdId: string | null;
  residentId: string | null;
};

/** Where in the register a source led: for the room whose dossier told of it. */
export async function vitalOfSource(
  ctx: Ctx,
  source: Pick<Source, 'kind' | 'id'>,
): Promise<VitalLink | null> {
  allow(ctx, 'registry.vital.link', { kind: 'vital' });
  const row = await ctx.db
    .selectFrom('registry_vital')
    .select(['kind', 'state', 'household_id', 'resident_id'])
    .where('commune_id', '=', ctx.commune.id)
    .where('source_kind', '=', source.kind)
    .where('source_id', '=', source.id)
    .executeTakeFirst();
  if (!row) return null;
  const kind = row.kind === 'death' ? 'death' : 'birth';
  const state = row.state as VitalLink['state'];
  return { kind, state, householdId: row.household_id, residentId: row.resident_id };
}
