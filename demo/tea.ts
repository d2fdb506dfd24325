/**
 * A year of tea in the demo: leaf weighed in, made, packed, released and labelled. HTX Thái Ninh makes more than a
 * tonne of dry tea a month, as a public text says of it; every weight, price and seller is invented and marked DEMO.
 */
import { listPlots, standardsOn } from '#domain/farming';
import { listProducers } from '#domain/producers';
import {
  addProduct,
  payTicket,
  printLabels,
  recordLotTest,
  recordStep,
  recordTicket,
  releaseLot,
  startRecall,
  type NewStepInput,
} from '#domain/trace';
import { runAs, type Runtime } from '#app/runtime';
import type { Ctx } from '#kernel/context';
import { isAppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { addDays, addMonths, instantAt, localDateOf, type LocalDate } from '#kernel/time';
import type { DemoCommune } from './communes.ts';
import { nameOf } from './people.ts';
import { seeded, type Random } from './random.ts';
import { HOUSES, STORY, STORY_EN, type House } from './tea-houses.ts';

const MONTHS = 12;
const GRADES_BOUGHT = ['mot_tom_hai_la', 'moc_cau', 'moc_cau', 'bup'] as const;

type Place = { runtime: Pick<Runtime, 'handle' | 'wiring'>; demo: DemoCommune; now: Date; random: Random };
type Maker = House & { id: string; plots: string[]; productIds: string[] };

/** Fills the register of lots for the year up to now; needs producers and plots. */
export async function buildTea(
  runtime: Pick<Runtime, 'handle' | 'wiring'>,
  demo: DemoCommune,
  now: Date,
): Promise<void> {
  const place: Place = { runtime, demo, now, random: seeded(1958) };
  const makers = await at(place, now, makersOf);
  const today = localDateOf(now);
  const packs: string[] = [];
  for (let back = MONTHS - 1; back >= 0; back -= 1) {
    const first = addDays(addMonths(today, -back), -27);
    for (const maker of makers)
      await at(place, instantAt(addDays(first, 27), 20), async (ctx) => {
        packs.push(...(await oneMonth(ctx, place, maker, first)));
      });
  }
  await at(place, now, async (ctx) => {
    for (const pack of packs.slice(-4))
      await printLabels(ctx, pack, { paper: 'a4-24', serialised: true, count: 24 });
    await startRecall(ctx, {
      id: newId(ctx.now),
      lotIds: [packs[1]!],
      reason: 'Thử quy trình thu hồi của bản chạy thử (DEMO): mẫu lưu bị ẩm.',
      publicVi: 'Lô này có thể bị ẩm khi bảo quản. Xin ngừng dùng và mang gói chè về nơi bán để đổi (DEMO).',
      publicEn: 'This lot may have become damp in storage. Please stop using it and return the pack (DEMO).',
    });
  });
}

/** Runs as of that moment, but never later than now; nobody is told of what happened long ago. */
function at<T>({ runtime, demo, now }: Place, when: Date, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const caller = { commune: demo.commune, actor: { kind: 'system', name: 'demo' } as const, silent: true };
  return runAs(runtime, { ...caller, now: when < now ? when : now }, work);
}

async function makersOf(ctx: Ctx): Promise<Maker[]> {
  const standards = await standardsOn(ctx, 'all', addDays(localDateOf(ctx.now), -200));
  const { items: plots } = await listPlots(ctx, { limit: 5_000 });
  const makers: Maker[] = [];
  for (const house of HOUSES) {
    const { items } = await listProducers(ctx, { q: house.producer });
    const producer = items[0]!;
    const fitting = plots.filter(({ id }) => standards.get(id)?.standard === house.standard);
    const chosen = nearby(fitting.length > 0 ? fitting : plots, producer.hamletId);
    const standard = fitting.length > 0 ? house.standard : 'none';
    const productIds: string[] = [];
    for (const { name, en, gtin, netG } of house.products)
      productIds.push(
        await addProduct(ctx, {
          producerId: producer.id,
          name,
          nameEn: en,
          gtin: gtin ?? null,
          netG,
          standard,
          shelfMonths: 18,
          makerName: producer.name,
          makerAddress: 'xã Tức Tranh, tỉnh Thái Nguyên',
          rules: 'TCVN 9740:2013',
          story: STORY,
          storyEn: STORY_EN,
          demo: true,
        }),
      );
    makers.push({ ...house, id: producer.id, plots: chosen, productIds });
  }
  return makers;
}

/** Leaf does not travel far: plots of the house's own hamlet and of the two that have most of them. */
function nearby(plots: readonly { id: string; hamletId: string }[], home: string | null): string[] {
  const byHamlet = [...Map.groupBy(plots, ({ hamletId }) => hamletId)].toSorted(
    ([a, some], [b, others]) => Number(b === home) - Number(a === home) || others.length - some.length,
  );
  return byHamlet.slice(0, 3).flatMap(([, some]) => some.slice(0, 40).map(({ id }) => id));
}

/** A month of a house. @returns its packed lots */
async function oneMonth(ctx: Ctx, place: Place, maker: Maker, first: LocalDate): Promise<string[]> {
  const today = localDateOf(ctx.now);
  const dried: Weighed[] = [];
  const perBatch = Math.ceil(maker.tickets / maker.batches);
  for (let batch = 0; batch < maker.batches; batch += 1) {
    const day = addDays(first, Math.floor((batch * 26) / maker.batches));
    if (day > today) break;
    const leaf = await weighIn(ctx, place, maker, { day, count: perBatch });
    if (leaf.length === 0) continue;
    dried.push(await make(ctx, place, leaf, day));
  }
  if (dried.length === 0) return [];
  return pack(ctx, place, maker, dried, addDays(first, 26));
}

type Weighed = { lotId: string; g: bigint };

async function weighIn(
  ctx: Ctx,
  { random, now }: Place,
  maker: Maker,
  { day, count }: { day: LocalDate; count: number },
): Promise<Weighed[]> {
  const leaf: Weighed[] = [];
  // A plot that was sprayed lately sells nothing that day: others are asked.
  for (let one = 0, asked = 0; one < count && asked < 4 * count; asked += 1) {
    const net = Math.round(maker.kg * (0.85 + random.next() * 0.3) * 10) * 100;
    const plotIds = [random.pick(maker.plots), random.pick(maker.plots), random.pick(maker.plots)];
    try {
      const ticket = await recordTicket(ctx, {
        id: newId(ctx.now),
        producerId: maker.id,
        sellerName: `${nameOf(random, random.chance(0.6) ? 'female' : 'male')} (DEMO)`,
        declared: { plotIds, pickedOn: day, grade: random.pick(GRADES_BOUGHT) },
        weighedAt: earlier(instantAt(day, 15 * 60 + one * 4), ctx.now),
        grossG: net + 2_400,
        tareG: 2_400,
        pricePerKg: BigInt(random.int(28, 46)) * 1_000n,
        payBy: addDays(day, 15),
        demo: true,
      });
      one += 1;
      leaf.push({ lotId: ticket.lotId, g: ticket.netG });
      if (now.getTime() - ctx.now.getTime() > 20 * 86_400_000) await payTicket(ctx, ticket.id);
    } catch (thrown) {
      if (!isAppError(thrown) || thrown.code !== 'trace.ticket.in_interval') throw thrown;
    }
  }
  return leaf;
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

/** From leaf to dry tea in one evening and night. */
async function make(ctx: Ctx, { random }: Place, leaf: readonly Weighed[], day: LocalDate): Promise<Weighed> {
  const share = (g: bigint, percent: number) => (g * BigInt(Math.round(percent * 10))) / 1_000n;
  const step = async (
    kind: NewStepInput['kind'],
    inputs: readonly Weighed[],
    percent: number,
    evidence: NonNullable<NewStepInput['evidence']>,
    minutes: number,
  ): Promise<Weighed> => {
    const g = share(
      inputs.reduce((sum, one) => sum + one.g, 0n),
      percent,
    );
    const happenedAt = earlier(instantAt(day, minutes), ctx.now);
    const recorded = {
      id: newId(ctx.now),
      kind,
      inputs: [...inputs],
      outputs: [{ g }],
      evidence,
      happenedAt,
    };
    return { lotId: (await recordStep(ctx, recorded)).lots[0]!.id, g };
  };
  const withered = await step('wither', leaf, 82, { minutes: random.int(90, 180) }, 18 * 60);
  const fixed = await step(
    'fix',
    [withered],
    68,
    { temperatureC: random.int(230, 270), minutes: 6 },
    20 * 60,
  );
  const rolled = await step('roll', [fixed], 97, { minutes: random.int(18, 30) }, 21 * 60);
  const dry = {
    temperatureC: random.int(90, 120),
    minutes: random.int(35, 60),
    moistureTenths: random.int(42, 60),
  };
  return step('dry', [rolled], 36.5 + random.next() * 2.5, dry, 23 * 60);
}

/** The month's tea blended, tested, packed as the house's products, and released. */
async function pack(
  ctx: Ctx,
  { random }: Place,
  maker: Maker,
  dried: readonly Weighed[],
  day: LocalDate,
): Promise<string[]> {
  const today = localDateOf(ctx.now);
  const packedAt = earlier(instantAt(day < today ? day : today, 9 * 60), ctx.now);
  const { lotId, g } = await blended(ctx, dried, packedAt);
  const sampled = addDays(localDateOf(packedAt), -1);
  await recordLotTest(ctx, lotId, {
    sampledOn: sampled,
    laboratory: 'Phòng thử nghiệm mẫu (DEMO)',
    number: `DEMO-${sampled}`,
    passed: true,
  });
  const packs: string[] = [];
  const part = g / BigInt(maker.productIds.length);
  for (const productId of maker.productIds) {
    const { lots } = await recordStep(ctx, {
      id: newId(ctx.now),
      kind: 'pack',
      inputs: [{ lotId, g: part }],
      outputs: [{ g: part - part / 200n, productId }],
      evidence: { moistureTenths: random.int(40, 55) },
      happenedAt: packedAt,
    });
    const packed = lots[0]!;
    await releaseLot(ctx, packed.id, { reason: 'Số liệu mẫu của bản chạy thử (DEMO).' });
    packs.push(packed.id);
    const sold = (packed.g * 7n) / 10n;
    const shipped = { id: newId(ctx.now), kind: 'ship' as const, happenedAt: ctx.now, outputs: [] };
    await recordStep(ctx, {
      ...shipped,
      inputs: [{ lotId: packed.id, g: sold }],
      buyer: random.pick([
        'Cửa hàng chè Thái Nguyên (DEMO)',
        'Đại lý Hà Nội (DEMO)',
        'Khách đặt trên mạng (DEMO)',
      ]),
      orderRef: `DEMO-${random.int(1000, 9999)}`,
    });
  }
  return packs;
}

async function blended(ctx: Ctx, inputs: readonly Weighed[], happenedAt: Date): Promise<Weighed> {
  if (inputs.length === 1) return inputs[0]!;
  const g = inputs.reduce((sum, one) => sum + one.g, 0n);
  const step = {
    id: newId(ctx.now),
    kind: 'blend' as const,
    inputs: [...inputs],
    outputs: [{ g }],
    happenedAt,
  };
  return { lotId: (await recordStep(ctx, step)).lots[0]!.id, g };
}
