import { beforeAll, describe, expect, it } from 'vitest';
import { citizen, official, system, useWorld } from '#test/world';
import { fileAtCounter } from '../dossier/file.actions.ts';
import { loadDossier } from '../dossier/record.ts';
import { CLUB, CLUB_FORM, clubFiling } from '../fixtures.ts';
import { importCatalogue } from '../procedure.actions.ts';
import { ProcedureFile } from '../procedure.ts';
import { collectFee, type Payment } from './fee.actions.ts';

const world = useWorld();
const clerk = official('clerk');
const cash = { way: 'cash', exemptions: [] } as const;

/** The club with another fee, under another code. */
function club(code: string, fee: object): ProcedureFile {
  const version = { ...CLUB.versions[0]!, code, fee: { ...CLUB.versions[0]!.fee, ...fee } };
  return ProcedureFile.parse({ code, versions: [version] });
}

const both = (text: string) => ({ vi: text, en: text });
const exemption = {
  code: 'child',
  label: both('Trẻ em'),
  percent: 50,
  source: CLUB.versions[0]!.fee.source,
};
const PRICED = club('9.000002', {
  rule: {
    kind: 'by_page',
    copies: 'copies',
    pages: 'pages',
    tiers: [{ fromPage: 1, each: 2000 }],
    maxPerCopy: null,
  },
  exemptions: [exemption],
});
const UNKNOWN = club('9.000003', { rule: null });

beforeAll(async () => {
  const procedures = [CLUB, PRICED, UNKNOWN];
  for (const commune of [world.commune, world.neighbour]) {
    await world.as(system, (ctx) => importCatalogue(ctx, { procedures, forms: [CLUB_FORM] }), { commune });
  }
});

async function filed(procedureCode: string): Promise<string> {
  return (await world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling({ procedureCode })))).id;
}
const collect = (id: string, payment: Payment, more = {}, options = {}) =>
  world.as(clerk, (ctx) => collectFee(ctx, id, payment, options), more);
const last = async (id: string) =>
  (await world.as(clerk, (ctx) => loadDossier(ctx, id))).actions.at(-1)!.data as {
    amount: string;
    receipt: string;
  };

describe('the fee at the counter', () => {
  it('is what the rule computes from what was counted, less the exemption', async () => {
    const id = await filed(PRICED.code);
    await collect(id, { ...cash, quantities: { copies: 2, pages: 3 }, amount: 1n });
    expect(await last(id)).toMatchObject({ amount: '12000', lines: [{ quantity: '6', amount: '12000' }] });
    const other = await filed(PRICED.code);
    await collect(other, { ...cash, exemptions: ['child'] });
    expect(await last(other)).toMatchObject({ amount: '1000', exemption: 'child' });
  });

  it('is taken once; what was counted later is taken as the rest', async () => {
    const id = await filed(PRICED.code);
    const counted = (copies: number) => collect(id, { ...cash, quantities: { copies, pages: 3 } });
    await counted(2);
    for (const copies of [1, 2])
      await expect(counted(copies)).rejects.toMatchObject({ code: 'services.fee.paid', status: 409 });
    await counted(3);
    expect(await last(id)).toMatchObject({ amount: '6000', lines: [] });
    const { dossier } = await world.as(clerk, (ctx) => loadDossier(ctx, id));
    expect(dossier.feeCollected).toBe(18_000n);
  });

  it('is typed by hand only where the rule is not held', async () => {
    const id = await filed(UNKNOWN.code);
    await expect(collect(id, cash)).rejects.toMatchObject({ code: 'services.fee.amount_needed' });
    for (const amount of [0n, -5n]) {
      await expect(collect(id, { ...cash, amount })).rejects.toMatchObject({
        code: 'services.fee.nothing_to_pay',
      });
    }
    await expect(collect(id, { ...cash, amount: 10n ** 12n })).rejects.toMatchObject({
      code: 'input.bad_amount',
    });
    await collect(id, { ...cash, amount: 15_000n });
    expect(await last(id)).toMatchObject({ amount: '15000', lines: [] });
    await expect(collect(id, { ...cash, amount: 15_000n })).rejects.toMatchObject({
      code: 'services.fee.paid',
    });
  });

  it('is not taken where nothing is to be paid, nor for quantities that make no sense', async () => {
    const free = collect(await filed(CLUB.code), cash);
    await expect(free).rejects.toMatchObject({ code: 'services.fee.nothing_to_pay' });
    const id = await filed(PRICED.code);
    for (const pages of [0, -1, 1.5, 1e9, Number.NaN]) {
      await expect(collect(id, { ...cash, quantities: { pages } })).rejects.toMatchObject({
        code: 'services.fee.bad_quantity',
      });
    }
  });

  it('gives receipts numbers of the year without gaps, also when one fails or comes twice', async () => {
    const now = { now: new Date('2031-05-05T03:00:00Z') };
    const ids = await Promise.all(Array.from({ length: 12 }, () => filed(PRICED.code)));
    const refused = await filed(CLUB.code);
    await Promise.all([
      ...ids.flatMap((id) => [
        collect(id, cash, now, { clientId: 'paid-once' }),
        collect(id, cash, now, { clientId: 'paid-once' }),
      ]),
      expect(collect(refused, cash, now)).rejects.toMatchObject({ status: 409 }),
    ]);
    const receipts = (await Promise.all(ids.map(last))).map(({ receipt }) => receipt).sort();
    expect(receipts).toEqual(ids.map((_, at) => `${String(at + 1).padStart(4, '0')}/2031`));
  });

  it('is the clerk’s to take, and not the neighbour’s', async () => {
    const id = await filed(PRICED.code);
    for (const actor of [citizen(), official('specialist'), official('leader')]) {
      await expect(world.as(actor, (ctx) => collectFee(ctx, id, cash))).rejects.toMatchObject({
        code: 'refused',
      });
    }
    await expect(collect(id, cash, { commune: world.neighbour })).rejects.toMatchObject({ status: 404 });
  });
});
