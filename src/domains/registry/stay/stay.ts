/** Temporary residence and absence: kinds and the longest time, data with source in catalog/stays.json. Pure. */
import { z } from 'zod';
import { Source } from '#kernel/source';
import { addMonths, type LocalDate } from '#kernel/time';
import catalogData from '../catalog/stays.json' with { type: 'json' };

/** Stays here without belonging to a household (tạm trú); belongs to one and is away (tạm vắng). */
export const STAY_KINDS = ['residence', 'absence'] as const;
export type StayKind = (typeof STAY_KINDS)[number];

export const STAY_RULES = z
  .strictObject({
    source: Source,
    verified: z.boolean(),
    longestMonths: z.strictObject({
      residence: z.number().int().positive(),
      absence: z.number().int().positive(),
    }),
  })
  .parse(catalogData);

/** Whether a stay of that kind is longer than one registration may hold; it is renewed by another. */
export function tooLong(kind: StayKind, from: LocalDate, to: LocalDate): boolean {
  return to >= addMonths(from, STAY_RULES.longestMonths[kind]);
}

/** The kind that an address names, if it is one. */
export function findStayKind(text: string | null): StayKind | undefined {
  return STAY_KINDS.find((kind) => kind === text);
}
