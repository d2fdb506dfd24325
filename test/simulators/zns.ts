/**
 * Zalo's token and template endpoints, as far as facts 07 §7.4 know them: access tokens end after 25 hours,
 * refresh tokens work once, numbers are 84…, templates and their fields are registered, nothing is sent at
 * night, a tracking id is taken once.
 */
import { millisOfDay } from '../../src/kernel/time.ts';
import { serve, type Reply, type Request } from './http.ts';

export type ZnsTaken = {
  phone: string;
  templateId: string;
  data: Record<string, string>;
  trackingId: string;
};
export type ZnsMishap = 'unknown_error' | 'break_after_taking' | 'break_token_answer';

export type ZnsSimulator = {
  origin: string;
  taken: ZnsTaken[];
  tokensGiven: number;
  mishaps: ZnsMishap[];
  /** Numbers (84…) without a Zalo account. */
  strangers: Set<string>;
  /** The simulator's clock. */
  now: () => Date;
  /** Makes every access token worthless, as Zalo does when the secret is changed. */
  revoke: () => void;
  settings: Record<string, unknown>;
  stop: () => Promise<void>;
};

const APP = { id: '4400000001', secret: 'simulated-secret' };
const FIRST_REFRESH = 'refresh-0';
const ACCESS_SECONDS = 90_000;
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  '330001': ['ma_ho_so', 'thoi_gian'],
  '330002': ['ma', 'phut'],
};

type State = Omit<ZnsSimulator, 'origin' | 'settings' | 'stop' | 'revoke'> & {
  access: Map<string, number>;
  refresh: string;
};

export async function startZns(port = 0): Promise<ZnsSimulator> {
  const state: State = {
    taken: [],
    tokensGiven: 0,
    mishaps: [],
    strangers: new Set(),
    now: () => new Date(),
    access: new Map(),
    refresh: FIRST_REFRESH,
  };
  const { origin, stop } = await serve((request) => route(state, request), port);
  return Object.assign(state, {
    origin,
    stop,
    revoke: () => state.access.clear(),
    settings: settingsFor(origin),
  });
}

function route(state: State, request: Request): Reply {
  if (request.method === 'POST' && request.path === '/v4/oa/access_token') return giveTokens(state, request);
  if (request.method === 'POST' && request.path === '/message/template') return takeMessage(state, request);
  return { status: 404 };
}

function giveTokens(state: State, { headers, body }: Request): Reply {
  const form = new URLSearchParams(body);
  const fault = (error: number, error_name: string): Reply => ({ json: { error, error_name } });
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true)
    return fault(-14001, 'Invalid request');
  if (headers.secret_key !== APP.secret || form.get('app_id') !== APP.id) return fault(-14004, 'Invalid app');
  if (form.get('grant_type') !== 'refresh_token' || form.get('refresh_token') !== state.refresh)
    return fault(-14014, 'Invalid refresh token');
  state.tokensGiven += 1;
  const access = `access-${state.tokensGiven}`;
  state.refresh = `refresh-${state.tokensGiven}`;
  state.access.set(access, state.now().getTime() + ACCESS_SECONDS * 1000);
  if (state.mishaps[0] === 'break_token_answer') {
    state.mishaps.shift();
    return { hangUp: true };
  }
  return { json: { access_token: access, refresh_token: state.refresh, expires_in: String(ACCESS_SECONDS) } };
}

type Message = {
  phone: string;
  template_id: string;
  template_data: Record<string, string>;
  tracking_id: string;
};

function takeMessage(state: State, { headers, body }: Request): Reply {
  const fault = (error: number, message: string): Reply => ({ json: { error, message } });
  const until = state.access.get(String(headers.access_token));
  if (until === undefined || until <= state.now().getTime()) return fault(-124, 'Access token invalid');
  const {
    phone,
    template_id: templateId,
    template_data: data,
    tracking_id: trackingId,
  } = JSON.parse(body) as Message;
  const mishap = state.mishaps.shift();
  if (mishap === 'unknown_error') return fault(-100, 'Unknown error, please try again later');
  if (!/^84\d{9}$/.test(phone)) return fault(-108, 'Phone number invalid');
  const fields = TEMPLATES[templateId];
  if (!fields) return fault(-109, 'Template ID invalid');
  if (fields.some((field) => typeof data[field] !== 'string' || data[field] === ''))
    return fault(-111, 'Template data empty');
  const hour = millisOfDay(state.now()) / 3_600_000;
  if (hour < 6 || hour >= 22) return fault(-133, 'Not allowed at night');
  if (state.strangers.has(phone)) return fault(-118, 'Zalo account not existed');
  const known = state.taken.findIndex((message) => message.trackingId === trackingId);
  if (known < 0) state.taken.push({ phone, templateId, data, trackingId });
  if (mishap === 'break_after_taking') return { hangUp: true };
  const number = known < 0 ? state.taken.length : known + 1;
  return {
    json: {
      error: 0,
      message: 'Success',
      data: { msg_id: `zns-${number}`, sent_time: String(state.now().getTime()) },
    },
  };
}

function settingsFor(origin: string): Record<string, unknown> {
  return {
    url: `${origin}/message/template`,
    oauthUrl: `${origin}/v4/oa/access_token`,
    appId: APP.id,
    secretKey: APP.secret,
    refreshToken: FIRST_REFRESH,
    templates: {
      'services.dossier.filed': { id: '330001', data: { ma_ho_so: '{code}', thoi_gian: '{filed_at}' } },
      'services.dossier.received': { id: '330001', data: { ma_ho_so: '{code}', thoi_gian: '{due}' } },
      'identity.code': { id: '330002', data: { ma: '{code}', phut: '{minutes}' } },
    },
  };
}
