/** Verbs of drafts: begin, save a page, add and take out files, throw away. */
import { myMandates } from '../mandate/mandate.actions.ts';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { fieldsOf, type FlatField } from '#kernel/forms/flatten';
import { readPage, type PageReading } from '#kernel/forms/validate';
import type { RawRecord } from '#kernel/forms/values';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { addToDraft, removeFromDraft, type StoredFile } from '../attachment/attachment.actions.ts';
import { hashToken } from '../dossier/decide.actions.ts';
import {
  DRAFT_DAYS,
  FILES_PREFIX,
  MOST_DRAFTS,
  pageAfter,
  withoutFiles,
  type Draft,
  type OnBehalf,
} from './draft.ts';
import { answerContext, filable, listDrafts, openDraft, type DraftKey } from './draft.queries.ts';

const DAY_MS = 86_400_000;

export type NewDraft = {
  /** Made with the form that asks for it, so that a repeated post makes one draft. */
  id: string;
  procedureCode: string;
  /** Null: for oneself. */
  mandateId: string | null;
  /** The secret that the browser keeps in a cookie. */
  key: string;
};

/**
 * Begins a draft. The same id again is the same draft.
 * @throws AppError `services.procedure.not_found`, `services.procedure.counter_only`, `services.mandate.not_found`,
 *   `services.draft.too_many` (409)
 */
export async function startDraft(ctx: Ctx, given: NewDraft): Promise<Draft> {
  allow(ctx, 'services.draft.start', { kind: 'draft', id: given.id });
  if (!isId(given.id)) refuse('services.draft.not_found', 404);
  const procedure = await filable(ctx, given.procedureCode);
  const onBehalf = given.mandateId === null ? null : await mandated(ctx, given.mandateId);
  if ((await listDrafts(ctx, given.key)).length >= MOST_DRAFTS) refuse('services.draft.too_many', 409);
  await ctx.db
    .insertInto('services_draft')
    .values({
      commune_id: ctx.commune.id,
      id: given.id,
      key_hash: hashToken(given.key),
      user_id: userOf(ctx),
      on_behalf: onBehalf && JSON.stringify(onBehalf),
      procedure_code: procedure.code,
      procedure_version: procedure.version,
      answers: '{}',
      page: null,
      changed_at: ctx.now,
      expires_at: expiry(ctx),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return openDraft(ctx, given.id, given.key);
}

async function mandated(ctx: Ctx, mandateId: string): Promise<OnBehalf> {
  const mandate = (await myMandates(ctx)).find(({ id }) => id === mandateId);
  return { mandateId, name: mustExist(mandate, 'services.mandate').person_name };
}

export type SavedPage = PageReading & {
  draft: Draft;
  /** The page to open next; null when the last one is done. */
  next: string | null;
};

/**
 * Saves what is right on one page, says what is wrong, and tells which page comes next. A draft begun before
 * signing in becomes that of whoever saves it signed in.
 * @throws AppError `services.draft.page_not_found` (404) and those of `openDraft`
 */
export async function saveDraftPage(
  ctx: Ctx,
  id: string,
  key: DraftKey,
  pageId: string,
  raw: RawRecord,
): Promise<SavedPage> {
  const draft = await openDraft(ctx, id, key, { toSave: true });
  if (!draft.form.pages.some((page) => page.id === pageId)) refuse('services.draft.page_not_found', 404);
  const context = await answerContext(ctx);
  const reading = readPage(draft.form, pageId, raw, draft.values, context);
  await ctx.db
    .updateTable('services_draft')
    .set({
      answers: JSON.stringify(withoutFiles(reading.values)),
      page: pageId,
      procedure_version: draft.procedure.version,
      changed_at: ctx.now,
      expires_at: expiry(ctx),
    })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  await claim(ctx, id);
  return { ...reading, draft, next: pageAfter(draft, reading.values, pageId, context.today) };
}

/** Whoever is signed in keeps the draft with the account, to go on with it on another device. */
async function claim(ctx: Ctx, id: string): Promise<void> {
  const user = userOf(ctx);
  if (user === null) return;
  await ctx.db
    .updateTable('services_draft')
    .set({ user_id: user })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('user_id', 'is', null)
    .execute();
}

/** The question that a file answers. @throws AppError `services.paper.unknown` */
export function fileQuestion(draft: Draft, key: string): Extract<FlatField, { kind: 'attachment' }> {
  const field = fieldsOf(draft.form).find((one) => one.key === key);
  if (field?.kind !== 'attachment') refuse('services.paper.unknown');
  return field;
}

/**
 * Puts a stored file to its paper; the same content for the same paper again changes nothing.
 * @param key of the question, `papers.<code>`
 * @throws AppError `services.paper.unknown`, `services.attachment.too_many` and those of `openDraft`
 */
export async function attachToDraft(
  ctx: Ctx,
  id: string,
  draftKey: DraftKey,
  given: { key: string; name: string; file: StoredFile },
): Promise<void> {
  allow(ctx, 'services.draft.save', { kind: 'draft', id });
  const draft = await openDraft(ctx, id, draftKey, { toSave: true });
  const field = fileQuestion(draft, given.key);
  const paperCode = given.key.slice(FILES_PREFIX.length);
  const there = draft.files.filter((file) => file.paperCode === paperCode);
  if (there.some((file) => file.hash === given.file.hash)) return;
  if (there.length >= field.maxFiles) refuse('services.attachment.too_many');
  await addToDraft(ctx, id, paperCode, given.name, given.file);
}

/** Takes a file out; one that is not there is no error. */
export async function detachFromDraft(
  ctx: Ctx,
  id: string,
  draftKey: DraftKey,
  fileId: string,
): Promise<void> {
  allow(ctx, 'services.draft.save', { kind: 'draft', id });
  await openDraft(ctx, id, draftKey, { toSave: true });
  if (isId(fileId)) await removeFromDraft(ctx, id, fileId);
}

/** Throws a draft away with its files. */
export async function deleteDraft(ctx: Ctx, id: string, key: DraftKey): Promise<void> {
  allow(ctx, 'services.draft.delete', { kind: 'draft', id });
  await openDraft(ctx, id, key);
  await removeDrafts(ctx, [id]);
}

/** Throws away what nobody has touched for thirty days; a job of every night. @returns how many */
export async function sweepDrafts(ctx: Ctx): Promise<number> {
  allow(ctx, 'services.draft.sweep');
  const old = await ctx.db
    .selectFrom('services_draft')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('expires_at', '<=', ctx.now)
    .limit(1_000)
    .execute();
  const ids = old.map((row) => row.id);
  await removeDrafts(ctx, ids);
  return ids.length;
}

async function removeDrafts(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db
    .deleteFrom('services_attachment')
    .where('commune_id', '=', ctx.commune.id)
    .where('draft_id', 'in', ids)
    .execute();
  await ctx.db
    .deleteFrom('services_draft')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', 'in', ids)
    .execute();
}

function userOf(ctx: Ctx): string | null {
  return ctx.actor.kind === 'person' ? actorId(ctx.actor) : null;
}

function expiry(ctx: Ctx): Date {
  return new Date(ctx.now.getTime() + DRAFT_DAYS * DAY_MS);
}
