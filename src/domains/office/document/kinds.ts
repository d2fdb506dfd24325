/** The types of official papers (NĐ 30/2020/NĐ-CP art. 7), with the signs that stand in their symbols (annex III). */
import { z } from 'zod';
import catalog from '../catalog/document-types.json' with { type: 'json' };
import { Bilingual } from '#kernel/bilingual';

const Type = z.strictObject({
  code: z.string(),
  name: Bilingual,
  /** Null for official letters, whose symbol has the unit's sign instead. */
  sign: z.string().nullable(),
});
export type DocumentType = z.infer<typeof Type>;

/** Every type, in the order of the decree. */
export const DOCUMENT_TYPES: readonly DocumentType[] = z.array(Type).parse(catalog.types);
export const TYPE_CODES: readonly string[] = DOCUMENT_TYPES.map(({ code }) => code);

/** The type of that code. @throws Error for one that is none: a fault of the program */
export function documentType(code: string): DocumentType {
  const found = DOCUMENT_TYPES.find((type) => type.code === code);
  if (!found) throw new Error(`no document type ${code}`);
  return found;
}

/** How fast it must go (NĐ 30/2020, annex I, II.10). */
export const URGENCIES = ['normal', 'urgent', 'very_urgent', 'express'] as const;
export type Urgency = (typeof URGENCIES)[number];

/**
 * Number and symbol of a paper of the People's Committee: `15/QĐ-UBND`; for letters `15/UBND-VP`, with the
 * sign of the unit that wrote it. Numbers under 10 take a zero before them (annex I, II.3).
 */
export function symbolOf(type: DocumentType, number: number, unitSign: string): string {
  const digits = String(number).padStart(2, '0');
  return type.sign === null ? `${digits}/UBND-${unitSign}` : `${digits}/${type.sign}-UBND`;
}

/** The signs of the commune's units in the symbols of letters; each commune fixes its own. */
export const UNIT_SIGNS: Readonly<Record<string, string>> = {
  leaders: 'VP',
  one_stop: 'MC',
  office: 'VP',
  justice: 'TP',
  land: 'ĐC',
  finance: 'TC',
  culture: 'VHXH',
  police: 'CA',
  military: 'QS',
};
