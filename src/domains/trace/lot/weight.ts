/** Weights as forms and programs send them. */
import { z } from 'zod';

/** Whole grams, up to a thousand tonnes. */
export const Grams = z
  .union([z.bigint(), z.int().transform(BigInt)])
  .refine((g) => g > 0n && g <= 1_000_000_000n, 'trace.weight.unlikely');

/** Kilograms as people type them (`12,5`, `12.5`), as whole grams; undefined for anything else. */
export function gramsOf(typed: string): bigint | undefined {
  const found = /^(\d{1,7})(?:[.,](\d{1,3}))?$/.exec(typed.trim());
  if (!found) return undefined;
  return BigInt(found[1]!) * 1000n + BigInt((found[2] ?? '').padEnd(3, '0'));
}
