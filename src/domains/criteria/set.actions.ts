/** Criteria sets: drafted, and published from a day. What was published never changes again. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { checked, Day } from '#kernel/input';
import { allow } from '#kernel/rights';
import { formulaFaults, SetInput, type SetFileInput } from './set.ts';
import { readVersions } from './set.queries.ts';

/**
 * Keeps a set as the draft of its next version; a draft that is there already is replaced. @returns the version
 * @throws AppError `input.invalid`, with a code for each place at fault; formulas by the code of their indicator
 */
export async function draftSet(ctx: Ctx, file: SetFileInput): Promise<number> {
  allow(ctx, 'criteria.set.edit', { kind: 'criteria_set', id: String(file.code) });
  const set = checked(SetInput, file);
  const faults = formulaFaults(set, ctx.wiring.measures);
  if (Object.keys(faults).length > 0) throw new AppError('input.invalid', 422, {}, faults);
  const versions = await readVersions(ctx, set.code);
  const draft = versions.find(({ from }) => from === null);
  const version = draft?.version ?? Math.max(0, ...versions.map((one) => one.version)) + 1;
  if (draft) await dropDraft(ctx, set.code);
  await ctx.db
    .insertInto('criteria_set')
    .values({
      commune_id: ctx.commune.id,
      code: set.code,
      version,
      valid_from: null,
      commune_group: draft?.group ?? versions[0]?.group ?? 2,
      body: JSON.stringify(set),
      changed_by: actorId(ctx.actor),
      changed_at: ctx.now,
    })
    .execute();
  return version;
}

async function dropDraft(ctx: Ctx, code: string): Promise<void> {
  await ctx.db
    .deleteFrom('criteria_set')
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .where('valid_from', 'is', null)
    .execute();
}

const Publication = z.object({ from: Day, group: z.number().int().min(1).max(3).default(2) });

/**
 * Publishes the draft of a set from a day on, for a commune of group 1, 2 or 3.
 * @throws AppError `criteria.set.not_found`, `criteria.set.before_last` (409) when a later version is out
 */
export async function publishSet(ctx: Ctx, code: string, input: z.input<typeof Publication>): Promise<void> {
  allow(ctx, 'criteria.set.publish', { kind: 'criteria_set', id: code }, { from: input.from });
  const { from, group } = checked(Publication, input);
  const versions = await readVersions(ctx, code);
  mustExist(
    versions.find((one) => one.from === null),
    'criteria.set',
  );
  const last = versions.find((one) => one.from !== null)?.from ?? null;
  if (last !== null && from <= last)
    throw new AppError('criteria.set.before_last', 409, {}, { from: 'criteria.set.before_last' });
  await ctx.db
    .updateTable('criteria_set')
    .set({ valid_from: from, commune_group: group, changed_by: actorId(ctx.actor), changed_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .where('valid_from', 'is', null)
    .execute();
}
