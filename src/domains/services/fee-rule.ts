import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import { Source } from '#kernel/source';

/** Whole đồng as a JSON number: the catalogue is JSON; sums are made in bigint (fee.ts). */
const Dong = z.int().min(0).max(1_000_000_000);

/** The same at the counter and online, or each its own. */
const Amount = z.union([Dong, z.strictObject({ counter: Dong, online: Dong })]);
export type Amount = z.infer<typeof Amount>;

/** The name of something counted in a dossier: copies, pages, cases. */
const Quantity = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** How the fee is computed, as data. */
export const FeeRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({ kind: z.literal('fixed'), amount: Amount }),
  z.strictObject({ kind: z.literal('by_quantity'), quantity: Quantity, amount: Amount }),
  z.strictObject({
    kind: z.literal('by_page'),
    /** Quantities that hold the number of copies and the number of pages of one copy. */
    copies: Quantity,
    pages: Quantity,
    /** From this page on each page costs so much; the first tier begins at page 1. */
    tiers: z
      .array(z.strictObject({ fromPage: z.int().min(1), each: Dong }))
      .min(1)
      .refine((tiers) => tiers[0]?.fromPage === 1, 'services.procedure.tiers')
      .refine(
        (tiers) => tiers.every((t, i) => i === 0 || t.fromPage > tiers[i - 1]!.fromPage),
        'services.procedure.tiers',
      ),
    maxPerCopy: Dong.nullable(),
  }),
]);
export type FeeRule = z.infer<typeof FeeRule>;

/** Somebody, or some case, that pays less: `percent` is what is forgiven. */
export const FeeExemption = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: Bilingual,
  percent: z.int().min(1).max(100),
  source: Source,
});
export type FeeExemption = z.infer<typeof FeeExemption>;

/**
 * The fee of a procedure: the verbatim text binds, the rule computes. A rule is null where the
 * amount is set by another text that we do not hold (the provincial council): then only a full
 * exemption gives an amount.
 */
export const Fee = z.strictObject({
  text: Bilingual,
  rule: FeeRule.nullable(),
  exemptions: z
    .array(FeeExemption)
    .refine(
      (all) => new Set(all.map((one) => one.code)).size === all.length,
      'services.procedure.code_twice',
    ),
  source: Source,
});
export type Fee = z.infer<typeof Fee>;
