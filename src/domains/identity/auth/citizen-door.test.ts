import { describe, expect, it } from 'vitest';
import { Browser, useAuth } from '#test/sign-in';
import { useWorld } from '#test/world';
import { ensureCitizenUser } from './accounts.ts';
import { enterCode, requestCode } from './citizen-door.ts';
import { cookiesOf } from './cookies.ts';
import { parsePhone } from './phone.ts';
import { endAllSessions, endOwnSession, listSessions } from './sessions.ts';

const world = useWorld();
const auth = useAuth(world);
let last = 0;
const newPhone = () => `09120${String(++last).padStart(5, '0')}`;

async function ask(phone: string, browser = new Browser()) {
  const sent = await requestCode(auth, { phone, commune: world.commune, locale: 'vi' }, browser.visitor());
  return { browser, request: sent.request, sent, code: auth.sent.at(-1)!.code };
}

async function signIn(phone: string, browser = new Browser()) {
  const { request, code } = await ask(phone, browser);
  return { browser, ...browser.keep(await enterCode(auth, { request, code }, browser.visitor())) };
}

const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('the citizens’ door', () => {
  it('signs in a new phone, and the same person the next time', async () => {
    const phone = newPhone();
    const first = await signIn(phone);
    const who = await first.browser.who(world, auth);
    expect(who?.actor).toMatchObject({ phone: parsePhone(phone), residentId: null, grants: [] });
    expect(who?.session.secondFactor).toBe(false);
    expect((await signIn(phone)).userId).toBe(first.userId);
  });

  it('answers known and unknown numbers alike', async () => {
    const known = newPhone();
    await ensureCitizenUser(auth, known, 'Nguyễn Thị Chè');
    const answers = [(await ask(known)).sent, (await ask(newPhone())).sent];
    expect(answers.map((sent) => Object.keys(sent).sort())).toEqual([
      ['demoCode', 'minutes', 'phone', 'request'],
      ['demoCode', 'minutes', 'phone', 'request'],
    ]);
    expect(auth.sent.slice(-2).map(({ code }) => /^\d{6}$/.test(code))).toEqual([true, true]);
  });

  it('gives the browser a cookie, and a new session at every sign-in', async () => {
    const browser = new Browser();
    const { userId } = await signIn(newPhone(), browser);
    const before = await browser.who(world, auth);
    const again = await signIn(newPhone(), browser);
    expect((await browser.who(world, auth))!.session.id).not.toBe(before!.session.id);
    expect(await listSessions(auth, userId, new Date())).toEqual([]);
    expect(await listSessions(auth, again.userId, new Date())).toHaveLength(1);
  });

  it('refuses a wrong code, and the right one after five wrong tries', async () => {
    const { browser, request, code } = await ask(newPhone());
    for (const left of [4, 3, 2, 1]) {
      const wrong = enterCode(auth, { request, code: wrongOf(code) }, browser.visitor());
      await expect(wrong).rejects.toMatchObject({ code: 'identity.code.wrong', params: { left } });
    }
    for (const typed of [wrongOf(code), code]) {
      await expect(enterCode(auth, { request, code: typed }, browser.visitor())).rejects.toMatchObject({
        code: 'identity.code.over',
        status: 410,
      });
    }
  });

  it('counts tries that come at the same moment', async () => {
    const { browser, request, code } = await ask(newPhone());
    const tries = Array.from({ length: 20 }, () =>
      enterCode(auth, { request, code: wrongOf(code) }, browser.visitor()).catch((thrown) => thrown.code),
    );
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === 'identity.code.wrong')).toHaveLength(4);
    expect(outcomes.filter((outcome) => outcome === 'identity.code.over')).toHaveLength(16);
  });

  it('takes a code once, even when it comes twice at the same moment', async () => {
    const { browser, request, code } = await ask(newPhone());
    const both = await Promise.allSettled(
      [1, 2].map(() => enterCode(auth, { request, code }, browser.visitor())),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(enterCode(auth, { request, code }, browser.visitor())).rejects.toMatchObject({
      code: 'identity.code.over',
    });
  });

  it('takes a code for five minutes', async () => {
    const { browser, request, code } = await ask(newPhone());
    browser.now = new Date(Date.now() + 5 * 60_000);
    await expect(enterCode(auth, { request, code }, browser.visitor())).rejects.toMatchObject({
      code: 'identity.code.over',
    });
  });

  it('ties a code to the browser that asked', async () => {
    const phone = newPhone();
    const mine = await ask(phone);
    const strangers = await ask(phone);
    const mixed = enterCode(auth, { request: strangers.request, code: mine.code }, mine.browser.visitor());
    if (mine.code !== strangers.code) await expect(mixed).rejects.toMatchObject({ status: 422 });
    await expect(
      enterCode(auth, { request: 'made-up', code: mine.code }, mine.browser.visitor()),
    ).rejects.toMatchObject({ code: 'identity.code.over' });
  });

  it('keeps no code in clear', async () => {
    const { code } = await ask(newPhone());
    const { rows } = await world.owner.query('select c.*::text as line from auth.one_time_code c');
    expect(rows.some(({ line }) => line.includes(code))).toBe(false);
  });

  it('sends a phone five codes in a quarter of an hour, then asks to wait', async () => {
    const phone = newPhone();
    for (let i = 0; i < 5; i++) await ask(phone);
    await expect(ask(phone)).rejects.toMatchObject({ code: 'too_many_requests', status: 429 });
    const refused = await ask(phone).catch((thrown) => thrown);
    expect(refused.params.seconds).toBeGreaterThan(0);
    expect(refused.params.seconds).toBeLessThanOrEqual(15 * 60);
  });

  it('limits an address that asks for many phones', async () => {
    const browser = new Browser();
    const asked = Array.from({ length: 61 }, () => ask(newPhone(), browser).then(() => 'sent'));
    const outcomes = await Promise.all(asked.map((one) => one.catch((thrown) => thrown.code)));
    expect(outcomes.filter((outcome) => outcome === 'too_many_requests')).toHaveLength(1);
  });

  it.each(['12345', '0212345678', '+14155550100', '091234567', '09123456789', 'abc', ''])(
    'sends nothing to %j',
    async (phone) => {
      const sent = auth.sent.length;
      await expect(ask(phone)).rejects.toMatchObject({ code: 'identity.phone.invalid', status: 422 });
      expect(auth.sent).toHaveLength(sent);
    },
  );

  it('shows the code on screen only where nobody real can be harmed', async () => {
    expect((await ask(newPhone())).sent.demoCode).toBe(auth.sent.at(-1)!.code);
    auth.demoOnly = false;
    expect((await ask(newPhone())).sent.demoCode).toBeNull();
    auth.demoOnly = true;
    const browser = new Browser();
    const real = { ...world.commune, demo: false };
    const sent = await requestCode(
      auth,
      { phone: newPhone(), commune: real, locale: 'vi' },
      browser.visitor(),
    );
    expect(sent.demoCode).toBeNull();
  });
});

describe('a session', () => {
  it('is the same person in every commune', async () => {
    const { browser } = await signIn(newPhone());
    const here = await browser.who(world, auth);
    expect((await browser.who(world, auth, world.neighbour))?.actor.userId).toBe(here!.actor.userId);
  });

  it('needs our signature: its token alone is worth nothing', async () => {
    const { browser } = await signIn(newPhone());
    const cookie = browser.headers.get('cookie')!;
    const forged = new Browser();
    forged.headers.set('cookie', cookie.replace(/\.[^.;]*$/, '.AAAA'));
    expect(await forged.who(world, auth)).toBeNull();
  });

  it('is over after thirty days', async () => {
    const { browser } = await signIn(newPhone());
    browser.now = new Date(Date.now() + 30 * 86_400_000 - 60_000);
    expect(await browser.who(world, auth)).not.toBeNull();
    browser.now = new Date(Date.now() + 30 * 86_400_000 + 60_000);
    expect(await browser.who(world, auth)).toBeNull();
  });

  it('can be ended by its owner, one or all, and by nobody else', async () => {
    const phone = newPhone();
    const [one, two, stranger] = [await signIn(phone), await signIn(phone), await signIn(newPhone())];
    const mine = await listSessions(auth, one.userId, new Date());
    expect(mine).toHaveLength(2);
    expect(await endOwnSession(auth, stranger.userId, mine[0]!.id)).toBe(false);
    expect(await endOwnSession(auth, one.userId, mine[0]!.id)).toBe(true);
    const left = [await one.browser.who(world, auth), await two.browser.who(world, auth)];
    expect(left.filter(Boolean)).toHaveLength(1);
    await endAllSessions(auth, one.userId);
    expect(await listSessions(auth, one.userId, new Date())).toEqual([]);
    expect(await stranger.browser.who(world, auth)).not.toBeNull();
  });
});

it('reads the cookies of an answer', () => {
  const headers = new Headers();
  headers.append('set-cookie', 'xa.session_token=a%2Bb%3D; Max-Age=60; Path=/; HttpOnly; SameSite=Lax');
  headers.append('set-cookie', 'xa.other=; Max-Age=0; Path=/');
  expect(cookiesOf(headers)).toEqual([
    { name: 'xa.session_token', value: 'a+b=', maxAge: 60 },
    { name: 'xa.other', value: '', maxAge: 0 },
  ]);
});
