/** The moves of a dossier after its filing. All go through `move`: lock, right, allowed move, append, tell. */
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { allow } from '#kernel/rights';
import type { Action, ActionData } from './dossier.ts';
import { whyNot, type MoveKind } from './moves.ts';
import { mustTakeWork, officialActing, takerOf } from './officer.ts';
import { append, asThing, loadDossier, projectionOf, wasDone, type Loaded } from './record.ts';
import { tellMoved, tellTaker } from './tell.ts';

export type MoveOptions = {
  /** Made by the sender; the same id again changes nothing and answers the same. */
  clientId?: string | undefined;
  /** The official for whom a program with a key acts; people act for themselves. */
  officialId?: string | undefined;
  /** The last action that the sender saw; when others have acted since, the move is refused. */
  seen?: number | undefined;
};

/** What a verb adds to its move: the slip that a decision opens, by its token. */
type Opened = { slipToken?: string };

/**
 * One move.
 * @throws AppError `services.dossier.not_found`, `refused`, `services.dossier.not_in_this_state`,
 *   `services.dossier.changed_meanwhile` (409) and the move's own refusals (moves.ts)
 */
export async function move<K extends MoveKind>(
  ctx: Ctx,
  id: string,
  kind: K,
  data: ActionData[K],
  options: MoveOptions & Opened = {},
): Promise<Loaded> {
  const loaded = await loadDossier(ctx, id, { lock: true });
  allow(ctx, `services.dossier.${kind}`, asThing(loaded.row));
  if (options.clientId && (await wasDone(ctx, id, options.clientId))) return loaded;
  if (options.seen !== undefined && options.seen !== loaded.row.last_seq)
    refuse('services.dossier.changed_meanwhile', 409);
  const objection = whyNot(loaded.dossier, loaded.procedure, kind);
  if (objection) refuse(objection, 409, { state: loaded.dossier.state });
  const officialId = await officialActing(ctx, options.officialId);
  const action = { kind, at: ctx.now, actorId: actorId(ctx.actor), officialId, data } as Action;
  const taker = takerOf(action);
  const official = taker && (await mustTakeWork(ctx, taker));
  const current = kind === 'recalculate' ? loaded : await caughtUp(ctx, loaded);
  const moved = await append(ctx, current, action, options.clientId ?? null);
  await tellMoved(ctx, moved, action, options.slipToken);
  if (official) await tellTaker(ctx, moved, official);
  return moved;
}

/**
 * The calendar may have changed since the dossier's time was promised, and the job that tells the people not
 * have come to it yet: appending would move the time without a word, and leave the job nothing to tell.
 */
async function caughtUp(ctx: Ctx, loaded: Loaded): Promise<Loaded> {
  const { row, dossier, procedure } = loaded;
  const running = row.due_at !== null && row.finished_at === null;
  if (!running || ctx.silent) return loaded;
  const { due_at } = await projectionOf(ctx, dossier, procedure);
  if (!due_at || due_at.getTime() === row.due_at!.getTime()) return loaded;
  const action: Action = {
    kind: 'recalculate',
    at: ctx.now,
    actorId: actorId({ kind: 'system', name: 'calendar' }),
    officialId: null,
    data: { letter: '', before: row.due_at!.toISOString(), after: due_at.toISOString() },
  };
  const moved = await append(ctx, loaded, action, null);
  await tellMoved(ctx, moved, action);
  return moved;
}
