/** Which official acts, whose work he may see, and who may be given work. */
import { coveredBy, getOfficial, inOffice, officialsOfUser, type Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { isAppError, refuse } from '#kernel/errors';
import { localDateOf } from '#kernel/time';
import type { Action, ActionKind } from './dossier.ts';

/** The official behind the actor. A person acts for himself; a program names the official it acts for. */
export async function officialActing(ctx: Ctx, given?: string): Promise<string | null> {
  if (ctx.actor.kind !== 'person') return given ?? null;
  if (ctx.actor.grants.length === 0) return null;
  const own = await officialsOfUser(ctx, ctx.actor.userId);
  return own[0]?.id ?? null;
}

/** The desks that the actor works today: his own, and those of the absent colleagues he covers. */
export async function desksOf(ctx: Ctx): Promise<{ own: string[]; covered: string[] }> {
  if (ctx.actor.kind !== 'person') return { own: [], covered: [] };
  const own = (await officialsOfUser(ctx, ctx.actor.userId)).map((official) => official.id);
  const away = await Promise.all(own.map((id) => coveredBy(ctx, id, localDateOf(ctx.now))));
  return { own, covered: [...new Set(away.flat())].filter((id) => !own.includes(id)) };
}

/** The moves whose `to` is the official who has the dossier next. */
const GIVING: readonly ActionKind[] = ['assign', 'advance', 'send_back', 'hand_over'];

/** The official to whom a move gives the dossier, if it does. */
export function takerOf({ kind, data }: Pick<Action, 'kind' | 'data'>): string | null {
  return GIVING.includes(kind) && 'to' in data ? (data.to ?? null) : null;
}

/**
 * Nobody is given work who is not an official of this commune, in office today. History that is entered
 * keeps the names it had. @throws AppError `services.officer.not_in_office`
 */
export async function mustTakeWork(ctx: Ctx, officialId: string): Promise<Official> {
  try {
    const official = await getOfficial(ctx, officialId);
    if (ctx.silent || inOffice(official, localDateOf(ctx.now))) return official;
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.status !== 404) throw thrown;
  }
  return refuse('services.officer.not_in_office');
}
