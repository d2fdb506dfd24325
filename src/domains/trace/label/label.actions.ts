/** Printing labels: released lots only, every print written down, a reprint with its reason. */
import { sql } from 'kysely';
import { z } from 'zod';
import { m } from '#i18n/messages';
import { actorId, type Ctx } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { isId, newId, randomCode } from '#kernel/ids';
import { checked, lines } from '#kernel/input';
import { allow } from '#kernel/rights';
import { deriveLater } from '../lot/derive-later.ts';
import { findLot, readLots, type LotLine } from '../lot/lines.queries.ts';
import { nameOfActor } from '../lot/named.ts';
import { findProduct } from '../lot/product.queries.ts';
import { labelSheet } from './label.ts';
import { findPaper, LABEL_PAPERS } from './papers.ts';

/** What one run may hold: twenty sheets. */
export const MOST_LABELS = 500;
/** 32 bits: of ten thousand packs of a lot nobody guesses one in a hundred thousand tries. */
const SERIAL_SIGNS = 8;
/** So long after the run its file can be fetched by whoever printed; then it is a reprint. Minutes. */
const FETCH_WITHIN = 60;

const Print = z.object({
  paper: z.enum(LABEL_PAPERS.map(({ code }) => code)),
  serialised: z.boolean(),
  count: z.coerce.number().int().min(1).max(MOST_LABELS),
});
export type NewPrint = z.input<typeof Print>;

/**
 * Writes down a run of labels and gives its packs their serial numbers. @returns the run's id
 * @throws AppError `trace.lot.not_found`; `trace.label.not_released`, `trace.lot.held`, `trace.lot.recalled` (409);
 * `trace.label.too_many` (422) for more packs than the lot makes
 */
export async function printLabels(ctx: Ctx, idOrCode: string, input: NewPrint): Promise<string> {
  const { lot, thing } = await findLot(ctx, idOrCode);
  allow(ctx, 'trace.label.print', thing, { count: input.count });
  const given = checked(Print, input);
  const printed = mustExist(lot, 'trace.lot');
  refuseUnreleased(printed);
  await refuseMoreThanPacks(ctx, printed, given.count);
  const id = await insertRun(ctx, { ...given, lotId: printed.id, reprintOf: null, reason: null });
  if (given.serialised) await insertSerials(ctx, printed.id, id, given.count);
  await deriveLater(ctx);
  return id;
}

const Reprint = z.object({ reason: lines(300) });

/** Prints a run again, with the same numbers. @returns the new run's id @throws AppError `trace.label.not_found`, as above */
export async function reprintLabels(
  ctx: Ctx,
  runId: string,
  input: z.input<typeof Reprint>,
): Promise<string> {
  const run = await findRun(ctx, runId);
  const { lot, thing } = await findLot(ctx, run?.lot_id ?? '');
  allow(ctx, 'trace.label.print', thing, { reprint: runId, reason: input.reason });
  const first = mustExist(run, 'trace.label');
  refuseUnreleased(mustExist(lot, 'trace.lot'));
  const { reason } = checked(Reprint, input);
  const { paper, serialised, count, lot_id: lotId } = first;
  return insertRun(ctx, { paper, serialised, count, lotId, reprintOf: first.reprint_of ?? first.id, reason });
}

function refuseUnreleased(lot: LotLine): void {
  if (lot.state === 'held' || lot.state === 'recalled')
    throw new AppError(`trace.lot.${lot.state}`, 409, { lot: lot.code });
  if (lot.kind !== 'pack' || !lot.released)
    throw new AppError('trace.label.not_released', 409, { lot: lot.code });
}

/** Labels of a lot, reprints apart, cannot be more than it makes packs; one in twenty may be spoilt. */
async function refuseMoreThanPacks(ctx: Ctx, lot: LotLine, count: number): Promise<void> {
  const product = mustExist(await findProduct(ctx, lot.productId), 'trace.product');
  const { rows } = await sql<{ printed: bigint }>`
    select coalesce(sum(count), 0)::bigint as printed from trace_label_run
    where commune_id = ${ctx.commune.id} and lot_id = ${lot.id} and reprint_of is null`.execute(ctx.db);
  const packs = Number(lot.madeG) / (product.netG ?? 1);
  const most = Math.ceil(packs * 1.05);
  if (Number(rows[0]!.printed) + count > most) refuse('trace.label.too_many', 422, { most });
}

type Run = {
  lotId: string;
  paper: string;
  serialised: boolean;
  count: number;
  reprintOf: string | null;
  reason: string | null;
};

async function insertRun(ctx: Ctx, run: Run): Promise<string> {
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('trace_label_run')
    .values({
      commune_id: ctx.commune.id,
      id,
      lot_id: run.lotId,
      paper: run.paper,
      serialised: run.serialised,
      count: run.count,
      reprint_of: run.reprintOf,
      reason: run.reason,
      printed_at: ctx.now,
      printed_by: actorId(ctx.actor),
      printed_name: nameOfActor(ctx.actor),
    })
    .execute();
  return id;
}

async function insertSerials(ctx: Ctx, lotId: string, runId: string, count: number): Promise<void> {
  for (let missing = count; missing > 0;) {
    const serials = Array.from({ length: missing }, () => randomCode(SERIAL_SIGNS));
    const { rows } = await sql<{ serial: string }>`
      insert into trace_serial (commune_id, lot_id, serial, run_id)
      select ${ctx.commune.id}, ${lotId}, serial, ${runId} from unnest(${serials}::text[]) as serial
      on conflict do nothing returning serial`.execute(ctx.db);
    missing -= rows.length;
  }
}

async function findRun(ctx: Ctx, id: string) {
  if (!isId(id)) return undefined;
  return ctx.db
    .selectFrom('trace_label_run')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * The sheet of a run, for whoever printed it and soon after; later it is a reprint. Refused while the lot is held.
 * @throws AppError `trace.label.not_found` (404), `trace.label.fetched` (410), as {@link printLabels}
 */
export async function sheetOf(ctx: Ctx, runId: string): Promise<Paper> {
  const run = await findRun(ctx, runId);
  const { lot, thing } = await findLot(ctx, run?.lot_id ?? '');
  allow(ctx, 'trace.label.print', thing);
  const known = mustExist(run, 'trace.label');
  const printed = mustExist(lot, 'trace.lot');
  refuseUnreleased(printed);
  const age = ctx.now.getTime() - known.printed_at.getTime();
  if (known.printed_by !== actorId(ctx.actor) || age > FETCH_WITHIN * 60_000)
    refuse('trace.label.fetched', 410);
  const product = mustExist(await findProduct(ctx, printed.productId), 'trace.product');
  const words = {
    title: m.trace_label_title({ lot: printed.code }, { locale: 'vi' }),
    net: m.trace_label_net({}, { locale: 'vi' }),
    lot: m.trace_label_lot({}, { locale: 'vi' }),
    packed: m.trace_label_packed({}, { locale: 'vi' }),
    best: m.trace_label_best({}, { locale: 'vi' }),
    scan: m.trace_label_scan({}, { locale: 'vi' }),
  };
  const facts = {
    product: product.name,
    brand: product.brand,
    netG: product.netG ?? 0,
    lot: printed,
    packedOn: printed.madeOn,
    bestBefore: printed.bestBefore,
    maker: product.makerName,
    address: product.makerAddress,
    rules: product.rules,
    standard: standardWord(product.standard),
    serials: known.serialised ? await serialsOf(ctx, known.reprint_of ?? known.id) : null,
    count: known.count,
    demo: printed.demo,
  };
  const paper = mustExist(findPaper(known.paper), 'trace.label');
  const { origin } = ctx.wiring.installation;
  return labelSheet(facts, paper, { origin, words, issuedAt: known.printed_at });
}

function standardWord(standard: string): string | null {
  if (standard === 'organic') return m.trace_standard_organic({}, { locale: 'vi' });
  return standard === 'vietgap' ? m.trace_standard_vietgap({}, { locale: 'vi' }) : null;
}

async function serialsOf(ctx: Ctx, runId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('trace_serial')
    .select('serial')
    .where('commune_id', '=', ctx.commune.id)
    .where('run_id', '=', runId)
    .orderBy('serial')
    .execute();
  return rows.map(({ serial }) => serial);
}

export type LabelRun = {
  id: string;
  paper: string;
  serialised: boolean;
  count: number;
  reprint: boolean;
  reason: string | null;
  printedAt: Date;
  printedName: string;
  /** Its file can still be fetched by the reader. */
  open: boolean;
};

/** The runs of a lot, the newest first. */
export async function labelRuns(ctx: Ctx, lotId: string): Promise<LabelRun[]> {
  const [lot] = isId(lotId) ? await readLots(ctx, sql`l.id = ${lotId}`) : [];
  allow(ctx, 'trace.lot.see', { kind: 'lot', id: lotId, hamlet_id: lot?.hamletId ?? null });
  const rows = await ctx.db
    .selectFrom('trace_label_run')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('lot_id', '=', mustExist(lot, 'trace.lot').id)
    .orderBy('printed_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    paper: row.paper,
    serialised: row.serialised,
    count: row.count,
    reprint: row.reprint_of !== null,
    reason: row.reason,
    printedAt: row.printed_at,
    printedName: row.printed_name,
    open:
      row.printed_by === actorId(ctx.actor) &&
      ctx.now.getTime() - row.printed_at.getTime() <= FETCH_WITHIN * 60_000,
  }));
}
