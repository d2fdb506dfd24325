/** Whether an entry may stand in the diary. Reads the book alone. */
import { holdsOn } from '#kernel/span';
import { localDateOf, type LocalDate } from '#kernel/time';
import { isInside, phiOf, earliestHarvest } from '../gate/interval.ts';
import { FERTILISER_RULES, isOrganic, judgeApplication, SPRAY_RULES } from '../gate/rules.ts';
import { findProduct } from '../input/product.ts';
import { applicationsOn, intervalsFor, type Book, type Kept } from './book.ts';
import type { Entry, Reason } from './entry.ts';

/** `wrong`: the entry itself; `forbidden`: what it tells of, which may have happened all the same. */
export type Judgement = { wrong: Reason[]; forbidden: Reason[]; unknown: Reason[] };

/** Whether the sender may write for a household or producer on a plot of a hamlet. */
export type MayWrite = (entry: Pick<Entry, 'household_id' | 'producer_id'>, hamletId: string) => boolean;

const reason = (code: string, params: Reason['params'] = {}): Reason => ({
  code: `farming.entry.${code}`,
  params,
});

/** @param may decides the right; entries of others are refused before anything else is said about them */
export function judge(entry: Entry, book: Book, may: MayWrite): Judgement {
  const fault = wrongPlots(entry, book, may) ?? wrongCorrection(entry, book, may);
  if (fault) return { wrong: [fault], forbidden: [], unknown: [] };
  if (entry.voids) return { wrong: [], forbidden: [], unknown: [] };
  if (entry.kind === 'pick') return { wrong: [], forbidden: insideReasons(entry, book), unknown: [] };
  if (entry.kind === 'spray' || entry.kind === 'fertilise') return judgeInput(entry, book);
  return { wrong: [], forbidden: [], unknown: [] };
}

function wrongPlots(entry: Entry, book: Book, may: MayWrite): Reason | null {
  const day = localDateOf(entry.happened_at);
  for (const id of entry.plot_ids) {
    const plot = book.plots.get(id);
    if (!plot || !may(entry, plot.hamletId)) return reason('not_your_plot');
    if (!holdsOn(plot, day)) return reason('plot_not_there_then', { day });
    const holder = plot.holders.find((one) => holdsOn(one, day));
    if (holder?.householdId !== entry.household_id && entry.household_id !== null)
      return reason('held_by_another', { day });
    if (holder?.producerId !== entry.producer_id && entry.producer_id !== null)
      return reason('held_by_another', { day });
  }
  return null;
}

function wrongCorrection(entry: Entry, book: Book, may: MayWrite): Reason | null {
  if (entry.corrects === null) return null;
  const original = book.kept.get(entry.corrects);
  const hamlets = original?.plotIds.map((id) => book.plots.get(id)?.hamletId) ?? [];
  const mine = hamlets.every((hamlet) => hamlet !== undefined && may(entry, hamlet));
  if (!original || !mine || original.householdId !== entry.household_id) return reason('original_unknown');
  if (original.producerId !== entry.producer_id) return reason('original_unknown');
  if (original.kind !== entry.kind) return reason('another_kind');
  if (original.voids) return reason('already_corrected');
  const by = book.correctedBy.get(original.id);
  return by !== undefined && by !== entry.id ? reason('already_corrected') : null;
}

/** Why nothing may be picked there then. */
function insideReasons(entry: Entry, book: Book): Reason[] {
  const day = localDateOf(entry.happened_at);
  const intervals = intervalsFor(book, entry.plot_ids).filter((one) => isInside(one, entry.happened_at));
  if (intervals.length === 0) return [];
  if (intervals.some(({ refused, until }) => refused && until === null))
    return [{ code: 'farming.gate.refused_spraying', params: {} }];
  const earliest = earliestHarvest(intervals, day);
  if (earliest !== null) return [{ code: 'farming.gate.inside_interval', params: { earliest } }];
  const unknown = intervals.find(({ until }) => until === null)!;
  const product = findProduct(unknown.productCode)?.name ?? unknown.productCode;
  return [{ code: 'farming.gate.interval_not_known', params: { product } }];
}

function judgeInput(entry: Extract<Entry, { kind: 'spray' | 'fertilise' }>, book: Book): Judgement {
  const day = localDateOf(entry.happened_at);
  const productCode = entry.details.product_code;
  const stock = entry.details.stock_id === null ? null : book.stock.get(entry.details.stock_id);
  const owner = entry.household_id ?? entry.producer_id;
  if (stock === undefined || (stock && (stock.owner !== owner || stock.productCode !== productCode)))
    return { wrong: [reason('not_your_stock')], forbidden: [], unknown: [] };
  if (productCode === null) return { wrong: [], forbidden: [], unknown: unknownOrganic(entry, book, day) };
  const { forbidden, unknown } = judgeApplication(
    {
      day,
      productCode,
      product: findProduct(productCode),
      dose: entry.kind === 'spray' ? { amount: entry.details.dose, unit: entry.details.dose_unit } : null,
      phiDays: phiOf(productCode, book.labels),
      earlier: entry.plot_ids.map((id) => applicationsOn(book, id, productCode, entry.corrects)),
      standards: entry.plot_ids.map((id) => book.standardOn(id, day)),
      stock,
    },
    entry.kind === 'spray' ? SPRAY_RULES : FERTILISER_RULES,
  );
  const bare = ({ code, params }: Reason): Reason => ({ code, params });
  return { wrong: [], forbidden: forbidden.map(bare), unknown: unknown.map(bare) };
}

/** What was only named cannot be looked up in the organic list. */
function unknownOrganic(entry: Entry, book: Book, day: LocalDate): Reason[] {
  const standards = entry.plot_ids.map((id) => book.standardOn(id, day));
  return isOrganic(standards) ? [{ code: 'farming.gate.organic_unknown', params: {} }] : [];
}

/** The entry as the book keeps it. */
export function keptOf(entry: Entry, contentHash: string, remarks: readonly Reason[] = []): Kept {
  return {
    id: entry.id,
    kind: entry.kind,
    at: entry.happened_at,
    plotIds: entry.plot_ids,
    productCode: 'product_code' in entry.details ? entry.details.product_code : null,
    householdId: entry.household_id,
    producerId: entry.producer_id,
    contentHash,
    remarks,
    corrects: entry.corrects,
    voids: entry.voids,
  };
}
