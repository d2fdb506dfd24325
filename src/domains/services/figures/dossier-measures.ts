/** A measure over dossiers: the number is the count of a list, and the list is its rows, so both can only agree. */
import type { Ctx } from '#kernel/context';
import type { Measure, MeasurePart, MeasureRecord } from '#kernel/measures';
import { allow, may } from '#kernel/rights';
import { localDateOf, startOfDay } from '#kernel/time';
import { stateOf } from '../dossier/dossier.ts';
import { getProcedureVersion } from '../procedure.queries.ts';
import { SCOPES, type DossierQuery, type Part } from './dossier-parts.ts';

export type Spec = Pick<Measure, 'name' | 'title' | 'meaning'> & {
  of: Part;
  among?: Part;
  audience?: Measure['audience'];
};

/** A measure over dossiers with the lists that it is made of, so that tables can count them by group. */
export type DossierMeasure = Measure & { parts: Record<MeasurePart, Part> };

/** A count, or the share of `of` among `among`. */
export function dossierMeasure({ of, among, audience = 'public', ...words }: Spec): DossierMeasure {
  const parts: Record<MeasurePart, Part> = { numerator: of, denominator: among ?? of };
  const right = audience === 'staff' ? 'services.figures.see_work' : 'services.figures.see';
  return {
    ...words,
    parts,
    unit: among ? 'share' : 'count',
    scopes: SCOPES,
    audience,
    compute: async (ctx, question) => {
      allow(ctx, right);
      const numerator = await count(await of(ctx, question));
      if (!among) return { numerator, denominator: null, value: numerator };
      const denominator = await count(await among(ctx, question));
      return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
    },
    list: async (ctx, question, part, page) => {
      allow(ctx, right);
      const query = await parts[part](ctx, question);
      return { total: await count(query), records: await records(ctx, query, page) };
    },
  };
}

export async function count(query: DossierQuery): Promise<number> {
  const { total } = await query.select((q) => q.fn.countAll<bigint>().as('total')).executeTakeFirstOrThrow();
  return Number(total);
}

/**
 * The rows as the reader may see them: officials with code, time and link; strangers by procedure and day
 * only, numbered in the list.
 */
export async function records(
  ctx: Ctx,
  query: DossierQuery,
  page: { offset: number; limit: number },
): Promise<MeasureRecord[]> {
  const rows = await query
    .select(['d.id', 'd.code', 'd.procedure_code', 'd.procedure_version', 'd.received_at'])
    .select(['d.channel', 'd.state'])
    .orderBy('d.received_at', 'desc')
    .orderBy('d.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  const open = may(ctx, 'services.dossier.list');
  const found: MeasureRecord[] = [];
  for (const [at, row] of rows.entries()) {
    const procedure = await getProcedureVersion(ctx, row.procedure_code, row.procedure_version);
    const name = procedure.name[ctx.locale];
    found.push({
      id: open ? row.id : String(page.offset + at + 1),
      at: open ? row.received_at! : startOfDay(localDateOf(row.received_at!)),
      label: open ? `${row.code} · ${name}` : name,
      href: open ? `/services/staff/${row.id}` : null,
      columns: { channel: row.channel, state: stateOf(row.state) },
    });
  }
  return found;
}
