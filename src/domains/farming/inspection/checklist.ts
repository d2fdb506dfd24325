/** What an internal inspection asks, as data with source and validity. Pure. */
import { z } from 'zod';
import { Day } from '#kernel/input';
import catalogue from '../catalog/checklists.json' with { type: 'json' };

const Item = z.strictObject({
  code: z.string().regex(/^[a-z_]{2,40}$/),
  level: z.enum(['major', 'minor']),
  vi: z.string().min(1),
  en: z.string().min(1),
});

const Checklist = z.strictObject({
  code: z.string().regex(/^[a-z_]{2,40}$/),
  version: z.int().positive(),
  standard: z.enum(['vietgap', 'organic']),
  title: z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }),
  source: z.string().min(1),
  verified: z.boolean(),
  validFrom: Day,
  validTo: Day.nullable(),
  items: z.array(Item).min(1),
});
export type Checklist = z.output<typeof Checklist>;

/** Every version of every checklist. */
export const CHECKLISTS: readonly Checklist[] = z
  .strictObject({ source: z.string().min(1), verified: z.boolean(), checklists: z.array(Checklist) })
  .parse(catalogue).checklists;

/** `no` needs a word of what was found; `na`: does not apply here. */
export const ANSWERS = ['yes', 'no', 'na'] as const;
export type Answer = (typeof ANSWERS)[number];

/** The newest version that held on a day, or that very version. */
export function findChecklist(
  code: string,
  at: { day: string } | { version: number },
): Checklist | undefined {
  const mine = CHECKLISTS.filter((one) => one.code === code).toSorted((a, b) => b.version - a.version);
  if ('version' in at) return mine.find(({ version }) => version === at.version);
  return mine.find(
    ({ validFrom, validTo }) => validFrom <= at.day && (validTo === null || at.day <= validTo),
  );
}
