/** From draft to dossier: once, whatever is posted again. */
import { actorId, type Ctx } from '#kernel/context';
import { AppError, refuse } from '#kernel/errors';
import { validateAll } from '#kernel/forms/validate';
import { isId } from '#kernel/ids';
import { toPhone } from '#kernel/phone';
import { allow } from '#kernel/rights';
import { removeFromDraft } from '../attachment/attachment.actions.ts';
import { fileOnline, type Filed, type Filing } from '../dossier/file.actions.ts';
import { onlyOneAtATime } from '../dossier/record.ts';
import { fileUnderMandate } from '../mandate/mandate.actions.ts';
import { applicantIn, fileAnswers, papersFiled, withoutFiles, type Draft } from './draft.ts';
import { answerContext, openDraft, type DraftKey } from './draft.queries.ts';

/** The client id under which a draft becomes a dossier. */
export function clientIdOf(draftId: string): string {
  return `draft:${draftId}`;
}

/**
 * Files the draft; the same draft again answers with the same dossier, to whoever filed it.
 * @throws AppError `sign_in_needed` (401), `services.draft.incomplete` (422) with the questions at fault, and
 *   those of `openDraft` and of filing
 */
export async function submitDraft(ctx: Ctx, id: string, key: DraftKey): Promise<Filed> {
  allow(ctx, 'services.draft.submit', { kind: 'draft', id });
  if (!isId(id)) refuse('services.draft.not_found', 404);
  await onlyOneAtATime(ctx, `file:${clientIdOf(id)}`);
  const before = await filedFromDraft(ctx, id);
  if (before) return before;
  const draft = await openDraft(ctx, id, key, { toSave: true });
  const filing = await filingOf(ctx, draft);
  if (draft.onBehalf) return fileUnderMandate(ctx, draft.onBehalf.mandateId, filing);
  return fileOnline(ctx, { ...filing, applicant: applicantOf(ctx, draft) });
}

/** The dossier that the actor made of a draft; null when there is none, or when it is somebody else's. */
export async function filedFromDraft(ctx: Ctx, id: string): Promise<Filed | null> {
  allow(ctx, 'services.draft.submit', { kind: 'draft', id });
  const row = await ctx.db
    .selectFrom('services_dossier')
    .select(['id', 'code', 'tracking_code'])
    .where('commune_id', '=', ctx.commune.id)
    .where('client_id', '=', clientIdOf(id))
    .where((q) =>
      q.or([q('applicant_user_id', '=', actorId(ctx.actor)), q('helper_user_id', '=', actorId(ctx.actor))]),
    )
    .executeTakeFirst();
  return row ? { id: row.id, code: row.code, trackingCode: row.tracking_code, again: true } : null;
}

async function filingOf(ctx: Ctx, draft: Draft): Promise<Omit<Filing, 'applicant'>> {
  const context = await answerContext(ctx);
  const { values, errors } = validateAll(draft.form, draft.values, context);
  const wrong = Object.entries(errors).map(([key, error]) => [key, `forms.${error.code}`]);
  if (wrong.length > 0)
    throw new AppError(
      'services.draft.incomplete',
      422,
      {},
      Object.fromEntries(wrong) as Record<string, string>,
    );
  await dropNeedlessFiles(ctx, draft, values);
  return {
    procedureCode: draft.procedure.code,
    answers: withoutFiles(values),
    hamletId: applicantIn(draft.form, values).hamletId,
    papers: papersFiled(draft, values, context.today),
    draftId: draft.id,
    clientId: clientIdOf(draft.id),
  };
}

/** Files for a paper that the last answers no longer ask for are not handed in. */
async function dropNeedlessFiles(ctx: Ctx, draft: Draft, values: Draft['values']): Promise<void> {
  for (const [key, ids] of Object.entries(fileAnswers(draft.files))) {
    if (Object.hasOwn(values, key) || !Array.isArray(ids)) continue;
    for (const id of ids) await removeFromDraft(ctx, draft.id, id);
  }
}

/** The name that the form gives; the phone that the sign-in proved before any that was typed. */
function applicantOf(ctx: Ctx, draft: Draft): Filing['applicant'] {
  const person = ctx.actor.kind === 'person' ? ctx.actor : null;
  const typed = applicantIn(draft.form, draft.values);
  return {
    name: typed.name ?? person?.name ?? '',
    phone: person?.phone ?? (typed.phone ? (toPhone(typed.phone) ?? null) : null),
    userId: null,
    residentId: person?.residentId ?? null,
  };
}
