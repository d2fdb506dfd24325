/** Boards of a day: live values asked of the measures, typed ones, signatures; as known now. */
import type { Ctx } from '#kernel/context';
import type { Computed } from '#kernel/measures';
import { allow } from '#kernel/rights';
import type { LocalDate } from '#kernel/time';
import { indicatorsOn, makeBoard, type Board, type BoardLine } from './board.ts';
import { gapOf, judge, standing } from './judge.ts';
import { setOn, type SetVersion } from './set.queries.ts';
import { thresholdFor } from './set.ts';
import { readEntered, type EnteredOf, type Places } from './values/entered.ts';
import { valueOf } from './values/live.ts';

/** `only` reads one indicator, where nobody looks at what stands over it. */
export type BoardQuestion = { code: string; asOf: LocalDate; hamletId?: string | null; only?: string };

/** The board of a set on a day, of the commune or of one hamlet; undefined where no version is in force. */
export async function findBoard(ctx: Ctx, question: BoardQuestion): Promise<Board | undefined> {
  allow(ctx, 'criteria.board.see');
  return recallBoard(ctx, question);
}

/** The same, for many who ask within one second; without a right of its own. */
export async function recallBoard(
  ctx: Ctx,
  { code, asOf, hamletId = null, only }: BoardQuestion,
): Promise<Board | undefined> {
  const key = ['criteria.board', code, asOf, hamletId ?? '', only ?? ''].join(' ');
  return ctx.recall(key, () =>
    readBoard(ctx, { code, asOf, hamletId, ...(only === undefined ? {} : { only }) }),
  );
}

/** As {@link recallBoard}, of several places at once. */
export async function recallBoards(ctx: Ctx, asked: BoardsQuestion): Promise<Board[]> {
  const key = ['criteria.boards', asked.code, asked.asOf, ...asked.places].join(' ');
  return ctx.recall(key, () => readBoards(ctx, asked));
}

/** Without a right of its own: for the room's verbs and measures, which have asked already. */
export async function readBoard(
  ctx: Ctx,
  { hamletId = null, ...question }: BoardQuestion,
): Promise<Board | undefined> {
  return (await readBoards(ctx, { ...question, places: [hamletId] }))[0];
}

export type BoardsQuestion = { code: string; asOf: LocalDate; places: Places };

/** The boards of several places, in their order; none where no version is in force. */
export async function readBoards(
  ctx: Ctx,
  { code, asOf, places, only }: BoardsQuestion & { only?: string },
): Promise<Board[]> {
  const found = await setOn(ctx, code, asOf);
  if (!found || places.length === 0) return [];
  const entered = await readEntered(ctx, { code, asOf, places });
  const boards: Board[] = [];
  for (const hamletId of places) boards.push(await boardOf(ctx, found, { asOf, hamletId, only, entered }));
  return boards;
}

type OneBoard = { asOf: LocalDate; hamletId: string | null; only: string | undefined; entered: EnteredOf };

async function boardOf(ctx: Ctx, found: SetVersion, { only, entered, ...asked }: OneBoard): Promise<Board> {
  const said = new Map<string, Computed>();
  const lines = new Map<string, BoardLine>();
  const asks = indicatorsOn(found.set, asked.asOf).filter((one) => only === undefined || one.code === only);
  for (const indicator of asks) {
    const { typed, signatures, files } = entered(asked.hamletId, indicator.code);
    const value = await valueOf(ctx, indicator, asked, { said, typed });
    const threshold = thresholdFor(indicator, found.group);
    const judged = judge(value.value, indicator.operator, threshold);
    lines.set(indicator.code, {
      indicator,
      threshold,
      value,
      judged,
      gap: gapOf(value.value, indicator.operator, threshold, value.parts),
      signatures,
      files,
      ...standing(judged, signatures),
    });
  }
  return makeBoard({ set: found.set, version: found.version, ...asked }, lines);
}
