/** Filing: online by the citizen, by a helper under mandate, or by the clerk at the counter; identical from there on. */
import { listHamlets } from '#domain/commune';
import { isResident } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { validateAll } from '#kernel/forms/validate';
import type { FormDefinition } from '#kernel/forms/definition';
import { fieldsOf } from '#kernel/forms/flatten';
import type { FormValues, RawRecord } from '#kernel/forms/values';
import { newId, randomCode } from '#kernel/ids';
import { refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { foldText, words } from '#kernel/text';
import { localDateOf } from '#kernel/time';
import { nextDossierCode } from '../code.ts';
import { findProcedureOn, getForm } from '../procedure.queries.ts';
import type { ProcedureVersion } from '../procedure.ts';
import { foldDossier, type Action, type Channel, type Medium } from './dossier.ts';
import { officialActing } from './officer.ts';
import { actionRow, onlyOneAtATime, projectionOf } from './record.ts';
import { tellFiled } from './tell.ts';

/** What a filing says, however it came in. */
export type Filing = {
  procedureCode: string;
  /** Raw answers; checked here against the form of the version valid today. */
  answers: RawRecord;
  applicant: { name: string; phone: string | null; userId: string | null; residentId: string | null };
  hamletId: string | null;
  /** Which papers came, and how: a photo or file is electronic, a sheet at the counter paper. */
  papers: Record<string, Medium>;
  /** Files already stored for this dossier's draft. */
  draftId: string | null;
  /** Made by whoever files; the same id again gives the same dossier. */
  clientId: string;
};

export type Filed = { id: string; code: string; trackingCode: string; again: boolean };

const TRACKING_LENGTH = 8;

/** The citizen files for himself; the sign-in proved his phone. */
export async function fileOnline(ctx: Ctx, filing: Filing): Promise<Filed> {
  allow(ctx, 'services.dossier.file_online', { kind: 'dossier' }, { procedure: filing.procedureCode });
  return file(
    ctx,
    'online',
    { ...filing, applicant: { ...filing.applicant, userId: actorId(ctx.actor) } },
    null,
  );
}

/** A helper files for somebody under a mandate that holds now. The mandate was checked by the caller's query. */
export async function fileAsHelper(ctx: Ctx, filing: Filing, helperUserId: string): Promise<Filed> {
  allow(
    ctx,
    'services.dossier.file_as_helper',
    { kind: 'dossier', owners: [helperUserId] },
    { procedure: filing.procedureCode },
  );
  return file(ctx, 'helper', filing, helperUserId);
}

/** The clerk files what somebody brings to the counter. */
export async function fileAtCounter(ctx: Ctx, filing: Filing): Promise<Filed> {
  allow(ctx, 'services.dossier.file_at_counter', { kind: 'dossier' }, { procedure: filing.procedureCode });
  return file(ctx, 'counter', filing, null);
}

async function file(ctx: Ctx, channel: Channel, filing: Filing, helperUserId: string | null): Promise<Filed> {
  await onlyOneAtATime(ctx, `file:${filing.clientId}`);
  const { before, trackingCode } = await filedOrFreshCode(ctx, filing.clientId);
  if (before) return before;
  const procedure = mustExist(
    await findProcedureOn(ctx, filing.procedureCode, localDateOf(ctx.now)),
    'services.procedure',
  );
  if (channel !== 'counter' && procedure.online.level === 'counter')
    refuse('services.procedure.counter_only');
  const answers = await checkedAnswers(ctx, procedure, filing);
  const id = newId(ctx.now);
  const action: Action = {
    kind: 'file',
    at: ctx.now,
    actorId: actorId(ctx.actor),
    officialId: channel === 'counter' ? await officialActing(ctx) : null,
    data: { channel, papers: filing.papers },
  };
  const projection = await projectionOf(ctx, foldDossier([action]), procedure);
  // Taken last: others who file today wait from here until this transaction ends.
  const code = await nextDossierCode(ctx);
  await insert(ctx, {
    id,
    code,
    trackingCode,
    channel,
    filing,
    helperUserId,
    procedure,
    answers,
    action,
    projection,
  });
  await tellFiled(ctx, { id, code, trackingCode, procedure: procedure.name.vi, filing, channel });
  return { id, code, trackingCode, again: false };
}

/**
 * What this client id filed before, and a tracking code that no dossier of the commune has: 32 bits are drawn
 * twice once in a while where hundreds of thousands are stored.
 */
async function filedOrFreshCode(
  ctx: Ctx,
  clientId: string,
): Promise<{ before: Filed | null; trackingCode: string }> {
  for (;;) {
    const trackingCode = randomCode(TRACKING_LENGTH);
    const rows = await ctx.db
      .selectFrom('services_dossier')
      .select(['id', 'code', 'tracking_code', 'client_id'])
      .where('commune_id', '=', ctx.commune.id)
      .where((where) =>
        where.or([where('client_id', '=', clientId), where('tracking_code', '=', trackingCode)]),
      )
      .execute();
    const row = rows.find(({ client_id }) => client_id === clientId);
    const before = row && { id: row.id, code: row.code, trackingCode: row.tracking_code, again: true };
    if (before || rows.length === 0) return { before: before ?? null, trackingCode };
  }
}

async function checkedAnswers(ctx: Ctx, procedure: ProcedureVersion, filing: Filing): Promise<FormValues> {
  const form = await getForm(ctx, procedure.form.id, procedure.form.version);
  if (filing.draftId === null) mustBeAsked(form, filing.answers);
  const hamlets = await hamletsToKnow(ctx, form, filing);
  const { values, errors } = validateAll(form, filing.answers, { today: localDateOf(ctx.now), hamlets });
  const wrong = Object.entries(errors).map(([key, error]) => [key, `forms.${error.code}`] as const);
  const needs = Object.entries(errors).map(([key, error]) => [key, error.params] as const);
  if (wrong.length > 0)
    throw new AppError('input.invalid', 422, {}, Object.fromEntries(wrong), Object.fromEntries(needs));
  await mustBeOfHere(ctx, filing, hamlets);
  const known = new Set(procedure.papers.map((paper) => paper.code));
  const stranger = Object.keys(filing.papers).find((code) => !known.has(code));
  if (stranger !== undefined)
    throw new AppError('input.invalid', 422, {}, { papers: 'services.paper.unknown' });
  return values;
}

/** A misspelled answer would be lost without a word. Drafts may keep answers that a newer form asks no longer. */
function mustBeAsked(form: FormDefinition, answers: Filing['answers']): void {
  const asked = new Set(fieldsOf(form).map(({ key }) => key));
  const strange = Object.keys(answers).filter((key) => !asked.has(key));
  const faults = strange.map((key) => [`answers.${key}`, 'input.unrecognized_keys'] as const);
  if (faults.length > 0) throw new AppError('input.invalid', 422, {}, Object.fromEntries(faults));
}

/** The commune's hamlets, ended ones too; asked for only where the filing can name one. */
async function hamletsToKnow(ctx: Ctx, form: FormDefinition, filing: Filing): Promise<string[]> {
  const asked = filing.hamletId !== null || fieldsOf(form).some((field) => field.kind === 'hamlet');
  return asked ? (await listHamlets(ctx, { on: 'ever' })).map(({ id }) => id) : [];
}

/** Hamlet and person must be this commune's own: whoever files may have typed anything. */
async function mustBeOfHere(ctx: Ctx, filing: Filing, hamlets: readonly string[]): Promise<void> {
  const { residentId } = filing.applicant;
  if (filing.hamletId !== null && !hamlets.includes(filing.hamletId))
    refuseField('hamlet_id', 'input.unknown');
  if (residentId !== null && !(await isResident(ctx, residentId)))
    refuseField('applicant.resident_id', 'input.unknown');
}

type Insert = {
  id: string;
  code: string;
  trackingCode: string;
  channel: Channel;
  filing: Filing;
  helperUserId: string | null;
  procedure: ProcedureVersion;
  answers: FormValues;
  action: Action;
  projection: Awaited<ReturnType<typeof projectionOf>>;
};

/** Dossier, first action, form, search words and the draft's files, in one statement. */
async function insert(ctx: Ctx, given: Insert): Promise<void> {
  const { id, filing, procedure } = given;
  const commune_id = ctx.commune.id;
  const { name, phone } = filing.applicant;
  const found = [...new Set(words(name))].map((word) => ({ commune_id, word, dossier_id: id }));
  await ctx.db
    .with('acted', (db) => db.insertInto('services_action').values(actionRow(ctx, id, 1, given.action, null)))
    .with('answered', (db) =>
      db.insertInto('services_dossier_form').values({
        commune_id,
        dossier_id: id,
        form_id: procedure.form.id,
        form_version: procedure.form.version,
        answers: JSON.stringify(given.answers),
      }),
    )
    .with('found', (db) => db.insertInto('services_dossier_word').values(found))
    .insertInto('services_dossier')
    .values({
      commune_id,
      id,
      code: given.code,
      tracking_code: given.trackingCode,
      procedure_code: procedure.code,
      procedure_version: procedure.version,
      channel: given.channel,
      applicant_name: name,
      applicant_phone: phone,
      applicant_user_id: filing.applicant.userId,
      helper_user_id: given.helperUserId,
      resident_id: filing.applicant.residentId,
      hamlet_id: filing.hamletId,
      search_text: `${foldText(name)} ${given.code.toLowerCase()} ${phone ?? ''}`,
      filed_at: ctx.now,
      last_seq: 1,
      client_id: filing.clientId,
      ...given.projection,
    })
    .execute();
  if (filing.draftId) await takeOverDraft(ctx, filing.draftId, id);
}

async function takeOverDraft(ctx: Ctx, draftId: string, dossierId: string): Promise<void> {
  await ctx.db
    .updateTable('services_attachment')
    .set({ dossier_id: dossierId, draft_id: null })
    .where('commune_id', '=', ctx.commune.id)
    .where('draft_id', '=', draftId)
    .execute();
  await ctx.db
    .deleteFrom('services_draft')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', draftId)
    .execute();
}
