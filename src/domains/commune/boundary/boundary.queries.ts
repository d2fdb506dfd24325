import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import type { MeasureQuestion } from '#kernel/measures';
import { displayValue } from '#kernel/measures';
import { localDateOf, type LocalDate } from '#kernel/time';
import type { Hamlet } from '../hamlet.ts';
import { listHamlets } from '../hamlet.queries.ts';
import type { Shape } from './boundary.ts';

export type Bounded = { id: string; name: string; shape: Shape; source: string };

/** The boundaries that hold now, of hamlets that exist today; in the commune's own order. */
export async function listBoundaries(ctx: Ctx): Promise<Bounded[]> {
  allow(ctx, 'commune.hamlet.see');
  const rows = await ctx.db
    .selectFrom('commune_hamlet_boundary')
    .select(['hamlet_id', 'shape', 'source'])
    .distinctOn('hamlet_id')
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('hamlet_id')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const held = new Map(rows.map((row) => [row.hamlet_id, row]));
  return (await listHamlets(ctx)).flatMap(({ id, name }) => {
    const row = held.get(id);
    return row ? [{ id, name, shape: row.shape as Shape, source: row.source }] : [];
  });
}

export type HamletFigure = { name: string; title: string; meaning: string; display: string };

/** What everybody may know of one hamlet in numbers: every room's public measure that can be asked for a hamlet. */
export async function hamletFigures(ctx: Ctx, hamlet: Pick<Hamlet, 'id'>): Promise<HamletFigure[]> {
  allow(ctx, 'commune.hamlet.see');
  const question: MeasureQuestion = { asOf: localDateOf(ctx.now), scope: `hamlet:${hamlet.id}` };
  const asked = ctx.wiring.measures.filter(
    ({ audience, scopes }) => audience === 'public' && scopes.includes('hamlet'),
  );
  const figures: HamletFigure[] = [];
  for (const { name, title, meaning, unit, compute } of asked)
    figures.push({
      name,
      title: title[ctx.locale],
      meaning: meaning[ctx.locale],
      display: displayValue(unit, await compute(ctx, question), ctx.locale),
    });
  return figures;
}

/** One thing counted by several: what the commune's register says for the days of the others, and what they say. */
export type Beside = { title: string; values: { value: number; day: LocalDate; source: string | null }[] };

/** Numbers that others published of a hamlet, each with day and source, and the register's own of the same day. */
export async function publishedBeside(ctx: Ctx, hamlet: Pick<Hamlet, 'id'>): Promise<Beside[]> {
  allow(ctx, 'commune.hamlet.see');
  const found: Beside[] = [];
  for (const ask of ctx.wiring.published)
    for (const { title, day, value, source, counted } of await ask(ctx, hamlet.id)) {
      const words = title(ctx.locale);
      let beside = found.find((one) => one.title === words);
      if (!beside) found.push((beside = { title: words, values: [] }));
      const own = beside.values.some((one) => one.source === null && one.day === day);
      if (!own) beside.values.push({ value: counted, day, source: null });
      beside.values.push({ value, day, source });
    }
  return found;
}
