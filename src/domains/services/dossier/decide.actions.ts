/** The decision and its result: number, date, signer, file; and the slip by which the citizen rates the desk. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { getOfficial } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { emit } from '#kernel/events';
import type { AcceptedSignature } from '#kernel/files/accept-signed.server';
import { randomToken } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDateOf, yearOf, type LocalDate } from '#kernel/time';
import { nextNumber } from '../code.ts';
import { isSignedBy, signedNames } from '../result/signature.ts';
import type { Medium } from './dossier.ts';
import { move, type MoveOptions } from './move.actions.ts';
import { asThing, loadDossier, onlyOneAtATime, wasDone, type Loaded } from './record.ts';

export type Decision = {
  outcome: 'granted' | 'refused';
  medium: Medium;
  /** Given by hand where the commune's book already gave one; else the next of the year. */
  number?: string | undefined;
  signerId: string | null;
  signerName: string;
  /** The signed PDF for an electronic result, the scan for a paper one. */
  attachmentId: string | null;
  /** For a refusal: the reason and the law it rests on (NĐ 61/2018 art. 19.8). */
  reason?: string | undefined;
  legal?: string | undefined;
};

/** 128 bits: the link to the slip must fit into one SMS. */
const SLIP_BYTES = 16;

export type Decided = Loaded & { resultNumber: string; checkToken: string; slipToken: string };

/**
 * The leader decides; the dossier is done and its result is written down with a random check token.
 * An electronic result needs its signed file: an attachment of kind `result` that was accepted with signatures that
 * held, one of them the signing official's own. The applicant is told that there is a result, and sent the way to the
 * slip.
 * @throws AppError `services.result.reason_needed`, `services.result.file_needed`, `services.result.not_verified`,
 *   `services.result.other_signer`, `services.result.number_taken` (409), `registry.official.not_found`, and those of
 *   `move`
 */
export async function decideDossier(
  ctx: Ctx,
  id: string,
  decision: Decision,
  options: MoveOptions = {},
): Promise<Decided> {
  const before = await loadDossier(ctx, id, { lock: true });
  allow(ctx, 'services.dossier.decide', asThing(before.row));
  if (options.clientId && (await wasDone(ctx, id, options.clientId))) return alreadyDecided(ctx, before);
  if (decision.outcome === 'refused' && !(decision.reason && decision.legal))
    refuse('services.result.reason_needed');
  const signerName = await nameOfSigner(ctx, decision);
  await mustBearResult(ctx, id, decision, signerName);
  const day = localDateOf(ctx.now);
  const book = before.procedure.code;
  const number = decision.number
    ? await untakenNumber(ctx, book, day, decision.number)
    : await nextFreeNumber(ctx, book, day);
  const { outcome, medium, reason, legal } = decision;
  const [checkToken, slipToken] = [randomToken(), randomToken(SLIP_BYTES)];
  const data = { outcome, medium, number, reason, legal };
  const moved = await move(ctx, id, 'decide', data, { ...options, slipToken });
  await ctx.db
    .with('slip', (db) =>
      db
        .insertInto('services_slip')
        .values({ commune_id: ctx.commune.id, dossier_id: id, token_hash: hashToken(slipToken) }),
    )
    .insertInto('services_result')
    .values({
      commune_id: ctx.commune.id,
      dossier_id: id,
      book,
      number,
      issued_on: day,
      signer_id: decision.signerId,
      signer_name: signerName,
      medium,
      attachment_id: decision.attachmentId,
      check_token: checkToken,
    })
    .execute();
  await tellDecided(ctx, id, outcome);
  return { ...moved, resultNumber: number, checkToken, slipToken };
}

/** @throws AppError `services.result.number_taken` (409) */
async function untakenNumber(ctx: Ctx, book: string, day: LocalDate, number: string): Promise<string> {
  await onlyOneAtATime(ctx, `result:${book}`);
  if (await isTaken(ctx, book, day, number)) refuse('services.result.number_taken', 409);
  return number;
}

/** The next number of the year that was not written into this procedure's book by hand. */
async function nextFreeNumber(ctx: Ctx, book: string, day: LocalDate): Promise<string> {
  const year = yearOf(day);
  for (;;) {
    const number = `${await nextNumber(ctx, 'result', String(year))}/${year}`;
    if (!(await isTaken(ctx, book, day, number))) return number;
  }
}

async function isTaken(ctx: Ctx, book: string, day: LocalDate, number: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('services_result')
    .select('number')
    .where('commune_id', '=', ctx.commune.id)
    .where('book', '=', book)
    .where(sql<number>`extract(year from issued_on)`, '=', yearOf(day))
    .where('number', '=', number)
    .executeTakeFirst();
  return row !== undefined;
}

/** Of what was decided long ago nobody has to be told. */
async function tellDecided(ctx: Ctx, id: string, outcome: Decision['outcome']): Promise<void> {
  if (!ctx.silent) await emit(ctx, 'services.dossier.decided', { dossier_id: id, outcome });
}

/** The sha256 under which a random token is kept: whoever reads the table cannot use it. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** An official chosen by id signs under the name in the directory, whatever else was sent. */
async function nameOfSigner(ctx: Ctx, { signerId, signerName }: Decision): Promise<string> {
  return signerId === null ? signerName : (await getOfficial(ctx, signerId)).fullName;
}

/**
 * Another dossier's file, or a paper that the citizen brought, is nobody's result; a scan, or a file signed by somebody
 * else, is no electronic one.
 */
async function mustBearResult(
  ctx: Ctx,
  dossierId: string,
  decision: Decision,
  signer: string,
): Promise<void> {
  const { medium, outcome, attachmentId } = decision;
  const electronic = medium === 'electronic';
  if (attachmentId === null && !(electronic && outcome === 'granted')) return;
  const row =
    attachmentId &&
    (await ctx.db
      .selectFrom('services_attachment')
      .select('signature')
      .where('commune_id', '=', ctx.commune.id)
      .where('dossier_id', '=', dossierId)
      .where('id', '=', attachmentId)
      .where('kind', '=', 'result')
      .executeTakeFirst());
  if (!row) refuse('services.result.file_needed');
  if (!electronic) return;
  const signature = row.signature as AcceptedSignature | null;
  if (!signature) refuse('services.result.not_verified');
  if (!isSignedBy(signature, signer))
    refuse('services.result.other_signer', 422, { signed: signedNames(signature), chosen: signer });
}

/** The same decision sent again: the first one's result; its slip was given out then. */
async function alreadyDecided(ctx: Ctx, moved: Loaded): Promise<Decided> {
  const row = await ctx.db
    .selectFrom('services_result')
    .select(['number', 'check_token'])
    .where('commune_id', '=', ctx.commune.id)
    .where('dossier_id', '=', moved.row.id)
    .executeTakeFirst();
  const result = mustExist(row, 'services.result');
  return { ...moved, resultNumber: result.number, checkToken: result.check_token, slipToken: '' };
}
