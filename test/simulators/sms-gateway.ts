/**
 * A brand-name SMS gateway, as such gateways are: JSON by POST with a key, numbers as 84…, an answer code in
 * text, `124` for a request id it has had before. Checks what it is sent.
 */
import { smsLength } from '../../src/domains/notifications/sms-text.ts';
import { serve, type Reply } from './http.ts';

export type SmsTaken = { phone: string; text: string; id: string };
/** What befalls the next request: refused as busy, accepted and then the line breaks, or out of money. */
export type SmsMishap = 'busy' | 'overloaded' | 'break_after_taking' | 'no_money';

export type SmsGateway = {
  origin: string;
  taken: SmsTaken[];
  /** Requests that came in, also those refused. */
  calls: number;
  mishaps: SmsMishap[];
  settings: Record<string, unknown>;
  stop: () => Promise<void>;
};

const KEY = 'simulated-key';

export async function startSmsGateway(port = 0): Promise<SmsGateway> {
  const gateway = { taken: [] as SmsTaken[], calls: 0, mishaps: [] as SmsMishap[] };
  const { origin, stop } = await serve(({ method, path, headers, body }) => {
    gateway.calls += 1;
    if (method !== 'POST' || path !== '/send') return { status: 404 };
    if (headers.authorization !== `Bearer ${KEY}`) return { json: { code: '101' } };
    return take(gateway, JSON.parse(body) as Record<string, unknown>);
  }, port);
  return Object.assign(gateway, { origin, stop, settings: settingsFor(origin) });
}

function take(gateway: { taken: SmsTaken[]; mishaps: SmsMishap[] }, body: Record<string, unknown>): Reply {
  const { phone, content, request_id: id, brandname, unicode } = body;
  const mishap = gateway.mishaps.shift();
  if (mishap === 'overloaded') return { status: 503 };
  if (mishap === 'busy') return { json: { code: '500' } };
  if (mishap === 'no_money') return { json: { code: '103' } };
  if (typeof phone !== 'string' || !/^84[35789]\d{8}$/.test(phone)) return { json: { code: '108' } };
  if (typeof content !== 'string' || typeof id !== 'string' || brandname !== 'UBND TT')
    return { json: { code: '110' } };
  const { encoding, parts } = smsLength(content);
  if (parts > 2 || (encoding === 'ucs2') !== (unicode === '1') || /[\r\n]/.test(content))
    return { json: { code: '119' } };
  if (gateway.taken.some((sms) => sms.id === id)) return { json: { code: '124' } };
  gateway.taken.push({ phone, text: content, id });
  if (mishap === 'break_after_taking') return { hangUp: true };
  return { json: { code: '100', data: { sms_id: `sms-${gateway.taken.length}` } } };
}

/** The channel settings under which the program speaks this gateway's language. */
function settingsFor(origin: string): Record<string, unknown> {
  return {
    url: `${origin}/send`,
    headers: { authorization: `Bearer ${KEY}` },
    body: {
      phone: '{phone84}',
      content: '{text}',
      brandname: 'UBND TT',
      request_id: '{id}',
      unicode: '{unicode}',
    },
    success: { path: 'code', equals: ['100'] },
    repeated: ['124'],
    retry: ['500'],
    idPath: 'data.sms_id',
    dropsRepeats: true,
  };
}
