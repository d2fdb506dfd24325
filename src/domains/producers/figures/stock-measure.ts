/** A measure over the register as it stood at the end of a day. */
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import type { Measure, MeasureRecord } from '#kernel/measures';
import { allow, may } from '#kernel/rights';
import { localDate, startOfDay } from '#kernel/time';
import { publicNames } from '../profile/profile.queries.ts';
import { lineKindWords } from '../words.ts';
import type { Line, Lines } from './lines.ts';

export const SCOPES = ['commune', 'hamlet'] as const;

type Spec = Pick<Measure, 'name' | 'title' | 'meaning'> & { of: Lines };

/** A count of lines; the list is the same lines. */
export function stockMeasure({ of, ...words }: Spec): Measure {
  return {
    ...words,
    unit: 'count',
    scopes: SCOPES,
    audience: 'public',
    compute: async (ctx, question) => {
      allow(ctx, 'producers.figures.see');
      const numerator = await count(ctx, of(ctx, question));
      return { numerator, denominator: null, value: numerator };
    },
    list: async (ctx, question, _part, { offset, limit }) => {
      allow(ctx, 'producers.figures.see');
      const lines = of(ctx, question);
      const rows = await ctx.db
        .selectFrom(lines.as('line'))
        .selectAll()
        .orderBy('line.day', 'desc')
        .orderBy('line.id')
        .offset(offset)
        .limit(limit)
        .execute();
      return { total: await count(ctx, lines), records: await recordsOf(ctx, rows, offset) };
    },
  };
}

async function count(ctx: Ctx, lines: ReturnType<Lines>): Promise<number> {
  const { total } = await ctx.db
    .selectFrom(lines.as('line'))
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/**
 * The lines as the reader may see them: officials by name and with a link, in the hamlets of their grants; everybody
 * else by kind and hamlet only, numbered in the list, with the name of those who agreed to be shown.
 */
async function recordsOf(ctx: Ctx, rows: readonly Line[], offset: number): Promise<MeasureRecord[]> {
  const names = new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
  const ids = rows.flatMap(({ producer_id }) => producer_id ?? []);
  const shown = await publicNames(ctx, ids);
  return rows.map((row, at): MeasureRecord => {
    const open = may(ctx, 'producers.producer.see', { hamlet_id: row.hamlet_id });
    const known = row.producer_id === null ? undefined : shown.get(row.producer_id);
    const kind = lineKindWords(row.kind, ctx.locale);
    const inside = open && row.producer_id !== null ? `/producers/staff/${row.producer_id}` : null;
    // A craft village is recognised by a public decision.
    const label = open || row.producer_id === null ? row.name : (known?.name ?? kind);
    return {
      id: open ? row.id : String(offset + at + 1),
      at: startOfDay(localDate(row.day)),
      label,
      href: inside ?? (known ? `/producers/${known.slug}` : null),
      columns: { kind, hamlet: (row.hamlet_id && names.get(row.hamlet_id)) || '' },
    };
  });
}
