/** Reading requests for correction: one's own, and the clerks' queue. */
import type { Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import type { RegistryCorrection } from '#kernel/schema';
import { paperOf, type KeptPaper } from '../kept-paper.ts';
import { ownRecord, recordIds, thingOfPerson } from '../own/records.queries.ts';
import type { Resident } from '../resident.ts';
import { findResidentRow } from '../resident.queries.ts';
import type { Correctable, Correction, CorrectionState } from './correction.ts';

/** What the reader asked for, newest first. @throws AppError `registry.own.not_bound` (409) */
export async function ownCorrections(ctx: Ctx): Promise<Correction[]> {
  const own = await ownRecord(ctx);
  return readCorrections(ctx, own.id);
}

/** Without a right of its own: everything that was asked for a person's record. */
export async function readCorrections(ctx: Ctx, residentId: string): Promise<Correction[]> {
  const rows = await ctx.db
    .selectFrom('registry_correction')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', 'in', await recordIds(ctx, residentId))
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map(correctionOf);
}

export type CorrectionLine = Pick<
  Correction,
  'id' | 'residentId' | 'field' | 'state' | 'askedAt' | 'decidedAt' | 'demo'
> & {
  name: string;
};

/** The clerks' queue: what is open, longest waiting first; what was decided, newest first. Values stand on the page of each. */
export async function listCorrections(
  ctx: Ctx,
  { open, offset = 0, limit = 25 }: { open: boolean; offset?: number; limit?: number },
): Promise<{ items: CorrectionLine[]; total: number; waiting: number }> {
  allow(ctx, 'registry.correction.see', { kind: 'correction' }, { open });
  const all = ctx.db.selectFrom('registry_correction as c').where('c.commune_id', '=', ctx.commune.id);
  const asked = all.where('c.state', open ? '=' : '<>', 'open');
  const { total } = await asked
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const { waiting } = await all
    .where('c.state', '=', 'open')
    .select((eb) => eb.fn.countAll<bigint>().as('waiting'))
    .executeTakeFirstOrThrow();
  const rows = await asked
    .innerJoin('registry_resident as r', (on) =>
      on.onRef('r.commune_id', '=', 'c.commune_id').onRef('r.id', '=', 'c.resident_id'),
    )
    .select([
      'c.id',
      'c.resident_id',
      'c.field',
      'c.state',
      'c.asked_at',
      'c.decided_at',
      'c.demo',
      'r.full_name',
    ])
    .orderBy(open ? 'c.asked_at' : 'c.decided_at', open ? 'asc' : 'desc')
    .orderBy('c.id')
    .offset(offset)
    .limit(limit)
    .execute();
  const items = rows.map((row) => ({
    id: row.id,
    residentId: row.resident_id,
    field: row.field as Correctable,
    state: row.state as CorrectionState,
    askedAt: row.asked_at,
    decidedAt: row.decided_at,
    demo: row.demo,
    name: row.full_name,
  }));
  return { items, total: Number(total), waiting: Number(waiting) };
}

/** One request with the record that it is about: a view of the person's record. @throws AppError `registry.correction.not_found` (404) */
export async function getCorrection(
  ctx: Ctx,
  id: string,
): Promise<{ correction: Correction; resident: Resident }> {
  const correction = await findCorrection(ctx, id);
  const resident = correction && (await findResidentRow(ctx, correction.residentId));
  const thing = await thingOfPerson(ctx, correction?.residentId, resident);
  allow(ctx, 'registry.correction.see', { ...thing, owners: [] }, { correction: id });
  return {
    correction: mustExist(correction, 'registry.correction'),
    resident: mustExist(resident, 'registry.correction'),
  };
}

/** The paper of a request, for clerks and for the person; the view is written down. @throws AppError `registry.correction.not_found` (404) */
export async function openCorrectionPaper(ctx: Ctx, id: string): Promise<KeptPaper> {
  const correction = await findCorrection(ctx, id);
  const resident = correction && (await findResidentRow(ctx, correction.residentId));
  allow(ctx, 'registry.correction.see', await thingOfPerson(ctx, correction?.residentId, resident), {
    paper: id,
  });
  return mustExist(correction?.paper, 'registry.correction');
}

/** Without a right of its own: for the room's verbs. */
export async function findCorrection(
  ctx: Ctx,
  id: string,
  { lock = false } = {},
): Promise<Correction | undefined> {
  if (!isId(id)) return undefined;
  let asked = ctx.db
    .selectFrom('registry_correction')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id);
  if (lock) asked = asked.forUpdate();
  const row = await asked.executeTakeFirst();
  return row && correctionOf(row);
}

function correctionOf(row: Selectable<RegistryCorrection>): Correction {
  return {
    id: row.id,
    residentId: row.resident_id,
    field: row.field as Correctable,
    stood: row.stood,
    wanted: row.wanted,
    reason: row.reason,
    paper: paperOf(row),
    paperErasedAt: row.paper_erased_at,
    state: row.state as CorrectionState,
    askedAt: row.asked_at,
    decidedAt: row.decided_at,
    answer: row.answer,
    demo: row.demo,
  };
}
