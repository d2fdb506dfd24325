/**
 * Tells everybody concerned of holds, recalls, buyers' words and copied codes: the producers, whoever handled the lots,
 * the officials in charge.
 */
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { notifyMany, type Notice } from '#domain/notifications';
import { getProducer } from '#domain/producers';
import { listOfficials } from '#domain/registry';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { checked } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { copiedPacks } from '../scan/flags.queries.ts';
import { readLots, type LotLine } from './lines.queries.ts';

const Asked = z.object({ kind: z.enum(['hold', 'recall', 'feedback']), key: z.string() });
type Asked = z.output<typeof Asked>;

const EVENTS = {
  hold: 'trace.lot.held',
  recall: 'trace.lot.recalled',
  feedback: 'trace.feedback.received',
} as const;
type Told = (typeof EVENTS)[Asked['kind']] | 'trace.scan.copied';

/** The job. @returns how many people were told */
export async function tellOfLots(ctx: Ctx, data: Record<string, unknown>): Promise<number> {
  allow(ctx, 'trace.lot.tell');
  const { kind, key } = checked(Asked, data);
  const lots = await readLots(
    ctx,
    sql`l.id in (${touchedBy(ctx, { kind, key })}) order by l.made_at desc, l.id`,
  );
  // Strangers can write as often as they like: a producer is told once a day.
  const about = kind === 'feedback' ? localDateOf(ctx.now) : key;
  return tellAbout(ctx, EVENTS[kind], lots, (producerId) => `${about}:${producerId}`);
}

function touchedBy(ctx: Ctx, { kind, key }: Asked): RawBuilder<unknown> {
  const mine = sql`commune_id = ${ctx.commune.id}`;
  if (kind === 'hold') return sql`select lot_id from trace_hold where ${mine} and cause_key = ${key}`;
  if (kind === 'recall')
    return sql`select lot_id from trace_recall_lot where ${mine} and recall_id::text = ${key}`;
  return sql`select lot_id from trace_feedback where ${mine} and id::text = ${key}`;
}

/**
 * Tells of numbers that may have been copied, once for each lot, every hour. Made-up numbers are shown at the desk and
 * told to nobody: anybody can type them. @returns how many people were told
 */
export async function tellOfCopies(ctx: Ctx): Promise<number> {
  allow(ctx, 'trace.lot.tell');
  const copied = await copiedPacks(ctx);
  if (copied.length === 0) return 0;
  const lots = await readLots(ctx, sql`l.id = any(${copied}::uuid[]) order by l.made_at desc, l.id`);
  let told = 0;
  for (const lot of lots) told += await tellAbout(ctx, 'trace.scan.copied', [lot], () => lot.id);
  return told;
}

/** @param keyOf what is told once of a producer's lots @returns how many people were told */
async function tellAbout(
  ctx: Ctx,
  event: Told,
  lots: readonly LotLine[],
  keyOf: (producerId: string) => string,
): Promise<number> {
  const notices: Notice[] = [];
  for (const [producerId, those] of Map.groupBy(lots, (lot) => lot.producerId))
    notices.push(...(await noticesOf(ctx, event, keyOf(producerId), producerId, those)));
  const told = await notifyMany(ctx, notices);
  return told.filter(({ id }) => id !== null).length;
}

async function noticesOf(
  ctx: Ctx,
  event: Told,
  key: string,
  producerId: string,
  lots: readonly LotLine[],
): Promise<Notice[]> {
  const { name, phone, email } = await getProducer(ctx, producerId);
  const params = { producer: name, lots: lots.length, lot: lots[0]!.code };
  const link = localizeHref(`/trace/staff/${lots[0]!.id}`, { locale: 'vi' });
  const officials = (await listOfficials(ctx, localDateOf(ctx.now)))
    .filter(({ unit }) => unit === 'land')
    .flatMap(({ userId }) => userId ?? []);
  const staff = new Set([...officials, ...(await handlersOf(ctx, lots))]);
  return [
    { event: `${event}_own`, key, to: { phone, email }, params },
    ...[...staff].map((userId): Notice => ({ event, key, to: { userId }, params: { ...params, link } })),
  ];
}

/** Whoever recorded a step of these lots. */
async function handlersOf(ctx: Ctx, lots: readonly LotLine[]): Promise<string[]> {
  const { rows } = await sql<{ recorded_by: string }>`
    select distinct s.recorded_by from trace_step s
    join trace_step_lot n on n.commune_id = s.commune_id and n.step_id = s.id
    where s.commune_id = ${ctx.commune.id} and n.lot_id = any(${lots.map(({ id }) => id)}::uuid[])`.execute(
    ctx.db,
  );
  return rows.map(({ recorded_by }) => recorded_by).filter(isId);
}
