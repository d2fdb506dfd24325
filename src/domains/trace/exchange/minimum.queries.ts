/**
 * The minimum data of traceability (NĐ 37/2026/NĐ-CP art. 23.5, second-hand: not compared with the official text) of a
 * released pack, for the national portal and other systems: names of things and events with their times, nobody's name.
 */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { formatIso } from '#kernel/format';
import { allow } from '#kernel/rights';
import { lotUri } from '../derive/derive.ts';
import { findLot, reachOf } from '../lot/lines.queries.ts';
import type { StepKind } from '../lot/step.ts';
import { storyOf, type LotStory } from '../scan/scan.queries.ts';

export const MINIMUM_FORMAT = 'xa-so-nd37/1';

/** Days are `2026-11-23`, instants ISO 8601 with Viet Nam's offset; null where there is none. */
export type MinimumData = {
  format: typeof MINIMUM_FORMAT;
  /** Tên, hình ảnh, thương hiệu, tiêu chuẩn áp dụng. */
  product: {
    trace_code: string;
    name: string;
    name_en: string | null;
    picture: string | null;
    brand: string | null;
    net_g: number | null;
    standards: string | null;
  };
  /** Tên, địa chỉ đơn vị sản xuất, kinh doanh. */
  maker: { name: string; address: string | null };
  /** Xuất xứ; the location's code is that of the events' places. */
  origin: { location_code: string | null; hamlets: string[]; commune: string };
  /** Số lô, hạn sử dụng. */
  lot: { code: string; packed_on: string; best_before: string | null };
  /** Mã truy xuất nguồn gốc: product, place and lot in one address. */
  trace_code: string;
  /** Critical tracking events (TCVN 12850, GS1 GTS). */
  events: { kind: 'pick' | StepKind; at: string }[];
};

/** @throws AppError `trace.lot.not_found` (404) for what was never released */
export async function minimumData(ctx: Ctx, code: string): Promise<MinimumData> {
  allow(ctx, 'trace.scan.see');
  const { lot } = await findLot(ctx, code);
  const pack = mustExist(lot?.kind === 'pack' && lot.released ? lot : undefined, 'trace.lot');
  const story = await storyOf(ctx, pack.id);
  const { origin } = ctx.wiring.installation;
  return {
    format: MINIMUM_FORMAT,
    product: productOf(story, origin),
    maker: { name: story.product.makerName, address: story.product.makerAddress },
    origin: {
      location_code: pack.hamletId === null ? null : `urn:uuid:${pack.hamletId}`,
      hamlets: story.origin.hamlets.map(({ name }) => name),
      commune: ctx.commune.name,
    },
    lot: { code: pack.code, packed_on: pack.madeOn, best_before: pack.bestBefore },
    trace_code: lotUri(origin, pack),
    events: await eventsBehind(ctx, pack.id, story),
  };
}

function productOf({ product }: LotStory, origin: string): MinimumData['product'] {
  return {
    trace_code: product.gtin,
    name: product.name,
    name_en: product.nameEn,
    picture: product.picture && `${origin}/anh-che/${product.gtin}`,
    brand: product.brand,
    net_g: product.netG,
    standards: product.rules,
  };
}

async function eventsBehind(ctx: Ctx, lotId: string, { picked }: LotStory): Promise<MinimumData['events']> {
  const behind = await reachOf(ctx, [lotId], 'back');
  const { rows } = await sql<{ kind: StepKind; at: Date }>`
    select distinct s.kind, s.happened_at as at from trace_step s
    join trace_step_lot n on n.commune_id = s.commune_id and n.step_id = s.id and n.side = 'out'
    where s.commune_id = ${ctx.commune.id} and n.lot_id = any(${behind}::uuid[]) order by 2, 1`.execute(
    ctx.db,
  );
  const days = picked === null ? [] : [...new Set([picked.from, picked.to])];
  return [
    ...days.map((day) => ({ kind: 'pick' as const, at: day })),
    ...rows.map(({ kind, at }) => ({ kind, at: formatIso(at) })),
  ];
}
