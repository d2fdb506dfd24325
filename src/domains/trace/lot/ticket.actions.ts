/** The weighing point: leaf bought from its growers becomes a lot. */
import { z } from 'zod';
import { getProducer } from '#domain/producers';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { newCode } from './code.ts';
import { deriveLater } from './derive-later.ts';
import { insertLot, insertStep } from './insert.ts';
import { declaredLand, pickedLand, refuseInsideInterval, type Land } from './land.ts';
import { GRADES } from './lot.ts';
import { houseProduct } from './product.queries.ts';
import { amountFor, netOf } from './ticket.ts';
import { Grams } from './weight.ts';

const Ticket = z.object({
  /** Made by the sender. */
  id: Id,
  /** Who buys. */
  producerId: Id,
  /** Entries of the diary; or what the seller declares. */
  pickIds: z.array(Id).max(60).default([]),
  declared: optional(
    z.object({ plotIds: z.array(Id).min(1, 'input.missing').max(60), pickedOn: Day, grade: z.enum(GRADES) }),
  ).default(null),
  householdId: optional(Id).default(null),
  sellerName: line(120),
  weighedAt: z.date().optional(),
  grossG: Grams,
  tareG: z.union([z.bigint(), z.int().transform(BigInt)]).refine((g) => g >= 0n, 'trace.weight.unlikely'),
  pricePerKg: z.bigint().refine((dong) => dong >= 0n && dong <= 10_000_000n, 'trace.ticket.price'),
  payBy: optional(Day).default(null),
  note: optional(line(300)).default(null),
  demo: z.boolean().default(false),
});
export type NewTicket = z.input<typeof Ticket>;
type Given = z.output<typeof Ticket>;

export type WeighedTicket = {
  id: string;
  code: string;
  lotId: string;
  lotCode: string;
  netG: bigint;
  amount: bigint;
};

/**
 * Records a purchase of leaf and makes its lot. Sent twice it is one ticket.
 * @throws AppError `trace.ticket.in_interval` (409) when a plot was inside a pre-harvest interval, or whether it was is
 * not known; `trace.ticket.pick_sold` (409), `trace.ticket.more_than_picked` (422), `trace.ticket.weights` (422)
 */
export async function recordTicket(ctx: Ctx, input: NewTicket): Promise<WeighedTicket> {
  const producer = await getProducer(ctx, input.producerId);
  allow(ctx, 'trace.ticket.record', { kind: 'producer', id: producer.id, hamlet_id: producer.hamletId });
  const given = checked(Ticket, input);
  const before = await findTicketSent(ctx, given.id);
  if (before) return before;
  const netG = netOf(given.grossG, given.tareG);
  if (netG === null) refuseField('tareG', 'trace.ticket.weights');
  const weighedAt = given.weighedAt ?? ctx.now;
  if (weighedAt > ctx.now) refuseField('weighedAt', 'trace.step.to_come');
  const land = await landOf(ctx, given, netG, weighedAt);
  await refuseInsideInterval(ctx, land);
  const maker = {
    producerId: producer.id,
    hamletId: producer.hamletId,
    name: producer.name,
    demo: given.demo,
  };
  const lot = await insertLot(ctx, {
    ...maker,
    kind: 'leaf',
    productId: await houseProduct(ctx, maker, 'leaf'),
    madeAt: weighedAt,
    made: { g: netG, freshG: netG },
    standard: land.standard,
    grade: land.grade,
    moistureTenths: null,
    shelfMonths: null,
    notAfter: null,
  });
  await insertSources(ctx, lot.id, land);
  const ticket = { ...given, netG, weighedAt, amount: amountFor(netG, given.pricePerKg) };
  const code = await insertTicket(ctx, ticket, lot.id, land);
  const step = { id: given.id, kind: 'receive', happenedAt: weighedAt, evidence: {} } as const;
  await insertStep(ctx, { ...step, note: null, buyer: null, orderRef: null, photo: null }, [
    { side: 'out', lotId: lot.id, g: netG, freshG: netG },
  ]);
  await deriveLater(ctx);
  return { id: given.id, code, lotId: lot.id, lotCode: lot.code, netG, amount: ticket.amount };
}

async function landOf(ctx: Ctx, given: Given, netG: bigint, weighedAt: Date): Promise<Land> {
  if (given.pickIds.length > 0 === (given.declared !== null)) refuseField('pickIds', 'trace.ticket.basis');
  const land = given.declared
    ? await declaredLand(ctx, given.declared)
    : await pickedLand(ctx, given.pickIds, netG);
  if (land.sources.some(({ pickedAt }) => pickedAt > weighedAt) && !given.declared)
    refuseField('weighedAt', 'trace.ticket.before_picking');
  if (land.sources.some(({ pickedOn }) => pickedOn > localDateOf(weighedAt)))
    refuseField('declared', 'trace.ticket.before_picking');
  return land;
}

async function findTicketSent(ctx: Ctx, id: string): Promise<WeighedTicket | undefined> {
  const row = await ctx.db
    .selectFrom('trace_ticket as t')
    .innerJoin('trace_lot as l', (join) =>
      join.onRef('l.commune_id', '=', 't.commune_id').onRef('l.id', '=', 't.lot_id'),
    )
    .select(['t.id', 't.code', 't.lot_id', 'l.code as lot_code', 'l.made_g', 't.amount'])
    .where('t.commune_id', '=', ctx.commune.id)
    .where('t.id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const { code, lot_id: lotId, lot_code: lotCode, made_g: netG, amount } = row;
  return { id, code, lotId, lotCode, netG, amount };
}

async function insertSources(ctx: Ctx, lotId: string, { sources }: Land): Promise<void> {
  await ctx.db
    .insertInto('trace_source')
    .values(
      sources.map((source) => ({
        commune_id: ctx.commune.id,
        lot_id: lotId,
        plot_id: source.plotId,
        picked_on: source.pickedOn,
        picked_at: source.pickedAt,
        standard: source.standard,
        certificate_ids: [...source.certificateIds],
        pick_id: source.pickId,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

type Weighed = Given & { netG: bigint; weighedAt: Date; amount: bigint };

/** @returns the ticket's code @throws AppError `trace.ticket.pick_sold` (409) */
async function insertTicket(ctx: Ctx, ticket: Weighed, lotId: string, land: Land): Promise<string> {
  const code = newCode('ticket', localDateOf(ticket.weighedAt));
  await ctx.db
    .insertInto('trace_ticket')
    .values({
      commune_id: ctx.commune.id,
      id: ticket.id,
      code,
      lot_id: lotId,
      producer_id: ticket.producerId,
      basis: ticket.declared ? 'declaration' : 'picks',
      seller_household_id: ticket.householdId,
      seller_name: ticket.sellerName,
      weighed_at: ticket.weighedAt,
      picked_on: land.sources[0]!.pickedOn,
      grade: land.grade,
      gross_g: ticket.grossG,
      tare_g: ticket.tareG,
      price_per_kg: ticket.pricePerKg,
      amount: ticket.amount,
      pay_by: ticket.payBy,
      note: ticket.note,
      recorded_at: ctx.now,
      recorded_by: actorId(ctx.actor),
    })
    .execute();
  if (ticket.pickIds.length === 0) return code;
  const picks = [...new Set(ticket.pickIds)];
  const taken = await ctx.db
    .insertInto('trace_ticket_pick')
    .values(picks.map((pickId) => ({ commune_id: ctx.commune.id, pick_id: pickId, ticket_id: ticket.id })))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (Number(taken.numInsertedOrUpdatedRows) < picks.length) refuse('trace.ticket.pick_sold', 409);
  return code;
}

/** Writes down that a ticket was paid. @throws AppError `trace.ticket.not_found`, `trace.ticket.paid`, `trace.ticket.undone` (409) */
export async function payTicket(ctx: Ctx, id: string): Promise<void> {
  const ticket = await ctx.db
    .selectFrom('trace_ticket as t')
    .innerJoin('trace_lot as l', (join) =>
      join.onRef('l.commune_id', '=', 't.commune_id').onRef('l.id', '=', 't.lot_id'),
    )
    .select(['t.paid_at', 'l.hamlet_id', 'l.undone'])
    .where('t.commune_id', '=', ctx.commune.id)
    .where('t.id', '=', checked(Id, id))
    .forUpdate('l')
    .executeTakeFirst();
  allow(ctx, 'trace.ticket.pay', { kind: 'ticket', id, hamlet_id: ticket?.hamlet_id ?? null });
  if (mustExist(ticket, 'trace.ticket').undone) refuse('trace.ticket.undone', 409);
  const done = await ctx.db
    .updateTable('trace_ticket')
    .set({ paid_at: ctx.now, paid_by: actorId(ctx.actor) })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('paid_at', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new AppError('trace.ticket.paid', 409);
}
