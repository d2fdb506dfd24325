/** Steps of making tea: what went in, what came out, with its evidence. */
import { z } from 'zod';
import { getProducer } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { checked, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { claimsOf, mayBeCalled, mayBeGraded, type Claims } from './claims.ts';
import { deriveLater } from './derive-later.ts';
import { drawDown, insertLot, insertStep, type MadeLot, type StepLot } from './insert.ts';
import { findLot, lockLots, type LotLine } from './lines.queries.ts';
import { GRADES, shareFresh, takeFrom, type LotKind } from './lot.ts';
import type { Product } from './product.ts';
import { findProduct, houseProduct } from './product.queries.ts';
import { Evidence, faultsOf, outputKind, STEP_KINDS } from './step.ts';
import { Grams } from './weight.ts';

const Step = z.object({
  /** Made by the sender. */
  id: Id,
  kind: z.enum(STEP_KINDS).exclude(['receive']),
  happenedAt: z.date().optional(),
  inputs: z
    .array(z.object({ lotId: Id, g: Grams }))
    .min(1, 'trace.step.inputs')
    .max(60),
  outputs: z
    .array(
      z.object({
        g: Grams,
        grade: optional(z.enum(GRADES)).default(null),
        productId: optional(Id).default(null),
      }),
    )
    .max(30)
    .default([]),
  evidence: Evidence.default({}),
  note: optional(line(300)).default(null),
  buyer: optional(line(160)).default(null),
  orderRef: optional(line(60)).default(null),
  /** Looked through and stored already. */
  photo: z.object({ hash: z.string(), type: z.string() }).nullable().default(null),
});
export type NewStepInput = z.input<typeof Step>;
type Given = z.output<typeof Step>;

export type RecordedStep = { id: string; lots: MadeLot[] };

/** Before a photo of a step is stored. @throws AppError `trace.lot.not_found` */
export async function openLotToStep(ctx: Ctx, idOrCode: string): Promise<void> {
  const { lot, thing } = await findLot(ctx, idOrCode);
  allow(ctx, 'trace.step.record', thing);
  mustExist(lot, 'trace.lot');
}

/**
 * Records a step: takes from its inputs, makes its outputs. Sent twice it happens once.
 * @throws AppError `trace.lot.not_found`, `trace.lot.held`, `trace.lot.recalled` (409), `trace.lot.not_enough` (409),
 * `trace.step.*` (422) for what a step cannot be, `trace.claim.too_high` (422)
 */
export async function recordStep(ctx: Ctx, input: NewStepInput): Promise<RecordedStep> {
  const lots = await lockLots(ctx, Array.isArray(input.inputs) ? input.inputs.map(({ lotId }) => lotId) : []);
  const [first] = lots.values();
  allow(ctx, 'trace.step.record', { kind: 'lot', id: first?.id ?? '', hamlet_id: first?.hamletId ?? null });
  const given = checked(Step, input);
  const before = await sentBefore(ctx, given.id);
  if (before) return before;
  const inputs = given.inputs.map(({ lotId, g }) => ({ lot: mustExist(lots.get(lotId), 'trace.lot'), g }));
  refuseInputs(ctx, given, inputs);
  const taken = inputs.map(({ lot, g }): StepLot => {
    const { taken } = takeFrom({ g: lot.leftG, freshG: lot.freshLeftG }, g);
    return { side: 'in', lotId: lot.id, ...taken };
  });
  const made = await makeLots(ctx, given, inputs, taken);
  const happenedAt = given.happenedAt ?? ctx.now;
  const shares = shareFresh(
    sumFresh(taken),
    made.map(({ g }) => g),
  );
  const outputs = made.map(({ id, g }, at): StepLot => ({ side: 'out', lotId: id, g, freshG: shares[at]! }));
  await insertStep(ctx, { ...given, happenedAt }, [...taken, ...outputs]);
  await drawDown(ctx, taken);
  await deriveLater(ctx);
  return { id: given.id, lots: made };
}

function sumFresh(taken: readonly StepLot[]): bigint {
  return taken.reduce((sum, { freshG }) => sum + freshG, 0n);
}

async function sentBefore(ctx: Ctx, id: string): Promise<RecordedStep | undefined> {
  const known = await ctx.db
    .selectFrom('trace_step')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!known) return undefined;
  const lots = await ctx.db
    .selectFrom('trace_step_lot as s')
    .innerJoin('trace_lot as l', (join) =>
      join.onRef('l.commune_id', '=', 's.commune_id').onRef('l.id', '=', 's.lot_id'),
    )
    .select(['l.id', 'l.code', 's.g'])
    .where('s.commune_id', '=', ctx.commune.id)
    .where('s.step_id', '=', id)
    .where('s.side', '=', 'out')
    .orderBy('l.id')
    .execute();
  return { id, lots };
}

type Input = { lot: LotLine; g: bigint };

function refuseInputs(ctx: Ctx, given: Given, inputs: readonly Input[]): void {
  const { kind, evidence, outputs, happenedAt = ctx.now } = given;
  if (new Set(inputs.map(({ lot }) => lot.id)).size < inputs.length)
    refuseField('inputs', 'trace.step.twice');
  if (new Set(inputs.map(({ lot }) => lot.producerId)).size > 1) refuse('trace.step.two_producers');
  for (const { lot, g } of inputs) {
    // What is called back or held may be thrown away, and nothing else.
    if (kind !== 'discard' && (lot.state === 'recalled' || lot.state === 'held'))
      throw new AppError(`trace.lot.${lot.state}`, 409, { lot: lot.code });
    if (g > lot.leftG)
      throw new AppError('trace.lot.not_enough', 409, { lot: lot.code, left_g: Number(lot.leftG) });
    if (happenedAt < lot.madeAt) refuseField('happenedAt', 'trace.step.before_its_lot');
    if (kind === 'ship' && lot.kind === 'pack' && !lot.released)
      throw new AppError('trace.step.not_released', 409, { lot: lot.code });
  }
  if (happenedAt > ctx.now) refuseField('happenedAt', 'trace.step.to_come');
  const weights = outputs.map(({ g }) => g);
  const [fault] = faultsOf({
    kind,
    evidence,
    outputs: weights,
    inputs: inputs.map(({ lot, g }) => ({ kind: lot.kind, g })),
  });
  if (fault) refuse(`trace.step.${fault}`);
  if (kind === 'ship' && given.buyer === null) refuseField('buyer', 'input.missing');
}

async function makeLots(
  ctx: Ctx,
  given: Given,
  inputs: readonly Input[],
  taken: readonly StepLot[],
): Promise<MadeLot[]> {
  const kind = outputKind(
    given.kind,
    inputs.map(({ lot }) => lot),
  );
  if (kind === null) return [];
  const { lot: like } = inputs[0]!;
  const claims = claimsOf(inputs.map(({ lot }) => lot));
  const shares = shareFresh(
    sumFresh(taken),
    given.outputs.map(({ g }) => g),
  );
  const made: MadeLot[] = [];
  for (const [at, output] of given.outputs.entries()) {
    const product = await productFor(ctx, kind, like, claims, output.productId);
    if (output.grade !== null && !mayBeGraded(output.grade, claims.grade)) refuse('trace.claim.too_high');
    made.push(
      await insertLot(ctx, {
        ...claims,
        grade: output.grade ?? claims.grade,
        kind,
        producerId: like.producerId,
        hamletId: like.hamletId,
        productId: product.id,
        madeAt: given.happenedAt ?? ctx.now,
        made: { g: output.g, freshG: shares[at]! },
        moistureTenths: given.evidence.moistureTenths ?? wettest(kind, inputs),
        shelfMonths: product.shelfMonths,
        notAfter: inputs.flatMap(({ lot }) => lot.bestBefore ?? []).toSorted()[0] ?? null,
        demo: like.demo,
      }),
    );
  }
  return made;
}

/** Dry tea keeps the highest moisture of what it was made of, until it is measured again. */
function wettest(kind: LotKind, inputs: readonly Input[]): number | null {
  if (kind !== 'dry' && kind !== 'pack') return null;
  const known = inputs.flatMap(({ lot }) => lot.moistureTenths ?? []);
  return known.length < inputs.length ? null : Math.max(...known);
}

/** What comes out goes by: packed tea by its product, tea within the house by the house's own. */
async function productFor(
  ctx: Ctx,
  kind: LotKind,
  like: LotLine,
  claims: Claims,
  productId: string | null,
): Promise<Pick<Product, 'id' | 'shelfMonths'>> {
  if (kind !== 'pack') {
    if (like.kind === kind) return { id: like.productId, shelfMonths: null };
    const { name } = await getProducer(ctx, like.producerId);
    return { id: await houseProduct(ctx, { ...like, name }, kind), shelfMonths: null };
  }
  // Packs that are divided or joined stay the tea that they are.
  const product = await findProduct(ctx, productId ?? (like.kind === 'pack' ? like.productId : ''));
  if (!product || product.kind !== 'pack' || product.producerId !== like.producerId || product.ended)
    refuseField('productId', 'input.unknown');
  if (!mayBeCalled(product.standard, claims.standard))
    refuse('trace.claim.too_high', 422, { held: claims.standard, asked: product.standard });
  if (product.grade !== null && !mayBeGraded(product.grade, claims.grade)) refuse('trace.claim.too_high');
  return product;
}
