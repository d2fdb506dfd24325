/** Setting up a commune: once, by whoever runs the installation. */
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, line, optional } from '#kernel/input';
import { allow } from '#kernel/rights';
import { addHamlet, type NewHamlet } from './hamlet.actions.ts';
import { setOfficeHours, type NewOfficeHours } from './office-hours.actions.ts';
import { changeSettings } from './setting.actions.ts';
import type { SettingsInput } from './setting.ts';
import { adoptNationalDays } from './special-day.actions.ts';
import { listUnits } from './unit.queries.ts';
import { bumpVersion } from './version.ts';

const NewUnit = z
  .object({
    officialCode: z.string().regex(/^\d{5}$/, 'commune.unit.bad_code'),
    name: line(100),
    district: optional(line(100)).optional(),
    province: line(100),
    validFrom: optional(Day).optional(),
    validTo: optional(Day).optional(),
    successorCode: optional(z.string().regex(/^\d{5}$/, 'commune.unit.bad_code')).optional(),
    source: line(300),
    verified: z.boolean().default(false),
  })
  .refine((unit) => !unit.validFrom || !unit.validTo || unit.validFrom <= unit.validTo, {
    message: 'input.out_of_range',
    path: ['validTo'],
  });

export type CommuneSetUp = {
  /** What the commune is and was; the ones of one commune never overlap. */
  units: readonly z.input<typeof NewUnit>[];
  hamlets: readonly NewHamlet[];
  hours: readonly NewOfficeHours[];
  settings?: SettingsInput;
};

/**
 * Gives a commune its units, hamlets, hours, settings and the national days off of the catalogue.
 * @throws AppError `commune.already_set_up` (409); `input.invalid`
 */
export async function setUpCommune(ctx: Ctx, input: CommuneSetUp): Promise<void> {
  allow(ctx, 'commune.set_up', { kind: 'commune', id: String(ctx.commune.id) });
  if ((await listUnits(ctx)).length > 0) throw new AppError('commune.already_set_up', 409);
  const units = checked(z.array(NewUnit).min(1, 'input.missing').max(20), input.units);
  await ctx.db
    .insertInto('commune_unit')
    .values(
      units.map((unit) => ({
        commune_id: ctx.commune.id,
        id: newId(ctx.now),
        official_code: unit.officialCode,
        name: unit.name,
        district: unit.district ?? null,
        province: unit.province,
        valid_from: unit.validFrom ?? null,
        valid_to: unit.validTo ?? null,
        successor_code: unit.successorCode ?? null,
        source: unit.source,
        verified: unit.verified,
      })),
    )
    .execute();
  for (const hamlet of input.hamlets) await addHamlet(ctx, hamlet);
  for (const hours of input.hours) await setOfficeHours(ctx, hours);
  await adoptNationalDays(ctx);
  await changeSettings(ctx, input.settings ?? {});
  await bumpVersion(ctx, 'site');
}
