/** What a phone needs for weeks without reception. */
import { memberNames, membershipsOf } from '#domain/producers';
import { sql } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { holdsOn } from '#kernel/span';
import { addDays, localDateOf } from '#kernel/time';
import { holdersOf } from '../diary/access.ts';
import { intervalsFor } from '../diary/book.ts';
import { readEntries, type DiaryEntry } from '../diary/entries.queries.ts';
import { readBook, readLabels } from '../diary/read-book.queries.ts';
import { listRefusals } from '../diary/refusals.queries.ts';
import { producersLookedAfter, readWriter } from '../diary/writer.queries.ts';
import { phiOf } from '../gate/interval.ts';
import { PRODUCTS } from '../input/product.ts';
import { readStockOf } from '../input/stock.queries.ts';
import { readLines } from '../plot/lines.queries.ts';
import { readShapesOn } from '../plot/shape.queries.ts';
import { readStandards } from '../plot/standard.queries.ts';

/** Of the shape of the bundle: a phone that knows another one asks for a new version of itself. */
export const BUNDLE_VERSION = 1;

/** Days of entries that a phone keeps. */
const DAYS = 400;

/** Everything that the asker writes for: the own household's, and as a technician that of members. */
export async function bundleFor(ctx: Ctx) {
  allow(ctx, 'farming.device.use');
  const { holders, names, household } = await diariesOf(ctx);
  const ids = holders.map(({ id }) => id);
  const plots = await plotsOf(ctx, ids);
  return {
    version: BUNDLE_VERSION,
    person: {
      id: actorId(ctx.actor),
      name: ctx.actor.kind === 'person' ? ctx.actor.name : '',
      household_id: household,
    },
    holders: holders.map(({ id, producer }) => ({
      household_id: producer ? null : id,
      producer_id: producer ? id : null,
      name: names.get(id) ?? null,
      own: id === household,
    })),
    plots,
    ...(await inputsFor(ctx, ids)),
    entries: (await entriesOf(ctx, ids)).map(entryView),
    refusals: household === null ? [] : await refusalsOf(ctx, household),
    intervals: await intervalsOf(
      ctx,
      plots.map(({ id }) => id),
    ),
  };
}

async function plotsOf(ctx: Ctx, holders: readonly string[]) {
  const today = localDateOf(ctx.now);
  const held = sql`any(${[...holders]}::uuid[])`;
  const { rows } = await sql<{ plot_id: string }>`select distinct plot_id from farming_plot_holder
    where commune_id = ${ctx.commune.id} and (household_id = ${held} or producer_id = ${held})
      and from_day <= ${today} and (last_day is null or last_day >= ${today})`.execute(ctx.db);
  const ids = rows.map((row) => row.plot_id);
  const lines = await readLines(ctx, { on: today, ids });
  const shapes = await readShapesOn(ctx, ids, today);
  const standards = await readStandards(ctx, ids, today);
  return lines.map((line) => ({
    id: line.id,
    code: line.code,
    name: line.name,
    household_id: line.householdId,
    producer_id: line.producerId,
    area_m2: line.areaM2,
    standard: standards.get(line.id)?.standard ?? 'none',
    shape: shapes.get(line.id)?.geometry ?? null,
  }));
}

type Diary = { id: string; producer: boolean };

/** For whom the asker writes today: the own household, producers as a technician, their members. */
export async function diariesOf(
  ctx: Ctx,
): Promise<{ household: string | null; holders: Diary[]; names: Map<string, string> }> {
  allow(ctx, 'farming.device.use');
  const producers = [...(await producersLookedAfter(ctx))];
  const today = localDateOf(ctx.now);
  const members =
    producers.length === 0
      ? []
      : (await membershipsOf(ctx, { producerIds: producers })).filter((one) => holdsOn(one, today));
  const writer = await readWriter(ctx, { households: members.map((one) => one.householdId), producers });
  const names =
    producers.length === 0
      ? new Map<string, string>()
      : await memberNames(ctx, producers, { lookedAfter: true });
  const holders = [...new Set(holdersOf(writer))].sort();
  return {
    household: writer.household,
    names,
    holders: holders.map((id) => ({ id, producer: producers.includes(id) })),
  };
}

async function inputsFor(ctx: Ctx, holders: readonly string[]) {
  const labels = await readLabels(ctx);
  return {
    products: PRODUCTS.map((product) => ({ ...product, phi_days: phiOf(product.code, labels) })),
    labels: [...labels].map(([product_code, phi_days]) => ({ product_code, phi_days })),
    stock: (await readStockOf(ctx, holders)).map((lot) => ({
      id: lot.id,
      household_id: lot.householdId,
      producer_id: lot.producerId,
      product_code: lot.productCode,
      lot: lot.lot,
      expiry: lot.expiry,
      unit: lot.unit,
      left: lot.left,
    })),
  };
}

function entriesOf(ctx: Ctx, holders: readonly string[]): Promise<DiaryEntry[]> {
  const mine = sql`(e.household_id = any(${[...holders]}::uuid[]) or e.producer_id = any(${[...holders]}::uuid[]))`;
  const since = addDays(localDateOf(ctx.now), -DAYS);
  return readEntries(ctx, sql`e.commune_id = ${ctx.commune.id} and ${mine} and e.happened_on >= ${since}`);
}

/** As the phone sent it, with what the commune knows besides. */
function entryView(entry: DiaryEntry) {
  return {
    id: entry.id,
    kind: entry.kind,
    happened_at: entry.happenedAt.toISOString(),
    recorded_at: entry.recordedAt.toISOString(),
    received_at: entry.receivedAt.toISOString(),
    household_id: entry.householdId,
    producer_id: entry.producerId,
    plot_ids: entry.plots.map(({ id }) => id),
    details: entry.details,
    corrects: entry.corrects,
    corrected_by: entry.correctedBy,
    voids: entry.voids,
    by_technician: entry.byTechnician,
    late: entry.late,
    back_dated: entry.backDated,
    remarks: entry.remarks,
    photos: entry.photos.map(({ id }) => id),
  };
}

async function refusalsOf(ctx: Ctx, householdId: string) {
  return (await listRefusals(ctx, { householdId })).map((refusal) => ({
    id: refusal.id,
    entry_id: refusal.entryId,
    entry_json: refusal.json,
    codes: refusal.codes,
    at: refusal.at.toISOString(),
    blocking: refusal.blocking,
  }));
}

/** Intervals that reach beyond today, or whose end is not known. */
async function intervalsOf(ctx: Ctx, plotIds: readonly string[]) {
  const today = localDateOf(ctx.now);
  const book = await readBook(ctx, { plotIds, from: ctx.now });
  return intervalsFor(book, plotIds)
    .filter(({ until }) => until === null || until > today)
    .map((one) => ({
      plot_id: one.plotId,
      entry_id: one.entryId,
      since: one.since.toISOString(),
      until: one.until,
      product_code: one.productCode,
      refused: one.refused,
    }));
}
