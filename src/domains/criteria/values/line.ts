/** One indicator as it stands today, for the room's verbs. */
import { getHamlet } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { checked, Id } from '#kernel/input';
import { localDateOf } from '#kernel/time';
import { readBoard } from '../board.queries.ts';
import { levelsOf, type BoardLine } from '../board.ts';

/** Which indicator, of the commune or of one hamlet. */
export type Place = { set: string; indicator: string; hamletId?: string | null };

/** Without a right of its own: the line of an indicator as it stands today, read anew. */
export async function lineNow(ctx: Ctx, { set, indicator, hamletId = null }: Place): Promise<BoardLine> {
  if (hamletId !== null) await getHamlet(ctx, checked(Id, hamletId));
  const board = await readBoard(ctx, { code: set, asOf: localDateOf(ctx.now), hamletId, only: indicator });
  if (board && (board.set.level === 'hamlet') !== (hamletId !== null))
    throw new AppError('criteria.indicator.wrong_level', 422);
  const lines = board ? levelsOf(board).indicators : [];
  return mustExist(
    lines.find((one) => one.indicator.code === indicator),
    'criteria.indicator',
  );
}
