/** Tracking without signing in: by the random code, or by code and the phone's last four digits. Nothing private. */
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { normalizeCode } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { DOSSIER_CODE } from '../code.ts';
import { getProcedureVersion } from '../procedure.queries.ts';
import { stateOf, type State } from './dossier.ts';

/** What a stranger with the code may know. */
export type Tracked = {
  id: string;
  code: string;
  procedure: { code: string; name: { vi: string; en: string } };
  state: State;
  filedAt: Date;
  receivedAt: Date | null;
  dueAt: Date | null;
  finishedAt: Date | null;
  returnedAt: Date | null;
  outcome: string | null;
};

const TRACKING_LENGTH = 8;

/**
 * @param typed the receipt's short code, or a dossier code
 * @param lastFour the last four digits of the phone, needed with a dossier code: codes in sequence can be guessed
 * @throws AppError `services.track.not_found` (404): the same for wrong code and wrong digits
 */
export async function trackDossier(ctx: Ctx, typed: string, lastFour?: string): Promise<Tracked> {
  allow(ctx, 'services.dossier.track');
  const short = normalizeCode(typed, TRACKING_LENGTH);
  const code = typed.trim().toUpperCase();
  let query = ctx.db
    .selectFrom('services_dossier')
    .select(['id', 'code', 'procedure_code', 'procedure_version', 'state', 'filed_at', 'received_at'])
    .select(['due_at', 'finished_at', 'returned_at', 'outcome'])
    .where('commune_id', '=', ctx.commune.id);
  if (DOSSIER_CODE.test(code)) {
    if (!/^\d{4}$/.test(lastFour ?? '')) refuse('services.track.not_found', 404);
    query = query.where('code', '=', code).where('applicant_phone', 'like', `%${lastFour}`);
  } else if (short) {
    query = query.where('tracking_code', '=', short);
  } else {
    refuse('services.track.not_found', 404);
  }
  const row = await query.executeTakeFirst();
  if (!row) refuse('services.track.not_found', 404);
  const procedure = await getProcedureVersion(ctx, row.procedure_code, row.procedure_version);
  return {
    id: row.id,
    code: row.code,
    procedure: { code: procedure.code, name: procedure.name },
    state: stateOf(row.state),
    filedAt: row.filed_at,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    finishedAt: row.finished_at,
    returnedAt: row.returned_at,
    outcome: row.outcome,
  };
}
