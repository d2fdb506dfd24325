/** SQL of making messages: what must be known first in one question, then the rows. */
import { sql } from 'kysely';
import type { Ctx, Locale } from '#kernel/context';
import { ALL_CHANNELS, type Preference } from './message.ts';
import { DEFAULT_QUIET_HOURS, type QuietHours } from './quiet-hours.ts';

export type Surroundings = {
  quiet: QuietHours;
  preferenceOf: (userId: string | null | undefined) => Preference;
  /** The commune's own words for an event: their id. */
  ownWording: (event: string, locale: Locale) => string | null;
  /** No real commune is served here. */
  onlyDemo: boolean;
};

type Row = {
  quiet: QuietHours | null;
  preferences: ({ user_id: string } & Preference)[];
  own: { id: string; event: string; locale: Locale }[];
  only_demo: boolean;
};

/** Everything that decides how messages about `events` for `users` go, in one round trip. */
export async function readSurroundings(ctx: Ctx, events: string[], users: string[]): Promise<Surroundings> {
  const commune = ctx.commune.id;
  const { rows } = await sql<Row>`select
    (select json_build_object('from', quiet_from, 'to', quiet_to) from notifications_setting where commune_id = ${commune}) as quiet,
    (select coalesce(json_agg(json_build_object('user_id', user_id, 'zns', zns, 'sms', sms, 'email', email, 'locale', locale)), '[]')
       from notifications_preference where commune_id = ${commune} and user_id = any(${users})) as preferences,
    (select coalesce(json_agg(json_build_object('id', id, 'event', event, 'locale', locale)), '[]')
       from notifications_template where commune_id = ${commune} and event = any(${events})
       and valid_from <= ${ctx.now} and (valid_to is null or valid_to > ${ctx.now})) as own,
    (select bool_and(demo) from commune) as only_demo`.execute(ctx.db);
  const { quiet, preferences, own, only_demo } = rows[0]!;
  return {
    quiet: quiet ?? DEFAULT_QUIET_HOURS,
    preferenceOf: (userId) => preferences.find((row) => row.user_id === userId) ?? ALL_CHANNELS,
    ownWording: (event, locale) =>
      own.find((row) => row.event === event && row.locale === locale)?.id ?? null,
    onlyDemo: only_demo,
  };
}

export type NewMessage = {
  id: string;
  event: string;
  dedupe_key: string;
  user_id: string | null;
  resident_id: string | null;
  phone: string | null;
  email: string | null;
  locale: Locale;
  wording: string;
  params: string;
  sealed: Buffer | null;
  expires_at: Date | null;
};

/** Writes messages that were not written before. @returns the ids of those that are new */
export async function insertMessages(ctx: Ctx, messages: readonly NewMessage[]): Promise<Set<string>> {
  const rows = await ctx.db
    .insertInto('notifications_message')
    .values(messages.map((message) => ({ ...message, commune_id: ctx.commune.id, created_at: ctx.now })))
    .onConflict((conflict) => conflict.columns(['commune_id', 'dedupe_key']).doNothing())
    .returning('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export type NewDelivery = {
  id: string;
  message_id: string;
  channel: string;
  demo: boolean;
  state: string;
  not_before: Date;
  error_code: string | null;
};

export async function insertDeliveries(ctx: Ctx, deliveries: readonly NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await ctx.db
    .insertInto('notifications_delivery')
    .values(deliveries.map((delivery) => ({ ...delivery, commune_id: ctx.commune.id, changed_at: ctx.now })))
    .execute();
}
