/** What is kept how long: data with source, see catalog/retention.json. Pure. */
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import { Source } from '#kernel/source';
import { addDays, localDateOf, startOfDay } from '#kernel/time';
import catalogData from '../catalog/retention.json' with { type: 'json' };

const Code = z.enum(['import_rows', 'correction_paper', 'correction', 'consent', 'stay', 'support', 'aid']);
const Catalog = z.strictObject({
  source: Source,
  /** Whether the times were compared with the official texts. */
  verified: z.boolean(),
  rules: z.array(z.strictObject({ code: Code, days: z.int().positive(), what: Bilingual, since: Bilingual })),
});

export const RETENTION = Catalog.parse(catalogData);

/** Whatever began before this instant has had its time. @throws Error when the catalogue lacks the rule: a fault of ours */
export function expiredBefore(code: z.infer<typeof Code>, now: Date): Date {
  const rule = RETENTION.rules.find((one) => one.code === code);
  if (!rule) throw new Error(`catalog/retention.json has no rule ${code}`);
  return startOfDay(addDays(localDateOf(now), -rule.days));
}
