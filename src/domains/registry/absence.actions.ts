import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { emit } from '#kernel/events';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { addDays, daysBetween, localDate, localDateOf, type LocalDate } from '#kernel/time';
import { readAbsences, type Absence } from './absence.queries.ts';
import { coverFor } from './cover.ts';
import { inOffice, type Official } from './official.ts';
import { findOfficial } from './official.queries.ts';

export const NewAbsence = z
  .object({
    officialId: Id,
    from: Day,
    /** The last day away. */
    to: Day,
    coveredBy: optional(Id).default(null),
    reason: optional(line(200)).default(null),
  })
  .refine(({ from, to }) => from <= to, { message: 'registry.absence.backwards', path: ['to'] })
  .refine(({ from, to }) => daysBetween(from, to) <= 366, { message: 'input.out_of_range', path: ['to'] })
  .refine((one) => one.coveredBy !== one.officialId, {
    message: 'registry.absence.covers_self',
    path: ['coveredBy'],
  });
export type NewAbsence = z.input<typeof NewAbsence>;
type Checked = z.output<typeof NewAbsence>;

/**
 * Records that an official is away and who works the desk: the cover sees and handles the absent one's
 * dossiers on those days. Officials record their own; leaders and the administrator anybody's.
 * @returns its id
 * @throws AppError `registry.absence.overlaps` (409), `registry.absence.circular`, `registry.absence.cover_not_in_office`
 */
export async function recordAbsence(ctx: Ctx, input: NewAbsence): Promise<string> {
  const official = await findOfficial(ctx, String(input.officialId));
  const id = newId(ctx.now);
  allow(ctx, 'registry.absence.edit', { kind: 'absence', id, owners: [official?.userId ?? null] });
  const given = checked(NewAbsence, input);
  if (!official || !inOffice(official, given.from))
    refuseField('officialId', 'registry.official.not_in_office');
  const others = await readAbsences(ctx, given.from, given.to);
  if (others.some((one) => one.officialId === official.id))
    throw new AppError('registry.absence.overlaps', 409);
  if (given.coveredBy !== null) await refuseBadCover(ctx, given, others);
  await ctx.db
    .insertInto('registry_absence')
    .values({
      commune_id: ctx.commune.id,
      id,
      official_id: official.id,
      from_day: given.from,
      to_day: given.to,
      covered_by: given.coveredBy,
      reason: given.reason,
    })
    .execute();
  await ctx.db
    .deleteFrom('registry_duty')
    .where('commune_id', '=', ctx.commune.id)
    .where('official_id', '=', official.id)
    .where('day', '>=', given.from)
    .where('day', '<=', given.to)
    .execute();
  const { from, to, coveredBy: covered_by } = given;
  await emit(ctx, 'registry.absence.recorded', { id, official_id: official.id, covered_by, from, to });
  return id;
}

/**
 * Ends an absence before its time: the official is back on `backOn` (today unless told). One that had not
 * begun by then is taken out. @throws AppError `registry.absence.not_found`, `registry.absence.over` (409)
 */
export async function endAbsence(ctx: Ctx, id: string, backOn?: LocalDate): Promise<void> {
  const row = await findAbsence(ctx, id);
  const official = row && (await findOfficial(ctx, row.officialId));
  allow(ctx, 'registry.absence.edit', { kind: 'absence', id, owners: [official?.userId ?? null] });
  const absence = mustExist(row, 'registry.absence');
  const lastDay = addDays(backOn ?? localDateOf(ctx.now), -1);
  if (absence.to <= lastDay) throw new AppError('registry.absence.over', 409);
  const mine = ctx.db;
  const begun = absence.from <= lastDay;
  if (begun) {
    await mine
      .updateTable('registry_absence')
      .set({ to_day: lastDay })
      .where('commune_id', '=', ctx.commune.id)
      .where('id', '=', id)
      .execute();
  } else {
    await mine
      .deleteFrom('registry_absence')
      .where('commune_id', '=', ctx.commune.id)
      .where('id', '=', id)
      .execute();
  }
  await emit(ctx, 'registry.absence.ended', {
    id,
    official_id: absence.officialId,
    last_day: begun ? lastDay : null,
  });
}

async function findAbsence(
  ctx: Ctx,
  id: string,
): Promise<Pick<Absence, 'officialId' | 'from' | 'to'> | undefined> {
  if (!isId(id)) return undefined;
  const row = await ctx.db
    .selectFrom('registry_absence')
    .select(['official_id', 'from_day', 'to_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { officialId: row.official_id, from: localDate(row.from_day), to: localDate(row.to_day) };
}

async function refuseBadCover(ctx: Ctx, given: Checked, others: readonly Absence[]): Promise<void> {
  const cover: Official | undefined = await findOfficial(ctx, given.coveredBy!);
  if (!cover || !inOffice(cover, given.from) || !inOffice(cover, given.to)) {
    refuseField('coveredBy', 'registry.absence.cover_not_in_office');
  }
  const all = [...others, { ...given, id: '' }];
  for (let day = given.from; day <= given.to; day = addDays(day, 1)) {
    const away = all.filter((one) => one.from <= day && day <= one.to);
    if (coverFor(away, given.officialId).cover === null)
      refuseField('coveredBy', 'registry.absence.cover_away');
  }
}
