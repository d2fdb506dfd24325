/** Releasing packed lots for labels: by a named person, with a written reason where something speaks against it. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, line, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { deriveLater } from './derive-later.ts';
import { readFindings } from './findings.queries.ts';
import { findLot, lockLots } from './lines.queries.ts';
import { nameOfActor } from './named.ts';
import type { Finding } from './release.ts';

const Release = z.object({ reason: optional(lines(1_000)).default(null) });

/**
 * Releases a packed lot. @returns what spoke against it
 * @throws AppError `trace.lot.not_found`; `trace.release.stopped` (409) with the gravest finding;
 * `input.invalid` where a reason is missing
 */
export async function releaseLot(
  ctx: Ctx,
  idOrCode: string,
  input: z.input<typeof Release> = {},
): Promise<Finding[]> {
  const { lot, thing } = await findLot(ctx, idOrCode);
  allow(ctx, 'trace.lot.release', thing, { reason: input.reason ?? null });
  const { id } = mustExist(lot, 'trace.lot');
  const { reason } = checked(Release, input);
  const held = mustExist((await lockLots(ctx, [id])).get(id), 'trace.lot');
  const findings = await readFindings(ctx, held);
  const [gravest] = findings;
  if (gravest?.weight === 'stop')
    throw new AppError('trace.release.stopped', 409, { lot: held.code, finding: gravest.code });
  if (reason === null && findings.some(({ weight }) => weight === 'reason'))
    refuseField('reason', 'trace.release.reason_needed');
  await ctx.db
    .insertInto('trace_release')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      lot_id: id,
      released_at: ctx.now,
      released_by: actorId(ctx.actor),
      released_name: nameOfActor(ctx.actor),
      findings: JSON.stringify(findings),
      reason,
    })
    .execute();
  await ctx.db
    .updateTable('trace_lot')
    .set({ released_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  await deriveLater(ctx);
  return findings;
}

const Test = z.object({
  sampledOn: Day,
  laboratory: line(160),
  number: optional(line(60)).default(null),
  values: z
    .array(
      z.object({
        what: line(80),
        value: line(40),
        unit: optional(line(20)).default(null),
        limit: optional(line(40)).default(null),
      }),
    )
    .max(60)
    .default([]),
  passed: z.boolean(),
  validTo: optional(Day).default(null),
});

/** Writes down what a laboratory found in a lot; it counts for what is made of it. @throws AppError `trace.lot.not_found` */
export async function recordLotTest(ctx: Ctx, idOrCode: string, input: z.input<typeof Test>): Promise<void> {
  const { lot, thing } = await findLot(ctx, idOrCode);
  allow(ctx, 'trace.lot.test', thing);
  const { id } = mustExist(lot, 'trace.lot');
  const given = checked(Test, input);
  if (given.sampledOn > localDateOf(ctx.now)) refuseField('sampledOn', 'trace.step.to_come');
  if (given.validTo !== null && given.validTo < given.sampledOn) refuseField('validTo', 'input.bad_date');
  await ctx.db
    .insertInto('trace_lot_test')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      lot_id: id,
      sampled_on: given.sampledOn,
      laboratory: given.laboratory,
      number: given.number,
      values: JSON.stringify(given.values),
      passed: given.passed,
      valid_to: given.validTo,
      recorded_at: ctx.now,
      recorded_by: actorId(ctx.actor),
    })
    .execute();
}
