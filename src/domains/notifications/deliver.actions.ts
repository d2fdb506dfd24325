/**
 * One attempt to deliver, in two short transactions with the sending between them: claim, send, record.
 * What dies between claim and record stays in `sending`; `sweep` finds it and repeats it only where the
 * provider drops repeats, so that nobody is told twice.
 */
import type { Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import type { NotificationsDelivery, NotificationsMessage } from '#kernel/schema';
import type { Outcome, Outgoing } from './channel/channel.ts';
import { carriersOf, channelSettings } from './channel/settings.ts';
import { assertMove, type ChannelName, type DeliveryState } from './message.ts';
import { SEALED_PURPOSE } from './notify.actions.ts';
import { readSurroundings } from './notify.queries.ts';
import { queueDelivery } from './queue.ts';
import { nextLoudInstant } from './quiet-hours.ts';
import { unseal } from '#kernel/seal';
import { eventTemplate, isSecret, variablesOf, type NoticeEvent } from './template.ts';
import { originOf, wordsOf } from './wording.ts';

export const MAX_ATTEMPTS = 8;

type Delivery = Selectable<NotificationsDelivery>;
type Message = Selectable<NotificationsMessage>;
/** A delivery in the hands of this process. */
export type Claimed = { delivery: Delivery; message: Message; outgoing: Outgoing };

/** Takes one delivery to send it now. @returns null when it is not to be sent now; then it was put off or ended */
export async function claimDelivery(ctx: Ctx, id: string): Promise<Claimed | null> {
  allow(ctx, 'notifications.delivery.work');
  const delivery = await lock(ctx, id);
  if (!delivery || (delivery.state !== 'queued' && delivery.state !== 'held')) return null;
  const message = await messageOf(ctx, delivery);
  if ((message.expires_at && message.expires_at <= ctx.now) || lacksSecret(message)) {
    await change(ctx, delivery, { state: 'failed', error_code: 'expired' });
    await forgetSecrets(ctx, message.id);
    return null;
  }
  const at = await loudInstant(
    ctx,
    message.event,
    new Date(Math.max(delivery.not_before.getTime(), ctx.now.getTime())),
  );
  if (at > ctx.now) {
    await putOff(ctx, delivery, at, at > delivery.not_before ? 'held' : (delivery.state as DeliveryState));
    return null;
  }
  const claim = { state: 'sending' as const, attempts: delivery.attempts + 1 };
  await change(ctx, delivery, claim);
  return {
    delivery: { ...delivery, ...claim },
    message,
    outgoing: await ready(ctx, delivery, message),
  };
}

/** A code whose secret was erased cannot be sent again: nobody is sent dots. */
function lacksSecret({ event, params, sealed }: Message): boolean {
  const declared = variablesOf(eventTemplate(event));
  return sealed === null && Object.keys(params as object).some((name) => isSecret(declared[name]));
}

/** Writes down how an attempt ended, and what happens next: nothing, another attempt, or the next channel. */
export async function recordOutcome(
  ctx: Ctx,
  { delivery, message }: Claimed,
  outcome: Outcome,
  dropsRepeats: boolean,
): Promise<void> {
  allow(ctx, 'notifications.delivery.work');
  if (outcome.kind === 'sent') {
    await change(ctx, delivery, {
      state: 'sent',
      provider_id: outcome.providerId,
      error_code: null,
      error_text: null,
    });
    return forgetSecrets(ctx, message.id);
  }
  const { code, text } = outcome;
  const repeat = outcome.kind === 'retry' || (outcome.kind === 'unknown' && dropsRepeats);
  const urgent = eventTemplate(message.event).urgent === true;
  // Where it may have arrived, no second channel says it again.
  const next = outcome.kind === 'unknown' ? null : await nextChannel(ctx, delivery, message);
  if (repeat && delivery.attempts < MAX_ATTEMPTS && !(urgent && next)) {
    const at = await loudInstant(
      ctx,
      message.event,
      new Date(ctx.now.getTime() + pauseMs(delivery.attempts, urgent)),
    );
    await change(ctx, delivery, { state: 'queued', not_before: at, error_code: code, error_text: text });
    return queueDelivery(ctx, delivery.id, at);
  }
  await change(ctx, delivery, {
    state: 'failed',
    error_code: outcome.kind === 'retry' && !urgent ? 'gave_up' : code,
    error_text: text,
  });
  if (next) return goOn(ctx, message, next);
  await forgetSecrets(ctx, message.id);
}

/** Milliseconds until the next attempt: 30 s, 2 min, 8 min, 32 min, then every hour; for codes 5, 10, 20 … s. */
export function pauseMs(attempts: number, urgent: boolean): number {
  return urgent ? 5_000 * 2 ** (attempts - 1) : Math.min(30_000 * 4 ** (attempts - 1), 3_600_000);
}

async function lock(ctx: Ctx, id: string): Promise<Delivery | undefined> {
  return ctx.db
    .selectFrom('notifications_delivery')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

async function messageOf(ctx: Ctx, delivery: Delivery): Promise<Message> {
  return ctx.db
    .selectFrom('notifications_message')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', delivery.message_id)
    .executeTakeFirstOrThrow();
}

type Change = { state: DeliveryState } & Partial<
  Pick<Delivery, 'attempts' | 'not_before' | 'error_code' | 'error_text' | 'provider_id'>
>;

async function change(ctx: Ctx, { id, state }: Pick<Delivery, 'id' | 'state'>, set: Change): Promise<void> {
  assertMove(state, set.state);
  await ctx.db
    .updateTable('notifications_delivery')
    .set({ ...set, changed_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

async function putOff(ctx: Ctx, delivery: Pick<Delivery, 'id' | 'state'>, at: Date, state: DeliveryState) {
  await change(ctx, delivery, { state, not_before: at });
  await queueDelivery(ctx, delivery.id, at);
}

/** The first instant from `at` on at which this event may go out. */
async function loudInstant(ctx: Ctx, event: string, at: Date): Promise<Date> {
  if (eventTemplate(event).urgent === true) return at;
  const { quiet } = await readSurroundings(ctx, [], []);
  return nextLoudInstant(at, quiet);
}

/** The message in the words that go out, secrets included. */
async function ready(ctx: Ctx, delivery: Delivery, message: Message): Promise<Outgoing> {
  const own = message.wording.startsWith('catalog:')
    ? undefined
    : await ctx.db
        .selectFrom('notifications_template')
        .select(['title', 'body', 'sms'])
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', message.wording)
        .executeTakeFirstOrThrow();
  const { installation } = ctx.wiring;
  const place = `${ctx.commune.id}:${message.id}`;
  const secrets = message.sealed
    ? (JSON.parse(unseal(installation.key(SEALED_PURPOSE), message.sealed, place)) as Record<string, string>)
    : {};
  const { title, body, sms, values } = wordsOf(message, own, ctx.commune.name, await originOf(ctx), secrets);
  const to = (delivery.channel === 'email' ? message.email : message.phone) ?? '';
  return {
    id: delivery.id,
    event: message.event as NoticeEvent,
    to,
    locale: message.locale as 'vi' | 'en',
    title,
    body,
    sms,
    values,
  };
}

/** After Zalo comes SMS, where it is set up, wanted, and was not tried. */
async function nextChannel(ctx: Ctx, delivery: Delivery, message: Message): Promise<ChannelName | null> {
  if (delivery.channel !== 'zns') return null;
  const settings = channelSettings(ctx.wiring.installation, ctx.commune);
  if (!carriersOf(settings, message.event, ctx.now).has('sms')) return null;
  const { preferenceOf } = await readSurroundings(ctx, [], message.user_id ? [message.user_id] : []);
  return preferenceOf(message.user_id).sms || eventTemplate(message.event).urgent === true ? 'sms' : null;
}

async function goOn(ctx: Ctx, message: Message, channel: ChannelName): Promise<void> {
  const at = await loudInstant(ctx, message.event, ctx.now);
  const id = newId(ctx.now);
  const made = await ctx.db
    .insertInto('notifications_delivery')
    .values({
      commune_id: ctx.commune.id,
      id,
      message_id: message.id,
      channel,
      state: 'queued',
      not_before: at,
      changed_at: ctx.now,
    })
    .onConflict((conflict) => conflict.columns(['commune_id', 'message_id', 'channel']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) await queueDelivery(ctx, id, at);
}

/** Erases what was kept only for sending, unless another delivery still needs it. */
async function forgetSecrets(ctx: Ctx, messageId: string): Promise<void> {
  await ctx.db
    .updateTable('notifications_message')
    .set({ sealed: null })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', messageId)
    .where('sealed', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notifications_delivery')
            .select('id')
            .where('commune_id', '=', ctx.commune.id)
            .where('message_id', '=', messageId)
            .where('state', 'in', ['queued', 'held', 'sending']),
        ),
      ),
    )
    .execute();
}

/** A delivery in `sending` this long belongs to a process that died; one due this long lost its job. */
const STUCK_MS = 10 * 60_000;

/**
 * Picks up what was left lying: attempts of a process that died, deliveries whose job is gone (a restored
 * backup has none).
 */
export async function sweep(ctx: Ctx, dropsRepeats: (channel: ChannelName) => boolean): Promise<void> {
  allow(ctx, 'notifications.delivery.work');
  const before = new Date(ctx.now.getTime() - STUCK_MS);
  const stuck = await ctx.db
    .selectFrom('notifications_delivery')
    .select(['id', 'message_id', 'channel', 'state'])
    .where('commune_id', '=', ctx.commune.id)
    .where('changed_at', '<', before)
    .where('state', 'in', ['queued', 'held', 'sending'])
    .where('not_before', '<', before)
    .limit(500)
    .forUpdate()
    .skipLocked()
    .execute();
  for (const delivery of stuck) {
    if (delivery.state === 'sending' && !dropsRepeats(delivery.channel as ChannelName)) {
      await change(ctx, delivery, { state: 'failed', error_code: 'outcome_unknown' });
      await forgetSecrets(ctx, delivery.message_id);
    } else await putOff(ctx, delivery, ctx.now, 'queued');
  }
}
