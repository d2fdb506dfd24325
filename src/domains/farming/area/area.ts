/** Growing areas and the formats of their codes. Pure. */
import { z } from 'zod';
import { Bilingual, inLocale } from '#kernel/bilingual';
import type { Locale } from '#kernel/format';
import type { Span } from '#kernel/span';
import { parseLocalDate, type LocalDate } from '#kernel/time';
import catalogue from '../catalog/area-codes.json' with { type: 'json' };

const DayText = z.string().refine((text) => parseLocalDate(text) !== undefined);

const Formats = z.strictObject({
  formats: z.array(
    z.strictObject({
      code: z.string(),
      name: Bilingual,
      pattern: z.string().transform((text) => new RegExp(text)),
      example: z.string(),
      validFrom: DayText,
      validTo: DayText.nullable(),
      source: z.string().min(1),
      verified: z.boolean(),
    }),
  ),
});

/** How the codes of growing areas and packing houses are written: law as data. */
export const AREA_CODE_FORMATS = Formats.parse(catalogue).formats;

export type Area = Span & {
  id: string;
  code: string | null;
  /** Which format the code has. */
  codeFormat: string | null;
  name: string;
  crop: string;
  /** Who answers for it, in the register of producers. */
  producerId: string | null;
  source: string | null;
  verified: boolean;
  version: number;
  demo: boolean;
};

/** The format that a code has and that is in use on a day; undefined where it has none. */
export function codeFormatOf(code: string, day: LocalDate): string | undefined {
  return AREA_CODE_FORMATS.find(
    ({ pattern, validFrom, validTo }) =>
      pattern.test(code) && validFrom <= day && (validTo === null || day <= validTo),
  )?.code;
}

/** The name of a format in the reader's language. */
export function codeFormatWords(code: string, locale: Locale): string {
  const found = AREA_CODE_FORMATS.find((one) => one.code === code);
  return found ? inLocale(found.name, locale) : code;
}
