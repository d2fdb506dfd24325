/** The log for the staff: what was told to whom, by which way, and what failed. Numbers and mailboxes masked. */
import { sql, type Selectable } from 'kysely';
import { listOfficials } from '#domain/registry';
import type { Ctx, Locale } from '#kernel/context';
import { maskPhone } from '#kernel/mask';
import { toPhone } from '#kernel/phone';
import { allow } from '#kernel/rights';
import type { NotificationsMessage } from '#kernel/schema';
import { addDays, startOfDay, type LocalDate } from '#kernel/time';
import { maskEmail } from './contact.ts';
import type { ChannelName, DeliveryState } from './message.ts';
import { readSurroundings } from './notify.queries.ts';
import type { NoticeEvent } from './template.ts';
import { originOf, putIntoWords, type Worded } from './wording.ts';

export const STATES = ['queued', 'held', 'sending', 'sent', 'failed'] as const satisfies DeliveryState[];
export const WAYS = ['inbox', 'zns', 'sms', 'email'] as const;
export type Way = (typeof WAYS)[number];

/** Everything is optional; days are the commune's, both included. */
export type LogFilter = {
  state?: DeliveryState | undefined;
  way?: Way | undefined;
  event?: NoticeEvent | undefined;
  /** The dossier's code, exactly. */
  code?: string | undefined;
  /** A telephone number in any usual writing, exactly. */
  phone?: string | undefined;
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
};

export type LoggedDelivery = {
  id: string;
  channel: ChannelName;
  demo: boolean;
  state: DeliveryState;
  attempts: number;
  error: string | null;
  providerSaid: string | null;
  providerId: string | null;
  /** When the state last changed. */
  at: Date;
  notBefore: Date;
};

export type LogEntry = {
  id: string;
  at: Date;
  event: NoticeEvent;
  locale: Locale;
  /** Who was told: an official by name, anybody else as the message calls them, shortened. */
  name: string | null;
  /** Masked. */
  phone: string | null;
  email: string | null;
  inbox: boolean;
  readAt: Date | null;
  title: string;
  body: string;
  sms: string;
  deliveries: LoggedDelivery[];
};

export type LogPage = { items: LogEntry[]; total: number };

/** One page of the log, newest first. */
export async function listLog(
  ctx: Ctx,
  filter: LogFilter,
  page: { offset: number; limit: number },
): Promise<LogPage> {
  allow(
    ctx,
    'notifications.log.read',
    { kind: 'notification_log' },
    { filter: { ...filter, phone: filter.phone ? 'given' : undefined } },
  );
  return read(ctx, filter, false, page);
}

/**
 * What was "sent" where no channel is set up and only demo communes are served; null elsewhere: a real
 * commune has no such page.
 */
export async function listDemoOutbox(
  ctx: Ctx,
  page: { offset: number; limit: number },
): Promise<LogPage | null> {
  allow(ctx, 'notifications.outbox.read', { kind: 'notification_log' });
  const { onlyDemo } = await readSurroundings(ctx, [], []);
  return onlyDemo && ctx.commune.demo ? read(ctx, {}, true, page) : null;
}

async function read(
  ctx: Ctx,
  filter: LogFilter,
  demo: boolean,
  { offset, limit }: { offset: number; limit: number },
): Promise<LogPage> {
  const found = matching(ctx, filter, demo);
  const rows = await found
    .select(['m.id', 'm.event', 'm.locale', 'm.wording', 'm.params', 'm.phone', 'm.email', 'm.user_id'])
    .select(['m.created_at', 'm.read_at'])
    .orderBy('m.created_at', 'desc')
    .orderBy('m.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  const { total } = await found.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow();
  const words = await putIntoWords(ctx, rows, await originOf(ctx));
  const ids = rows.map(({ id }) => id);
  const deliveries = await deliveriesOf(ctx, ids);
  const names = await officialNames(ctx, rows);
  const items = rows.map((row) =>
    entryOf(row, words.get(row)!, names.get(row.user_id ?? '') ?? null, deliveries.get(row.id) ?? []),
  );
  return { items, total: Number(total) };
}

type Row = Pick<
  Selectable<NotificationsMessage>,
  'id' | 'event' | 'locale' | 'phone' | 'email' | 'user_id' | 'created_at' | 'read_at'
>;

function entryOf(
  row: Row,
  { title, body, sms, values }: Worded,
  official: string | null,
  deliveries: LoggedDelivery[],
): LogEntry {
  return {
    id: row.id,
    at: row.created_at,
    event: row.event as NoticeEvent,
    locale: row.locale as Locale,
    name: official ?? values.name ?? null,
    phone: row.phone && maskPhone(row.phone),
    email: row.email && maskEmail(row.email),
    inbox: row.user_id !== null,
    readAt: row.read_at,
    title,
    body,
    sms,
    deliveries,
  };
}

/** The names of the officials among those told, by user. Their names are public. */
async function officialNames(ctx: Ctx, rows: readonly Pick<Row, 'user_id'>[]): Promise<Map<string, string>> {
  if (rows.every((row) => row.user_id === null)) return new Map();
  const officials = await listOfficials(ctx, 'ever');
  return new Map(officials.flatMap(({ userId, fullName }) => (userId ? [[userId, fullName] as const] : [])));
}

function matching(ctx: Ctx, { state, way, event, code, phone, from, to }: LogFilter, demo: boolean) {
  let query = ctx.db.selectFrom('notifications_message as m').where('m.commune_id', '=', ctx.commune.id);
  if (event) query = query.where('m.event', '=', event);
  if (code) query = query.where(sql<boolean>`m.params ? 'code' and m.params ->> 'code' = ${code}`);
  if (phone) query = query.where('m.phone', '=', toPhone(phone) ?? '');
  if (from) query = query.where('m.created_at', '>=', startOfDay(from));
  if (to) query = query.where('m.created_at', '<', startOfDay(addDays(to, 1)));
  if (way === 'inbox') query = query.where('m.user_id', 'is not', null);
  if (!state && !demo && (!way || way === 'inbox')) return query;
  return query.where(({ exists, selectFrom }) => {
    let deliveries = selectFrom('notifications_delivery as d')
      .select('d.id')
      .where('d.commune_id', '=', ctx.commune.id)
      .whereRef('d.message_id', '=', 'm.id');
    if (state) deliveries = deliveries.where('d.state', '=', state);
    if (way && way !== 'inbox') deliveries = deliveries.where('d.channel', '=', way);
    if (demo) deliveries = deliveries.where('d.demo', '=', true);
    return exists(deliveries);
  });
}

async function deliveriesOf(ctx: Ctx, messages: readonly string[]): Promise<Map<string, LoggedDelivery[]>> {
  const byMessage = new Map<string, LoggedDelivery[]>();
  if (messages.length === 0) return byMessage;
  const rows = await ctx.db
    .selectFrom('notifications_delivery')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('message_id', 'in', messages)
    .orderBy('id')
    .execute();
  for (const row of rows) {
    const delivery: LoggedDelivery = {
      id: row.id,
      channel: row.channel as ChannelName,
      demo: row.demo,
      state: row.state as DeliveryState,
      attempts: row.attempts,
      error: row.error_code,
      providerSaid: row.error_text,
      providerId: row.provider_id,
      at: row.changed_at,
      notBefore: row.not_before,
    };
    byMessage.set(row.message_id, [...(byMessage.get(row.message_id) ?? []), delivery]);
  }
  return byMessage;
}
