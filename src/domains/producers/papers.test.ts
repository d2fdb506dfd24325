import { describe, expect, it } from 'vitest';
import { appointOfficial } from '#domain/registry';
import { askMeasure, getMeasure } from '#app/measures';
import { localDate } from '#kernel/time';
import { anonymous, system } from '#test/world';
import { reminderOn } from './certificate/certificate.ts';
import { remindOfExpiry } from './certificate/remind.actions.ts';
import {
  addCertificate,
  getProducer,
  giveConsent,
  publicProducers,
  publicProfile,
  recogniseCraftVillage,
  recordIncome,
  removeIncome,
  revokeCertificate,
  withdrawConsent,
  withdrawCraftVillage,
  type PaperInput,
} from './index.ts';
import { clerk, paper, useProducers } from './producers-fixture.ts';

const { world, hamlets, as, add } = useProducers();
const on = localDate;

describe('papers', () => {
  it('are entered once, need stars where they have them, and are revoked once', async () => {
    const id = await add();
    const enter = (more: Partial<PaperInput>) => as(clerk, (ctx) => addCertificate(ctx, id, paper(more)));
    const certificate = await enter({});
    await expect(enter({})).rejects.toMatchObject({ code: 'producers.certificate.known' });
    await expect(enter({ kind: 'ocop' })).rejects.toMatchObject({
      fields: { stars: 'producers.certificate.stars_needed' },
    });
    await expect(enter({ number: '2', validTo: '2022-01-01' })).rejects.toMatchObject({
      fields: { validTo: 'producers.backwards' },
    });
    const revoke = () =>
      as(clerk, (ctx) => revokeCertificate(ctx, id, certificate, { on: '2024-02-01', why: 'vi phạm' }));
    await revoke();
    await expect(revoke()).rejects.toMatchObject({ code: 'producers.certificate.revoked' });
  });

  it('call for the nearest reminder only', () => {
    const days = { validFrom: on('2024-01-01'), validTo: on('2024-12-31'), revokedOn: null };
    const at = (day: string) => reminderOn(days, on(day));
    expect(at('2024-10-01')).toBeNull();
    expect(at('2024-10-02')).toBe(90);
    expect(at('2024-11-30')).toBe(90);
    expect(at('2024-12-01')).toBe(30);
    expect(at('2024-12-24')).toBe(7);
    expect(at('2024-12-31')).toBe(7);
    expect(at('2025-01-01')).toBeNull();
    expect(reminderOn({ ...days, revokedOn: on('2024-12-01') }, on('2024-12-24'))).toBeNull();
    expect(reminderOn({ ...days, validTo: null }, on('2024-12-24'))).toBeNull();
  });

  it('are told of 90, 30 and 7 days before, each once, to the producer and the officials in charge', async () => {
    await as(system, (ctx) =>
      appointOfficial(ctx, {
        fullName: 'Cán Bộ Nông Nghiệp',
        post: 'Địa chính – Nông nghiệp',
        unit: 'land',
        email: 'nong-nghiep@xa.example',
        termFrom: '2020-01-01',
      }),
    );
    const id = await add({ phone: '0540 000 321' });
    await as(clerk, (ctx) => addCertificate(ctx, id, paper({ kind: 'organic', number: 'HC-9' })));
    const run = (day: string) =>
      world.as(system, (ctx) => remindOfExpiry(ctx), { now: new Date(`${day}T07:30:00+07:00`) });
    const told: Record<string, number> = {};
    for (const day of [
      '2024-10-01',
      '2024-10-02',
      '2024-10-03',
      '2024-12-01',
      '2024-12-02',
      '2024-12-24',
      '2024-12-31',
    ])
      told[day] = await run(day);
    const others = told['2024-10-02']! - 1;
    expect(told).toEqual({
      '2024-10-01': 0,
      '2024-10-02': 1 + others,
      '2024-10-03': 0,
      '2024-12-01': 1 + others,
      '2024-12-02': 0,
      '2024-12-24': 1 + others,
      '2024-12-31': 0,
    });
    const { rows } = await world.owner.query(
      `select event, count(*)::int as told from notifications_message
       where event like 'producers.%' and params::text like '%HC-9%' group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { event: 'producers.certificate.expiring', told: 3 },
      { event: 'producers.certificate.expiring_own', told: 3 },
    ]);
  });
});

describe('the public', () => {
  it('sees nothing without consent, only what was agreed to with it, and nothing after it was withdrawn', async () => {
    const id = await add({
      kind: 'household_business',
      name: 'Hộ kinh doanh Kín Tiếng',
      headName: 'Lê Văn Kín',
      phone: '0540000777',
      address: 'Nhà số 9',
      about: 'Chè móc câu.',
    });
    await as(clerk, (ctx) => addCertificate(ctx, id, paper({ kind: 'ocop', stars: 4, number: 'OC-1' })));
    await as(clerk, (ctx) =>
      addCertificate(ctx, id, paper({ kind: 'business_registration', number: 'DK-1' })),
    );
    const { slug } = await as(clerk, (ctx) => getProducer(ctx, id));
    const profile = () => as(anonymous, (ctx) => publicProfile(ctx, slug));
    const listed = async () => (await as(anonymous, (ctx) => publicProducers(ctx, { q: 'kin tieng' }))).total;
    const agree = (parts: ('profile' | 'head' | 'contact')[]) =>
      as(clerk, (ctx) => giveConsent(ctx, id, { parts, givenBy: 'Lê Văn Kín' }));
    const records = () =>
      as(anonymous, (ctx) =>
        getMeasure(ctx, 'producers.household_businesses').list(
          ctx,
          { asOf: '2024-03-31', scope: 'commune' },
          'numerator',
          { offset: 0, limit: 50 },
        ),
      );
    await expect(profile()).rejects.toMatchObject({ status: 404 });
    expect(await listed()).toBe(0);
    expect(JSON.stringify(await records())).not.toMatch(/Kín|01[0-9a-f]{6}-/);
    await expect(agree(['contact'])).rejects.toMatchObject({
      fields: { parts: 'producers.consent.profile_needed' },
    });
    await agree(['profile']);
    expect(await profile()).toMatchObject({
      name: 'Hộ kinh doanh Kín Tiếng',
      headName: null,
      phone: null,
      address: null,
    });
    expect((await profile()).certificates.map(({ number }) => number)).toEqual(['OC-1']);
    expect(await listed()).toBe(1);
    expect((await as(anonymous, (ctx) => publicProducers(ctx, { q: 'le van' }))).total).toBe(0);
    expect((await records()).records[0]).toMatchObject({ href: `/producers/${slug}` });
    await agree(['profile', 'head', 'contact']);
    expect(await profile()).toMatchObject({ headName: 'Lê Văn Kín', phone: '+84540000777' });
    await as(clerk, (ctx) => withdrawConsent(ctx, id));
    await expect(profile()).rejects.toMatchObject({ status: 404 });
    expect(await listed()).toBe(0);
  });
});

describe('craft villages and income', () => {
  it('a hamlet is recognised once at a time for a trade; a withdrawal ends it the day before', async () => {
    const recognise = (recognisedOn: string) =>
      as(clerk, (ctx) =>
        recogniseCraftVillage(ctx, {
          hamletId: hamlets.dap,
          name: 'Làng nghề chè',
          trade: 'tea_making',
          decisionNumber: 'QĐ 1',
          decisionIssuer: 'UBND tỉnh',
          recognisedOn,
        }),
      );
    const id = await recognise('2015-05-01');
    await expect(recognise('2020-01-01')).rejects.toMatchObject({ code: 'producers.craft.overlaps' });
    await as(clerk, (ctx) => withdrawCraftVillage(ctx, id, { on: '2018-01-01', decision: 'QĐ 2' }));
    await recognise('2018-01-01');
    const many = await Promise.allSettled([recognise('2017-01-01'), recognise('2019-01-01')]);
    expect(many.every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('sources of a year stand side by side; the compared one is printed', async () => {
    const ask = (asOf: string) =>
      as(anonymous, (ctx) =>
        askMeasure(ctx, getMeasure(ctx, 'producers.income_per_person'), { asOf, scope: 'commune' }),
      );
    const say = (year: number, amount: bigint, source: string, statedOn: string, verified = false) =>
      as(clerk, (ctx) => recordIncome(ctx, { year, amount, source, statedOn, verified }));
    expect(await ask('2023-06-04')).toMatchObject({ numerator: 0, value: null, display: '–' });
    await say(2021, 51_000_000n, 'báo cáo', '2022-01-15');
    const mistyped = await say(2022, 585n, 'gõ nhầm', '2023-06-01');
    await as(clerk, (ctx) => removeIncome(ctx, mistyped));
    await say(2022, 58_500_000n, 'báo cáo năm', '2023-06-05', true);
    await say(2022, 57_000_000n, 'bài báo', '2023-07-01');
    await expect(say(2022, 1n, 'bài báo', '2023-07-01')).rejects.toMatchObject({
      code: 'producers.income.known',
    });
    await expect(say(2023, 1n, 'x', '2030-01-01')).rejects.toMatchObject({
      fields: { statedOn: 'producers.in_future' },
    });
    expect(await ask('2023-06-04')).toMatchObject({ numerator: 1, value: 51_000_000 });
    expect(await ask('2024-03-31')).toMatchObject({
      numerator: 2,
      value: 58_500_000,
      display: '58.500.000 đ',
    });
  });
});
