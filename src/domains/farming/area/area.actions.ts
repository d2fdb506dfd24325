import { sql } from 'kysely';
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { addDays, localDateOf, type LocalDate } from '#kernel/time';
import { seeProducer } from '../plot/guards.ts';
import { codeFormatOf } from './area.ts';
import { findArea } from './area.queries.ts';

const AreaInput = z.object({
  name: line(150),
  /** As granted, in one of the formats of catalog/area-codes.json. */
  code: optional(line(40)).default(null),
  producerId: optional(Id).default(null),
  from: Day,
  source: optional(line(300)).default(null),
  /** The decision itself was seen. */
  verified: z.boolean().default(false),
});
export type AreaInput = z.input<typeof AreaInput>;
const NewArea = AreaInput.extend({ demo: z.boolean().default(false) });

/**
 * Writes a growing area into the register. @returns its id
 * @throws AppError `input.invalid` for a code in no known format; `farming.area.code_taken` (409)
 */
export async function addArea(ctx: Ctx, input: z.input<typeof NewArea>): Promise<string> {
  const id = newId(ctx.now);
  allow(ctx, 'farming.area.edit', { kind: 'area', id }, { added: input.name });
  const given = checked(NewArea, input);
  const columns = await columnsOf(ctx, given);
  await once(() =>
    ctx.db
      .insertInto('farming_area')
      .values({ commune_id: ctx.commune.id, id, demo: given.demo, created_at: ctx.now, ...columns })
      .execute(),
  );
  return id;
}

/** @throws AppError `farming.area.not_found`, `farming.changed_meanwhile` (409); else as {@link addArea} */
export async function changeArea(ctx: Ctx, id: string, input: AreaInput, version: number): Promise<void> {
  allow(ctx, 'farming.area.edit', { kind: 'area', id });
  mustExist(await findArea(ctx, id), 'farming.area');
  const columns = await columnsOf(ctx, checked(AreaInput, input));
  const done = await once(() =>
    ctx.db
      .updateTable('farming_area')
      .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
      .where('commune_id', '=', ctx.commune.id)
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst(),
  );
  if (done.numUpdatedRows === 0n) throw new AppError('farming.changed_meanwhile', 409);
}

const Ending = z.object({ lastDay: Day });

/** Ends an area and what belonged to it. @throws AppError `farming.area.not_found`, `farming.area.ended` (409) */
export async function endArea(ctx: Ctx, id: string, input: z.input<typeof Ending>): Promise<void> {
  allow(ctx, 'farming.area.edit', { kind: 'area', id }, { ended: input.lastDay });
  const area = mustExist(await findArea(ctx, id), 'farming.area');
  const { lastDay } = checked(Ending, input);
  if (area.last !== null) throw new AppError('farming.area.ended', 409);
  if (lastDay < area.from) refuseField('lastDay', 'farming.backwards');
  if (lastDay > localDateOf(ctx.now)) refuseField('lastDay', 'farming.day_to_come');
  await ctx.db
    .updateTable('farming_area')
    .set((eb) => ({ last_day: lastDay, version: eb('version', '+', 1) }))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  await sql`update farming_plot_area set last_day = greatest(from_day, ${lastDay}::date)
    where commune_id = ${ctx.commune.id} and area_id = ${id} and (last_day is null or last_day > ${lastDay})`.execute(
    ctx.db,
  );
}

const Scope = z.object({ plotIds: z.array(Id).max(20_000, 'input.too_big'), from: Day });

/**
 * Says which plots a certificate names from a day on; the ones named before end the day before. A certificate for
 * which this was never said covers all plots of its producer's members.
 * @throws AppError `input.invalid` for plots that there are not, a day before that of the last change
 */
export async function setCertificateScope(
  ctx: Ctx,
  certificateId: string,
  input: z.input<typeof Scope>,
): Promise<void> {
  allow(
    ctx,
    'farming.area.edit',
    { kind: 'certificate', id: certificateId },
    { plots: input.plotIds.length },
  );
  const { plotIds, from } = checked(Scope, input);
  const wanted = [...new Set(plotIds)];
  await refuseUnknown(ctx, wanted);
  const running = await ctx.db
    .selectFrom('farming_certificate_plot')
    .select(['plot_id', 'from_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where('certificate_id', '=', checked(Id, certificateId))
    .where('last_day', 'is', null)
    .execute();
  if (running.some((row) => row.from_day >= from)) refuseField('from', 'farming.backwards');
  const before = new Set(running.map((row) => row.plot_id));
  await endScope(
    ctx,
    certificateId,
    [...before].filter((id) => !wanted.includes(id)),
    addDays(from, -1),
  );
  const fresh = wanted.filter((id) => !before.has(id));
  if (fresh.length === 0) return;
  const fixed = { commune_id: ctx.commune.id, certificate_id: certificateId, from_day: from };
  await ctx.db
    .insertInto('farming_certificate_plot')
    .values(fresh.map((plot_id) => ({ ...fixed, plot_id })))
    .execute();
}

async function endScope(
  ctx: Ctx,
  certificateId: string,
  plotIds: string[],
  lastDay: LocalDate,
): Promise<void> {
  await sql`update farming_certificate_plot set last_day = ${lastDay} where commune_id = ${ctx.commune.id}
    and certificate_id = ${certificateId} and last_day is null and plot_id = any(${plotIds}::uuid[])`.execute(
    ctx.db,
  );
}

async function refuseUnknown(ctx: Ctx, plotIds: string[]): Promise<void> {
  const { rows } = await sql<{ known: number }>`select count(*)::int as known from farming_plot
    where commune_id = ${ctx.commune.id} and id = any(${plotIds}::uuid[])`.execute(ctx.db);
  if (rows[0]!.known < plotIds.length) refuseField('plotIds', 'input.unknown');
}

async function columnsOf(ctx: Ctx, given: z.output<typeof AreaInput>) {
  const format = given.code === null ? null : codeFormatOf(given.code, given.from);
  if (format === undefined) refuseField('code', 'farming.area.bad_code');
  if (given.producerId !== null) await seeProducer(ctx, given.producerId);
  const { name, code, producerId: producer_id, from: from_day, source, verified } = given;
  return { name, code, code_format: format, producer_id, from_day, source, verified };
}

async function once<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const code = 'farming.area.code_taken';
    throw (thrown as { code?: string }).code === '23505' ? new AppError(code, 409, {}, { code }) : thrown;
  }
}
