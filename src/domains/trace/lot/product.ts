/** What a producer makes, and the number its lots are known by. Pure. */
import { z } from 'zod';
import type { PlotStandard } from '#domain/farming';
import { Id, line, lines, optional } from '#kernel/input';
import { checkDigit, hasCheckDigit } from '../digital-link/check-digit.ts';
import { GRADES, type Grade, type LotKind } from './lot.ts';

export type Product = {
  id: string;
  producerId: string;
  hamletId: string | null;
  kind: LotKind;
  /** 14 digits. */
  gtin: string;
  /** The number is the commune's own and holds under its address only. */
  ownCode: boolean;
  name: string;
  nameEn: string | null;
  grade: Grade | null;
  standard: PlotStandard;
  netG: number | null;
  shelfMonths: number | null;
  brand: string | null;
  makerName: string;
  makerAddress: string | null;
  rules: string | null;
  story: string | null;
  storyEn: string | null;
  picture: { hash: string; type: string } | null;
  ended: boolean;
  version: number;
};

/** Ten digits of chance behind a 2: a GTIN-13 of restricted circulation, which nobody is ever granted (GS1 GenSpecs). */
const RESTRICTED = '2';

/** A number of restricted circulation, 14 digits with its check digit. @param chance ten digits and more */
export function ownGtin(chance: bigint): string {
  const body = `0${RESTRICTED}${(chance % 100_000_000_000n).toString().padStart(11, '0')}`;
  return body + checkDigit(body);
}

/** A GTIN of 8, 12, 13 or 14 digits as 14; undefined where it is none, or one of restricted circulation. */
export function readGtin(typed: string): string | undefined {
  const digits = typed.replaceAll(/[\s-]/g, '');
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits)) return undefined;
  const gtin = digits.padStart(14, '0');
  // 02…, 04…, 20…–29… in front of 13 digits mean something inside one house only.
  const restricted = /^0(?:2|02|04)/.test(gtin);
  return hasCheckDigit(gtin) && !restricted ? gtin : undefined;
}

export const PackedTea = z.object({
  producerId: Id,
  name: line(120),
  nameEn: optional(line(120)).default(null),
  /** As granted to the producer; empty for a number of the commune's own. */
  gtin: optional(
    line(20).transform((text, context) => {
      const gtin = readGtin(text);
      if (gtin !== undefined) return gtin;
      context.addIssue({ code: 'custom', message: 'trace.product.bad_gtin' });
      return z.NEVER;
    }),
  ).default(null),
  grade: optional(z.enum(GRADES)).default(null),
  standard: z.enum(['organic', 'organic_conversion', 'vietgap', 'none']).default('none'),
  netG: z.coerce.number().int().min(5).max(50_000),
  shelfMonths: z.coerce.number().int().min(1).max(60),
  brand: optional(line(80)).default(null),
  makerName: line(160),
  makerAddress: optional(line(200)).default(null),
  rules: optional(line(300)).default(null),
  story: optional(lines(1_200)).default(null),
  storyEn: optional(lines(1_200)).default(null),
  demo: z.boolean().default(false),
});
export type PackedTea = z.input<typeof PackedTea>;
