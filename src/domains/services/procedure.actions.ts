/** Procedures of a commune as versioned records: bringing files in, drafting, publishing from a day. */
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import { refuse } from '#kernel/errors';
import type { FormDefinition } from '#kernel/forms/definition';
import { Day, checked } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { findDraft, lastDayFiled, procedureHistory } from './procedure-draft.queries.ts';
import { publishVersion } from './procedure-history.ts';
import { ProcedureDraft, type ProcedureFile, type ProcedureVersion } from './procedure.ts';

/**
 * Adds the forms and published versions that the commune does not have yet, and closes a version that was
 * open where the file closes it. What was published stays otherwise untouched, and so do filed dossiers.
 * @returns how many versions were new
 * @throws AppError `services.procedure.before_filed` (409) when a version would end before dossiers filed on it
 */
export async function importCatalogue(
  ctx: Ctx,
  catalogue: { procedures: readonly ProcedureFile[]; forms: readonly FormDefinition[] },
): Promise<number> {
  allow(ctx, 'services.procedure.import');
  const commune_id = ctx.commune.id;
  for (const form of catalogue.forms) {
    await ctx.db
      .insertInto('services_form')
      .values({ commune_id, id: form.id, version: form.version, content: JSON.stringify(form) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const versions = catalogue.procedures.flatMap((file) => file.versions);
  if (versions.length === 0) return 0;
  for (const version of versions) if (version.validTo) await closeOpen(ctx, version, version.validTo);
  const added = await ctx.db
    .insertInto('services_procedure_version')
    .values(versions.map((version) => versionRow(ctx, version)))
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .execute();
  return added.length;
}

/** Ends a version that is still open; one that has its last day keeps it. */
async function closeOpen(ctx: Ctx, { code, version }: ProcedureVersion, lastDay: string): Promise<void> {
  const open = ctx.db
    .updateTable('services_procedure_version')
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .where('version', '=', version)
    .where('valid_to', 'is', null)
    .where('valid_from', '<=', lastDay);
  const closed = await open.set({ valid_to: lastDay }).executeTakeFirst();
  if (closed.numUpdatedRows === 0n) return;
  const filed = await lastDayFiled(ctx, code, version);
  if (filed !== null && filed > lastDay) refuse('services.procedure.before_filed', 409);
}

function versionRow(ctx: Ctx, version: ProcedureVersion) {
  return {
    commune_id: ctx.commune.id,
    code: version.code,
    version: version.version,
    valid_from: version.validFrom,
    valid_to: version.validTo,
    name: version.name.vi,
    field: version.field,
    content: JSON.stringify(version),
    published_at: ctx.now,
    published_by: actorId(ctx.actor),
  };
}

/**
 * Keeps a draft; the earlier one of the same procedure is replaced.
 * @throws AppError `input.invalid` with a code for each place that is wrong, `services.procedure.not_found`
 */
export async function saveDraft(ctx: Ctx, code: string, input: unknown): Promise<ProcedureDraft> {
  allow(ctx, 'services.procedure.edit', { kind: 'procedure', id: code });
  const draft = checked(ProcedureDraft, input);
  if (draft.code !== code) refuse('services.procedure.other_code', 409);
  await procedureHistory(ctx, code);
  const row = { content: JSON.stringify(draft), changed_by: actorId(ctx.actor), changed_at: ctx.now };
  await ctx.db
    .insertInto('services_procedure_draft')
    .values({ commune_id: ctx.commune.id, code, ...row })
    .onConflict((conflict) => conflict.columns(['commune_id', 'code']).doUpdateSet(row))
    .execute();
  return draft;
}

/** Throws the draft away; nothing that was published changes. */
export async function dropDraft(ctx: Ctx, code: string): Promise<void> {
  allow(ctx, 'services.procedure.edit', { kind: 'procedure', id: code });
  await ctx.db
    .deleteFrom('services_procedure_draft')
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .execute();
}

/**
 * Publishes the draft from a day on: it becomes the next version and the one before ends the day before.
 * Dossiers keep the version of their day.
 * @param from `YYYY-MM-DD`, after today
 * @throws AppError `services.procedure.no_draft` (404), `services.procedure.not_ahead` and those of `publishVersion` (409)
 */
export async function publishDraft(ctx: Ctx, code: string, from: string): Promise<ProcedureVersion> {
  allow(ctx, 'services.procedure.publish', { kind: 'procedure', id: code }, { from });
  const day = checked(Day, from);
  if (day <= localDateOf(ctx.now)) refuse('services.procedure.not_ahead', 409);
  const draft = await findDraft(ctx, code);
  if (!draft) return refuse('services.procedure.no_draft', 404);
  const history = await procedureHistory(ctx, code);
  const versions = publishVersion(history, draft, day, await lastDayFiled(ctx, code));
  const published = versions.at(-1)!;
  const before = versions.at(-2);
  if (before?.validTo) await closeOpen(ctx, before, before.validTo);
  await ctx.db.insertInto('services_procedure_version').values(versionRow(ctx, published)).execute();
  await dropDraft(ctx, code);
  return published;
}
