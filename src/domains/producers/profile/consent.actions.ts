import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, line } from '#kernel/input';
import { allow } from '#kernel/rights';
import { CONSENT_PARTS, CONSENT_WORDING } from '../producer.ts';
import { lockProducer, thingOf } from '../producer.queries.ts';

const NewConsent = z.object({
  parts: z
    .array(z.enum(CONSENT_PARTS))
    .min(1, 'producers.consent.nothing')
    .refine((parts) => parts.includes('profile'), 'producers.consent.profile_needed'),
  /** Who agreed for the producer. */
  givenBy: line(100),
});
export type NewConsent = z.input<typeof NewConsent>;

/**
 * Enters what a producer agreed to show; an earlier consent ends with it and is kept. @returns its id
 * @throws AppError `producers.producer.not_found`; `input.invalid`
 */
export async function giveConsent(ctx: Ctx, producerId: string, input: NewConsent): Promise<string> {
  const found = await lockProducer(ctx, producerId);
  allow(ctx, 'producers.consent.edit', thingOf(producerId, found), { parts: input.parts });
  mustExist(found, 'producers.producer');
  const { parts, givenBy } = checked(NewConsent, input);
  await endConsent(ctx, producerId);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('producers_consent')
    .values({
      commune_id: ctx.commune.id,
      id,
      producer_id: producerId,
      parts: [...new Set(parts)],
      wording: CONSENT_WORDING,
      given_by: givenBy,
      given_at: ctx.now,
    })
    .execute();
  return id;
}

/** Ends a consent: from this moment nothing of the producer is public. No error where there is none. */
export async function withdrawConsent(ctx: Ctx, producerId: string): Promise<void> {
  const found = await lockProducer(ctx, producerId);
  allow(ctx, 'producers.consent.edit', thingOf(producerId, found), { withdrawn: true });
  mustExist(found, 'producers.producer');
  await endConsent(ctx, producerId);
}

async function endConsent(ctx: Ctx, producerId: string): Promise<void> {
  await ctx.db
    .updateTable('producers_consent')
    .set({ withdrawn_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('producer_id', '=', producerId)
    .where('withdrawn_at', 'is', null)
    .execute();
}
