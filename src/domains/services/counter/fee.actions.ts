/** The fee at the counter: computed by the procedure's rule, receipted by a number of the year without gaps. */
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { localDateOf, yearOf } from '#kernel/time';
import { nextNumber } from '../code.ts';
import type { ActionData } from '../dossier/dossier.ts';
import { move, type MoveOptions } from '../dossier/move.actions.ts';
import { asThing, loadDossier, wasDone, type Loaded } from '../dossier/record.ts';
import type { ComputedFee } from '../fee.ts';
import { feeOf, type Shown } from './fee.queries.ts';

export type Payment = Shown & {
  way: 'cash' | 'transfer';
  /** Whole đồng; only where the rule is not held here (the provincial council sets the amount). */
  amount?: bigint | undefined;
};

/** More than this at a commune's counter is a slip of the keyboard. */
const MOST_DONG = 100_000_000n;

/**
 * Takes the fee and gives it a receipt number. The amount is what the rule computes, less what was taken before;
 * typed by hand it is taken only where the rule is not held, and once.
 * @throws AppError `services.fee.amount_needed`, `services.fee.bad_quantity`, `services.fee.nothing_to_pay`,
 *   `services.fee.paid` (409), and those of `move`
 */
export async function collectFee(
  ctx: Ctx,
  id: string,
  payment: Payment,
  options: MoveOptions = {},
): Promise<Loaded> {
  const loaded = await loadDossier(ctx, id, { lock: true });
  allow(ctx, 'services.dossier.collect_fee', asThing(loaded.row));
  if (options.clientId && (await wasDone(ctx, id, options.clientId))) return loaded;
  const fee = await feeOf(ctx, loaded, payment);
  const before = loaded.dossier.feeCollected;
  const amount = amountOf(fee, payment.amount, before);
  // Taken last: others who are paid now wait from here until this transaction ends.
  const year = yearOf(localDateOf(ctx.now));
  const number = await nextNumber(ctx, 'receipt', String(year));
  const data: ActionData['collect_fee'] = {
    amount: amount.toString(),
    receipt: `${String(number).padStart(4, '0')}/${year}`,
    way: payment.way,
    // The rest of a fee is no sum of its lines.
    lines: (before > 0n ? [] : fee.lines).map(({ what, fromPage, quantity, amount: sum }) => ({
      what,
      fromPage,
      quantity: quantity.toString(),
      amount: sum.toString(),
    })),
    exemption: fee.exemptedBy ?? undefined,
  };
  return move(ctx, id, 'collect_fee', data, options);
}

function amountOf(fee: ComputedFee, typed: bigint | undefined, before: bigint): bigint {
  if (fee.unknown === 'bad_quantity') refuse('services.fee.bad_quantity');
  const amount = fee.amount ?? typed ?? refuse('services.fee.amount_needed');
  if (amount <= 0n) refuse('services.fee.nothing_to_pay', 409);
  if (amount > MOST_DONG) refuse('input.bad_amount');
  const paid = fee.amount === null ? before > 0n : before >= amount;
  if (paid) refuse('services.fee.paid', 409);
  return amount - before;
}
