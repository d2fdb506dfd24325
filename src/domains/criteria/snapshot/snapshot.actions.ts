/** Boards that are frozen: never changed, handed out as they were. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import { readBoard } from '../board.queries.ts';
import { bodyOf } from './body.ts';

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Freezes the board of a set as it stands on a day, with the lists behind its numbers. @returns its id
 * @throws AppError `criteria.set.not_found`, `criteria.assessment.needs_person` (403)
 */
export async function freezeBoard(ctx: Ctx, set: string, input: { asOf: string }): Promise<string> {
  allow(ctx, 'criteria.snapshot.freeze', { kind: 'criteria_set', id: set }, { as_of: input.asOf });
  const { asOf } = checked(z.object({ asOf: Day }), input);
  if (ctx.actor.kind !== 'person') throw new AppError('criteria.assessment.needs_person', 403);
  if (asOf > localDateOf(ctx.now)) refuseField('asOf', 'criteria.value.day_to_come');
  const board = mustExist(await readBoard(ctx, { code: set, asOf }), 'criteria.set');
  const body = await bodyOf(ctx, board);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_snapshot')
    .values({
      commune_id: ctx.commune.id,
      id,
      set_code: set,
      as_of: asOf,
      body,
      digest: digestOf(body),
      signer_name: ctx.actor.name,
      frozen_at: ctx.now,
    })
    .execute();
  return id;
}

export type Frozen = {
  id: string;
  set: string;
  asOf: LocalDate;
  digest: string;
  signerName: string;
  at: Date;
};

/** The frozen boards, the newest first. */
export async function listSnapshots(ctx: Ctx): Promise<Frozen[]> {
  allow(ctx, 'criteria.board.work');
  const rows = await ctx.db
    .selectFrom('criteria_snapshot')
    .select(['id', 'set_code', 'as_of', 'digest', 'signer_name', 'frozen_at'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('frozen_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(headOf);
}

/**
 * A frozen board with its text. `intact`: the text still has its hash. @param whole the text leaves the house: audited
 * @throws AppError `criteria.snapshot.not_found` (404)
 */
export async function openSnapshot(
  ctx: Ctx,
  id: string,
  whole = false,
): Promise<Frozen & { body: string; intact: boolean }> {
  allow(ctx, whole ? 'criteria.snapshot.take' : 'criteria.board.work', { kind: 'criteria_snapshot', id });
  const row = isId(id)
    ? await ctx.db
        .selectFrom('criteria_snapshot')
        .selectAll()
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  const found = mustExist(row, 'criteria.snapshot');
  return { ...headOf(found), body: found.body, intact: digestOf(found.body) === found.digest };
}

type Head = {
  id: string;
  set_code: string;
  as_of: string;
  digest: string;
  signer_name: string;
  frozen_at: Date;
};

function headOf(row: Head): Frozen {
  return {
    id: row.id,
    set: row.set_code,
    asOf: localDate(row.as_of),
    digest: row.digest,
    signerName: row.signer_name,
    at: row.frozen_at,
  };
}
