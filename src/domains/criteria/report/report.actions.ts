/** Reports upwards: made from the records, signed by a person, then sent. A report is never changed. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { actorId, type Actor, type Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { enqueue } from '#kernel/events';
import { newId } from '#kernel/ids';
import { checked, Day, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { reportBody } from './body.ts';
import { SMART_COMMUNE } from '../catalog.ts';
import { endedBefore, periodOf, REPORT_KINDS, type Period } from './period.ts';
import { reportRow, type Act } from './report.queries.ts';

export const SEND = 'criteria.report.send';

/** SHA-256 of a report's text, in hex. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const Wanted = z.object({ kind: z.enum(REPORT_KINDS), day: Day });

/**
 * Makes the report of the month, half-year or year that a day is in, once it has ended. @returns its id
 * @throws AppError `criteria.report.not_ended`, `criteria.set.not_found`
 */
export async function makeReport(ctx: Ctx, input: z.input<typeof Wanted>): Promise<string> {
  allow(ctx, 'criteria.report.make', { kind: 'criteria_report' }, { kind: input.kind, day: input.day });
  const { kind, day } = checked(Wanted, input);
  const period = periodOf(kind, day);
  if (period.last >= localDateOf(ctx.now)) refuseField('day', 'criteria.report.not_ended');
  return keep(ctx, period);
}

/** What the clock makes: the periods that just ended and have no report yet. @returns their ids */
export async function makeDue(ctx: Ctx): Promise<string[]> {
  allow(ctx, 'criteria.report.make', { kind: 'criteria_report' });
  const made: string[] = [];
  for (const period of endedBefore(localDateOf(ctx.now))) {
    const there = await ctx.db
      .selectFrom('criteria_report')
      .select('id')
      .where('commune_id', '=', ctx.commune.id)
      .where('kind', '=', period.kind)
      .where('last_day', '=', period.last)
      .executeTakeFirst();
    if (!there && (await hasSet(ctx, period))) made.push(await keep(ctx, period));
  }
  return made;
}

/** A commune that published no set by then has nothing to report. */
async function hasSet(ctx: Ctx, { last }: Period): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('criteria_set')
    .select('code')
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', SMART_COMMUNE)
    .where('valid_from', '<=', last)
    .executeTakeFirst();
  return row !== undefined;
}

async function keep(ctx: Ctx, period: Period): Promise<string> {
  // Official papers are in Vietnamese.
  const body = await reportBody({ ...ctx, locale: 'vi' }, period);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_report')
    .values({
      commune_id: ctx.commune.id,
      id,
      kind: period.kind,
      first_day: period.first,
      last_day: period.last,
      body,
      digest: digestOf(body),
      made_by: actorId(ctx.actor),
      made_at: ctx.now,
    })
    .execute();
  return id;
}

/**
 * Signs a report in the name of whoever is signed in.
 * @throws AppError `criteria.report.not_found`, `criteria.report.signed` (409), `criteria.report.altered` (409),
 *   `criteria.assessment.needs_person` (403) for programs
 */
export async function signReport(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'criteria.report.sign', { kind: 'criteria_report', id });
  if (ctx.actor.kind !== 'person') throw new AppError('criteria.assessment.needs_person', 403);
  const { body, digest } = await reportRow(ctx, id);
  if (digestOf(body) !== digest) throw new AppError('criteria.report.altered', 409);
  const signed = await ctx.db
    .insertInto('criteria_report_act')
    .values(actOf(ctx, id, 'signed'))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (signed.numInsertedOrUpdatedRows !== 1n) throw new AppError('criteria.report.signed', 409);
}

/** Sends a signed report to the higher level, by a job. @throws AppError `criteria.report.unsigned` (409) */
export async function sendReport(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'criteria.report.send', { kind: 'criteria_report', id });
  const { acts } = await reportRow(ctx, id);
  if (!acts.some(({ act }) => act === 'signed')) throw new AppError('criteria.report.unsigned', 409);
  await enqueue(ctx, SEND, { report: id }, { key: `${SEND}:${ctx.commune.id}:${id}` });
}

/** Writes what came of sending. */
export async function recordSending(
  ctx: Ctx,
  id: string,
  { act, note }: { act: 'sent' | 'failed'; note: string },
): Promise<void> {
  allow(ctx, 'criteria.report.record', { kind: 'criteria_report', id });
  await ctx.db
    .insertInto('criteria_report_act')
    .values(actOf(ctx, id, act, note))
    .execute();
}

/** Hands a signed report to whoever holds a key of the higher level, and notes it. @throws AppError `criteria.report.not_found` */
export async function takeReport(ctx: Ctx, id: string) {
  allow(ctx, 'criteria.report.take', { kind: 'criteria_report', id });
  const report = await reportRow(ctx, id);
  if (!report.acts.some(({ act }) => act === 'signed')) throw new AppError('criteria.report.not_found', 404);
  await ctx.db
    .insertInto('criteria_report_act')
    .values(actOf(ctx, id, 'taken'))
    .execute();
  return report;
}

function actOf(ctx: Ctx, id: string, act: Act['act'], note: string | null = null) {
  return {
    commune_id: ctx.commune.id,
    id: newId(ctx.now),
    report_id: id,
    act,
    actor: actorId(ctx.actor),
    actor_name: nameOf(ctx.actor),
    note,
    at: ctx.now,
  };
}

function nameOf(actor: Actor): string {
  return actor.kind === 'anonymous' ? '' : actor.name;
}
