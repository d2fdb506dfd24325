/** Moves as they come from outside: parsed, then done. Pages and API both come here. */
import type { z } from '@hono/zod-openapi';
import type { Ctx } from '#kernel/context';
import { AppError, refuse } from '#kernel/errors';
import { collectFee } from '../counter/fee.actions.ts';
import { DecisionInput, FeeInput, isAskedMove, MOVE_INPUT, type MoveRequest } from './action-input.ts';
import { apologise } from './apology.actions.ts';
import { decideDossier, type Decided } from './decide.actions.ts';
import { move, type MoveOptions } from './move.actions.ts';
import type { Loaded } from './record.ts';

/**
 * Does the move that somebody asked for; its right is checked by the move itself.
 * @throws AppError `input.invalid` with codes by field, `services.dossier.no_such_move`, and those of the move
 */
export async function askMove(
  ctx: Ctx,
  id: string,
  request: MoveRequest,
  options: MoveOptions = {},
): Promise<Loaded | Decided> {
  const { kind } = request;
  if (kind === 'decide') return decideDossier(ctx, id, parse(DecisionInput, request.data), options);
  if (kind === 'collect_fee') return collectFee(ctx, id, parse(FeeInput, request.data), options);
  if (!isAskedMove(kind)) refuse('services.dossier.no_such_move', 422);
  if (kind === 'apologise') return apologise(ctx, id, parse(MOVE_INPUT.apologise, request.data), options);
  return move(ctx, id, kind, parse<never>(MOVE_INPUT[kind] as z.ZodType<never>, request.data), options);
}

function parse<T>(schema: z.ZodType<T, unknown>, data: unknown): T {
  const result = schema.safeParse(data ?? {});
  if (result.success) return result.data;
  const fields = result.error.issues.map(
    (issue) => [issue.path.join('.') || 'data', codeOf(issue.message)] as const,
  );
  throw new AppError('input.invalid', 422, {}, Object.fromEntries(fields));
}

/** Our schemas refuse with codes; what zod says by itself becomes one. */
function codeOf(message: string): string {
  return /^[a-z_]+(\.[a-z_]+)+$/.test(message) ? message : 'input.wrong';
}
