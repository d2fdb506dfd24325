/** The mandates of the commune: who helps whom, for what, from when till when. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { words } from '#kernel/text';

/** In force now, ended by hand or by its last day, or whatever. */
export const MANDATE_VIEWS = ['open', 'over', 'all'] as const;
export type MandateView = (typeof MANDATE_VIEWS)[number];

export type Mandate = {
  id: string;
  personName: string;
  personPhone: string;
  helperName: string;
  helperPhone: string;
  scope: string;
  evidence: string;
  from: Date;
  until: Date;
  /** Ended by hand before its last day. */
  endedAt: Date | null;
  open: boolean;
};

export type MandateFilter = { view: MandateView; q: string; offset: number; limit: number };

/** The latest first. It bears names and numbers, so each reading is written to the audit record. */
export async function listMandates(
  ctx: Ctx,
  { view, q, offset, limit }: MandateFilter,
): Promise<{ total: number; mandates: Mandate[] }> {
  allow(ctx, 'services.mandate.list', { kind: 'mandate' }, { view, q, offset });
  let found = ctx.db.selectFrom('services_mandate').where('commune_id', '=', ctx.commune.id);
  const open = sql<boolean>`(ended_at is null and valid_to > ${ctx.now})`;
  if (view === 'open') found = found.where(open);
  if (view === 'over') found = found.where(sql<boolean>`not ${open}`);
  for (const word of words(q)) found = found.where('search_text', 'like', `%${word}%`);
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .selectAll()
    .orderBy('valid_from', 'desc')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  const mandates = rows.map((row) => ({
    id: row.id,
    personName: row.person_name,
    personPhone: row.person_phone,
    helperName: row.helper_name,
    helperPhone: row.helper_phone,
    scope: row.scope,
    evidence: row.evidence,
    from: row.valid_from,
    until: row.valid_to,
    endedAt: row.ended_at,
    open: row.ended_at === null && row.valid_to > ctx.now,
  }));
  return { total: Number(total), mandates };
}
