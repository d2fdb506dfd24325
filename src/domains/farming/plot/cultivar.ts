/** Cultivars of tea, as data. */
import { z } from 'zod';
import { Bilingual, inLocale } from '#kernel/bilingual';
import type { Locale } from '#kernel/format';
import { foldText } from '#kernel/text';
import catalogue from '../catalog/cultivars.json' with { type: 'json' };

const Catalogue = z.strictObject({
  source: z.string().min(1),
  verified: z.boolean(),
  cultivars: z.array(z.strictObject({ code: z.string().regex(/^[a-z0-9_]{2,30}$/), name: Bilingual })).min(1),
});

const { cultivars } = Catalogue.parse(catalogue);

export const CULTIVAR_CODES = cultivars.map(({ code }) => code) as [string, ...string[]];

/** A cultivar by its code or its name in either language, accents not needed; null where it is none of them. */
export function cultivarNamed(text: string): string | null {
  const asked = foldText(text);
  const found = cultivars.find(({ code, name }) =>
    [code, name.vi, name.en].some((one) => foldText(one) === asked),
  );
  return found?.code ?? null;
}

/** The cultivar's name in the reader's language; the code itself where the catalogue no longer has it. */
export function cultivarWords(code: string, locale: Locale): string {
  const found = cultivars.find((one) => one.code === code);
  return found ? inLocale(found.name, locale) : code;
}
