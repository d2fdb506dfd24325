/**
 * The money of the seven pilots by 31/03/2024, and a work that the people of Khe Cốc built: invented, within the
 * published totals (6.5 billion đồng = 6.0 of the state + 0.5 of others). Every line says DEMO.
 */
import {
  addContract,
  addDonor,
  addFund,
  addResult,
  addWork,
  counterEntry,
  enterMoney,
  listPilots,
  recordThanks,
} from '#domain/criteria';
import type { Ctx } from '#kernel/context';

const FUNDS = [
  ['ngan-sach', 'Ngân sách nhà nước', 'State budget', 'state', 'Kế hoạch vốn mẫu năm 2023 (DEMO)'],
  ['ngoai-ns', 'Nguồn ngoài ngân sách', 'Other funds', 'other', 'Thỏa thuận tài trợ mẫu (DEMO)'],
  ['nhan-dan', 'Nhân dân đóng góp', 'Given by the people', 'people', 'Biên bản họp xóm mẫu (DEMO)'],
] as const;

/** Hundredths of the budget that were received and spent by the end of March 2024, pilot by pilot. */
const COURSE: readonly (readonly [received: bigint, spent: bigint])[] = [
  [80n, 62n],
  [60n, 45n],
  [50n, 30n],
  [40n, 36n],
  [30n, 10n],
  [70n, 55n],
  [100n, 90n],
];

/** Works, contracts, entries and results; one entry was wrong and is taken back. */
export async function buildMoney(ctx: Ctx, kheCoc: string | null): Promise<void> {
  for (const [code, titleVi, titleEn, kind, paper] of FUNDS)
    await addFund(ctx, { code, titleVi, titleEn, kind, paper });
  for (const [at, pilot] of (await listPilots(ctx)).entries()) {
    const [received, spent] = COURSE[at % COURSE.length]!;
    const id = await addWork(ctx, {
      pilot: pilot.code,
      titleVi: `${pilot.title.vi}: giai đoạn 1`,
      titleEn: `${pilot.title.en}: first stage`,
      beginsOn: '2023-07-01',
    });
    const sides = [
      ['ngan-sach', pilot.state],
      ['ngoai-ns', pilot.other],
    ] as const;
    const contractId = await addContract(ctx, id, {
      number: `${String(at + 1).padStart(2, '0')}/2023/HĐ-MẪU`,
      contractor: 'Đơn vị thực hiện mẫu (DEMO)',
      what: 'Gói thực hiện giai đoạn 1 (DEMO)',
      amount: pilot.state + pilot.other,
      signedOn: '2023-08-15',
    });
    for (const [fund, whole] of sides.filter(([, amount]) => amount > 0n)) {
      const part = (hundredths: bigint) => (whole * hundredths) / 100n;
      const entry = { fund, form: 'money' } as const;
      const what = (words: string) => `${words} (DEMO)`;
      await enterMoney(ctx, id, {
        ...entry,
        step: 'promised',
        amount: whole,
        onDay: '2023-07-01',
        what: what('Giao kế hoạch vốn'),
      });
      await enterMoney(ctx, id, {
        ...entry,
        step: 'received',
        amount: part(received),
        onDay: '2023-09-20',
        what: what('Cấp vốn đợt 1'),
      });
      await enterMoney(ctx, id, {
        ...entry,
        step: 'spent',
        amount: part(spent),
        contractId,
        onDay: '2024-02-28',
        what: what('Thanh toán đợt 1'),
      });
    }
    await addResult(ctx, id, { onDay: '2024-03-15', what: 'Đã nghiệm thu phần việc của đợt 1 (DEMO)' });
  }
  if (kheCoc !== null) await buildHamletWork(ctx, kheCoc);
}

/** What people gave to a road: three agreed to be named, two of them with their gift, two are not named. */
async function buildHamletWork(ctx: Ctx, hamletId: string): Promise<void> {
  const id = await addWork(ctx, {
    hamletId,
    titleVi: 'Đường bê tông nhánh xóm Khe Cốc',
    titleEn: 'Concrete branch road in Khe Cốc',
    beginsOn: '2023-10-01',
  });
  const gift = {
    fund: 'nhan-dan',
    step: 'received',
    onDay: '2023-11-12',
    what: 'Sổ đóng góp của xóm (DEMO)',
  } as const;
  const givers = [
    ['Hộ mẫu số 1 (DEMO)', 'gift', { form: 'land', amount: 45_000_000n, quantity: 150 }],
    ['Hộ mẫu số 2 (DEMO)', 'gift', { form: 'labour', amount: 6_000_000n, quantity: 20 }],
    ['Hợp tác xã mẫu (DEMO)', 'name', { form: 'material', amount: 18_000_000n }],
    ['Hộ mẫu số 3 (DEMO)', 'none', { form: 'money', amount: 5_000_000n }],
    ['Hộ mẫu số 4 (DEMO)', 'none', { form: 'labour', amount: 3_000_000n, quantity: 10 }],
  ] as const;
  for (const [name, shown, given] of givers) {
    const kind = name.startsWith('Hộ') ? 'household' : 'business';
    const donorId = await addDonor(ctx, { name, kind, hamletId });
    await recordThanks(ctx, donorId, { shown, how: 'Phiếu ý kiến mẫu ngày 12/11/2023 (DEMO)' });
    await enterMoney(ctx, id, { ...gift, ...given, donorId });
  }
  const meeting = { ...gift, form: 'money', what: 'Các hộ góp tại họp xóm (DEMO)' } as const;
  await enterMoney(ctx, id, { ...meeting, step: 'promised', amount: 60_000_000n, onDay: '2023-10-20' });
  await enterMoney(ctx, id, { ...meeting, amount: 52_000_000n });
  const twice = await enterMoney(ctx, id, { ...meeting, amount: 52_000_000n });
  await counterEntry(ctx, twice, { reason: 'Ghi hai lần (DEMO)' });
  await enterMoney(ctx, id, {
    ...meeting,
    step: 'spent',
    amount: 50_000_000n,
    onDay: '2024-01-30',
    what: 'Mua xi măng, thuê máy trộn (DEMO)',
  });
}
