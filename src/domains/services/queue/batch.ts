/** One move on many dossiers: each in a transaction of its own, each with its own answer. */
import { isAppError, type ErrorParams } from '#kernel/errors';
import type { RunInCommune } from '#kernel/manifest';
import { askMove } from '../dossier/ask.actions.ts';

/** The moves that a list offers; the others need to look at the dossier. */
export const BATCH_MOVES = ['receive', 'assign', 'hand_over', 'return'] as const;
export type BatchMove = (typeof BATCH_MOVES)[number];

export type BatchResult = { id: string } & (
  { code: string; refused: null } | { code: null; refused: { code: string; params: ErrorParams } }
);

/** More than this in one request would keep the clerk waiting. */
export const MOST_AT_ONCE = 100;

/**
 * Does the move on each dossier. A refusal stays with its dossier; the others are done.
 * @param clientId made with the page; sent again, nothing is done twice
 * @throws whatever is no expected refusal: what was done before it stays done, and the page says nothing else
 */
export async function moveEach(
  run: RunInCommune,
  ids: readonly string[],
  request: { kind: BatchMove; data: Record<string, unknown> },
  clientId: string,
): Promise<BatchResult[]> {
  const results: BatchResult[] = [];
  for (const id of [...new Set(ids)].slice(0, MOST_AT_ONCE)) {
    try {
      const { row } = await run((ctx) => askMove(ctx, id, request, { clientId }));
      results.push({ id, code: row.code, refused: null });
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      results.push({ id, code: null, refused: { code: thrown.code, params: thrown.params } });
    }
  }
  return results;
}
