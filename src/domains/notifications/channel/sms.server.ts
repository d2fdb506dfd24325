/** SMS by an operator's HTTP gateway; what the request looks like is data (channel/settings.ts). */
import { smsLength } from '../sms-text.ts';
import { providerWords, type Channel, type Outcome, type Outgoing } from './channel.ts';
import { call, jsonOf, valueAt, type Answer } from './http.ts';
import type { SmsSettings } from './settings.ts';

export function smsChannel(settings: SmsSettings): Channel {
  return {
    name: 'sms',
    dropsRepeats: settings.dropsRepeats,
    send: async (message) => outcomeOf(settings, await request(settings, message)),
  };
}

function request(settings: SmsSettings, message: Outgoing): Promise<Answer> {
  const values = valuesOf(message);
  const url = fillIn(settings.url, values, encodeURIComponent);
  const headers = Object.fromEntries(
    Object.entries(settings.headers).map(([name, value]) => [name, fillIn(value, values, oneLine)]),
  );
  if (settings.method === 'GET') return call(url, { method: 'GET', headers });
  const filled = fillAll(settings.body, values) as Record<string, unknown>;
  if (settings.form) {
    const fields = Object.entries(filled).map(([name, value]) => [name, String(value)]);
    return call(url, { method: 'POST', headers, body: new URLSearchParams(fields) });
  }
  return call(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(filled),
  });
}

function valuesOf({ id, to, sms }: Outgoing): Record<string, string> {
  return {
    phone: to,
    phone84: to.replace(/^\+/, ''),
    phone0: to.replace(/^\+84/, '0'),
    text: sms,
    id,
    unicode: smsLength(sms).encoding === 'ucs2' ? '1' : '0',
  };
}

/** One pass, so that `{id}` inside a message's text stays text. */
function fillIn(template: string, values: Record<string, string>, escape: (value: string) => string): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? escape(values[name]!) : whole,
  );
}

function fillAll(value: unknown, values: Record<string, string>): unknown {
  if (typeof value === 'string') return fillIn(value, values, (text) => text);
  if (Array.isArray(value)) return value.map((item) => fillAll(item, values));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillAll(inner, values)]));
  }
  return value;
}

function oneLine(value: string): string {
  return value.replace(/[^\x20-\x7E]/g, '');
}

/** Busy answers are certain; other faults of the gateway may have come after it passed the message on. */
function outcomeOf(settings: SmsSettings, answer: Answer): Outcome {
  if (answer.kind === 'failed') {
    return {
      kind: answer.sent ? 'unknown' : 'retry',
      code: answer.sent ? 'outcome_unknown' : 'unreachable',
      text: answer.text,
    };
  }
  const { status, text } = answer;
  const words = providerWords(`${status} ${text}`);
  if (status === 429 || status === 503) return { kind: 'retry', code: 'busy', text: words };
  if (status >= 500) return { kind: 'unknown', code: 'outcome_unknown', text: words };
  if (status < 200 || status >= 300) return { kind: 'final', code: 'refused_by_provider', text: words };
  const json = jsonOf(text);
  const providerId = (settings.idPath ? valueAt(json, settings.idPath) : undefined) ?? null;
  if (!settings.success) return { kind: 'sent', providerId };
  const said = valueAt(json, settings.success.path);
  if (said === undefined) return { kind: 'unknown', code: 'outcome_unknown', text: words };
  if ([...settings.success.equals, ...settings.repeated].includes(said)) return { kind: 'sent', providerId };
  if (settings.retry.includes(said)) return { kind: 'retry', code: 'busy', text: words };
  return { kind: 'final', code: 'refused_by_provider', text: words };
}
