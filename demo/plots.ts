/**
 * Tea plots of the demo: 1,145 hectares in all, somewhat under 80 of them in Khe Cốc (the commune's own figures at
 * 31/3/2024). Every outline is drawn by chance and marked DEMO: a field of the commune's real rectangle for each
 * hamlet, the plots apart from each other in it, held by the demo's households.
 */
import { communeBox } from '#domain/commune';
import { addArea, handOver, importPlots, recordTest, type NewPlot } from '#domain/farming';
import { listProducers } from '#domain/producers';
import { householdRefs, type HouseholdRef } from '#domain/registry';
import { runAs, type Runtime } from '#app/runtime';
import type { Ctx } from '#kernel/context';
import { addDays, localDate } from '#kernel/time';
import type { DemoCommune } from './communes.ts';
import { seeded, type Random } from './random.ts';

type Box = NonNullable<Awaited<ReturnType<typeof communeBox>>>;
type Corner = readonly [longitude: number, latitude: number];

/** Where the commune stood before the merger: Tức Tranh's rectangle, which the catalogue of units has too. */
const TUC_TRANH: Box = { south: 21.694517, west: 105.732593, north: 21.756471, east: 105.81645 };
const ALL_M2 = 11_450_000;
const KHE_COC = { plots: 150, m2: 796_000 };
const PLOTS_ELSEWHERE = 103;
const CULTIVARS = [
  ['trung_du', 40],
  ['ldp1', 30],
  ['kim_tuyen', 12],
  ['tri777', 10],
  ['phuc_van_tien', 8],
] as const;

/** Fills the register of plots; needs the households and producers of the demo. */
export async function buildPlots(
  runtime: Pick<Runtime, 'handle' | 'wiring'>,
  demo: DemoCommune,
  now: Date,
): Promise<void> {
  const caller = {
    commune: demo.commune,
    actor: { kind: 'system', name: 'demo' } as const,
    now,
    silent: true,
  };
  await runAs(runtime, caller, async (ctx) => {
    const random = seeded(1145);
    const areaId = await kheCocArea(ctx);
    const rows: NewPlot[] = [];
    const fields = fieldsOf(TUC_TRANH, demo.hamlets.length);
    const elsewhere = demo.hamlets.length - 1;
    for (const [at, hamlet] of demo.hamlets.entries()) {
      const households = await householdRefs(ctx, { hamletId: hamlet.id });
      const plots = at === 0 ? KHE_COC.plots : PLOTS_ELSEWHERE;
      const m2 = at === 0 ? KHE_COC.m2 : shareOf(at, elsewhere) * (ALL_M2 - KHE_COC.m2);
      const outlines = drawField(random, fields[at]!, plots, m2);
      rows.push(
        ...outlines.map((ring, plot) => plotOf(random, { hamlet, households, ring, plot, areaId, at })),
      );
    }
    const entered = await importPlots(ctx, rows);
    await someChangeHands(ctx, entered, rows);
    for (const kind of ['soil', 'water'] as const)
      await recordTest(ctx, {
        areaId,
        kind,
        sampledOn: '2025-03-12',
        laboratory: 'Phòng thử nghiệm mẫu (DEMO)',
        number: `DEMO-${kind === 'soil' ? 'DAT' : 'NUOC'}-01`,
        passed: true,
        validTo: '2027-03-11',
        demo: true,
      });
  });
}

/** Larger and smaller hamlets: pairs that are as much over the mean as under it. */
function shareOf(at: number, count: number): number {
  const swing = ((at - 1) >> 1) * 0.03;
  const paired = at < count || count % 2 === 0;
  return (1 + (paired ? (at % 2 === 0 ? -swing : swing) : 0)) / count;
}

async function kheCocArea(ctx: Ctx): Promise<string> {
  const { items } = await listProducers(ctx, { q: 'HTX chè an toàn Khe Cốc' });
  return addArea(ctx, {
    name: 'Vùng chè Khe Cốc (DEMO)',
    producerId: items[0]?.id ?? null,
    from: '2022-06-01',
    source: 'danviet.vn, 24/5/2023: xóm được cấp mã vùng trồng năm 2022; mã số chưa tìm thấy nên để trống',
    demo: true,
  });
}

type Place = {
  hamlet: { id: string };
  households: readonly HouseholdRef[];
  ring: Corner[];
  plot: number;
  areaId: string;
  at: number;
};

/** Plots of one household lie apart: a step that comes by every household. */
function stride(households: number): number {
  return households % 37 === 0 ? 41 : 37;
}

const FARMS = ['Đồi Cao', 'Đồi Sau', 'Bãi Trước', 'Gò Giữa', 'Sườn Đông', 'Ven Suối', 'Đồi Thông', 'Dốc Đá'];

function plotOf(random: Random, { hamlet, households, ring, plot, areaId, at }: Place): NewPlot {
  const cultivar = random.weighted(CULTIVARS);
  return {
    hamletId: hamlet.id,
    householdId: households[(plot * stride(households.length)) % households.length]?.id ?? null,
    areaId: at === 0 ? areaId : null,
    name: `${random.pick(FARMS)} (DEMO)`,
    slopeDeg: random.int(3, 24),
    irrigation: random.weighted([
      ['rain', 40],
      ['hose', 30],
      ['sprinkler', 22],
      ['hand', 8],
    ] as const),
    geometry: { type: 'Polygon', coordinates: [ring] },
    accuracyM: 3,
    madeBy: 'demo',
    source: { name: 'demo/plots.ts (DEMO)', row: plot + 1 },
    from: at === 0 ? '2022-06-01' : addDays(localDate('2020-01-01'), random.int(0, 1200)),
    cultivar,
    plantedYear: random.int(cultivar === 'trung_du' ? 1978 : 2002, 2019),
    demo: true,
  };
}

/** As many fields as hamlets, row by row over the rectangle; the first in its middle. */
function fieldsOf(box: Box, count: number): Box[] {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const [width, height] = [(box.east - box.west) / columns, (box.north - box.south) / rows];
  const fields = Array.from({ length: count }, (_, at) => {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    const [west, south] = [box.west + column * width, box.south + row * height];
    return { west, south, east: west + width, north: south + height };
  });
  const middle = Math.floor(count / 2);
  const [first] = fields.splice(middle, 1);
  return [first!, ...fields];
}

/** Metres of a degree of longitude and of latitude on the ellipsoid of WGS 84. */
function metresOfDegree(latitude: number): { lng: number; lat: number } {
  const [radians, half, e2] = [Math.PI / 180, 6_378_137, 0.006_694_38];
  const w = 1 - e2 * Math.sin(latitude * radians) ** 2;
  return {
    lng: (radians * half * Math.cos(latitude * radians)) / Math.sqrt(w),
    lat: (radians * half * (1 - e2)) / w ** 1.5,
  };
}

/** Outlines in a field, apart from each other, which together measure `m2`. */
function drawField(random: Random, field: Box, count: number, m2: number): Corner[][] {
  const degree = metresOfDegree((field.south + field.north) / 2);
  const width = (field.east - field.west) * degree.lng;
  const height = (field.north - field.south) * degree.lat;
  const columns = Math.ceil(Math.sqrt((count * width) / height));
  const rows = Math.ceil(count / columns);
  const [stepX, stepY] = [width / columns, height / rows];
  const weights = Array.from({ length: count }, () => 0.55 + random.next() * 0.9);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, at) => {
    const outline = drawOutline(random, (m2 * weight) / all);
    const reach = Math.max(...outline.map(([x, y]) => Math.max(Math.abs(x), Math.abs(y))));
    const play = (step: number) => (random.next() - 0.5) * Math.max(0, step - 2 * reach - 2);
    const x = ((at % columns) + 0.5) * stepX + play(stepX);
    const y = (Math.floor(at / columns) + 0.5) * stepY + play(stepY);
    return outline.map(([dx, dy]): Corner => [
      field.west + (x + dx) / degree.lng,
      field.south + (y + dy) / degree.lat,
    ]);
  });
}

/** A closed outline around the origin, in metres, of a given area: uneven, as a slope is. */
function drawOutline(random: Random, m2: number): [number, number][] {
  const corners = random.int(6, 11);
  const [turn, flat] = [random.next() * Math.PI, 0.75 + random.next() * 0.25];
  const ring = Array.from({ length: corners }, (_, at): [number, number] => {
    const angle = ((at + (random.next() - 0.5) * 0.5) / corners) * 2 * Math.PI;
    const radius = 0.85 + random.next() * 0.25;
    const [x, y] = [Math.cos(angle) * radius, Math.sin(angle) * radius * flat];
    return [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)];
  });
  const twice = ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % corners]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  const scale = Math.sqrt(m2 / (twice / 2));
  const scaled = ring.map(([x, y]): [number, number] => [x * scale, y * scale]);
  return [...scaled, scaled[0]!];
}

/** A few plots went to another household of the hamlet, so that histories are seen. */
async function someChangeHands(
  ctx: Ctx,
  entered: readonly { id: string }[],
  rows: readonly NewPlot[],
): Promise<void> {
  for (let at = 200; at < rows.length; at += 300) {
    const row = rows[at]!;
    const next = rows.slice(at + 1).find((other) => other.hamletId === row.hamletId);
    if (next?.householdId)
      await handOver(ctx, entered[at]!.id, { householdId: next.householdId, from: '2025-02-10' });
  }
}
