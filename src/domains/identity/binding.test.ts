import { beforeAll, describe, expect, it } from 'vitest';
import { createResident } from '#domain/registry';
import { ROLES } from '#kernel/rights';
import { Browser, useAuth } from '#test/sign-in';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { enterCode, requestCode } from './auth/citizen-door.ts';
import { bindByProvider, bindResident, endBinding, wakeBinding } from './binding.actions.ts';
import { isSameName } from './binding.ts';
import { ownBinding } from './binding.queries.ts';
import { recordSignIn } from './record-sign-in.ts';

const world = useWorld();
const auth = useAuth(world);
const clerk = official('clerk');
const DAY = 86_400_000;
let last = 0;

beforeAll(async () => {
  await person({ commune: world.neighbour, number: '019085000777', name: 'Hoàng Văn Bên' });
});

async function person({
  name = 'Nguyễn Thị Đào',
  number = `019185${String(100_000 + ++last)}`,
  commune = world.commune,
  deceasedOn = '',
} = {}) {
  const id = await world.as(
    system,
    (ctx) => createResident(ctx, { fullName: name, nationalId: number, idCompared: true, deceasedOn }),
    { commune },
  );
  return { id, name, number };
}

async function signedIn() {
  const browser = new Browser();
  const phone = `0976${String(100_000 + ++last)}`;
  const ask = { phone, commune: world.commune, locale: 'vi' } as const;
  const { request } = await requestCode(auth, ask, browser.visitor());
  const { code } = auth.sent.at(-1)!;
  const { userId } = browser.keep(await enterCode(auth, { request, code }, browser.visitor()));
  const who = async (now = new Date()) => {
    browser.now = now;
    return (await browser.who(world, auth))!;
  };
  return { phone, userId, who };
}

type Known = { name: string; number: string };
const atCounter = (phone: string, { name, number }: Known, as = clerk, more = {}) =>
  world.as(as, (ctx) => bindResident(ctx, { phone, name, nationalId: number }), more);

describe('binding at the counter', () => {
  it('opens the register to the account at once', async () => {
    const [someone, { phone, who }] = [await person(), await signedIn()];
    expect((await who()).actor.residentId).toBeNull();
    const binding = await atCounter(phone, someone);
    expect(binding).toMatchObject({ residentId: someone.id, method: 'counter' });
    expect((await who()).actor.residentId).toBe(someone.id);
    expect(await world.as((await who()).actor, ownBinding)).toMatchObject({ asleep: false });
  });

  it('is the clerk’s', async () => {
    const [someone, { phone }] = [await person(), await signedIn()];
    for (const role of ROLES.filter((role) => role !== 'clerk'))
      await expect(atCounter(phone, someone, official(role))).rejects.toMatchObject({ code: 'refused' });
    await expect(atCounter(phone, someone, citizen())).rejects.toMatchObject({ code: 'refused' });
    await expect(
      world.as(anonymous, (ctx) =>
        bindResident(ctx, { phone, name: someone.name, nationalId: someone.number }),
      ),
    ).rejects.toMatchObject({ code: 'sign_in_needed' });
  });

  it('wants the exact number and the name, and does not tell which was wrong', async () => {
    const [someone, { phone, who }] = [await person(), await signedIn()];
    const wrong = [
      { ...someone, name: 'Nguyễn Thị Dào' },
      { ...someone, name: 'Nguyễn Đào' },
      { ...someone, name: '' },
      { ...someone, number: someone.number.slice(0, 11) },
      { ...someone, number: '019185999999' },
      { name: 'Hoàng Văn Bên', number: '019085000777' },
    ];
    for (const input of wrong) {
      await expect(atCounter(phone, input)).rejects.toMatchObject({
        code: 'identity.binding.no_match',
        status: 422,
        params: {},
      });
    }
    expect((await who()).actor.residentId).toBeNull();
    await expect(atCounter(phone, { ...someone, name: '  NGUYỄN  thị đào ' })).resolves.toBeDefined();
  });

  it('needs an account that has signed in, and is not for the clerk’s own', async () => {
    const [someone, mine] = [await person(), await signedIn()];
    await expect(atCounter('0976999999', someone)).rejects.toMatchObject({
      code: 'identity.binding.no_account',
      status: 404,
    });
    await expect(atCounter(mine.phone, someone, { ...clerk, userId: mine.userId })).rejects.toMatchObject({
      code: 'identity.binding.self',
      status: 403,
    });
  });

  it('refuses people who have died', async () => {
    const [someone, { phone }] = [await person({ deceasedOn: '2026-01-05' }), await signedIn()];
    await expect(atCounter(phone, someone)).rejects.toMatchObject({ code: 'identity.binding.no_match' });
  });

  it('gives one account to one person: the older binding of either ends', async () => {
    const [one, two] = [await person(), await person({ name: 'Trần Văn Chè' })];
    const [first, second] = [await signedIn(), await signedIn()];
    await atCounter(first.phone, one);
    await atCounter(second.phone, one);
    expect((await first.who()).actor.residentId).toBeNull();
    expect((await second.who()).actor.residentId).toBe(one.id);
    await atCounter(second.phone, two);
    expect((await second.who()).actor.residentId).toBe(two.id);
  });

  it('counts in this commune only', async () => {
    const [someone, { phone, userId }] = [await person(), await signedIn()];
    await atCounter(phone, someone);
    const { rows } = await world.owner.query('select commune_id from identity_binding where user_id = $1', [
      userId,
    ]);
    expect(rows).toEqual([{ commune_id: world.commune.id }]);
    await expect(
      world.as(clerk, (ctx) => endBinding(ctx, userId), { commune: world.neighbour }),
    ).rejects.toMatchObject({ code: 'identity.binding.not_found' });
  });
});

describe('ending a binding', () => {
  it('is for its person, the clerk and the administrator', async () => {
    for (const as of [official('clerk'), official('admin'), 'self'] as const) {
      const [someone, { phone, userId, who }] = [await person(), await signedIn()];
      await atCounter(phone, someone);
      for (const stranger of [citizen(), official('leader'), official('specialist')])
        await expect(world.as(stranger, (ctx) => endBinding(ctx, userId))).rejects.toMatchObject({
          status: 403,
        });
      await world.as(as === 'self' ? (await who()).actor : as, (ctx) => endBinding(ctx, userId));
      expect((await who()).actor.residentId).toBeNull();
    }
  });
});

describe('a binding that is not used', () => {
  it('sleeps after sixty days without a sign-in, and stays awake with one', async () => {
    const [someone, { phone, userId, who }] = [await person(), await signedIn()];
    await atCounter(phone, someone);
    const start = Date.now();
    await world.owner.query(`update auth.session set "expiresAt" = now() + interval '1 year'`);
    expect((await who(new Date(start + 59 * DAY))).actor.residentId).toBe(someone.id);
    const confirmed = new Date(start + 50 * DAY);
    await world.as(system, (ctx) => recordSignIn(ctx, 'phone', userId), { now: confirmed });
    expect((await who(new Date(start + 100 * DAY))).actor.residentId).toBe(someone.id);
    const over = new Date(start + 111 * DAY);
    expect((await who(over)).actor.residentId).toBeNull();
    await world.as(system, (ctx) => recordSignIn(ctx, 'phone', userId), { now: over });
    expect((await who(over)).actor.residentId).toBeNull();
    const { actor } = await who(over);
    expect(await world.as(actor, ownBinding, { now: over })).toMatchObject({ asleep: true });
    for (const number of ['019185999999', '', (await person()).number])
      await expect(world.as(actor, (ctx) => wakeBinding(ctx, number), { now: over })).rejects.toMatchObject({
        code: 'identity.binding.no_match',
      });
    await world.as(actor, (ctx) => wakeBinding(ctx, someone.number), { now: over });
    expect((await who(over)).actor.residentId).toBe(someone.id);
  });
});

describe('binding by an identity provider', () => {
  it('binds the signed-in account, or nobody', async () => {
    const [someone, { who }] = [await person(), await signedIn()];
    const claim = (claims: Known, as = who) =>
      as().then(({ actor }) =>
        world.as(actor, (ctx) =>
          bindByProvider(ctx, { provider: 'vneid', nationalId: claims.number, name: claims.name }),
        ),
      );
    expect(await claim({ name: 'Hoàng Văn Bên', number: '019085000777' })).toBeNull();
    expect(await claim({ ...someone, name: 'Người Khác' })).toBeNull();
    expect((await who()).actor.residentId).toBeNull();
    expect(await claim(someone)).toMatchObject({ residentId: someone.id, method: 'oidc' });
    expect((await who()).actor.residentId).toBe(someone.id);
  });

  it('is not for strangers', async () => {
    const claims = { provider: 'vneid', nationalId: '019085000777', name: 'Hoàng Văn Bên' };
    await expect(world.as(anonymous, (ctx) => bindByProvider(ctx, claims))).rejects.toMatchObject({
      code: 'sign_in_needed',
    });
  });
});

it('compares names by letters and accents, not by capitals and spaces', () => {
  expect(isSameName('Nguyễn Thị Đào', ' nguyễn thị  ĐÀO ')).toBe(true);
  expect(isSameName('Hoà', 'Hoà'.normalize('NFD'))).toBe(true);
  expect(isSameName('Nguyễn Thị Đào', 'Nguyễn Thị Dào')).toBe(false);
  expect(isSameName('Nguyễn Thị Đào', 'Đào Thị Nguyễn')).toBe(false);
  expect(isSameName('', '')).toBe(false);
});
