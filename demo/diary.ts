/**
 * A year of tea diaries, dated relative to the first start: every plot of Khe Cốc and of every twelfth household
 * elsewhere, six to eight flushes a year, 30 to 45 days apart, with what is sprayed, spread and watered between
 * them. Entered through the verb, as phones send it: what came within two days in one sending.
 */
import { runAs, type Runtime } from '#app/runtime';
import { appointTechnician, listPlots, recordEntries, standardsOn, type EntryInput } from '#domain/farming';
import { listProducers, membershipsOf } from '#domain/producers';
import type { Actor, Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { holdsOn } from '#kernel/span';
import { addDays, instantAt, localDateOf, type LocalDate } from '#kernel/time';
import type { DemoCommune } from './communes.ts';
import { seeded, type Random } from './random.ts';
import { buyForTheYear, type Shelf } from './tea-stores.ts';

type Garden = {
  householdId: string;
  plotIds: string[];
  areaM2: number;
  organic: boolean;
  looked: boolean;
  /** The lots that its entries name. */
  shelf: Shelf;
};
type Planned = { at: Date; garden: Garden; entry: EntryInput };
type Place = { runtime: Pick<Runtime, 'handle' | 'wiring'>; demo: DemoCommune; technician: Actor };

const SYSTEM: Actor = { kind: 'system', name: 'demo' };
const DAYS = 360;
const FLUSH_DAYS = 41;

/** Needs the plots and producers of the demo. @param every a smaller stage takes every so manieth household only */
export async function buildDiary(
  runtime: Place['runtime'],
  demo: DemoCommune,
  now: Date,
  technician: Actor,
  every = 1,
): Promise<void> {
  const place: Place = { runtime, demo, technician };
  const all = await as(place, SYSTEM, now, (ctx) => gardensOf(ctx, demo, technician));
  const today = localDateOf(now);
  const gardens = await stocked(
    place,
    all.filter((_, at) => at % every === 0),
    today,
  );
  const random = seeded(31_2024);
  const planned = gardens.flatMap((garden) => yearOf(random, garden, today));
  await sendAll(place, planned, now);
  await mishaps(place, gardens, now);
}

function as<T>(
  { runtime, demo }: Place,
  actor: Actor,
  now: Date,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  return runAs(runtime, { commune: demo.commune, actor, now, silent: true }, work);
}

/** The store of everybody whom the technician looks after, and of every eighth other garden. */
async function stocked(place: Place, gardens: Garden[], today: LocalDate): Promise<Garden[]> {
  const buyers = gardens.filter(({ looked }, at) => looked || at % 8 === 0);
  const yearAgo = instantAt(addDays(today, -DAYS - 30), 600);
  const shelves = await as(place, SYSTEM, yearAgo, (ctx) => buyForTheYear(ctx, buyers, today));
  return gardens.map((garden) => ({ ...garden, shelf: shelves.get(garden.householdId) ?? garden.shelf }));
}

async function gardensOf(ctx: Ctx, demo: DemoCommune, technician: Actor): Promise<Garden[]> {
  const members = await appoint(ctx, technician);
  const { items } = await listPlots(ctx, { limit: 10_000 });
  const standards = await standardsOn(ctx, 'all', localDateOf(ctx.now));
  const byHousehold = Map.groupBy(
    items.filter((plot) => plot.householdId !== null),
    (plot) => plot.householdId!,
  );
  const kheCoc = demo.hamlets[0]!.id;
  return [...byHousehold].flatMap(([householdId, plots], at) => {
    if (plots[0]!.hamletId !== kheCoc && at % 12 !== 0) return [];
    const organic = plots.some(({ id }) => standards.get(id)?.standard.startsWith('organic'));
    const areaM2 = plots.reduce((sum, plot) => sum + (plot.areaM2 ?? 0), 0);
    const plotIds = plots.map(({ id }) => id);
    return [{ householdId, plotIds, areaM2, organic, looked: members.has(householdId), shelf: new Map() }];
  });
}

/** The technician of the organic group of Khe Cốc; the households of whose members she writes. */
async function appoint(ctx: Ctx, technician: Actor): Promise<Set<string>> {
  const { items } = await listProducers(ctx, { q: 'Tổ sản xuất chè hữu cơ Khe Cốc 2' });
  const [group] = items;
  if (!group || technician.kind !== 'person') return new Set();
  await appointTechnician(ctx, {
    producerId: group.id,
    userId: technician.userId,
    name: technician.name,
    from: addDays(localDateOf(ctx.now), -DAYS - 30),
  });
  const days = [localDateOf(ctx.now), addDays(localDateOf(ctx.now), -DAYS - 30)];
  const members = await membershipsOf(ctx, { producerIds: [group.id] });
  const whole = members.filter((member) => days.every((day) => holdsOn(member, day)));
  return new Set(whole.map(({ householdId }) => householdId));
}

/** What one household does in a year; nothing is picked in the two coldest months. */
function yearOf(random: Random, garden: Garden, today: LocalDate): Planned[] {
  const phase = random.int(2, 30);
  const entries: Planned[] = [];
  for (let flush = 0; flush * FLUSH_DAYS + phase < DAYS - 40; flush += 1) {
    const day = addDays(today, -(flush * FLUSH_DAYS + phase));
    if (['01', '02'].includes(day.slice(5, 7))) continue;
    entries.push(...flushOf(random, garden, day, flush));
  }
  return entries;
}

function flushOf(random: Random, garden: Garden, day: LocalDate, flush: number): Planned[] {
  const found = [picked(random, garden, day)];
  if (flush % 2 === 0) found.push(fertilised(random, garden, addDays(day, -28)));
  if (random.chance(0.4)) found.push(sprayed(random, garden, addDays(day, -random.int(9, 16)), flush));
  if (random.chance(0.35))
    found.push(
      worked(random, garden, addDays(day, -20), 'care', random.pick(['Làm cỏ', 'Đốn phớt', 'Tủ gốc'])),
    );
  if (random.chance(0.2)) found.push(worked(random, garden, addDays(day, -6), 'irrigate', 'Tưới phun mưa'));
  return found;
}

type Details = Pick<EntryInput, 'kind' | 'details'>;

function planned(random: Random, garden: Garden, day: LocalDate, what: Details, minutes: number): Planned {
  const at = instantAt(day, minutes + random.int(0, 90));
  const entry = {
    id: newId(at),
    happened_at: at.toISOString(),
    recorded_at: at.toISOString(),
    household_id: garden.householdId,
    plot_ids: garden.plotIds,
    ...what,
  } as EntryInput;
  return { at, garden, entry };
}

/** Fresh leaf of one flush: 90 to 150 g a square metre, 7 to 12 tonnes a hectare in a year. */
function picked(random: Random, garden: Garden, day: LocalDate): Planned {
  const leaf_g = Math.max(1_000, Math.round((garden.areaM2 * random.int(90, 150)) / 100) * 100);
  const grade = random.weighted([
    ['bup', 40],
    ['mot_tom_hai_la', 30],
    ['moc_cau', 18],
    ['tom_non', 10],
    ['non_tom', 2],
  ] as const);
  const details = { leaf_g, grade, pickers: random.int(1, 6) };
  return planned(random, garden, day, { kind: 'pick', details }, 360);
}

const SPRAYS = [
  ['matrine', 'ml_per_ha', 900, 'rầy xanh'],
  ['bt', 'g_per_ha', 800, 'sâu cuốn lá'],
  ['azadirachtin', 'ml_per_ha', 1_000, 'bọ cánh tơ'],
] as const;

function sprayed(random: Random, garden: Garden, day: LocalDate, flush: number): Planned {
  const [product_code, dose_unit, dose, pest] = SPRAYS[flush % SPRAYS.length]!;
  const area_m2 = Math.max(1, garden.areaM2);
  const stock_id = garden.shelf.get(product_code) ?? null;
  const details = {
    product_code,
    stock_id,
    dose_unit,
    dose,
    area_m2,
    pest,
    water_l: Math.ceil(area_m2 / 20),
  };
  return planned(random, garden, day, { kind: 'spray', details }, 960);
}

function fertilised(random: Random, garden: Garden, day: LocalDate): Planned {
  const product_code = garden.organic ? 'phan_huu_co_vi_sinh' : random.pick(['npk_16_16_8', 'phan_chuong_u']);
  const amount = Math.max(5, Math.round(garden.areaM2 * 0.03));
  const stock_id = garden.shelf.get(product_code) ?? null;
  const details = { product_code, stock_id, amount, unit: 'kg' as const };
  return planned(random, garden, day, { kind: 'fertilise', details }, 420);
}

function worked(
  random: Random,
  garden: Garden,
  day: LocalDate,
  kind: 'care' | 'irrigate',
  what: string,
): Planned {
  return planned(random, garden, day, { kind, details: { what } }, 480);
}

/** Sends what two days brought, in the evening of the second: by the households, or by their technician. */
async function sendAll(place: Place, entries: readonly Planned[], now: Date): Promise<void> {
  const span = 2 * 86_400_000;
  const batches = Map.groupBy(
    entries,
    ({ at, garden }) => `${Math.floor(at.getTime() / span)} ${garden.looked}`,
  );
  const ordered = [...batches.values()].toSorted((a, b) => a[0]!.at.getTime() - b[0]!.at.getTime());
  for (const batch of ordered) {
    const last = Math.max(...batch.map(({ at }) => at.getTime()));
    const sentAt = new Date(Math.min(now.getTime(), last + 3_600_000));
    const actor = batch[0]!.garden.looked ? place.technician : SYSTEM;
    const sent = batch.filter(({ at }) => at <= now).map(({ entry }) => entry);
    await as(place, actor, sentAt, (ctx) => recordEntries(ctx, sent));
  }
}

/** What a diary has to show: a spraying that came late, a picking and a spraying that were refused, a correction. */
async function mishaps(place: Place, gardens: readonly Garden[], now: Date): Promise<void> {
  const random = seeded(7);
  const today = localDateOf(now);
  const plain = gardens.filter(({ organic, looked }) => !organic && !looked);
  const [first, second, third, fourth] = plain;
  if (!first || !second || !third || !fourth) return;
  const day = addDays(today, -8);
  const send = (...entries: Planned[]) =>
    as(place, SYSTEM, now, (ctx) =>
      recordEntries(
        ctx,
        entries.map(({ entry }) => entry),
      ),
    );
  await send(picked(random, first, day));
  await send(sprayed(random, first, addDays(day, -1), 0));
  await send(sprayed(random, second, addDays(today, -4), 0));
  await send(picked(random, second, addDays(today, -2)));
  const banned = sprayed(random, third, addDays(today, -5), 0);
  Object.assign(banned.entry.details, { product_code: 'glyphosate', stock_id: null, pest: 'cỏ' });
  await send(banned);
  const wrong = picked(random, fourth, addDays(today, -3));
  await send(wrong);
  const right = picked(random, fourth, addDays(today, -3));
  await send({ ...right, entry: { ...right.entry, corrects: wrong.entry.id } });
}
