/** A small tea house for tests: a producer, plots, products, and tea on its way. */
import { randomUUID } from 'node:crypto';
import { addHamlet, listHamlets } from '#domain/commune';
import { addPlot } from '#domain/farming';
import { addCertificate, addProducer, setStandard } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { readLots } from './lines.queries.ts';
import { addProduct } from './product.actions.ts';
import { releaseLot } from './release.actions.ts';
import { recordStep, type NewStepInput } from './step.actions.ts';
import { recordTicket, type NewTicket } from './ticket.actions.ts';
import { sql } from 'kysely';

export type House = { producerId: string; hamletId: string; plots: string[]; plain: string; vietgap: string };

/** A cooperative working by VietGAP: three plots of its own that its certificate covers, one of nobody's. */
export async function teaHouse(ctx: Ctx): Promise<House> {
  await addHamlet(ctx, { name: 'Thái Ninh' });
  const hamletId = (await listHamlets(ctx)).find(({ name }) => name === 'Thái Ninh')!.id;
  const producerId = await addProducer(ctx, {
    kind: 'cooperative',
    name: 'HTX Mẫu',
    hamletId,
    trades: ['tea_making'],
    from: '2020-01-01',
    phone: '0912345678',
  });
  await setStandard(ctx, producerId, { standard: 'vietgap', from: '2022-01-01' });
  await addCertificate(ctx, producerId, {
    kind: 'vietgap',
    number: 'VG-1',
    issuer: 'Tổ chức chứng nhận Mẫu',
    validFrom: '2022-01-01',
    validTo: '2028-01-01',
  });
  const plots: string[] = [];
  for (let at = 0; at < 4; at += 1) {
    const { id } = await addPlot(ctx, {
      hamletId,
      ...(at < 3 && { producerId }),
      geometry: squareAt(at),
      madeBy: 'draw',
      from: '2021-01-01',
    });
    plots.push(id);
  }
  const tea = { producerId, netG: 200, shelfMonths: 18, makerName: 'HTX Mẫu', makerAddress: 'Xóm Thái Ninh' };
  const plain = await addProduct(ctx, { ...tea, name: 'Trà búp' });
  const vietgap = await addProduct(ctx, {
    ...tea,
    name: 'Trà VietGAP',
    standard: 'vietgap',
    gtin: '8938500000010',
  });
  return { producerId, hamletId, plots, plain, vietgap };
}

function squareAt(at: number): Parameters<typeof addPlot>[1]['geometry'] {
  const [x, y, d] = [105.75 + at * 0.004, 21.71, 0.002];
  const ring = [
    [x, y],
    [x + d, y],
    [x + d, y + d],
    [x, y + d],
    [x, y],
  ] as [number, number][];
  return { type: 'Polygon', coordinates: [ring] };
}

/** A ticket of declared leaf. */
export function aTicket(
  house: House,
  more: Partial<NewTicket> & { plots?: string[]; on?: string } = {},
): NewTicket {
  const { plots = [house.plots[0]!], on = '2026-11-10', ...rest } = more;
  return {
    id: randomUUID(),
    producerId: house.producerId,
    sellerName: 'Bà Mẫu',
    declared: { plotIds: plots, pickedOn: on, grade: 'tom_non' },
    weighedAt: new Date(`${on}T16:00:00+07:00`),
    grossG: 51_000,
    tareG: 1_000,
    pricePerKg: 35_000n,
    ...rest,
  };
}

const EVIDENCE = { temperatureC: 240, minutes: 10, moistureTenths: 50 };

/** A step with its evidence. */
export function aStep(
  kind: NewStepInput['kind'],
  inputs: { lotId: string; g: bigint | number }[],
  outputs: NonNullable<NewStepInput['outputs']>,
  more: Partial<NewStepInput> = {},
): NewStepInput {
  return { id: randomUUID(), kind, inputs, outputs, evidence: EVIDENCE, ...more };
}

/** Leaf of some plots made into packs and released. @returns the lots in the order in which they were made */
export async function packOf(
  ctx: Ctx,
  house: House,
  { productId = house.vietgap, ...more }: Parameters<typeof aTicket>[1] & { productId?: string } = {},
): Promise<{ leaf: string; dry: string; pack: string; code: string }> {
  const { lotId: leaf } = await recordTicket(ctx, aTicket(house, more));
  const made = async (kind: NewStepInput['kind'], from: string, g: number, productOf?: string) => {
    const [line] = await readLots(ctx, sql`l.id = ${from}`);
    const output = { g, ...(productOf && { productId: productOf }) };
    const { lots } = await recordStep(ctx, aStep(kind, [{ lotId: from, g: line!.leftG }], [output]));
    return lots[0]!;
  };
  const fixed = await made('fix', leaf, 40_000);
  const dry = await made('dry', fixed.id, 10_000);
  const pack = await made('pack', dry.id, 10_000, productId);
  await releaseLot(ctx, pack.id, { reason: 'Đã kiểm tra bằng cảm quan.' });
  return { leaf, dry: dry.id, pack: pack.id, code: pack.code };
}
