/** The simulators refuse what the real services would: a test that passes against them means something. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSmsGateway, type SmsGateway } from './sms-gateway.ts';
import { startZns, type ZnsSimulator } from './zns.ts';

let sms: SmsGateway;
let zns: ZnsSimulator;
beforeAll(async () => {
  [sms, zns] = await Promise.all([startSmsGateway(), startZns()]);
});
afterAll(async () => {
  await Promise.all([sms.stop(), zns.stop()]);
});

async function post(url: string, body: unknown, headers: Record<string, string>) {
  const response = await fetch(url, {
    method: 'POST',
    body: body instanceof URLSearchParams ? body : JSON.stringify(body),
    headers,
  });
  return (await response.json()) as Record<string, unknown>;
}

describe('the SMS gateway', () => {
  const good = {
    phone: '84912345678',
    content: 'Xin chao',
    brandname: 'UBND TT',
    request_id: 'a',
    unicode: '0',
  };
  const key = { authorization: 'Bearer simulated-key' };
  it.each([
    [good, {}, '101'],
    [{ ...good, phone: '0912345678' }, key, '108'],
    [{ ...good, phone: '842083123456' }, key, '108'],
    [{ ...good, content: 'Chào' }, key, '100'],
    [{ ...good, content: 'Chào ư', request_id: 'b' }, key, '119'],
    [{ ...good, content: 'x'.repeat(400) }, key, '119'],
    [{ ...good, request_id: 'c' }, key, '100'],
    [{ ...good, request_id: 'c' }, key, '124'],
  ])('%#', async (body, headers, code) => {
    expect(await post(`${sms.origin}/send`, body, headers as Record<string, string>)).toMatchObject({ code });
  });
});

describe('Zalo', () => {
  const form = (refresh: string) =>
    new URLSearchParams({ refresh_token: refresh, app_id: '4400000001', grant_type: 'refresh_token' });
  const message = {
    phone: '84912345678',
    template_id: '330001',
    template_data: { ma_ho_so: 'A', thoi_gian: 'B' },
    tracking_id: 't',
  };
  const send = (body: unknown, token: string) =>
    post(`${zns.origin}/message/template`, body, { access_token: token });

  it('gives tokens for a refresh token once', async () => {
    const url = `${zns.origin}/v4/oa/access_token`;
    expect(await post(url, form('refresh-0'), { secret_key: 'wrong' })).toMatchObject({ error: -14004 });
    expect(await post(url, form('refresh-0'), { secret_key: 'simulated-secret' })).toMatchObject({
      access_token: 'access-1',
      refresh_token: 'refresh-1',
      expires_in: '90000',
    });
    expect(await post(url, form('refresh-0'), { secret_key: 'simulated-secret' })).toMatchObject({
      error: -14014,
    });
  });

  it('takes a registered template by day, with a token that has not ended', async () => {
    zns.now = () => new Date('2026-03-10T05:00:00Z');
    expect(await send(message, 'access-9')).toMatchObject({ error: -124 });
    expect(await send({ ...message, phone: '0912345678' }, 'access-1')).toMatchObject({ error: -108 });
    expect(await send({ ...message, template_id: '1' }, 'access-1')).toMatchObject({ error: -109 });
    expect(await send({ ...message, template_data: { ma_ho_so: 'A' } }, 'access-1')).toMatchObject({
      error: -111,
    });
    expect(await send(message, 'access-1')).toMatchObject({ error: 0, data: { msg_id: 'zns-1' } });
    expect(await send(message, 'access-1')).toMatchObject({ error: 0, data: { msg_id: 'zns-1' } });
    expect(zns.taken).toHaveLength(1);
    zns.now = () => new Date('2026-03-10T16:00:00Z');
    expect(await send({ ...message, tracking_id: 'u' }, 'access-1')).toMatchObject({ error: -133 });
    zns.now = () => new Date(Date.now() + 90_001_000);
    expect(await send(message, 'access-1')).toMatchObject({ error: -124 });
  });
});
