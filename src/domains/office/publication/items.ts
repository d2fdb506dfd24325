/** The fourteen groups that a commune must publish, and the ways (Luật 10/2022/QH15 art. 11, 12). */
import { z } from 'zod';
import catalog from '../catalog/publication-items.json' with { type: 'json' };
import { Bilingual } from '#kernel/bilingual';

const Item = z.strictObject({
  code: z.string(),
  /** The number of the group in article 11. */
  number: z.int(),
  name: Bilingual,
  /** Whether something of it must be published every year; the others when there is cause. */
  yearly: z.boolean(),
});
export type PublicationItem = z.infer<typeof Item>;
const Channel = z.strictObject({ code: z.string(), name: Bilingual });

export const ITEMS: readonly PublicationItem[] = z.array(Item).parse(catalog.items);
export const CHANNELS = z.array(Channel).parse(catalog.channels);
export const ITEM_CODES: readonly string[] = ITEMS.map(({ code }) => code);
export const CHANNEL_CODES: readonly string[] = CHANNELS.map(({ code }) => code);

/** The law in words, and whether it was compared with the official text. */
export const PUBLICATION_LAW = catalog.source;
/** Postings stay at least so many days, and begin within so many working days of the decision. */
export const { leastDays: LEAST_DAYS, withinWorkingDays: WITHIN_WORKING_DAYS } = catalog;

/** The group of that code. @throws Error for one that is none: a fault of the program */
export function itemOf(code: string): PublicationItem {
  const found = ITEMS.find((item) => item.code === code);
  if (!found) throw new Error(`no publication group ${code}`);
  return found;
}
