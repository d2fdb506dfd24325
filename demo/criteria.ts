/**
 * The smart commune's criteria as of 31/03/2024: 1 of 6 themes, 10 of 18 objectives, 30 of 39 indicators, 11 of 19 model
 * hamlets; seven pilots of 6.5 billion đồng. Totals are the commune's own; typed values and their evidence are invented.
 */
import {
  addPilot,
  catalogSets,
  draftSet,
  findBoard,
  freezeBoard,
  levelsOf,
  MODEL_HAMLET,
  publishBoard,
  publishSet,
  recordValue,
  signIndicator,
  SMART_COMMUNE,
} from '#domain/criteria';
import { runAs, type Runtime } from '#app/runtime';
import type { Ctx } from '#kernel/context';
import { localDate } from '#kernel/time';
import type { DemoPerson } from './accounts.ts';
import type { DemoCommune } from './communes.ts';
import { buildMoney } from './criteria-money.ts';
import { buildPlan, buildReport } from './criteria-plan.ts';

const DAY = localDate('2024-03-31');
const AT = new Date(`${DAY}T09:00:00+07:00`);
const NEXT_DAY = new Date('2024-04-01T09:00:00+07:00');
const REVIEWED = { stage: 'review', verdict: 'reached' } as const;
const MODEL_HAMLETS = 11;
const NEIGHBOUR_LAGS = 15;
const MILLION = 1_000_000n;

/** From when on each set holds. */
const FROM: Record<string, string> = {
  'smart-commune': '2023-06-01',
  'new-rural-2021': '2022-03-08',
  'new-rural-2026': '2026-02-15',
  'model-hamlet': '2022-03-08',
  'smart-hamlet': '2023-01-01',
};

/** Where no room keeps records, or kept none by that day: code → value. */
const TYPED: Record<string, number> = {
  '1.2.1': 92,
  '1.2.2': 88,
  '2.1.1': 100,
  '2.1.2': 100,
  '2.1.3': 86,
  '2.3.2': 82,
  '3.3.1': 64,
  '3.3.2': 50,
  '4.3.1': 4,
  '5.1.1': 46,
  '5.1.2': 85,
  '5.2.1': 0,
  '5.3.1': 1,
  '5.3.2': 100,
  '6.1.1': 36,
  '6.2.1': 62,
  '6.2.2': 100,
  '6.3.1': 78,
  '6.3.2': 100,
};

/** Names of the pilots as the press gave them; how the money is shared out among them is invented. */
const PILOTS: readonly (readonly [vi: string, en: string, state: bigint, other: bigint, lifts: string[]])[] =
  [
    [
      'Số hóa hồ sơ UBND xã, dân cư, chủ thể sản xuất kinh doanh, ngành nghề',
      'Digitising the records of the commune, its people and businesses',
      1000n,
      0n,
      ['2.3.1', '3.3.1'],
    ],
    [
      'Quản lý số, truy xuất nguồn gốc vùng chè',
      'Digital management and tracing of the tea area',
      1200n,
      100n,
      ['4.2.1', '4.2.3'],
    ],
    [
      'Công nghệ cao quản lý chất lượng chủ thể OCOP',
      'High technology for the quality of OCOP producers',
      600n,
      100n,
      ['4.2.1', '4.3.1'],
    ],
    [
      'Quảng bá, xúc tiến du lịch, ẩm thực, sản phẩm OCOP',
      'Promotion of tourism, food and OCOP products',
      500n,
      100n,
      ['4.3.1'],
    ],
    ['Chợ thông minh', 'Smart market', 800n, 200n, ['4.3.1']],
    [
      'Hạ tầng phục vụ xã nông thôn mới',
      'Infrastructure of the new-rural commune',
      1500n,
      0n,
      ['5.1.1', '5.2.1', '6.1.1', '6.2.1'],
    ],
    ['Tuyên truyền, đào tạo', 'Communication and training', 400n, 0n, ['5.1.1']],
  ];

type Demo = { runtime: Pick<Runtime, 'handle' | 'wiring'>; demo: DemoCommune; leader: DemoPerson };

/** Publishes the sets, enters the values of the day and has the chairman sign what is met. Needs everything else. */
export async function buildCriteria(
  runtime: Demo['runtime'],
  demo: DemoCommune,
  people: readonly DemoPerson[],
): Promise<void> {
  const leader = people.find(({ key }) => key === 'chu-tich') ?? people[0]!;
  const given = { runtime, demo, leader };
  const khe = demo.hamlets.find(({ slug }) => slug === 'khe-coc');
  await asLeader(given, async (ctx) => {
    for (const set of catalogSets()) {
      await draftSet(ctx, set);
      await publishSet(ctx, set.code, { from: FROM[set.code]!, group: 2 });
    }
    await buildPilots(ctx);
    await buildMoney(ctx, khe?.id ?? null);
    await enterValues(ctx);
    await signBoard(ctx, { set: SMART_COMMUNE, hamletId: null });
    await buildPlan(ctx, people);
    await freezeBoard(ctx, SMART_COMMUNE, { asOf: DAY });
    await publishBoard(ctx, SMART_COMMUNE, { asOf: DAY, reach: 'public' });
  });
  for (const [at, { id }] of demo.hamlets.entries())
    await asLeader(given, (ctx) => buildHamlet(ctx, id, at < MODEL_HAMLETS));
  if (khe) await asLeader(given, (ctx) => buildSmartHamlet(ctx, khe.id));
  await asLeader(given, buildReport, NEXT_DAY);
}

/** The commune next door has only begun: a few typed values, published for comparison. All of it is invented. */
export async function buildNeighbourCriteria(
  runtime: Demo['runtime'],
  demo: DemoCommune,
  people: readonly DemoPerson[],
): Promise<void> {
  const leader = people.find(({ key }) => key === 'chu-tich') ?? people[0]!;
  await asLeader({ runtime, demo, leader }, async (ctx) => {
    const smart = catalogSets().find(({ code }) => code === SMART_COMMUNE)!;
    await draftSet(ctx, smart);
    await publishSet(ctx, smart.code, { from: FROM[SMART_COMMUNE]!, group: 2 });
    await enterValues(ctx, NEIGHBOUR_LAGS);
    await signBoard(ctx, { set: SMART_COMMUNE, hamletId: null });
    await publishBoard(ctx, SMART_COMMUNE, { asOf: DAY, reach: 'public' });
  });
}

function asLeader<T>({ runtime, demo, leader }: Demo, work: (ctx: Ctx) => Promise<T>, now = AT): Promise<T> {
  return runAs(runtime, { commune: demo.commune, actor: leader.actor, now, silent: true }, work);
}

/** @param lag so far behind are shares */
async function enterValues(ctx: Ctx, lag = 0): Promise<void> {
  for (const [indicator, full] of Object.entries(TYPED)) {
    const value = full > 1 ? Math.max(0, full - lag) : full;
    const evidence = `Báo cáo mẫu của xã về chỉ tiêu ${indicator}, ngày 29/03/2024 (DEMO)`;
    await recordValue(ctx, { set: SMART_COMMUNE, indicator }, { value, onDay: '2024-03-29', evidence });
  }
}

/** Signs whatever the number says is met, and nothing else. */
async function signBoard(
  ctx: Ctx,
  { set, hamletId }: { set: string; hamletId: string | null },
): Promise<void> {
  const board = await findBoard(ctx, { code: set, asOf: DAY, hamletId });
  for (const { indicator, judged } of board ? levelsOf(board).indicators : [])
    if (judged === 'reached')
      await signIndicator(ctx, { set, indicator: indicator.code, hamletId }, REVIEWED);
}

async function buildHamlet(ctx: Ctx, hamletId: string, model: boolean): Promise<void> {
  const evidence = model ? 'Quyết định công nhận mẫu (DEMO)' : 'Chưa có quyết định (DEMO)';
  const place = { set: MODEL_HAMLET, indicator: 'X.3', hamletId };
  await recordValue(ctx, place, { value: model ? 1 : 0, onDay: '2023-12-29', evidence });
  if (model) await signBoard(ctx, { set: MODEL_HAMLET, hamletId });
}

/** Khe Cốc as public texts tell of it: 4G and fibre everywhere, over 100 lamps, over 80 % with a smart device. */
async function buildSmartHamlet(ctx: Ctx, hamletId: string): Promise<void> {
  const evidence = 'Số đã công bố trên báo năm 2023 (chưa đối chiếu)';
  for (const [indicator, value] of [
    ['S.1', 100],
    ['S.2', 100],
    ['S.3', 80],
  ] as const)
    await recordValue(
      ctx,
      { set: 'smart-hamlet', indicator, hamletId },
      { value, onDay: '2023-12-29', evidence },
    );
  await signBoard(ctx, { set: 'smart-hamlet', hamletId });
}

async function buildPilots(ctx: Ctx): Promise<void> {
  for (const [at, [titleVi, titleEn, state, other, lifts]] of PILOTS.entries())
    await addPilot(ctx, {
      code: String(at + 1),
      titleVi,
      titleEn,
      lifts,
      decidedOn: '2023-06-15',
      source: 'Tên mô hình và tổng 6,5 tỷ đồng theo báo chí; phân bổ từng mô hình là mẫu (DEMO)',
      lines: [
        { source: 'state', what: 'Ngân sách nhà nước (DEMO)', amount: state * MILLION },
        ...(other > 0n
          ? [{ source: 'other' as const, what: 'Nguồn ngoài ngân sách (DEMO)', amount: other * MILLION }]
          : []),
      ],
    });
}
