/** Tea of a hamlet on its way from a weighed basket to a pack that buyers scan, and one pack that is called back. */
import { addProducer } from '#domain/producers';
import {
  addProduct,
  printLabels,
  recordStep,
  recordTicket,
  releaseLot,
  startRecall,
  type NewStepInput,
} from '#domain/trace';
import type { Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { localDateOf } from '#kernel/time';
import { setPicture } from '../../src/domains/trace/lot/product.actions.ts';
import { listProducts } from '../../src/domains/trace/lot/product.queries.ts';
import { sendFeedback } from '../../src/domains/trace/scan/feedback.actions.ts';
import { jpeg } from '../pictures.ts';
import { mark, named } from './marks.ts';
import { as, FROM, type Planted, type Planter } from './planter.ts';

/** Makes two packs of that plot's leaf; the seller and what a buyer writes are the officials' to read. */
export async function plantTea(planter: Planter, planted: Planted, plotId: string): Promise<void> {
  const { place, hamletId, ids } = planted;
  const picture = await planter.runtime.files.put(await jpeg(12, 8));
  const made = await as(planter, async (ctx) => {
    const producerId = await addProducer(ctx, {
      kind: 'cooperative',
      name: named(place, 'seller'),
      hamletId,
      trades: ['tea_making'],
      from: FROM,
    });
    const productId = await addProduct(ctx, {
      producerId,
      name: named(place, 'tea'),
      netG: 200,
      shelfMonths: 18,
      makerName: named(place, 'tea'),
    });
    const [product] = await listProducts(ctx, { producerId });
    const { gtin, version } = product!;
    await setPicture(ctx, productId, { ...picture, mediaType: 'image/jpeg' }, version);
    return { producerId, productId, gtin, photo: { hash: picture.hash, type: 'image/jpeg' } };
  });
  const sold = await as(planter, (ctx) => packOf(ctx, planted, { ...made, plotId }));
  const recalled = await as(planter, (ctx) => packOf(ctx, planted, { ...made, plotId }));
  await as(planter, async (ctx) => {
    const run = await printLabels(ctx, sold.id, { paper: 'roll-50x30', serialised: false, count: 2 });
    await sendFeedback(
      ctx,
      { gtin: made.gtin, code: sold.code, serial: null },
      { body: named(place, 'buyer'), contact: named(place, 'buyer') },
    );
    const words = { reason: named(place, 'seller'), publicVi: named(place, 'tea'), publicEn: null };
    await startRecall(ctx, { id: newId(ctx.now), lotIds: [recalled.id], ...words });
    for (const id of [sold.id, recalled.id, run, made.producerId]) ids.set(id, 'seller');
    for (const id of [sold.code, recalled.code, made.gtin]) ids.set(id, 'tea');
  });
  planted.pack = `/01/${made.gtin}/10/${sold.code}`;
}

type Of = {
  producerId: string;
  productId: string;
  plotId: string;
  photo: NonNullable<NewStepInput['photo']>;
};

async function packOf(ctx: Ctx, { place, ids }: Planted, { producerId, productId, plotId, photo }: Of) {
  const ticket = await recordTicket(ctx, {
    id: newId(ctx.now),
    producerId,
    sellerName: named(place, 'seller'),
    declared: { plotIds: [plotId], pickedOn: localDateOf(ctx.now), grade: 'tom_non' },
    weighedAt: ctx.now,
    grossG: 11_000,
    tareG: 1_000,
    pricePerKg: 35_000n,
  });
  const evidence = { temperatureC: 240, minutes: 10, moistureTenths: 50 };
  const step = async (kind: NewStepInput['kind'], lotId: string, g: bigint, into: bigint, of?: string) => {
    const outputs = [{ g: into, ...(of && { productId: of }) }];
    const recorded = { id: newId(ctx.now), kind, inputs: [{ lotId, g }], outputs, evidence, photo };
    return (await recordStep(ctx, recorded)).lots[0]!;
  };
  const fixed = await step('fix', ticket.lotId, 10_000n, 8_000n);
  const dry = await step('dry', fixed.id, 8_000n, 2_000n);
  const { id, code } = await step('pack', dry.id, 2_000n, 2_000n, productId);
  await releaseLot(ctx, id, { reason: mark(place, 'seller') });
  for (const own of [ticket.id, ticket.lotId, fixed.id, dry.id]) ids.set(own, 'seller');
  return { id, code };
}
