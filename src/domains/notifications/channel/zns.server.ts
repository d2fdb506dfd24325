/**
 * Zalo Notification Service: messages in templates registered with Zalo, to the Zalo account behind a
 * telephone number. Endpoints, header and body as in facts 07 §7.4; what error numbers mean is data
 * (catalog/zns.json), unverified.
 */
import type { RunInCommune } from '#kernel/manifest';
import znsData from '../catalog/zns.json' with { type: 'json' };
import { providerWords, type Channel, type Outcome, type Outgoing } from './channel.ts';
import { call, jsonOf, valueAt } from './http.ts';
import type { ZnsSettings } from './settings.ts';
import { claimExchange, endExchange, findTokens, type Tokens } from './vault.actions.ts';

/** An access token this close to its end is exchanged before use. */
const MARGIN_MS = 5 * 60_000;

type Then = 'retry' | 'fail' | 'renew_token';
const ERRORS = znsData.errors as Readonly<Record<string, { then: string } | undefined>>;

export function znsChannel(settings: ZnsSettings, run: RunInCommune): Channel {
  return {
    name: 'zns',
    dropsRepeats: settings.dropsRepeats,
    send: async (message) => {
      const template = settings.templates[message.event];
      if (!template) return { kind: 'final', code: 'no_template', text: null };
      const first = await tokenFor(settings, run);
      if ('kind' in first) return first;
      const answer = await send(settings, template, message, first.access);
      if (answer !== 'renew_token') return answer;
      const renewed = await exchange(settings, run, first.access);
      if ('kind' in renewed) return renewed;
      const again = await send(settings, template, message, renewed.access);
      return again === 'renew_token' ? { kind: 'retry', code: 'bad_token', text: null } : again;
    },
  };
}

type Access = { access: string };

/** A token that is good for a while: the kept one, or a new one. */
async function tokenFor(settings: ZnsSettings, run: RunInCommune): Promise<Access | Outcome> {
  const soon = await run(async (ctx) => {
    const kept = await findTokens(ctx, nameOf(settings), settings.refreshToken);
    return kept && kept.expiresAt.getTime() - MARGIN_MS > ctx.now.getTime() ? kept : null;
  });
  return soon ?? exchange(settings, run, null);
}

/**
 * Exchanges the refresh token, which works once, for new tokens.
 * @param dead the access token that was refused: if another one is kept by now, somebody else was faster
 */
export async function exchange(
  settings: ZnsSettings,
  run: RunInCommune,
  dead: string | null,
): Promise<Access | Outcome> {
  const name = nameOf(settings);
  const start = await run(async (ctx) => {
    if (!(await claimExchange(ctx, name))) return 'busy' as const;
    return { kept: await findTokens(ctx, name, settings.refreshToken), now: ctx.now };
  });
  if (start === 'busy') return { kind: 'retry', code: 'token_busy', text: null };
  const { kept, now } = start;
  const faster =
    kept && kept.expiresAt.getTime() - MARGIN_MS > now.getTime() && kept.access !== dead ? kept : null;
  const result = faster ?? (await askForTokens(settings, kept?.refresh ?? settings.refreshToken, now));
  await run((ctx) => endExchange(ctx, name, settings.refreshToken, 'kind' in result ? null : result));
  return result;
}

async function askForTokens(settings: ZnsSettings, refresh: string, now: Date): Promise<Tokens | Outcome> {
  const answer = await call(settings.oauthUrl, {
    method: 'POST',
    headers: { secret_key: settings.secretKey },
    body: new URLSearchParams({
      refresh_token: refresh,
      app_id: settings.appId,
      grant_type: 'refresh_token',
    }),
  });
  if (answer.kind === 'failed') return { kind: 'retry', code: 'unreachable', text: answer.text };
  const json = jsonOf(answer.text);
  const access = valueAt(json, 'access_token');
  const next = valueAt(json, 'refresh_token');
  if (access && next) {
    const seconds = Number(valueAt(json, 'expires_in') ?? 3600);
    return { access, refresh: next, expiresAt: new Date(now.getTime() + seconds * 1000) };
  }
  if (answer.status >= 500) return { kind: 'retry', code: 'busy', text: `token: ${answer.status}` };
  // Only the numbers: the answer's words may repeat the token.
  return {
    kind: 'final',
    code: 'token_lost',
    text: `token: ${answer.status} ${valueAt(json, 'error') ?? ''}`.trim(),
  };
}

async function send(
  settings: ZnsSettings,
  template: { id: string; data: Record<string, string> },
  message: Outgoing,
  access: string,
): Promise<Outcome | 'renew_token'> {
  const data = Object.entries(template.data).map(([field, text]) => [
    field,
    text.replace(/\{(\w+)\}/g, (_, name: string) =>
      Object.hasOwn(message.values, name) ? message.values[name]! : '',
    ),
  ]);
  const answer = await call(settings.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', access_token: access },
    body: JSON.stringify({
      phone: message.to.replace(/^\+/, ''),
      template_id: template.id,
      template_data: Object.fromEntries(data),
      tracking_id: message.id,
    }),
  });
  if (answer.kind === 'failed') {
    return answer.sent
      ? { kind: 'unknown', code: 'outcome_unknown', text: answer.text }
      : { kind: 'retry', code: 'unreachable', text: answer.text };
  }
  return readAnswer(answer.status, answer.text);
}

function readAnswer(status: number, text: string): Outcome | 'renew_token' {
  const words = providerWords(text);
  const json = jsonOf(text);
  const error = valueAt(json, 'error');
  if (status === 429) return { kind: 'retry', code: 'busy', text: words };
  if (status >= 500 || error === undefined) return { kind: 'unknown', code: 'outcome_unknown', text: words };
  if (error === '0') return { kind: 'sent', providerId: valueAt(json, 'data.msg_id') ?? null };
  const then = (ERRORS[error]?.then ?? 'fail') as Then;
  if (then === 'renew_token') return 'renew_token';
  return { kind: then === 'retry' ? 'retry' : 'final', code: `zns${error}`, text: words };
}

function nameOf(settings: ZnsSettings): string {
  return `zns:${settings.appId}`;
}
