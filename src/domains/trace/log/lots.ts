/** Lots in the public log: each is committed to with a salt as it was made, and shown to everybody. */
import type { Ctx } from '#kernel/context';
import { recordsOf, type LotRecord } from '../lot/record.queries.ts';
import { appendLeaves } from './append.ts';
import type { LeafSource } from './source.ts';

/** Hands lots to the log; a lot is found by its code. */
export async function logLots(ctx: Ctx, records: readonly LotRecord[]): Promise<void> {
  await appendLeaves(
    ctx,
    records.map((content) => ({ kind: 'lot', id: content.code, content })),
  );
}

/** Lots as the rows give them now. */
export const lotRecords: LeafSource = async (ctx, subjects) => {
  const found = await recordsOf(ctx, subjects);
  return new Map([...found].map(([code, content]) => [code, { content }]));
};
