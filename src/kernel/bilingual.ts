import { z } from 'zod';
import type { Locale } from './format.ts';

/** A text of the catalogue in both languages of the house; Vietnamese is the one that binds. */
export const Bilingual = z.strictObject({ vi: z.string().trim().min(1), en: z.string().trim().min(1) });
export type Bilingual = z.infer<typeof Bilingual>;

/** The text in the reader's language. */
export function inLocale(text: Bilingual, locale: Locale): string {
  return text[locale];
}
