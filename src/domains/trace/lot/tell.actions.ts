/** Tells everybody concerned of holds and recalls: the producers, whoever handled the lots, the officials in charge. */
import { sql } from 'kysely';
import { z } from 'zod';
import { notifyMany, type Notice, type NoticeEvent } from '#domain/notifications';
import { getProducer } from '#domain/producers';
import { listOfficials } from '#domain/registry';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { checked } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { readLots, type LotLine } from './lines.queries.ts';

const Asked = z.object({ kind: z.enum(['hold', 'recall']), key: z.string() });

/** The job. @returns how many people were told */
export async function tellOfLots(ctx: Ctx, data: Record<string, unknown>): Promise<number> {
  allow(ctx, 'trace.lot.tell');
  const { kind, key } = checked(Asked, data);
  const touched =
    kind === 'hold'
      ? sql`select lot_id from trace_hold where commune_id = ${ctx.commune.id} and cause_key = ${key}`
      : sql`select lot_id from trace_recall_lot where commune_id = ${ctx.commune.id} and recall_id::text = ${key}`;
  const lots = await readLots(ctx, sql`l.id in (${touched}) order by l.made_at desc, l.id`);
  const notices: Notice[] = [];
  for (const [producerId, those] of Map.groupBy(lots, (lot) => lot.producerId))
    notices.push(
      ...(await noticesOf(ctx, `trace.lot.${kind === 'hold' ? 'held' : 'recalled'}`, key, producerId, those)),
    );
  const told = await notifyMany(ctx, notices);
  return told.filter(({ id }) => id !== null).length;
}

async function noticesOf(
  ctx: Ctx,
  event: Extract<NoticeEvent, `trace.lot.${string}`>,
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
  const own: Notice = {
    event: `${event}_own` as NoticeEvent,
    key: `${key}:${producerId}`,
    to: { phone, email },
    params,
  };
  return [
    own,
    ...[...staff].map((userId): Notice => ({
      event,
      key: `${key}:${producerId}`,
      to: { userId },
      params: { ...params, link },
    })),
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
