import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProvider, walk, type LocalProvider, type Person } from '#test/oidc-provider';
import { Browser, makeOfficer, signInOfficer, useAuth } from '#test/sign-in';
import { useWorld } from '#test/world';
import { readProviders, type OidcProvider } from './oidc.ts';
import { departTo, returnFrom } from './provider-door.ts';

const CALLBACK = 'http://localhost:3000/dang-nhap/oidc/callback/vneid';
const dao: Person = { sub: 'person-1', name: 'Nguyễn Thị Đào', national_id: '019185000111' };
const settings = {
  id: 'vneid',
  name: { vi: 'VNeID', en: 'VNeID' },
  discoveryUrl: 'http://127.0.0.1:9/.well-known/openid-configuration',
  clientId: 'xa-so',
  clientSecret: 'a client secret of tests',
  scopes: ['openid', 'profile'],
  nationalIdClaim: 'national_id',
  nameClaim: 'name',
  secondFactor: false,
} satisfies OidcProvider;
const providers: OidcProvider[] = [{ ...settings }, { ...settings, id: 'silent', clientId: 'nobody' }];

const world = useWorld();
const auth = useAuth(world, providers);
let local: LocalProvider;

beforeAll(async () => {
  local = await startProvider(CALLBACK);
  providers[0]!.discoveryUrl = local.discoveryUrl;
});
afterAll(() => local?.stop());

function depart(browser: Browser, link = false, provider = 'vneid') {
  const input = { provider, back: '/tai-khoan', failed: '/dang-nhap', link };
  return departTo(auth, input, browser.visitor());
}

async function roundTrip(person: Person | null, browser = new Browser(), link = false) {
  local.person = person;
  const away = browser.keep(await depart(browser, link));
  const home = await walk(local, away.url);
  const query = Object.fromEntries(home.searchParams);
  const back = browser.keep(await returnFrom(auth, { provider: 'vneid', query }, browser.visitor()));
  return { browser, away, home, query, back };
}

describe('the door of an identity provider', () => {
  it('lets in whom the provider vouches for, with PKCE, state and nonce', async () => {
    const { browser, home, back } = await roundTrip(dao);
    expect(home.origin + home.pathname).toBe(CALLBACK);
    const asked = local.asked.at(-1)!;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(asked.get('state')).toBeTruthy();
    expect(asked.get('nonce')).toBeTruthy();
    expect(back).toMatchObject({
      location: '/tai-khoan',
      claims: { provider: 'vneid', nationalId: dao.national_id, name: dao.name },
    });
    const who = await browser.who(world, auth);
    expect(who).toMatchObject({ actor: { name: dao.name, phone: null }, session: { secondFactor: false } });
  });

  it('knows the same person again, and two people apart', async () => {
    const first = await roundTrip(dao);
    const again = await roundTrip(dao);
    const other = await roundTrip({ ...dao, sub: 'person-2' });
    const ids = await Promise.all([first, again, other].map(({ browser }) => browser.who(world, auth)));
    expect(ids[0]!.actor.userId).toBe(ids[1]!.actor.userId);
    expect(ids[2]!.actor.userId).not.toBe(ids[0]!.actor.userId);
  });

  it('keeps neither the provider’s tokens nor what it said of the person', async () => {
    await roundTrip(dao);
    const { rows } = await world.owner.query(
      `select a."accessToken", a."refreshToken", a."idToken", u.*::text as person
       from auth.account a join auth."user" u on u.id = a."userId" where a."providerId" = 'vneid'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatchObject({ accessToken: null, refreshToken: null, idToken: null });
      expect(row.person).not.toContain(dao.national_id);
    }
  });

  it('lets nobody in who said no there', async () => {
    const { browser, back } = await roundTrip(null);
    expect(back).toMatchObject({ token: null, claims: null });
    expect(back.location).toMatch(/^\/dang-nhap\?error=access_denied/);
    expect(await browser.who(world, auth)).toBeNull();
  });

  it('takes a return once, in the browser that left, and only with its own state', async () => {
    const { browser, query } = await roundTrip(dao);
    const comeBack = (as: Browser, given: Record<string, string>) =>
      returnFrom(auth, { provider: 'vneid', query: given }, as.visitor());
    expect((await comeBack(browser, query)).token).toBeNull();
    const [left, victim] = [new Browser(), new Browser()];
    const home = await walk(local, left.keep(await depart(left)).url);
    const own = Object.fromEntries(home.searchParams);
    expect((await comeBack(victim, own)).token).toBeNull();
    victim.keep(await depart(victim));
    expect((await comeBack(victim, own)).token).toBeNull();
    const made = { code: 'made-up', state: 'made-up' };
    expect((await comeBack(left, made)).token).toBeNull();
  });

  it('opens no role unless the provider proves two factors', async () => {
    const officer = await makeOfficer(world, auth, 'linked@xa.test');
    const browser = await signInOfficer(auth, officer);
    const person = { ...dao, sub: 'officer-1' };
    const linked = await roundTrip(person, browser, true);
    expect(linked.back).toMatchObject({ token: null, claims: { name: dao.name } });
    expect((await browser.who(world, auth))?.session.secondFactor).toBe(true);
    const later = await roundTrip(person);
    expect(await later.browser.who(world, auth)).toMatchObject({
      actor: { userId: officer.userId },
      session: { secondFactor: false },
    });
  });

  it('does not link one person of the provider to two accounts', async () => {
    const person = { ...dao, sub: 'officer-2' };
    const [one, two] = [
      await makeOfficer(world, auth, 'one@xa.test'),
      await makeOfficer(world, auth, 'two@xa.test'),
    ];
    await roundTrip(person, await signInOfficer(auth, one), true);
    const second = await roundTrip(person, await signInOfficer(auth, two), true);
    expect(second.back.location).toContain('error=');
    expect(second.back.claims).toBeNull();
  });

  it('says so when a provider is unknown or does not answer', async () => {
    await expect(depart(new Browser(), false, 'other')).rejects.toMatchObject({
      code: 'identity.provider.not_found',
      status: 404,
    });
    await expect(depart(new Browser(), false, 'silent')).rejects.toMatchObject({
      code: 'identity.provider.silent',
      status: 503,
    });
  });
});

describe('a provider that proves two factors', () => {
  const strong: OidcProvider[] = [{ ...settings, secondFactor: true }];
  const strongAuth = useAuth(world, strong);

  it('opens the staff pages', async () => {
    strong[0]!.discoveryUrl = local.discoveryUrl;
    local.person = { ...dao, sub: 'strong-1' };
    const browser = new Browser();
    const input = { provider: 'vneid', back: '/', failed: '/dang-nhap', link: false };
    const away = browser.keep(await departTo(strongAuth, input, browser.visitor()));
    const query = Object.fromEntries((await walk(local, away.url)).searchParams);
    browser.keep(await returnFrom(strongAuth, { provider: 'vneid', query }, browser.visitor()));
    expect((await browser.who(world, strongAuth))?.session.secondFactor).toBe(true);
  });
});

describe('the file of providers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xa-oidc-'));
  const file = join(folder, 'oidc.json');
  const write = (content: unknown, mode = 0o600) => {
    writeFileSync(file, JSON.stringify(content));
    chmodSync(file, mode);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('may be missing, and is read when it is there', () => {
    expect(readProviders(join(folder, 'nothing.json'))).toEqual([]);
    const { id, name, discoveryUrl, clientId } = settings;
    write([{ id, name, discoveryUrl, clientId }]);
    expect(readProviders(file)).toMatchObject([{ id: 'vneid', secondFactor: false, nameClaim: 'name' }]);
  });

  it('is refused when others may read it, or when it makes no sense', () => {
    write([settings], 0o644);
    expect(() => readProviders(file)).toThrow('chmod 600');
    for (const wrong of [
      { ...settings, id: 'callback' },
      { ...settings, extra: 1 },
      { ...settings, discoveryUrl: 'x' },
    ]) {
      write([wrong]);
      expect(() => readProviders(file)).toThrow(file);
    }
    write([settings, settings]);
    expect(() => readProviders(file)).toThrow('the same id');
  });
});
