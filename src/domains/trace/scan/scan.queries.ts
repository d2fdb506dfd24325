/** What a buyer reads of a pack: the lot's public life; no household, no grower, no clerk by name. */
import { sql } from 'kysely';
import { originOf, type Origin, type PlotStandard } from '#domain/farming';
import { phoneOnPacks, publicCertificates } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { addDays, localDate, localDateOf, type LocalDate } from '#kernel/time';
import { reachOf, readSources } from '../lot/lines.queries.ts';
import type { Product } from '../lot/product.ts';
import { readProducts } from '../lot/product.queries.ts';
import { isSuspicious, SCAN_LIMITS } from './scan.ts';

export type Asked = { gtin: string; code: string; serial: string | null };

/** What can change from one moment to the next. */
export type Standing = {
  lotId: string;
  state: 'released' | 'held' | 'recalled';
  recall: { code: string; vi: string; en: string | null; since: Date } | null;
  /** Of the pack's own number; null where none was scanned. */
  serial: 'printed' | 'unknown' | 'suspicious' | null;
};

/** What stays as it is, but for corrections. */
export type LotStory = {
  product: Product;
  /** Where the maker agreed to have it here. */
  phone: string | null;
  origin: Origin;
  standard: PlotStandard;
  picked: { from: LocalDate; to: LocalDate } | null;
  /** The last day of drying. */
  madeOn: LocalDate | null;
  packedOn: LocalDate;
  bestBefore: LocalDate | null;
  certificates: {
    kind: string;
    number: string;
    issuer: string;
    holder: string;
    stars: number | null;
    validTo: LocalDate | null;
    valid: boolean;
  }[];
  tests: { sampledOn: LocalDate; laboratory: string; passed: boolean }[];
};

/**
 * How a released lot stands right now. @throws AppError `trace.lot.not_found` (404) for what was never released: it has
 * no label
 */
export async function standingOf(ctx: Ctx, asked: Asked): Promise<Standing> {
  allow(ctx, 'trace.scan.see');
  const [standing] = await standingsOf(ctx, [asked]);
  return mustExist(standing ?? undefined, 'trace.lot');
}

type StandingRow = {
  at: number;
  id: string;
  state: string;
  recall: { code: string; vi: string; en: string | null; since: string } | null;
  printed: boolean;
  scans: number | null;
  marks: bigint | null;
};

/** The same of several at once, in their order; null for what was never released. */
export async function standingsOf(ctx: Ctx, asked: readonly Asked[]): Promise<(Standing | null)[]> {
  allow(ctx, 'trace.scan.see');
  const { rows } = await sql<StandingRow>`
    select a.at::int, l.id, l.state,
      case when l.recalled then (select json_build_object('code', r.code, 'vi', r.public_vi, 'en', r.public_en,
          'since', r.started_at)
        from trace_recall_lot n join trace_recall r on r.commune_id = n.commune_id and r.id = n.recall_id
        where n.commune_id = l.commune_id and n.lot_id = l.id and r.ended_at is null
        order by r.started_at desc limit 1) end as recall,
      a.serial <> '' and exists (select from trace_serial s where s.commune_id = l.commune_id and s.lot_id = l.id
        and s.serial = a.serial) as printed, c.scans, c.marks
    from unnest(${asked.map(({ gtin }) => gtin)}::text[], ${asked.map(({ code }) => code)}::text[],
      ${asked.map(({ serial }) => serial ?? '')}::text[]) with ordinality as a (gtin, code, serial, at)
    join trace_lot l on l.commune_id = ${ctx.commune.id} and l.code = a.code and l.kind = 'pack'
      and l.released_at is not null
    join trace_product p on p.commune_id = l.commune_id and p.id = l.product_id and p.gtin = a.gtin
    left join lateral (select sum(scans)::int as scans, bit_or(places) as marks from trace_scan
      where a.serial <> '' and commune_id = l.commune_id and lot_id = l.id and serial = a.serial
        and day > ${addDays(localDateOf(ctx.now), -SCAN_LIMITS.days)}) c on true`.execute(ctx.db);
  const found = new Map(rows.map((row) => [row.at, row]));
  return asked.map(({ serial }, at) => {
    const row = found.get(at + 1);
    return row ? standingIn(row, serial) : null;
  });
}

function standingIn(row: StandingRow, serial: string | null): Standing {
  const copied = isSuspicious({ scans: row.scans ?? 0, marks: row.marks ?? 0n });
  return {
    lotId: row.id,
    state: row.state === 'recalled' || row.state === 'held' ? row.state : 'released',
    recall: row.recall && { ...row.recall, since: new Date(row.recall.since) },
    serial: serial === null ? null : !row.printed ? 'unknown' : copied ? 'suspicious' : 'printed',
  };
}

/** The life of a lot that was found by {@link standingOf}. @throws AppError `trace.lot.not_found` */
export async function storyOf(ctx: Ctx, lotId: string): Promise<LotStory> {
  allow(ctx, 'trace.scan.see');
  const lot = await ctx.db
    .selectFrom('trace_lot')
    .select(['product_id', 'producer_id', 'made_on', 'best_before'])
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', lotId)
    .where('released_at', 'is not', null)
    .executeTakeFirst();
  const { product_id, producer_id, made_on, best_before } = mustExist(lot, 'trace.lot');
  const [product] = await readProducts(ctx, sql`p.id = ${product_id}`);
  const behind = await reachOf(ctx, [lotId], 'back');
  const sources = await readSources(ctx, behind);
  const days = sources.map(({ pickedOn }) => pickedOn).toSorted();
  const certificateIds = [...new Set(sources.flatMap((source) => source.certificateIds))];
  return {
    product: product!,
    phone: await phoneOnPacks(ctx, producer_id),
    origin: await originOf(ctx, [...new Set(sources.map(({ plotId }) => plotId))]),
    standard: product!.standard,
    picked: days.length > 0 ? { from: days[0]!, to: days.at(-1)! } : null,
    madeOn: await lastDried(ctx, behind),
    packedOn: localDate(made_on),
    bestBefore: best_before === null ? null : localDate(best_before),
    certificates: await certificatesOf(ctx, product!, producer_id, certificateIds),
    tests: await testsOf(ctx, behind),
  };
}

async function lastDried(ctx: Ctx, behind: readonly string[]): Promise<LocalDate | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(s.happened_at) as at from trace_step s
    join trace_step_lot n on n.commune_id = s.commune_id and n.step_id = s.id and n.side = 'out'
    where s.commune_id = ${ctx.commune.id} and s.kind = 'dry' and n.lot_id = any(${[...behind]}::uuid[])`.execute(
    ctx.db,
  );
  const at = rows[0]?.at ?? null;
  return at === null ? null : localDateOf(at);
}

/** What a buyer reads through. */
const MOST_PAPERS = 8;

/** Those of the land count where the label says so; those of the maker always. */
async function certificatesOf(
  ctx: Ctx,
  product: Product,
  producerId: string,
  ids: readonly string[],
): Promise<LotStory['certificates']> {
  const today = localDateOf(ctx.now);
  const land = (await publicCertificates(ctx, { ids })).filter(({ kind }) => kind === product.standard);
  const own = await publicCertificates(ctx, { producerIds: [producerId] });
  const all = [...new Map([...own, ...land].map((paper) => [paper.id, paper])).values()];
  const shown = all
    .map(({ kind, number, issuer, producerName: holder, stars, validTo, validOn }) => ({
      kind,
      number,
      issuer,
      holder,
      stars,
      validTo,
      valid: validOn(today),
    }))
    .filter(({ valid, kind }) => valid || kind === product.standard);
  return shown.slice(0, MOST_PAPERS);
}

async function testsOf(ctx: Ctx, behind: readonly string[]): Promise<LotStory['tests']> {
  const rows = await ctx.db
    .selectFrom('trace_lot_test')
    .select(['sampled_on', 'laboratory', 'passed'])
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`lot_id = any(${[...behind]}::uuid[])`)
    .orderBy('sampled_on', 'desc')
    .limit(6)
    .execute();
  return rows.map(({ sampled_on, laboratory, passed }) => ({
    sampledOn: localDate(sampled_on),
    laboratory,
    passed,
  }));
}
