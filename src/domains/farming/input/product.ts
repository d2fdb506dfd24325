/**
 * The register of inputs, as data: what may be used on tea, how much, how often, and how long before a picking. Only
 * what was compared with label or official list is `verified`.
 */
import { z } from 'zod';
import { Day } from '#kernel/input';
import type { LocalDate } from '#kernel/time';
import catalogue from '../catalog/products.json' with { type: 'json' };
import { DOSE_UNITS } from './dose.ts';

const Use = z.strictObject({
  crop: z.string(),
  targets: z.array(z.string()),
  doseMax: z.number().positive().nullable(),
  doseUnit: z.enum(DOSE_UNITS).nullable(),
  /** Days from the last application to the harvest (Luật BV&KDTV 41/2013); null: not known. */
  phiDays: z.int().min(0).nullable(),
  /** In one calendar year; null: not known. */
  maxApplications: z.int().positive().nullable(),
});

const Product = z.strictObject({
  code: z.string().regex(/^[a-z0-9_]{2,40}$/),
  kind: z.enum(['pesticide', 'fertiliser', 'other']),
  name: z.string().min(1),
  registration: z.string().nullable(),
  ingredients: z.array(z.string().toLowerCase()),
  nature: z.enum(['chemical', 'biological']).nullable(),
  /** Null: not known for which crops. */
  uses: z.array(Use).nullable(),
  reentryHours: z.int().nullable(),
  organicAllowed: z.boolean().nullable(),
  validFrom: Day,
  validTo: Day.nullable(),
  /** The first day on which it may no longer be used. */
  withdrawnOn: Day.nullable(),
  source: z.string().min(1),
  verified: z.boolean(),
});
export type Product = z.output<typeof Product>;

const Ban = z.strictObject({
  ingredient: z.string().toLowerCase(),
  from: Day,
  source: z.string().min(1),
  verified: z.boolean(),
});
export type Ban = z.output<typeof Ban>;

const Catalogue = z.strictObject({
  source: z.string().min(1),
  verified: z.boolean(),
  products: z.array(Product),
  banned: z.array(Ban),
});

const parsed = Catalogue.parse(catalogue);

/** Every product of the register, also those that may not be used any more. */
export const PRODUCTS: readonly Product[] = parsed.products;
/** Active ingredients that are forbidden, from which day and by which decision. */
export const BANNED: readonly Ban[] = parsed.banned;

const byCode = new Map(PRODUCTS.map((product) => [product.code, product]));

/** The product of that code, whatever the day; undefined where the register has none. */
export function findProduct(code: string): Product | undefined {
  return byCode.get(code);
}

/** What the register says of using it on tea; undefined where nothing. */
export function teaUse(product: Product): z.output<typeof Use> | undefined {
  return product.uses?.find(({ crop }) => crop === 'tea');
}

/** Whether it was taken off the market by that day. */
export function isWithdrawn({ withdrawnOn }: Product, day: LocalDate): boolean {
  return withdrawnOn !== null && withdrawnOn <= day;
}

/** The decision that forbids one of its ingredients on that day. */
export function banOn(product: Product, day: LocalDate): Ban | undefined {
  return BANNED.find(({ ingredient, from }) => from <= day && product.ingredients.includes(ingredient));
}
