/** Which official acts, and whose work he may see: his own, and that of those he covers for. */
import { officialsOfUser, coveredBy } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { localDateOf } from '#kernel/time';

/** The official behind the actor. A person acts for himself; a program names the official it acts for. */
export async function officialActing(ctx: Ctx, given?: string): Promise<string | null> {
  if (ctx.actor.kind !== 'person') return given ?? null;
  if (ctx.actor.grants.length === 0) return null;
  const own = await officialsOfUser(ctx, ctx.actor.userId);
  return own[0]?.id ?? null;
}

/** The officials whose desk the actor works today: himself, and the absent ones he covers. */
export async function desksOf(ctx: Ctx): Promise<string[]> {
  if (ctx.actor.kind !== 'person') return [];
  const own = (await officialsOfUser(ctx, ctx.actor.userId)).map((official) => official.id);
  const covered = await Promise.all(own.map((id) => coveredBy(ctx, id, localDateOf(ctx.now))));
  return [...new Set([...own, ...covered.flat()])];
}
