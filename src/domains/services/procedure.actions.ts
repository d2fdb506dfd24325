/** Procedures of a commune as versioned records: bringing files in, drafting, publishing from a day. */
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import { refuse } from '#kernel/errors';
import type { FormDefinition } from '#kernel/forms/definition';
import { Day, checked, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { parseProcedureFile } from './exchange.ts';
import {
  editableProcedures,
  findDraft,
  knownForms,
  lastDayFiled,
  procedureHistory,
} from './procedure-draft.queries.ts';
import { draftFrom, publishVersion } from './procedure-history.ts';
import { unaskedBy } from './procedure-papers.ts';
import { getForm } from './procedure.queries.ts';
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

/** What the writer had before the eyes: the draft's time of change; null for "no draft was there". */
export type Seen = { seen?: string | null | undefined };

/**
 * Keeps a draft; the earlier one of the same procedure is replaced.
 * @throws AppError `input.invalid` with a code for each place that is wrong, `services.procedure.not_found`,
 *   `services.procedure.draft_moved_on` (409) when somebody saved or dropped it since it was `seen`
 */
export async function saveDraft(
  ctx: Ctx,
  code: string,
  input: unknown,
  { seen }: Seen = {},
): Promise<ProcedureDraft> {
  allow(ctx, 'services.procedure.edit', { kind: 'procedure', id: code });
  const draft = checked(ProcedureDraft, input);
  if (draft.code !== code) refuse('services.procedure.other_code', 409);
  await procedureHistory(ctx, code);
  await mustFitForm(ctx, draft);
  await mustBeAsSeen(ctx, code, seen);
  const row = { content: JSON.stringify(draft), changed_by: actorId(ctx.actor), changed_at: ctx.now };
  await ctx.db
    .insertInto('services_procedure_draft')
    .values({ commune_id: ctx.commune.id, code, ...row })
    .onConflict((conflict) => conflict.columns(['commune_id', 'code']).doUpdateSet(row))
    .execute();
  return draft;
}

/** A form that is not there, or does not ask what a paper depends on, would stop people from filing. */
async function mustFitForm(ctx: Ctx, draft: ProcedureDraft): Promise<void> {
  const { id, version } = draft.form;
  const forms = await knownForms(ctx);
  if (!forms.some((form) => form.id === id && form.version === version))
    refuseField('form', 'services.procedure.form_unknown');
  if (unaskedBy(await getForm(ctx, id, version), draft).length > 0)
    refuseField('form', 'services.procedure.form_lacks');
}

/** The draft's row is locked until the transaction ends, so that two who save at once are told apart. */
async function mustBeAsSeen(ctx: Ctx, code: string, seen: Seen['seen']): Promise<void> {
  if (seen === undefined) return;
  const row = await ctx.db
    .selectFrom('services_procedure_draft')
    .select('changed_at')
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst();
  const now = row ? row.changed_at.toISOString() : null;
  if (now !== seen) refuse('services.procedure.draft_moved_on', 409);
}

/**
 * Begins a draft as a copy of the newest version, also of one that is still to come.
 * @returns false when there is a draft already, which stays as it is
 * @throws AppError `services.procedure.not_found`
 */
export async function beginDraft(ctx: Ctx, code: string): Promise<boolean> {
  allow(ctx, 'services.procedure.edit', { kind: 'procedure', id: code });
  if (await findDraft(ctx, code)) return false;
  const history = await procedureHistory(ctx, code);
  await saveDraft(ctx, code, draftFrom(history.at(-1)!), { seen: null });
  return true;
}

/**
 * Takes the last version of a procedure's file as the draft; nothing is published.
 * @param replace whether a draft that is being written may be lost
 * @throws AppError `services.procedure.file_invalid` with a code for each place, `services.procedure.draft_exists`
 *   (409), `services.procedure.file_unknown` (404), those of `saveDraft`
 */
export async function importDraft(ctx: Ctx, text: string, replace: boolean): Promise<ProcedureDraft> {
  allow(ctx, 'services.procedure.edit');
  const { code, versions } = parseProcedureFile(text);
  const known = await editableProcedures(ctx);
  const one = known.find((procedure) => procedure.code === code);
  if (!one) return refuse('services.procedure.file_unknown', 404, { code });
  if (one.hasDraft && !replace) refuse('services.procedure.draft_exists', 409, { code });
  return saveDraft(ctx, code, draftFrom(versions.at(-1)!));
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
 * @throws AppError `services.procedure.no_draft` (404), `services.procedure.not_ahead`, `services.procedure.draft_moved_on`
 *   and those of `publishVersion` (409)
 */
export async function publishDraft(
  ctx: Ctx,
  code: string,
  from: string,
  { seen }: Seen = {},
): Promise<ProcedureVersion> {
  allow(ctx, 'services.procedure.publish', { kind: 'procedure', id: code }, { from });
  const day = checked(z.strictObject({ from: Day }), { from }).from;
  if (day <= localDateOf(ctx.now)) refuse('services.procedure.not_ahead', 409);
  await mustBeAsSeen(ctx, code, seen);
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
