/** Running numbers without gaps, and the dossier's code made of one. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { localDateOf } from '#kernel/time';

/**
 * The next number of a series; atomic, and given back when the transaction fails, so that there are no gaps.
 * Others who want the same series wait until this transaction ends: take the number late.
 */
export async function nextNumber(ctx: Ctx, name: string, period: string): Promise<number> {
  const row = await ctx.db
    .insertInto('services_counter')
    .values({ commune_id: ctx.commune.id, name, period, last: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['commune_id', 'name', 'period'])
        .doUpdateSet({ last: sql`services_counter.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last;
}

/**
 * The code of the next dossier filed now: `agency-YYMMDD-NNNN`, counted per agency and day; the number grows
 * past 9999 (TT 01/2018/TT-VPCP art. 19).
 */
export async function nextDossierCode(ctx: Ctx): Promise<string> {
  const day = localDateOf(ctx.now).slice(2).replaceAll('-', '');
  const number = await nextNumber(ctx, `dossier:${ctx.commune.agencyCode}`, day);
  return `${ctx.commune.agencyCode}-${day}-${String(number).padStart(4, '0')}`;
}

/** What a dossier code looks like, leniently: other systems use longer numbers. */
export const DOSSIER_CODE = /^[A-Z0-9.]{3,30}-\d{6}-\d{4,6}$/;
