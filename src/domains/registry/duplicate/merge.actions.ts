/** Making two records one, taking that back, and saying that they are two people. */
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDate, localDateOf } from '#kernel/time';
import type { Relation } from '../household/household.ts';
import { held, writeChanges } from '../household/record.ts';
import { fillFrom, planRows, rowMark, type MergeChanges, type Row, type Values } from './merge.ts';

/** Remembers that two records are two people: they are not shown as duplicates again. */
export async function notTheSame(ctx: Ctx, firstId: string, secondId: string): Promise<void> {
  allow(ctx, 'registry.duplicate.decide', { kind: 'resident', id: firstId }, { not: secondId });
  if (!isId(firstId) || !isId(secondId) || firstId === secondId)
    throw new AppError('registry.resident.not_found', 404);
  await lockBoth(ctx, firstId, secondId);
  const [first_id, second_id] = [firstId, secondId].toSorted() as [string, string];
  await ctx.db
    .insertInto('registry_distinct')
    .values({
      commune_id: ctx.commune.id,
      first_id,
      second_id,
      decided_at: ctx.now,
      decided_by: actorId(ctx.actor),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Makes two records of one person one. The kept record takes over what it does not know, and the memberships;
 * everything that names the merged record leads to the kept one from then on.
 * @returns the merge's id
 * @throws AppError `registry.resident.not_found` (404), `registry.merge.same_record`, `registry.merge.two_numbers`,
 *   `registry.merge.one_deceased`, `registry.merge.two_households`, `registry.merge.is_head` (409)
 */
export async function mergeResidents(ctx: Ctx, keptId: string, mergedId: string): Promise<string> {
  const id = newId(ctx.now);
  allow(ctx, 'registry.duplicate.decide', { kind: 'resident', id: keptId }, { merges: mergedId, merge: id });
  if (keptId === mergedId) refuse('registry.merge.same_record', 409);
  const [kept, merged] = await lockBoth(ctx, keptId, mergedId);
  if (kept.merged_into || merged.merged_into) refuse('registry.merge.merged_already', 409);
  if (kept.national_id && merged.national_id) refuse('registry.merge.two_numbers', 409);
  if ((kept.deceased_on === null) !== (merged.deceased_on === null))
    refuse('registry.merge.one_deceased', 409);
  const [rowsKept, rowsMerged] = [await rowsOf(ctx, keptId), await rowsOf(ctx, mergedId)];
  const plan = planRows(rowsKept, rowsMerged);
  if (typeof plan === 'string') refuse(`registry.merge.${plan}`, 409);
  const movesHome = rowsMerged.some(({ id: row, left }) => left === null && plan.moved.includes(row));
  const filled = fillFrom(kept, merged, movesHome);
  const begun = plan.begun.map((row) => ({ ...row, id: newId(ctx.now) }));
  const gaveNumber = filled.national_id ? merged.national_id : null;
  const changes = { filled, gaveNumber, moved: plan.moved, resting: plan.resting, begun };
  // The merged record first: it rests, and gives its number away before the kept one takes it.
  await setResident(ctx, mergedId, { merged_into: keptId, ...(gaveNumber && { national_id: null }) });
  await setResident(ctx, keptId, valuesOf(filled, 1));
  await insertMerge(ctx, { id, keptId, mergedId, changes: { ...changes, after: [] } }, plan);
  return id;
}

type NewMerge = { id: string; keptId: string; mergedId: string; changes: MergeChanges };

async function insertMerge(
  ctx: Ctx,
  { id, keptId, mergedId, changes }: NewMerge,
  { moved, resting }: Pick<MergeChanges, 'moved' | 'resting'>,
): Promise<void> {
  await held(
    (async () => {
      await setRows(ctx, resting, { merge_id: id });
      await setRows(ctx, moved, { resident_id: keptId });
      for (const { id: row, householdId, relation, joined, left } of changes.begun)
        await ctx.db
          .insertInto('registry_member')
          .values({
            commune_id: ctx.commune.id,
            id: row,
            household_id: householdId,
            resident_id: keptId,
            relation,
            joined_on: joined,
            left_on: left,
          })
          .execute();
    })(),
  );
  const after = (await rowsOf(ctx, keptId)).map(rowMark);
  await ctx.db
    .insertInto('registry_merge')
    .values({
      commune_id: ctx.commune.id,
      id,
      kept_id: keptId,
      merged_id: mergedId,
      changes: JSON.stringify({ ...changes, after }),
      merged_at: ctx.now,
      merged_by: actorId(ctx.actor),
    })
    .execute();
  // The kept record's book shows what stands in the merged one's: one entry is enough.
  await writeChanges(ctx, [bookEntry(ctx, 'merged', keptId, id)]);
}

/**
 * Takes a merge back: both records and their memberships are as they were before it.
 * @throws AppError `registry.merge.not_found` (404), `registry.merge.undone_already`, `registry.merge.changed_since`
 *   (409) where the register changed since what the merge had changed
 */
export async function undoMerge(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'registry.duplicate.decide', { kind: 'merge', id }, { undone: true });
  const found = isId(id) ? await findMerge(ctx, id) : undefined;
  const {
    kept_id: keptId,
    merged_id: mergedId,
    undone_at,
    changes: kept,
  } = mustExist(found, 'registry.merge');
  const changes = kept as MergeChanges;
  if (undone_at) refuse('registry.merge.undone_already', 409);
  const [now, gone] = await lockBoth(ctx, keptId, mergedId);
  const rows = (await rowsOf(ctx, keptId)).map(rowMark);
  const same =
    gone.merged_into === keptId &&
    now.merged_into === null &&
    Object.entries(valuesOf(changes.filled, 1)).every(
      ([column, value]) => now[column as 'phone'] === value,
    ) &&
    rows.join(' ') === changes.after.join(' ');
  if (!same) refuse('registry.merge.changed_since', 409);
  await ctx.db
    .insertInto('registry_merge_undone')
    .values({ commune_id: ctx.commune.id, merge_id: id, undone_at: ctx.now, undone_by: actorId(ctx.actor) })
    .execute();
  await dropRows(
    ctx,
    changes.begun.map((row) => row.id),
  );
  await setRows(ctx, changes.moved, { resident_id: mergedId });
  await setRows(ctx, changes.resting, { merge_id: null });
  await setResident(ctx, keptId, valuesOf(changes.filled, 0));
  const number = changes.gaveNumber && { national_id: changes.gaveNumber };
  await setResident(ctx, mergedId, { merged_into: null, ...number });
  await writeChanges(ctx, [bookEntry(ctx, 'unmerged', keptId, id), bookEntry(ctx, 'unmerged', mergedId, id)]);
}

function bookEntry(ctx: Ctx, kind: 'merged' | 'unmerged', residentId: string, mergeId: string) {
  return { day: localDateOf(ctx.now), kind, residentId, data: { mergeId } };
}

/** The columns that a merge filled, as they were before (0) or after it (1). */
function valuesOf(filled: MergeChanges['filled'], at: 0 | 1): Partial<Values> {
  return Object.fromEntries(Object.entries(filled).map(([column, pair]) => [column, pair[at]]));
}

async function lockBoth(ctx: Ctx, first: string, second: string) {
  if (!isId(first) || !isId(second)) throw new AppError('registry.resident.not_found', 404);
  const rows = await ctx.db
    .selectFrom('registry_resident')
    .select(['id', 'merged_into', 'deceased_on', 'birth_known', 'birth_date', 'sex', 'national_id'])
    .select(['phone', 'hamlet_id', 'address'])
    .where('commune_id', '=', ctx.commune.id)
    .where('id', 'in', [first, second])
    .orderBy('id')
    .forUpdate()
    .execute();
  const [one, two] = [first, second].map((id) => rows.find((row) => row.id === id));
  return [mustExist(one, 'registry.resident'), mustExist(two, 'registry.resident')] as const;
}

async function rowsOf(ctx: Ctx, residentId: string): Promise<Row[]> {
  const rows = await ctx.db
    .selectFrom('registry_member')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', '=', residentId)
    .where('merge_id', 'is', null)
    .orderBy('joined_on')
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => ({
    id: row.id,
    householdId: row.household_id,
    relation: row.relation as Relation,
    joined: localDate(row.joined_on),
    left: row.left_on === null ? null : localDate(row.left_on),
  }));
}

async function setResident(
  ctx: Ctx,
  id: string,
  set: Partial<Values> & { merged_into?: string | null },
): Promise<void> {
  // What a column may hold was checked when it was first written.
  await ctx.db
    .updateTable('registry_resident')
    .set((eb) => ({ ...(set as { phone?: string | null }), version: eb('version', '+', 1) }))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

async function setRows(
  ctx: Ctx,
  ids: readonly string[],
  set: { merge_id?: string | null; resident_id?: string },
): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db
    .updateTable('registry_member')
    .set(set)
    .where('commune_id', '=', ctx.commune.id)
    .where('id', 'in', [...ids])
    .execute();
}

async function dropRows(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db
    .deleteFrom('registry_member')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', 'in', [...ids])
    .execute();
}

async function findMerge(ctx: Ctx, id: string) {
  return ctx.db
    .selectFrom('registry_merge as g')
    .leftJoin('registry_merge_undone as u', (on) =>
      on.onRef('u.commune_id', '=', 'g.commune_id').onRef('u.merge_id', '=', 'g.id'),
    )
    .select(['g.kept_id', 'g.merged_id', 'g.changes', 'u.undone_at'])
    .where('g.commune_id', '=', ctx.commune.id)
    .where('g.id', '=', id)
    .executeTakeFirst();
}
