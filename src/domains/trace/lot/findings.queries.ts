/** What is known of a lot before it is released: balance, land, water, tests, certificates. */
import { sql } from 'kysely';
import { areasM2On } from '#domain/farming';
import { publicCertificates } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { addDays, localDateOf, type LocalDate } from '#kernel/time';
import { judgeDrying, judgeMoisture, judgeYield, worstOf, type Verdict } from './balance.ts';
import { reachOf, readSources, type LotLine, type Source } from './lines.queries.ts';
import { findingsOf, type Finding, type Findings } from './release.ts';

/** Everything that speaks against releasing a lot, as of now. Without a right of its own. */
export async function readFindings(ctx: Ctx, lot: LotLine): Promise<Finding[]> {
  const behind = await reachOf(ctx, [lot.id], 'back');
  const sources = await readSources(ctx, behind);
  return findingsOf({
    kind: lot.kind,
    left: lot.leftG > 0n,
    recalled: lot.state === 'recalled',
    held: lot.state === 'held',
    drying: judgeDrying(lot.freshG, lot.madeG),
    yield: await yieldOf(ctx, sources),
    moisture: lot.moistureTenths === null ? 'unknown' : judgeMoisture(lot.moistureTenths),
    certificate: await certificateOf(ctx, lot, sources),
    test: await testOf(ctx, behind),
  });
}

/** The worst of the plots behind a lot: all leaf bought from it in the year before the picking, for its area. */
async function yieldOf(ctx: Ctx, sources: readonly Source[]): Promise<Verdict> {
  if (sources.length === 0) return 'usual';
  const last = sources.reduce(
    (latest, { pickedOn }) => (pickedOn > latest ? pickedOn : latest),
    sources[0]!.pickedOn,
  );
  const plotIds = [...new Set(sources.map(({ plotId }) => plotId))];
  const { rows } = await sql<{ lot_id: string; made_g: bigint; plots: string[] }>`
    select l.id as lot_id, l.made_g, array_agg(distinct s.plot_id)::text[] as plots from trace_lot l
    join trace_source s on s.commune_id = l.commune_id and s.lot_id = l.id
    where l.commune_id = ${ctx.commune.id} and not l.undone and l.id in (
      select lot_id from trace_source where commune_id = ${ctx.commune.id} and plot_id = any(${plotIds}::uuid[])
        and picked_on > ${addDays(last, -365)} and picked_on <= ${last})
    group by l.id, l.made_g`.execute(ctx.db);
  const areas = await areasM2On(ctx, [...new Set(rows.flatMap(({ plots }) => plots))], last);
  return worstOf(plotIds.map((plotId) => judgeYield(leafOf(plotId, rows, areas), areas.get(plotId) ?? 0)));
}

/** Leaf of several plots counts for each by its area. */
function leafOf(
  plotId: string,
  lots: readonly { made_g: bigint; plots: readonly string[] }[],
  areas: ReadonlyMap<string, number>,
): bigint {
  return lots.reduce((sum, { made_g, plots }) => {
    if (!plots.includes(plotId)) return sum;
    const all = plots.reduce((area, one) => area + (areas.get(one) ?? 0), 0);
    if (all === 0) return sum + made_g;
    return sum + (made_g * BigInt(Math.round(areas.get(plotId) ?? 0))) / BigInt(Math.round(all));
  }, 0n);
}

/** A label that names a standard needs a certificate that holds today. */
async function certificateOf(
  ctx: Ctx,
  lot: LotLine,
  sources: readonly Source[],
): Promise<Findings['certificate']> {
  const { labelStandard: said } = lot;
  if (said === 'none' || said === 'organic_conversion') return 'not_needed';
  const today = localDateOf(ctx.now);
  const ids = [...new Set(sources.flatMap(({ certificateIds }) => certificateIds))];
  const papers = await publicCertificates(ctx, { ids });
  return papers.some((paper) => paper.kind === said && paper.validOn(today)) ? 'holds' : 'ended';
}

/** The newest test of the lot or of anything it was made of decides. */
async function testOf(ctx: Ctx, behind: readonly string[]): Promise<Findings['test']> {
  const today: LocalDate = localDateOf(ctx.now);
  const newest = await ctx.db
    .selectFrom('trace_lot_test')
    .select(['passed', 'valid_to'])
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`lot_id = any(${[...behind]}::uuid[])`)
    .orderBy('sampled_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!newest) return 'missing';
  if (!newest.passed) return 'failed';
  return newest.valid_to !== null && newest.valid_to < today ? 'ended' : 'passed';
}
