/** The lots of a store that an entry may name. */
import { getLocale } from '#i18n/runtime';
import { formatDate, formatNumber } from '#kernel/format';
import type { StockLot } from '../input/stock.ts';
import { productWords } from './edge.ts';
import { amountUnitWords } from './words.ts';

/** Those of which something is left, or of which that is not known; `kept` is named already. */
export function stockOptions(
  lots: readonly StockLot[],
  kept: unknown = null,
): { value: string; label: string }[] {
  const locale = getLocale();
  return lots
    .filter(({ id, left }) => left === null || left > 0 || id === kept)
    .map((lot) => {
      const left =
        lot.left === null
          ? null
          : `${formatNumber(lot.left, { digits: 1, locale })} ${amountUnitWords(lot.unit, locale)}`;
      const words = [
        productWords(lot.productCode),
        lot.lot,
        left,
        lot.expiry && formatDate(lot.expiry, locale),
      ];
      return { value: lot.id, label: words.filter(Boolean).join(' · ') };
    });
}
