/**
 * Telling people things. Other rooms call {@link notify} inside their own verbs, in the same transaction as
 * what they tell of: commit → the message is in the inbox and its deliveries are queued; rollback → nothing.
 */
import { createHash } from 'node:crypto';
import type { Ctx, Locale } from '#kernel/context';
import { newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { cleanLine } from '#kernel/text';
import { carriersOf, channelSettings, type ChannelSettings } from './channel/settings.ts';
import { planDeliveries, type PlannedDelivery, type Recipient } from './message.ts';
import {
  insertDeliveries,
  insertMessages,
  readSurroundings,
  type NewDelivery,
  type NewMessage,
  type Surroundings,
} from './notify.queries.ts';
import { queueDelivery } from './queue.ts';
import { storeParams, type Params } from './params.ts';
import { seal } from '#kernel/seal';
import { CATALOG, eventTemplate, fillSms, valuesFor, type NoticeEvent } from './template.ts';

export const SEALED_PURPOSE = 'notifications.sealed';

/** What is told, to whom. */
export type Notice = {
  event: NoticeEvent;
  to: Recipient;
  /** Values for the event's variables (catalog/templates.json); names are shortened, secrets never stored in clear. */
  params: Params;
  /** What happened, uniquely: usually the id of the action. Same event, key and person → told once. */
  key: string;
  /** Not sent after this instant. */
  expiresAt?: Date | null;
};

/** `id` of the message; absent when it had been told before, or there was nobody to tell. */
export type Told = { id: string | null };

/**
 * Tells one person one thing, once. Makes no network call: deliveries run as jobs after the commit.
 * Callers have asked for their own right; no page or route leads here.
 * @throws Error when the event or its parameters are not as declared (a fault of the calling room)
 */
export async function notify(ctx: Ctx, notice: Notice): Promise<Told> {
  const [told] = await notifyMany(ctx, [notice]);
  return told!;
}

/** Tells several people, or several things, in the same few statements. Answers in the given order. */
export async function notifyMany(ctx: Ctx, notices: readonly Notice[]): Promise<Told[]> {
  allow(ctx, 'notifications.message.send');
  if (ctx.silent) return notices.map(() => ({ id: null }));
  const reachable = notices.filter(({ to }) => to.userId || to.phone || to.email);
  if (reachable.length === 0) return notices.map(() => ({ id: null }));
  const users = reachable.flatMap(({ to }) => (to.userId ? [to.userId] : []));
  const around = await readSurroundings(ctx, [...new Set(reachable.map(({ event }) => event))], users);
  const settings = channelSettings(ctx.wiring.installation, ctx.commune);
  const drafts = new Map(reachable.map((notice) => [notice, draft(ctx, notice, around, settings)]));
  const once = new Map([...drafts.values()].map((made) => [made.message.dedupe_key, made]));
  const fresh = await insertMessages(
    ctx,
    [...once.values()].map(({ message }) => message),
  );
  const deliveries = [...once.values()]
    .filter(({ message }) => fresh.has(message.id))
    .flatMap((made) => made.deliveries);
  await insertDeliveries(ctx, deliveries);
  for (const { id, state, not_before } of deliveries) {
    if (state === 'queued' || state === 'held') await queueDelivery(ctx, id, not_before);
  }
  return notices.map((notice) => {
    const id = drafts.get(notice)?.message.id;
    return { id: id !== undefined && fresh.has(id) ? id : null };
  });
}

function draft(
  ctx: Ctx,
  notice: Notice,
  around: Surroundings,
  settings: ChannelSettings,
): { message: NewMessage; deliveries: NewDelivery[] } {
  const { event, to } = notice;
  const template = eventTemplate(event);
  const { params, secrets } = storeParams(event, template, notice.params);
  const preference = around.preferenceOf(to.userId);
  const locale: Locale = to.locale ?? preference.locale ?? 'vi';
  const id = newId(ctx.now);
  const planned = planDeliveries(template, to, {
    now: ctx.now,
    quiet: around.quiet,
    preference,
    available: (at) => carriersOf(settings, event, at),
    demo: around.onlyDemo && ctx.commune.demo,
  });
  const underWay = planned.some(({ state }) => state === 'queued' || state === 'held');
  const secret = Object.keys(secrets).length > 0 && underWay;
  const message: NewMessage = {
    id,
    event,
    dedupe_key: dedupeKey(notice),
    user_id: to.userId ?? null,
    resident_id: to.residentId ?? null,
    phone: to.phone ?? null,
    email: to.email ? cleanLine(to.email) : null,
    locale,
    wording: around.ownWording(event, locale) ?? `catalog:${CATALOG.version}`,
    params: JSON.stringify(params),
    sealed: secret
      ? seal(ctx.wiring.installation.key(SEALED_PURPOSE), JSON.stringify(secrets), `${ctx.commune.id}:${id}`)
      : null,
    expires_at: notice.expiresAt ?? null,
  };
  return { message, deliveries: planned.map((item) => deliveryRow(ctx, id, item)) };
}

function deliveryRow(
  ctx: Ctx,
  messageId: string,
  { channel, demo, state, notBefore, errorCode }: PlannedDelivery,
): NewDelivery {
  return {
    id: newId(ctx.now),
    message_id: messageId,
    channel,
    demo,
    state,
    not_before: notBefore,
    error_code: errorCode,
  };
}

/** Event, key and person, as a hash: no telephone number in an index. */
function dedupeKey({ event, key, to }: Notice): string {
  const person = to.phone ?? to.userId ?? to.email ?? '';
  return `${event}:${createHash('sha256').update(`${key}\n${person}`).digest('base64url')}`;
}

/**
 * Sends a sign-in code to a phone or a mailbox. It is written nowhere in clear: the log shows dots, what
 * waits to be sent is encrypted and erased after.
 * @returns `shown`: the short text to show on screen, marked DEMO, where no channel carries it and only demo
 *   communes are served; otherwise null
 */
export async function sendSignInCode(
  ctx: Ctx,
  {
    to,
    code,
    minutes,
    key,
  }: { to: Pick<Recipient, 'phone' | 'email' | 'locale'>; code: string; minutes: number; key: string },
): Promise<{ shown: string | null }> {
  const expiresAt = new Date(ctx.now.getTime() + minutes * 60_000);
  await notify(ctx, { event: 'identity.code', to, params: { code, minutes }, key, expiresAt });
  const settings = channelSettings(ctx.wiring.installation, ctx.commune);
  const carriers = carriersOf(settings, 'identity.code', ctx.now);
  const carried = to.phone ? carriers.has('zns') || carriers.has('sms') : carriers.has('email');
  const { onlyDemo } = await readSurroundings(ctx, [], []);
  if (carried || !onlyDemo || !ctx.commune.demo) return { shown: null };
  const template = eventTemplate('identity.code');
  const locale = to.locale ?? 'vi';
  const values = valuesFor(
    template,
    { code, minutes: String(minutes) },
    { locale, origin: '', commune: ctx.commune.name },
  );
  return { shown: fillSms(template, template[locale].sms, values) };
}
