import { beforeAll, describe, expect, it } from 'vitest';
import { DOMAINS } from '../../domains.ts';
import { ROLES } from '#kernel/rights';
import { useApi } from '#test/api';
import { makeOfficer, signInOfficer, useAuth } from '#test/sign-in';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { createApiKey, endApiKey, listApiKeys } from './api-key.ts';
import { grantRole } from './grant.actions.ts';
import { listPolicy } from './policy.queries.ts';
import { rightWords } from './words.ts';

const world = useWorld();
const auth = useAuth(world);
const api = useApi(world);
const admin = official('admin');
let key: string;
let keyId: string;

const makeKey = (input = {}, as: Parameters<typeof world.as>[0] = admin) =>
  world.as(as, (ctx) =>
    createApiKey(ctx, { name: 'Máy chủ tỉnh', roles: ['clerk'], validTo: null, ...input }),
  );
const me = (headers: Record<string, string> = {}) => api.request('/api/v1/me', { headers });

beforeAll(async () => {
  ({ key, id: keyId } = await makeKey({ roles: ['clerk', 'auditor', 'clerk'] }));
});

describe('GET /me', () => {
  it('tells whom the key speaks for', async () => {
    const answer = await me({ authorization: `Bearer ${key}` });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      kind: 'api_key',
      id: keyId,
      name: 'Máy chủ tỉnh',
      roles: ['clerk', 'auditor'],
      commune: { slug: 'tuc-tranh', name: 'Tức Tranh', agency_code: 'H55.242' },
    });
  });

  it('needs a key of this commune', async () => {
    const foreign = await me({ authorization: `Bearer ${key}`, host: 'phu-do.localhost' });
    const made = await me({ authorization: `Bearer xa_${'x'.repeat(40)}` });
    const none = await me();
    expect([foreign.status, made.status, none.status]).toEqual([401, 401, 401]);
    expect(await none.json()).toMatchObject({ code: 'sign_in_needed' });
    expect(await made.json()).toMatchObject({ code: 'identity.api_key.unknown' });
  });

  it('takes no session cookie', async () => {
    const officer = await makeOfficer(world, auth, 'api@xa.test');
    await world.as(system, (ctx) => grantRole(ctx, { userId: officer.userId, role: 'admin' }));
    const browser = await signInOfficer(auth, officer);
    expect((await browser.who(world, auth))?.actor.grants).toHaveLength(1);
    const answer = await me({ cookie: browser.headers.get('cookie')! });
    expect(answer.status).toBe(401);
  });

  it('refuses a key that has ended, at once', async () => {
    const made = await makeKey();
    expect((await me({ authorization: `Bearer ${made.key}` })).status).toBe(200);
    await world.as(admin, (ctx) => endApiKey(ctx, made.id));
    expect((await me({ authorization: `Bearer ${made.key}` })).status).toBe(401);
    await expect(world.as(admin, (ctx) => endApiKey(ctx, made.id))).rejects.toMatchObject({ status: 404 });
  });
});

describe('API keys', () => {
  it('are the administrator’s to make and to end, and the inspector’s to see', async () => {
    for (const role of ROLES) {
      const [make, list] = [makeKey({}, official(role)), world.as(official(role), listApiKeys)];
      const outcomes = await Promise.allSettled([make, list]);
      expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([
        role === 'admin',
        ['admin', 'auditor'].includes(role),
      ]);
    }
    for (const stranger of [citizen(), anonymous])
      await expect(world.as(stranger, (ctx) => endApiKey(ctx, keyId))).rejects.toMatchObject({
        name: 'AppError',
      });
    await expect(
      world.as(admin, (ctx) => endApiKey(ctx, keyId), { commune: world.neighbour }),
    ).rejects.toMatchObject({ code: 'identity.api_key.not_found' });
    expect((await world.as(admin, listApiKeys, { commune: world.neighbour })).length).toBe(0);
  });

  it.each([
    [{ name: ' ' }, 'identity.name.missing'],
    [{ roles: [] }, 'identity.api_key.roles_missing'],
    [{ roles: ['king'] }, 'identity.role.unknown'],
    [{ roles: ['hamlet_head'] }, 'identity.grant.hamlet_needed'],
    [{ validTo: new Date(0) }, 'identity.grant.term'],
  ])('are refused for %j', async (input, code) => {
    await expect(makeKey(input)).rejects.toMatchObject({ code, status: 422 });
  });

  it('are kept as a hash only', async () => {
    const { rows } = await world.owner.query('select k.*::text as line from identity_api_key k');
    expect(rows.some(({ line }) => line.includes(key))).toBe(false);
    expect(JSON.stringify(await world.as(admin, listApiKeys))).not.toContain(key);
  });
});

describe('the table of rights', () => {
  it('lists every right that a room declares, in words of both languages', async () => {
    const lines = await world.as(admin, async (ctx) => listPolicy(ctx));
    const declared = DOMAINS.flatMap((room) => Object.keys(room.rights));
    expect(lines.map(({ right }) => right)).toEqual(declared);
    // A right without words stands in the table as its code: write `<room>_right_<thing>_<verb>` in the room's messages.
    const wordless = declared.filter((right) =>
      [rightWords(right, 'vi'), rightWords(right, 'en')].includes(right),
    );
    expect(wordless).toEqual([]);
  });

  it('is for those who may read it', async () => {
    for (const role of ROLES) {
      const asked = world.as(official(role), async (ctx) => listPolicy(ctx));
      if (['admin', 'leader', 'auditor'].includes(role)) await expect(asked).resolves.toBeDefined();
      else await expect(asked).rejects.toMatchObject({ code: 'refused' });
    }
  });
});
