/**
 * The settings of the channels, as the operator writes them (docs: README.md of this room). One set for all
 * communes (`default`), and one of its own for a commune that has its own brand name or Zalo account.
 */
import { z } from 'zod';
import type { CommuneRef, Installation } from '#kernel/context';
import znsData from '../catalog/zns.json' with { type: 'json' };
import type { ChannelName } from '../message.ts';
import { nextLoudInstant } from '../quiet-hours.ts';

const Headers = z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string().regex(/^[^\r\n]*$/));

const Email = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(587),
  /** TLS from the first byte (port 465); otherwise STARTTLS is demanded unless `plain` allows none. */
  secure: z.boolean().default(false),
  plain: z.boolean().default(false),
  user: z.string().optional(),
  password: z.string().optional(),
  from: z.email(),
  fromName: z.string().max(60).optional(),
});

/**
 * One brand-name SMS gateway. Operators differ in everything, so the request and the reading of its answer
 * are data. In `url`, `headers` and `body`, `{phone84}` (84912…), `{phone0}` (0912…), `{phone}` (+84912…),
 * `{text}`, `{id}` (ours, for the gateway to drop repeats) and `{unicode}` (0 or 1) are put in; values are
 * escaped for where they stand.
 */
const Sms = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(['POST', 'GET']).default('POST'),
  headers: Headers.default({}),
  /** A JSON value whose texts are templates; or, with `form`, the fields of a form. Not sent with GET. */
  body: z.record(z.string(), z.json()).default({}),
  form: z.boolean().default(false),
  /** How the answer says yes: the value at a path (`a.b.0`) is one of these texts. Without it, any 2xx is yes. */
  success: z.strictObject({ path: z.string(), equals: z.array(z.string()).min(1) }).optional(),
  /** Values at `success.path` that mean: this `{id}` was taken before. It counts as sent. */
  repeated: z.array(z.string()).default([]),
  /** Values at `success.path` after which another attempt makes sense (busy, over the rate). */
  retry: z.array(z.string()).default([]),
  /** Where the gateway's own number for the message stands. */
  idPath: z.string().optional(),
  /** The gateway drops a second message with the same `{id}`: an attempt of unknown outcome may be repeated. */
  dropsRepeats: z.boolean().default(false),
});

const Zns = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).default('https://business.openapi.zalo.me/message/template'),
  oauthUrl: z.url({ protocol: /^https?$/ }).default('https://oauth.zaloapp.com/v4/oa/access_token'),
  appId: z.string().min(1),
  secretKey: z.string().min(1),
  /** The first refresh token; each works once, later ones are kept in the vault. */
  refreshToken: z.string().min(1),
  /** Event → the template registered with Zalo, and its fields filled from our variables. */
  templates: z.record(z.string(), z.strictObject({ id: z.string(), data: z.record(z.string(), z.string()) })),
  dropsRepeats: z.boolean().default(znsData.tracking_id.dropsRepeats),
});

const Shared = z.strictObject({ email: Email.optional(), sms: Sms.optional() });
/** A Zalo account belongs to one agency, and its refresh tokens work once: never shared. */
const Channels = Shared.extend({ zns: Zns.optional() });
const Settings = z.strictObject({
  default: Shared.default({}),
  communes: z.record(z.string(), Channels).default({}),
});

export type EmailSettings = z.infer<typeof Email>;
export type SmsSettings = z.infer<typeof Sms>;
export type ZnsSettings = z.infer<typeof Zns>;
export type ChannelSettings = z.infer<typeof Channels>;

const parsed = new WeakMap<Installation, z.infer<typeof Settings>>();

/** @throws Error naming the setting whose value makes no sense (never the value: it may be a password) */
function parseSettings(raw: unknown): z.infer<typeof Settings> {
  const result = Settings.safeParse(raw ?? {});
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; ');
  throw new Error(`Channel settings: ${where}`);
}

/** The channels of a commune: its own where it has them, else the installation's. */
export function channelSettings(
  installation: Installation,
  commune: Pick<CommuneRef, 'slug'>,
): ChannelSettings {
  let settings = parsed.get(installation);
  if (!settings) {
    settings = parseSettings(installation.settings('notifications'));
    parsed.set(installation, settings);
  }
  return { ...settings.default, ...settings.communes[commune.slug] };
}

/**
 * The channels that can carry an event at that instant: Zalo only with a template registered for it, and
 * only in the hours in which Zalo sends.
 */
export function carriersOf(settings: ChannelSettings, event: string, at: Date): Set<ChannelName> {
  const { from, to } = znsData.hours;
  const carriers = new Set<ChannelName>();
  const open = nextLoudInstant(at, { from: to, to: from }).getTime() === at.getTime();
  if (settings.zns && Object.hasOwn(settings.zns.templates, event) && open) carriers.add('zns');
  if (settings.sms) carriers.add('sms');
  if (settings.email) carriers.add('email');
  return carriers;
}
