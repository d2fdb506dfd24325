/** Who may see how an official was rated: leaders, and each official himself. */
import { officialsOfUser } from '#domain/registry';
import { grantsOf, type Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';

/** @throws AppError `refused` (403), `sign_in_needed` (401) */
export async function seeRatingOf(ctx: Ctx, officialId: string): Promise<void> {
  const own = (await ownOfficials(ctx)).includes(officialId);
  const owners = own && ctx.actor.kind === 'person' ? [ctx.actor.userId] : [];
  allow(ctx, 'services.rating.see', { kind: 'official', id: officialId, owners });
}

/** The officials that the actor is today; none for citizens and programs. */
export async function ownOfficials(ctx: Ctx): Promise<string[]> {
  if (ctx.actor.kind !== 'person' || grantsOf(ctx.actor).length === 0) return [];
  return (await officialsOfUser(ctx, ctx.actor.userId)).map((official) => official.id);
}
