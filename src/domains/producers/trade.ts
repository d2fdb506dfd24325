/** Trades (ngành nghề) of producers and craft villages: data with its source, see catalog/trades.json. */
import { z } from 'zod';
import { Bilingual, inLocale } from '#kernel/bilingual';
import type { Locale } from '#kernel/format';
import { Source } from '#kernel/source';
import catalogData from './catalog/trades.json' with { type: 'json' };

const Catalog = z.strictObject({
  source: Source,
  trades: z.array(z.strictObject({ code: z.string(), vsic: z.string(), name: Bilingual })),
});
const CATALOG = Catalog.parse(catalogData);

/** The codes in the catalogue's order. */
export const TRADES: readonly string[] = CATALOG.trades.map(({ code }) => code);

/** The name of a trade; a code that is not known any more stands as it is. */
export function tradeWords(code: string, locale: Locale): string {
  const found = CATALOG.trades.find((trade) => trade.code === code);
  return found ? inLocale(found.name, locale) : code;
}
