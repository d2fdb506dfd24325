/** Purposes for which people are asked, and the texts they are asked with: data with source, see catalog/consents.json. Pure. */
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import { Source } from '#kernel/source';
import { localDate, type LocalDate } from '#kernel/time';
import catalogData from '../catalog/consents.json' with { type: 'json' };

const Text = z.strictObject({
  version: z.string().regex(/^\d{4}-\d{2}[a-z]?$/),
  validFrom: z.string().transform(localDate),
  /** The last day on which people are asked with it. */
  validTo: z.string().transform(localDate).nullable(),
  /** Earlier versions that say the same in other words: who agreed to them need not be asked anew. */
  continues: z.array(z.string()).default([]),
  text: Bilingual,
});
const Catalog = z.strictObject({
  source: Source,
  /** Whether the texts were compared with the official ones. */
  verified: z.boolean(),
  purposes: z.array(
    z.strictObject({
      code: z.enum(['news', 'survey', 'support', 'publicity']),
      name: Bilingual,
      texts: z.array(Text),
    }),
  ),
});

export const CONSENTS = Catalog.parse(catalogData);
export type ConsentPurpose = (typeof CONSENTS)['purposes'][number]['code'];
export type ConsentText = z.infer<typeof Text>;

/** In the catalogue's order. */
export const CONSENT_PURPOSES: readonly ConsentPurpose[] = CONSENTS.purposes.map(({ code }) => code);

export function findConsentPurpose(text: string): ConsentPurpose | undefined {
  return CONSENT_PURPOSES.find((code) => code === text);
}

/** The text with which people are asked on a day; none while a purpose is not asked for. */
export function textOn(
  purpose: ConsentPurpose,
  day: LocalDate,
  texts = textsOf(purpose),
): ConsentText | undefined {
  return texts.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo));
}

/** The text that somebody agreed to. */
export function textOf(purpose: ConsentPurpose, version: string): ConsentText | undefined {
  return textsOf(purpose).find((one) => one.version === version);
}

/**
 * Whether agreement to one version still carries the purpose on a day: to the text of that day, or to one that
 * it continues. A new text that asks for more has to be agreed to anew.
 */
export function carries(
  purpose: ConsentPurpose,
  version: string,
  day: LocalDate,
  texts = textsOf(purpose),
): boolean {
  const asked = textOn(purpose, day, texts);
  return asked !== undefined && (asked.version === version || asked.continues.includes(version));
}

function textsOf(purpose: ConsentPurpose): readonly ConsentText[] {
  return CONSENTS.purposes.find(({ code }) => code === purpose)?.texts ?? [];
}
