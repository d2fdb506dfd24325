/** Mandates: who may file for whom. Recorded at the counter by a clerk; the person is told of every use. */
import { notify } from '#domain/notifications';
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { homePhone } from '#kernel/phone';
import { allow } from '#kernel/rights';
import { foldText } from '#kernel/text';
import { fileAsHelper, type Filed, type Filing } from '../dossier/file.actions.ts';

export type NewMandate = {
  helperUserId: string;
  /** As the helper's own paper says. */
  helperName: string;
  /** In +84 form, under which the helper signs in. */
  helperPhone: string;
  personName: string;
  /** In +84 form; the person is told here. */
  personPhone: string;
  residentId: string | null;
  /** In plain words what it covers, as the person said it. */
  scope: string;
  /** How it was proved: signed paper, said at the counter before two witnesses … */
  evidence: string;
  validTo: Date;
};

const LONGEST_MS = 366 * 24 * 3_600_000;

/**
 * Records a mandate; the person is told at once, on the telephone.
 * @throws AppError `services.mandate.too_long` beyond a year, `services.mandate.same_person`,
 *   `services.mandate.self` (403): nobody gives himself a mandate across his own counter
 */
export async function recordMandate(ctx: Ctx, given: NewMandate): Promise<string> {
  allow(ctx, 'services.mandate.record', { kind: 'mandate' }, { helper: given.helperUserId });
  const length = given.validTo.getTime() - ctx.now.getTime();
  if (length <= 0 || length > LONGEST_MS) refuse('services.mandate.too_long');
  if (given.helperPhone === given.personPhone) refuse('services.mandate.same_person');
  if (given.helperUserId === actorId(ctx.actor)) refuse('services.mandate.self', 403);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('services_mandate')
    .values({
      commune_id: ctx.commune.id,
      id,
      helper_user_id: given.helperUserId,
      helper_name: given.helperName,
      helper_phone: given.helperPhone,
      person_name: given.personName,
      person_phone: given.personPhone,
      resident_id: given.residentId,
      scope: given.scope,
      evidence: given.evidence,
      recorded_by: actorId(ctx.actor),
      valid_from: ctx.now,
      valid_to: given.validTo,
      search_text: searchText(given),
    })
    .execute();
  await notify(ctx, {
    event: 'services.mandate.recorded',
    key: id,
    to: { userId: null, phone: given.personPhone },
    params: {
      name: given.personName,
      helper: given.helperName,
      scope: given.scope,
      until: given.validTo,
    },
  });
  return id;
}

/** Ends a mandate at once; the person is told. @throws AppError `services.mandate.not_found` (404) */
export async function endMandate(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'services.mandate.end', { kind: 'mandate', id });
  const ended = isId(id)
    ? await ctx.db
        .updateTable('services_mandate')
        .set({ ended_at: ctx.now })
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .where('valid_to', '>', ctx.now)
        .returning(['person_name', 'person_phone', 'helper_name'])
        .executeTakeFirst()
    : undefined;
  const { person_name, person_phone, helper_name } = mustExist(ended, 'services.mandate');
  await notify(ctx, {
    event: 'services.mandate.ended',
    key: id,
    to: { userId: null, phone: person_phone },
    params: { name: person_name, helper: helper_name },
  });
}

/** Names without accents and both numbers as people type them. */
function searchText({ helperName, helperPhone, personName, personPhone }: NewMandate): string {
  return [
    foldText(`${personName} ${helperName}`),
    ...[personPhone, helperPhone].flatMap((phone) => [phone, homePhone(phone)]),
  ].join(' ');
}

/** The mandates that the signed-in helper holds now. */
export async function myMandates(ctx: Ctx) {
  allow(ctx, 'services.mandate.list_own');
  return ctx.db
    .selectFrom('services_mandate')
    .select(['id', 'person_name', 'person_phone', 'scope', 'valid_to', 'resident_id'])
    .where('commune_id', '=', ctx.commune.id)
    .where('helper_user_id', '=', actorId(ctx.actor))
    .where('ended_at', 'is', null)
    .where('valid_to', '>', ctx.now)
    .orderBy('person_name')
    .execute();
}

/** Files for the person of a mandate; name, phone and resident come from the mandate, never from the helper. */
export async function fileUnderMandate(
  ctx: Ctx,
  mandateId: string,
  filing: Omit<Filing, 'applicant'>,
): Promise<Filed> {
  allow(ctx, 'services.mandate.use', { kind: 'mandate', id: mandateId });
  const held = isId(mandateId) ? (await myMandates(ctx)).find(({ id }) => id === mandateId) : undefined;
  const mandate = mustExist(held, 'services.mandate');
  const applicant = {
    name: mandate.person_name,
    phone: mandate.person_phone,
    userId: null,
    residentId: mandate.resident_id,
  };
  return fileAsHelper(ctx, { ...filing, applicant }, actorId(ctx.actor));
}
