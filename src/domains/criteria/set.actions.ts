/** Criteria sets: drafted, and published from a day. What was published never changes again. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { checked, Day } from '#kernel/input';
import { allow } from '#kernel/rights';
import { edited, type Edit } from './edit.ts';
import { formulaFaults, HeadInput, SetDraft, SetInput, type SetFile, type SetFileInput } from './set.ts';
import { readVersions } from './set.queries.ts';

/**
 * Keeps a whole set as the draft of its next version; a draft that is there already is replaced. @returns the version
 * @throws AppError `input.invalid`, with a code for each place at fault; formulas by the code of their indicator
 */
export async function draftSet(ctx: Ctx, file: SetFileInput): Promise<number> {
  allow(ctx, 'criteria.set.edit', { kind: 'criteria_set', id: String(file.code) });
  const set = checked(SetInput, file);
  refuseFormulas(ctx, set);
  return keepDraft(ctx, set);
}

/** Begins a set of which nothing is there yet. @throws AppError `criteria.set.exists` (409) */
export async function startSet(ctx: Ctx, input: z.input<typeof HeadInput>): Promise<void> {
  allow(ctx, 'criteria.set.edit', { kind: 'criteria_set', id: String(input.code) });
  const head = checked(HeadInput, input);
  if ((await readVersions(ctx, head.code)).length > 0)
    throw new AppError('criteria.set.exists', 409, {}, { code: 'criteria.set.exists' });
  await keepDraft(ctx, { ...head, themes: [] });
}

/** Begins the next version as a copy of the newest; a draft that is there stays. @throws AppError `criteria.set.not_found` */
export async function beginDraft(ctx: Ctx, code: string): Promise<void> {
  allow(ctx, 'criteria.set.edit', { kind: 'criteria_set', id: code });
  const [newest] = await readVersions(ctx, code);
  const { from, set } = mustExist(newest, 'criteria.set');
  if (from !== null) await keepDraft(ctx, set);
}

/**
 * Changes one line or the head of a draft. Lines may be missing for the while, what is there is whole.
 * @throws AppError `criteria.set.no_draft` (409), `criteria.line.not_found`, `input.invalid`
 */
export async function editSet(ctx: Ctx, code: string, edit: Edit): Promise<void> {
  allow(ctx, 'criteria.set.edit', { kind: 'criteria_set', id: code }, { edit: edit.do });
  const draft = (await readVersions(ctx, code)).find(({ from }) => from === null);
  if (!draft) return refuse('criteria.set.no_draft', 409);
  const set = checked(SetDraft, edited(draft.set, edit));
  await keepDraft(ctx, set);
}

/** Throws a draft away. */
export async function dropDraft(ctx: Ctx, code: string): Promise<void> {
  allow(ctx, 'criteria.set.edit', { kind: 'criteria_set', id: code }, { dropped: true });
  await deleteDraft(ctx, code);
}

/** What keeps a draft from being published: place → code; formulas by the code of their indicator. */
export function draftFaults(set: SetFile, measures: Ctx['wiring']['measures']): Record<string, string> {
  const read = SetInput.safeParse(set);
  const shape = (read.error?.issues ?? []).map((one) => [one.path.map(String).join('.'), one.message]);
  return { ...Object.fromEntries(shape), ...formulaFaults(set, measures) };
}

function refuseFormulas(ctx: Ctx, set: SetFile): void {
  const faults = formulaFaults(set, ctx.wiring.measures);
  if (Object.keys(faults).length > 0) throw new AppError('input.invalid', 422, {}, faults);
}

async function keepDraft(ctx: Ctx, set: SetFile): Promise<number> {
  const versions = await readVersions(ctx, set.code);
  const draft = versions.find(({ from }) => from === null);
  const version = draft?.version ?? Math.max(0, ...versions.map((one) => one.version)) + 1;
  if (draft) await deleteDraft(ctx, set.code);
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

async function deleteDraft(ctx: Ctx, code: string): Promise<void> {
  await ctx.db
    .deleteFrom('criteria_set')
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .where('valid_from', 'is', null)
    .execute();
}

const Publication = z.object({ from: Day, group: z.coerce.number().int().min(1).max(3).default(2) });

/**
 * Publishes the draft of a set from a day on, for a commune of group 1, 2 or 3.
 * @throws AppError `criteria.set.not_found`, `input.invalid` where the draft is not whole,
 *   `criteria.set.before_last` (409) when a later version is out
 */
export async function publishSet(ctx: Ctx, code: string, input: z.input<typeof Publication>): Promise<void> {
  allow(ctx, 'criteria.set.publish', { kind: 'criteria_set', id: code }, { from: input.from });
  const { from, group } = checked(Publication, input);
  const versions = await readVersions(ctx, code);
  const { set } = mustExist(
    versions.find((one) => one.from === null),
    'criteria.set',
  );
  refuseFormulas(ctx, checked(SetInput, set));
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
