/** Giving a consent and withdrawing it: the person at home, or a clerk who has the signed paper. */
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { paperColumns, type KeptPaper } from '../kept-paper.ts';
import { recordIds, thingOfPerson } from '../own/records.queries.ts';
import { findResidentRow } from '../resident.queries.ts';
import { carries, textOn, type ConsentPurpose } from './consent-text.ts';

export type NewConsent = {
  purpose: ConsentPurpose;
  /** The version of the text that the person saw. */
  wording: string;
  /** The scan of the signed paper; needed wherever it is not the person himself who gives it. */
  paper?: KeptPaper | null;
};

/**
 * Records what a person agreed to. The same again changes nothing; agreement to an older text ends with it and is kept.
 * @throws AppError `registry.resident.not_found`, `registry.resident.is_deceased` (409), `registry.consent.text_changed`
 *   (409) when another text is asked with by now, `registry.consent.paper_needed`
 */
export async function giveConsent(ctx: Ctx, residentId: string, input: NewConsent): Promise<void> {
  const found = await findResidentRow(ctx, residentId);
  const thing = await thingOfPerson(ctx, residentId, found);
  allow(ctx, 'registry.consent.give', thing, { purpose: input.purpose, wording: input.wording });
  const resident = mustExist(found, 'registry.resident');
  if (resident.deceasedOn) refuse('registry.resident.is_deceased', 409);
  if (textOn(input.purpose, localDateOf(ctx.now))?.version !== input.wording)
    throw new AppError('registry.consent.text_changed', 409);
  const own = thing.owners?.length === 1;
  const paper = own ? null : (input.paper ?? null);
  if (!own && !paper) refuseField('paper', 'registry.consent.paper_needed');
  const ids = await recordIds(ctx, resident.id);
  if (await heldAlready(ctx, ids, input)) return;
  await endConsents(ctx, ids, input.purpose);
  await ctx.db
    .insertInto('registry_consent')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      resident_id: resident.id,
      purpose: input.purpose,
      wording: input.wording,
      way: own ? 'own' : 'counter',
      given_at: ctx.now,
      given_by: actorId(ctx.actor),
      demo: resident.demo,
      ...paperColumns(paper),
    })
    // Sent twice at the same moment: one is enough.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Ends a consent from this moment on; no reason is asked. No error where there is none.
 * @throws AppError `registry.resident.not_found`
 */
export async function withdrawConsent(ctx: Ctx, residentId: string, purpose: ConsentPurpose): Promise<void> {
  const found = await findResidentRow(ctx, residentId);
  allow(ctx, 'registry.consent.withdraw', await thingOfPerson(ctx, residentId, found), { purpose });
  const resident = mustExist(found, 'registry.resident');
  await endConsents(ctx, await recordIds(ctx, resident.id), purpose);
}

async function heldAlready(
  ctx: Ctx,
  ids: readonly string[],
  { purpose, wording }: NewConsent,
): Promise<boolean> {
  const rows = await ctx.db
    .selectFrom('registry_consent')
    .select('wording')
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', 'in', [...ids])
    .where('purpose', '=', purpose)
    .where('withdrawn_at', 'is', null)
    .execute();
  return rows.some((row) => row.wording === wording && carries(purpose, row.wording, localDateOf(ctx.now)));
}

async function endConsents(ctx: Ctx, ids: readonly string[], purpose: ConsentPurpose): Promise<void> {
  await ctx.db
    .updateTable('registry_consent')
    .set({ withdrawn_at: ctx.now, withdrawn_by: actorId(ctx.actor) })
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', 'in', [...ids])
    .where('purpose', '=', purpose)
    .where('withdrawn_at', 'is', null)
    .execute();
}
