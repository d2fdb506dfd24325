/** The public check of a result: genuine or not, and nothing more. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';

const TOKEN = /^[\w-]{16,64}$/;

/** @param token what the QR on the paper holds */
export async function isGenuine(ctx: Ctx, token: string): Promise<boolean> {
  allow(ctx, 'services.result.check');
  if (!TOKEN.test(token)) return false;
  const row = await ctx.db
    .selectFrom('services_result')
    .select('number')
    .where('commune_id', '=', ctx.commune.id)
    .where('check_token', '=', token)
    .executeTakeFirst();
  return row !== undefined;
}
