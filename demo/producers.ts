/**
 * Producers of the demo: the commune's figures at 31/03/2024 (8 cooperatives, 16 VietGAP and 2 organic groups, 15
 * craft hamlets, 58.5 million đồng a person in 2022). Only names that public texts give stand without DEMO; members,
 * numbers and decisions are invented, and no person stands behind a name.
 */
import {
  addCertificate,
  addMember,
  addProducer,
  endMember,
  giveConsent,
  recogniseCraftVillage,
  recordIncome,
  setStandard,
  type NewProducer,
} from '#domain/producers';
import { householdRefs, type HouseholdRef } from '#domain/registry';
import { runAs, type Runtime } from '#app/runtime';
import type { Ctx } from '#kernel/context';
import { addDays, localDateOf, type LocalDate } from '#kernel/time';
import type { DemoCommune } from './communes.ts';
import { nameOf, phoneOf } from './people.ts';
import { seeded, type Random } from './random.ts';

type Place = {
  ctx: Ctx;
  demo: DemoCommune;
  random: Random;
  today: LocalDate;
  /** By hamlet, those that belong to no producer yet. */
  households: Map<string, HouseholdRef[]>;
};

const GROUPS_VIETGAP = 16;
const CRAFT_HAMLETS = 15;
const HOUSEHOLD_BUSINESSES = 46;
const TEA = ['tea_growing', 'tea_making'];
const SERIES = 3;

/** Fills the register of producers. @param now the demo's first start: papers that end soon are dated from it */
export async function buildProducers(
  runtime: Pick<Runtime, 'handle' | 'wiring'>,
  demo: DemoCommune,
  now: Date,
): Promise<void> {
  const { commune } = demo;
  const caller = { commune, actor: { kind: 'system', name: 'demo' } as const, now, silent: true };
  await runAs(runtime, caller, async (ctx) => {
    const place = { ctx, demo, random: seeded(2024), today: localDateOf(now), households: new Map() };
    await buildCooperatives(place);
    await buildGroups(place);
    await buildBusinesses(place);
    await buildCraftVillages(place);
    await recordIncome(ctx, {
      year: 2022,
      amount: 58_500_000n,
      source: 'Số liệu của xã nêu trên báo, năm 2023 (chưa đối chiếu báo cáo gốc)',
      statedOn: '2023-06-05',
    });
  });
}

/** Eight cooperatives; the two named ones stand in public texts. */
async function buildCooperatives(place: Place): Promise<void> {
  const named = ['HTX sản xuất trà an toàn Thái Ninh', 'HTX chè an toàn Khe Cốc'];
  for (let at = 0; at < 8; at += 1) {
    const hamlet = place.demo.hamlets[at === 1 ? 0 : (at * 2 + 1) % place.demo.hamlets.length]!;
    const name = named[at] ?? `HTX chè Mẫu ${at + 1} (DEMO)`;
    const id = await enter(place, at, {
      kind: 'cooperative',
      name,
      hamletId: hamlet.id,
      trades: [...TEA, 'tea_trading', ...(at < 2 ? ['tourism'] : [])],
      from: `20${14 + at}-04-01`,
      about: 'Hợp tác xã làm chè của xã. Lời giới thiệu mẫu của bản chạy thử (DEMO).',
      aboutEn: 'A tea cooperative of the commune. A sample introduction of the demonstration (DEMO).',
    });
    await addPeople(place, id, { count: at === 1 ? 15 : 8, hamletId: hamlet.id, from: `20${14 + at}-04-01` });
    await addPaper(place, id, { kind: 'cooperative_registration', at, from: `20${14 + at}-04-01` });
    if (at < 4)
      await addPaper(place, id, {
        kind: 'ocop',
        at,
        from: '2023-12-01',
        ends: 10 + at * 25,
        stars: 3 + (at % 2),
      });
    if (at < 7)
      await giveConsent(place.ctx, id, { parts: ['profile'], givenBy: 'Đại diện hợp tác xã (DEMO)' });
  }
}

async function buildGroups(place: Place): Promise<void> {
  const { ctx, demo } = place;
  for (let at = 0; at < GROUPS_VIETGAP; at += 1) {
    const hamlet = demo.hamlets[at % demo.hamlets.length]!;
    const from = `20${19 + (at % 4)}-0${1 + (at % 9)}-15`;
    const name = `Tổ hợp tác chè VietGAP ${hamlet.name} (DEMO)`;
    const id = await enter(place, 20 + at, { kind: 'group', name, hamletId: hamlet.id, trades: TEA, from });
    await setStandard(ctx, id, { standard: 'vietgap', from, source: `Chứng nhận DEMO-VG-${at + 1}` });
    await addPeople(place, id, { count: 7, hamletId: hamlet.id, from });
    await addPaper(place, id, {
      kind: 'vietgap',
      at,
      from: '2023-02-01',
      ends: at < 4 ? 5 + at * 22 : 120 + at * 30,
    });
  }
  const organic = ['Tổ sản xuất chè hữu cơ Khe Cốc 2', 'Tổ hợp tác chè hữu cơ Mẫu 2 (DEMO)'];
  for (const [at, name] of organic.entries()) {
    const hamlet = demo.hamlets[at]!;
    const from = '2021-03-01';
    const id = await enter(place, 40 + at, { kind: 'group', name, hamletId: hamlet.id, trades: TEA, from });
    // Worked by VietGAP while the hills were being converted.
    await setStandard(ctx, id, { standard: 'vietgap', from, source: 'Thời kỳ chuyển đổi (DEMO)' });
    await setStandard(ctx, id, {
      standard: 'organic',
      from: '2022-09-01',
      source: `Chứng nhận DEMO-HC-${at + 1}`,
    });
    await addPeople(place, id, { count: at === 0 ? 38 : 9, hamletId: hamlet.id, from });
    await addPaper(place, id, { kind: 'organic', at, from: '2022-09-01', ends: 80 });
  }
}

async function buildBusinesses(place: Place): Promise<void> {
  const { demo, random } = place;
  const trades = [
    'tea_trading',
    'groceries',
    'farm_supplies',
    'repair',
    'carpentry',
    'food_service',
    'transport',
  ];
  for (let at = 0; at < HOUSEHOLD_BUSINESSES; at += 1) {
    const hamlet = demo.hamlets[at % demo.hamlets.length]!;
    const from = `20${12 + (at % 12)}-0${1 + (at % 9)}-20`;
    const kind = at % 11 === 10 ? 'enterprise' : 'household_business';
    const name = `${kind === 'enterprise' ? 'Công ty' : 'Hộ kinh doanh'} Mẫu ${at + 1} (DEMO)`;
    const id = await enter(place, 60 + at, {
      kind,
      name,
      hamletId: hamlet.id,
      trades: [random.pick(trades)],
      from,
    });
    await addPaper(place, id, { kind: 'business_registration', at, from });
    if (at % 9 === 0)
      await addPaper(place, id, { kind: 'food_safety', at, from: '2023-05-01', ends: 15 + at * 9 });
  }
}

/** Fifteen of the nineteen hamlets, each with a decision of its own. */
async function buildCraftVillages({ ctx, demo }: Place): Promise<void> {
  for (const [at, hamlet] of demo.hamlets.slice(0, CRAFT_HAMLETS).entries()) {
    await recogniseCraftVillage(ctx, {
      hamletId: hamlet.id,
      name: `Làng nghề chè ${hamlet.name}`,
      trade: 'tea_making',
      decisionNumber: `DEMO-${String(at + 1).padStart(2, '0')}/QĐ-UBND`,
      decisionIssuer: 'UBND tỉnh Thái Nguyên (số quyết định mẫu)',
      recognisedOn: `20${10 + (at % 9)}-11-20`,
      demo: true,
    });
  }
}

async function enter({ ctx, random }: Place, number: number, given: NewProducer): Promise<string> {
  const headName = `${nameOf(random, random.chance(0.5) ? 'male' : 'female')} (DEMO)`;
  return addProducer(ctx, { ...given, headName, phone: phoneOf(SERIES, number + 1), demo: true });
}

/** Households of the hamlet, each for one producer; by name only where it has no more. One in twelve has left. */
async function addPeople(
  { ctx, random, households }: Place,
  producerId: string,
  { count, hamletId, from }: { count: number; hamletId: string; from: string },
): Promise<void> {
  const free = households.get(hamletId) ?? (await householdRefs(ctx, { hamletId }));
  households.set(hamletId, free);
  for (let at = 1; at <= count; at += 1) {
    const household = free.shift();
    const name = household?.headName ?? nameOf(random, random.chance(0.5) ? 'male' : 'female');
    const member = { householdId: household?.id ?? null, name: `${name} (DEMO ${at})`, hamletId, from };
    const id = await addMember(ctx, producerId, { ...member, demo: true });
    if (at > 7 && at % 12 === 0) await endMember(ctx, producerId, id, { lastDay: '2025-06-30' });
  }
}

type Paper = {
  kind: 'vietgap' | 'organic' | 'ocop' | 'food_safety' | 'business_registration' | 'cooperative_registration';
  at: number;
  from: string;
  /** So many days after the first start; none for papers without an end. */
  ends?: number;
  stars?: number;
};

async function addPaper({ ctx, today }: Place, producerId: string, paper: Paper): Promise<void> {
  const { kind, at, from, ends, stars } = paper;
  await addCertificate(
    ctx,
    producerId,
    {
      kind,
      number: `DEMO-${kind.toUpperCase().replaceAll('_', '-')}-${at + 1}`,
      issuer: 'Nơi cấp mẫu (DEMO)',
      validFrom: from,
      validTo: ends === undefined ? null : addDays(today, ends),
      stars: stars ?? null,
    },
    { demo: true },
  );
}
