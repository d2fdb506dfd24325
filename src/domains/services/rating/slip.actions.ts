/** The satisfaction slip: one for every dossier, by link, at the counter's tablet, or typed in from paper. */
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { newId, normalizeCode, randomCode } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { cleanText } from '#kernel/text';
import { localDateOf } from '#kernel/time';
import { hashToken } from '../dossier/decide.actions.ts';
import { loadDossier } from '../dossier/record.ts';
import { handlerOf } from '../figures/handler.ts';
import { ownOfficials } from './see.ts';

/** The questions of NĐ 61/2018 art. 31 that only the citizen can answer; 2 content, 1 fair, 0 not. */
export const SLIP_QUESTIONS = ['time', 'contacts', 'information', 'attitude', 'result', 'online'] as const;
export type SlipQuestion = (typeof SLIP_QUESTIONS)[number];

export type SlipAnswers = Partial<Record<SlipQuestion, 0 | 1 | 2>>;

export type Slip = { scores: SlipAnswers; comment: string | null; way: 'link' | 'tablet' | 'paper' };

const LONGEST_COMMENT = 1_000;

/** Signs of a code that stands on paper: 48 bits, typed in by a clerk when the filled slip comes back. */
const CODE_LENGTH = 12;

/**
 * A fresh code for a dossier that is done, for the desk's tablet or a printed slip; the earlier link ends.
 * It opens the slip like a link, and is short enough to be typed.
 * @throws AppError `services.slip.not_open` (409) when it was used, or there is no result yet
 */
export async function renewSlip(ctx: Ctx, dossierId: string): Promise<string> {
  allow(ctx, 'services.slip.renew', { kind: 'dossier', id: dossierId });
  const token = randomCode(CODE_LENGTH);
  const done = await ctx.db
    .updateTable('services_slip')
    .set({ token_hash: hashToken(token) })
    .where('commune_id', '=', ctx.commune.id)
    .where('dossier_id', '=', dossierId)
    .where('used', '=', false)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) refuse('services.slip.not_open', 409);
  return token;
}

/** A code as a clerk types it from the paper; undefined when it can be none. */
export function readSlipCode(typed: string): string | undefined {
  return normalizeCode(typed, CODE_LENGTH);
}

/** Whether a dossier's slip waits for an answer or was used; null while there is none. */
export async function slipState(ctx: Ctx, dossierId: string): Promise<'open' | 'used' | null> {
  allow(ctx, 'services.slip.renew', { kind: 'dossier', id: dossierId });
  const row = await ctx.db
    .selectFrom('services_slip')
    .select('used')
    .where('commune_id', '=', ctx.commune.id)
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst();
  if (!row) return null;
  return row.used ? 'used' : 'open';
}

/** Whether a link still takes an answer, and for which procedure. @throws AppError `services.slip.not_found` */
export async function openSlip(ctx: Ctx, token: string): Promise<{ procedureCode: string; used: boolean }> {
  allow(ctx, 'services.slip.answer');
  const row = await findSlip(ctx, token);
  return { procedureCode: row.procedure_code, used: row.used };
}

/**
 * Takes the slip. What it says is kept without dossier, person or time of day; the dossier only knows
 * that its slip was used.
 * @throws AppError `services.slip.not_found`, `services.slip.used` (409), `services.slip.empty`,
 *   `services.slip.own` (403): nobody types in what was said of himself
 */
export async function answerSlip(ctx: Ctx, token: string, slip: Slip): Promise<void> {
  allow(ctx, slip.way === 'paper' ? 'services.slip.type_in' : 'services.slip.answer');
  if (Object.keys(slip.scores).length === 0) refuse('services.slip.empty');
  const row = await findSlip(ctx, token);
  const { actions, procedure } = await loadDossier(ctx, row.dossier_id);
  const handler = handlerOf(actions);
  if (slip.way === 'paper' && handler && (await ownOfficials(ctx)).includes(handler))
    refuse('services.slip.own', 403);
  const used = await ctx.db
    .updateTable('services_slip')
    .set({ used: true })
    .where('commune_id', '=', ctx.commune.id)
    .where('dossier_id', '=', row.dossier_id)
    .where('used', '=', false)
    .executeTakeFirst();
  if (used.numUpdatedRows === 0n) refuse('services.slip.used', 409);
  await ctx.db
    .insertInto('services_rating')
    .values({
      commune_id: ctx.commune.id,
      // A random time: the id must not tell when the slip came in, nor lead to the dossier.
      id: newId(new Date(Date.UTC(ctx.now.getUTCFullYear(), ctx.now.getUTCMonth(), 1))),
      rated_on: localDateOf(ctx.now),
      way: slip.way,
      procedure_code: procedure.code,
      unit: procedure.agency,
      official_id: handler,
      scores: JSON.stringify(slip.scores),
      comment: slip.comment ? cleanText(slip.comment).slice(0, LONGEST_COMMENT) : null,
    })
    .execute();
}

async function findSlip(ctx: Ctx, token: string) {
  const row = await ctx.db
    .selectFrom('services_slip')
    .innerJoin('services_dossier', (join) =>
      join
        .onRef('services_dossier.commune_id', '=', 'services_slip.commune_id')
        .onRef('services_dossier.id', '=', 'dossier_id'),
    )
    .select(['dossier_id', 'used', 'procedure_code'])
    .where('services_slip.commune_id', '=', ctx.commune.id)
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst();
  return row ?? refuse('services.slip.not_found', 404);
}
