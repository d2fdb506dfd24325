/** Finding drafts: by their owner's sign-in, or by the secret that the browser's cookie holds. */
import type { Selectable } from 'kysely';
import { listHamlets, type Hamlet } from '#domain/commune';
import { ownResident, type Resident } from '#domain/registry';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import type { FormDefinition } from '#kernel/forms/definition';
import type { PrefillFacts } from '#kernel/forms/prefill';
import type { FormContext } from '#kernel/forms/read-answer';
import type { FormValues } from '#kernel/forms/values';
import { isId } from '#kernel/ids';
import { homePhone } from '#kernel/phone';
import { allow } from '#kernel/rights';
import type { ServicesDraft } from '#kernel/schema';
import { localDateOf } from '#kernel/time';
import { listAttachments } from '../attachment/attachment.queries.ts';
import { hashToken } from '../dossier/decide.actions.ts';
import { findProcedureOn, getForm } from '../procedure.queries.ts';
import { formWithPapers } from '../procedure-papers.ts';
import type { ProcedureVersion } from '../procedure.ts';
import { fileAnswers, type Draft, type OnBehalf } from './draft.ts';

type Row = Selectable<ServicesDraft>;

/** The secret of the browser's cookie; null without one. */
export type DraftKey = string | null;

/**
 * The draft with its form, as the rules stand today. Whose sign-in has ended meanwhile may still save by the
 * browser's key, so that nothing typed is lost, but sees nothing before signing in again.
 * @throws AppError `services.draft.not_found` (404), also for other people's and other communes' drafts;
 *   `sign_in_needed` (401); `services.procedure.not_found`, `services.procedure.counter_only`
 */
export async function openDraft(
  ctx: Ctx,
  id: string,
  key: DraftKey,
  { toSave = false } = {},
): Promise<Draft> {
  allow(ctx, toSave ? 'services.draft.save' : 'services.draft.see', { kind: 'draft', id });
  const row = mustExist(await findRow(ctx, id, toSave), 'services.draft');
  const door = doorTo(ctx, row, key);
  if (door === 'closed') refuse('services.draft.not_found', 404);
  if (door === 'key' && row.user_id !== null && !toSave) refuse('sign_in_needed', 401);
  const procedure = await filable(ctx, row.procedure_code);
  const files = await listAttachments(ctx, { draftId: id });
  return {
    id,
    procedure,
    form: await askedForm(ctx, procedure),
    values: { ...(row.answers as FormValues), ...fileAnswers(files) },
    files,
    onBehalf: row.on_behalf as OnBehalf | null,
    changedAt: row.changed_at,
    expiresAt: row.expires_at,
    rulesChanged: row.procedure_version !== procedure.version,
  };
}

async function findRow(ctx: Ctx, id: string, lock: boolean): Promise<Row | undefined> {
  if (!isId(id)) return undefined;
  const query = ctx.db
    .selectFrom('services_draft')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('expires_at', '>', ctx.now);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** Its owner comes by sign-in; without an owner, or while nobody is signed in, the key opens. */
function doorTo(ctx: Ctx, row: Row, key: DraftKey): 'owner' | 'key' | 'closed' {
  if (ctx.actor.kind === 'person' && row.user_id === actorId(ctx.actor)) return 'owner';
  const keyFits = key !== null && hashToken(key).equals(row.key_hash);
  const strange = row.user_id !== null && ctx.actor.kind !== 'anonymous';
  return keyFits && !strange ? 'key' : 'closed';
}

/** The version valid today, if it can be filed from home. */
export async function filable(ctx: Ctx, code: string): Promise<ProcedureVersion> {
  allow(ctx, 'services.procedure.see');
  const found = await findProcedureOn(ctx, code, localDateOf(ctx.now));
  const procedure = mustExist(found, 'services.procedure');
  if (procedure.online.level === 'counter') refuse('services.procedure.counter_only');
  return procedure;
}

/** A version's form with its papers is always the same, and putting it together takes time. */
const asked = new WeakMap<ProcedureVersion, FormDefinition>();

async function askedForm(ctx: Ctx, procedure: ProcedureVersion): Promise<FormDefinition> {
  const known = asked.get(procedure);
  if (known) return known;
  const form = formWithPapers(
    await getForm(ctx, procedure.form.id, procedure.form.version),
    procedure,
    'online',
  );
  asked.set(procedure, form);
  return form;
}

export type DraftLine = {
  id: string;
  procedureCode: string;
  page: string | null;
  onBehalf: OnBehalf | null;
  changedAt: Date;
  expiresAt: Date;
};

/** The drafts that whoever asks may go on with, the latest first. */
export async function listDrafts(ctx: Ctx, key: DraftKey): Promise<DraftLine[]> {
  allow(ctx, 'services.draft.see');
  const user = ctx.actor.kind === 'person' ? actorId(ctx.actor) : null;
  if (user === null && key === null) return [];
  const rows = await ctx.db
    .selectFrom('services_draft')
    .select(['id', 'procedure_code', 'page', 'on_behalf', 'changed_at', 'expires_at'])
    .where('commune_id', '=', ctx.commune.id)
    .where('expires_at', '>', ctx.now)
    .where((q) =>
      q.or([
        ...(user === null ? [] : [q('user_id', '=', user)]),
        ...(key === null ? [] : [q.and([q('user_id', 'is', null), q('key_hash', '=', hashToken(key))])]),
      ]),
    )
    .orderBy('changed_at', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    procedureCode: row.procedure_code,
    page: row.page,
    onBehalf: row.on_behalf as OnBehalf | null,
    changedAt: row.changed_at,
    expiresAt: row.expires_at,
  }));
}

/** What the answers are read against, with the hamlets to choose from. */
export async function answerContext(ctx: Ctx): Promise<FormContext & { hamletList: Hamlet[] }> {
  const hamletList = await listHamlets(ctx);
  return { today: localDateOf(ctx.now), hamlets: hamletList.map((hamlet) => hamlet.id), hamletList };
}

/**
 * What may be offered as answers: the proved phone, and the register's data where the sign-in is bound to a
 * person; under a mandate nothing of the helper.
 */
export async function factsFor(ctx: Ctx, onBehalf: OnBehalf | null): Promise<PrefillFacts> {
  if (ctx.actor.kind !== 'person' || onBehalf)
    return onBehalf ? { 'applicant.full_name': onBehalf.name } : {};
  const phone = ctx.actor.phone ? { 'applicant.phone': homePhone(ctx.actor.phone) } : {};
  const resident = await ownResident(ctx);
  return resident ? { ...factsOf(resident), ...phone } : phone;
}

/** What the register knows, as answers to a form. */
export function factsOf(resident: Resident): PrefillFacts {
  const facts: [keyof PrefillFacts, string | null][] = [
    ['applicant.full_name', resident.fullName],
    ['applicant.birth_date', resident.birthDate],
    ['applicant.sex', resident.sex],
    ['applicant.national_id', resident.nationalId],
    ['applicant.phone', resident.phone && homePhone(resident.phone)],
    ['applicant.residence_hamlet', resident.hamletId],
    ['applicant.residence', resident.address],
  ];
  return Object.fromEntries(facts.filter(([, value]) => value !== null)) as PrefillFacts;
}
