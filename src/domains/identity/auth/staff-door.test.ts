import { describe, expect, it } from 'vitest';
import { Browser, makeOfficer, PASSWORD, signInOfficer, useAuth } from '#test/sign-in';
import { useWorld } from '#test/world';
import { choosePassword, ensureStaffUser, makeStaffLink, resetSecondFactor } from './accounts.ts';
import { DEMO_TOTP_SECRET } from './demo.ts';
import { beginEnrolment, makeBackupCodes, pendingEnrolment } from './enrolment.ts';
import { checkPassword } from './password.ts';
import { enterBackupCode, enterPassword, enterTotp } from './staff-door.ts';
import { fromBase32, toBase32, totpAt } from './totp.ts';

const world = useWorld();
const auth = useAuth(world);
let last = 0;
const newOfficer = () => makeOfficer(world, auth, `officer${++last}@xa.test`);
const password = (email: string, browser: Browser, typed = PASSWORD) =>
  enterPassword(auth, { email, password: typed }, browser.visitor());

describe('the staff door', () => {
  it('opens to password and authenticator', async () => {
    const officer = await newOfficer();
    const browser = new Browser();
    const first = browser.keep(await password(officer.email, browser));
    expect(first.next).toBe('second_factor');
    expect(await browser.who(world, auth)).toBeNull();
    browser.keep(await enterTotp(auth, totpAt(officer.secret, new Date()), browser.visitor()));
    const who = await browser.who(world, auth);
    expect(who).toMatchObject({ actor: { userId: officer.userId }, session: { secondFactor: true } });
    expect(who!.session.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(12 * 3_600_000);
  });

  it('says the same of a wrong password and of an unknown account', async () => {
    const officer = await newOfficer();
    const refused = { code: 'identity.sign_in.wrong', status: 401, params: {} };
    await expect(password(officer.email, new Browser(), 'wrong words here')).rejects.toMatchObject(refused);
    await expect(password('nobody@xa.test', new Browser())).rejects.toMatchObject(refused);
    await expect(password('not an address', new Browser())).rejects.toMatchObject(refused);
  });

  it('works as hard for an unknown account as for a known one', async () => {
    const { password: hasher } = await auth.context;
    let hashed = 0;
    const { hash, verify } = hasher;
    hasher.hash = (text) => ((hashed += 1), hash(text));
    hasher.verify = (input) => ((hashed += 1), verify(input));
    const officer = await newOfficer();
    for (const email of [officer.email, 'nobody2@xa.test']) {
      hashed = 0;
      await password(email, new Browser(), 'wrong words here').catch(() => undefined);
      expect(hashed).toBe(1);
    }
    Object.assign(hasher, { hash, verify });
  });

  it('refuses a wrong authenticator code, and everything after five', async () => {
    const officer = await newOfficer();
    const browser = new Browser();
    browser.keep(await password(officer.email, browser));
    const right = totpAt(officer.secret, new Date());
    const wrong = String((Number(right) + 111_111) % 1_000_000).padStart(6, '0');
    for (let i = 0; i < 5; i++) {
      await expect(enterTotp(auth, wrong, browser.visitor())).rejects.toMatchObject({
        code: 'identity.totp.wrong',
      });
    }
    await expect(enterTotp(auth, right, browser.visitor())).rejects.toMatchObject({
      code: 'identity.sign_in.over',
    });
  });

  it('takes an authenticator code once', async () => {
    const officer = await newOfficer();
    const [owner, thief] = [new Browser(), new Browser()];
    for (const browser of [owner, thief]) browser.keep(await password(officer.email, browser));
    const code = totpAt(officer.secret, new Date());
    await enterTotp(auth, code, owner.visitor());
    await expect(enterTotp(auth, code, thief.visitor())).rejects.toMatchObject({
      code: 'identity.totp.wrong',
    });
    const { rows } = await world.owner.query('select from auth.session where "userId" = $1', [
      officer.userId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('refuses a code without the password', async () => {
    const officer = await newOfficer();
    await expect(
      enterTotp(auth, totpAt(officer.secret, new Date()), new Browser().visitor()),
    ).rejects.toMatchObject({ code: 'identity.sign_in.over', status: 410 });
  });

  it('takes each backup code once', async () => {
    const officer = await newOfficer();
    const codes = await makeBackupCodes(auth, officer.userId);
    expect(new Set(codes).size).toBe(10);
    for (const expected of ['in', 'identity.totp.wrong']) {
      const browser = new Browser();
      browser.keep(await password(officer.email, browser));
      const typed = codes[3]!.toLowerCase().replaceAll('-', ' ');
      const outcome = await enterBackupCode(auth, typed, browser.visitor()).then(
        (answer) => (browser.keep(answer), 'in'),
        (thrown) => thrown.code,
      );
      expect(outcome).toBe(expected);
      if (expected === 'in') expect((await browser.who(world, auth))?.session.secondFactor).toBe(true);
    }
  });

  it('slows down guessing from one address, without locking the officer out elsewhere', async () => {
    const officer = await newOfficer();
    const guesser = new Browser();
    for (let i = 0; i < 8; i++) await password(officer.email, guesser, 'guess number').catch(() => undefined);
    await expect(password(officer.email, guesser)).rejects.toMatchObject({ code: 'too_many_requests' });
    await expect(password(officer.email, new Browser())).resolves.toMatchObject({ next: 'second_factor' });
  });

  it('closes demo accounts beside a real commune', async () => {
    const officer = await makeOfficer(world, auth, 'demo1@xa.test', true);
    const browser = await signInOfficer(auth, officer);
    expect(await browser.who(world, auth)).not.toBeNull();
    auth.demoOnly = false;
    expect(await browser.who(world, auth)).toBeNull();
    await expect(password(officer.email, new Browser())).rejects.toMatchObject({
      code: 'identity.sign_in.demo_closed',
      status: 403,
    });
    auth.demoOnly = true;
  });

  it('lets several people use one demo account at the same moment', async () => {
    const officer = { ...(await makeOfficer(world, auth, 'demo2@xa.test', true)) };
    await signInOfficer(auth, officer);
    await expect(signInOfficer(auth, officer)).resolves.toBeDefined();
  });
});

describe('a new staff account', () => {
  async function invited() {
    const email = `new${++last}@xa.test`;
    const userId = await ensureStaffUser(auth, { email, name: 'Người Mới', homeCommune: 1 });
    return { email, userId, token: await makeStaffLink(auth, userId) };
  }

  it('chooses a password by a link, sets up an authenticator, and only then is strong', async () => {
    const { email, userId, token } = await invited();
    await choosePassword(auth, { token, password: PASSWORD, about: [] });
    const browser = new Browser();
    expect(browser.keep(await password(email, browser)).next).toBe('enrol');
    expect((await browser.who(world, auth))?.session.secondFactor).toBe(false);
    const enrolment = await beginEnrolment(auth, PASSWORD, browser.visitor());
    expect(await pendingEnrolment(auth, userId)).toEqual(enrolment);
    browser.keep(await enterTotp(auth, totpAt(enrolment.secret, new Date()), browser.visitor()));
    expect((await browser.who(world, auth))?.session.secondFactor).toBe(true);
    expect(await pendingEnrolment(auth, userId)).toBeNull();
  });

  it('has a link that works once, and an older link no more', async () => {
    const { userId, token: older } = await invited();
    const token = await makeStaffLink(auth, userId);
    const over = { code: 'identity.link.over', status: 410 };
    await expect(choosePassword(auth, { token: older, password: PASSWORD, about: [] })).rejects.toMatchObject(
      over,
    );
    await choosePassword(auth, { token, password: PASSWORD, about: [] });
    await expect(choosePassword(auth, { token, password: PASSWORD, about: [] })).rejects.toMatchObject(over);
    await expect(choosePassword(auth, { token: 'x', password: PASSWORD, about: [] })).rejects.toMatchObject(
      over,
    );
  });

  it('keeps no link in clear', async () => {
    const { token } = await invited();
    const { rows } = await world.owner.query('select v.*::text as line from auth.verification v');
    expect(rows.some(({ line }) => line.includes(token))).toBe(false);
  });

  it('loses sessions and authenticator when the second factor is reset', async () => {
    const officer = await newOfficer();
    const browser = await signInOfficer(auth, officer);
    await resetSecondFactor(auth, officer.userId);
    expect(await browser.who(world, auth)).toBeNull();
    const again = new Browser();
    expect((await password(officer.email, again)).next).toBe('enrol');
  });

  it('is not taken over by making it again', async () => {
    const officer = await newOfficer();
    const again = {
      email: officer.email,
      name: 'Kẻ Khác',
      password: 'another long sentence',
      homeCommune: 2,
    };
    expect(await ensureStaffUser(auth, again)).toBe(officer.userId);
    await expect(password(officer.email, new Browser(), again.password)).rejects.toMatchObject({
      status: 401,
    });
    await expect(password(officer.email, new Browser())).resolves.toBeDefined();
  });
});

describe('a password', () => {
  it.each([
    ['ngắn quá', 'identity.password.short'],
    ['x'.repeat(129), 'identity.password.long'],
    ['password1234', 'identity.password.common'],
    ['Mật Khẩu 2026!', 'identity.password.common'],
    ['123456789012', 'identity.password.common'],
    ['aaaaaaaaaaaaaaa', 'identity.password.common'],
    ['tuctranh@2026', 'identity.password.common'],
    ['Nguyễn Thị Đào 1990', 'identity.password.common'],
  ])('refuses %j', (typed, code) => {
    const about = ['Tức Tranh', 'Nguyễn Thị Đào', 'dao@xa.test'];
    expect(() => checkPassword(typed, about)).toThrow(expect.objectContaining({ code, status: 422 }));
  });

  it('needs no signs of any kind, and is the same from every keyboard', () => {
    const sentence = 'mười hai con trâu qua suối';
    expect(checkPassword(sentence)).toBe(sentence);
    expect(checkPassword(sentence.normalize('NFD'))).toBe(sentence.normalize('NFC'));
  });
});

describe('authenticator codes', () => {
  it('are those of RFC 6238', () => {
    const secret = toBase32(Buffer.from('12345678901234567890'));
    const at = (seconds: number) => totpAt(secret, new Date(seconds * 1000));
    expect([at(59), at(1_111_111_109), at(1_234_567_890), at(20_000_000_000)]).toEqual([
      '287082',
      '081804',
      '005924',
      '353130',
    ]);
  });

  it('have a demo secret that authenticator apps take', () => {
    expect(toBase32(fromBase32(DEMO_TOTP_SECRET))).toBe(DEMO_TOTP_SECRET);
  });
});
