import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { newId } from '#kernel/ids';
import { ROLES } from '#kernel/rights';
import { Browser, makeOfficer, PASSWORD, signInOfficer, useAuth, type Officer } from '#test/sign-in';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { ensureCitizenUser, ensureStaffUser } from './auth/accounts.ts';
import { makeBackupCodes } from './auth/enrolment.ts';
import { enterBackupCode, enterPassword } from './auth/staff-door.ts';
import { endRole, expireGrant, grantRole, type NewGrant } from './grant.actions.ts';
import { listGrants } from './grant.queries.ts';
import { findSignedIn } from './signed-in.ts';
import { allowRenewal, listStaffAccounts } from './staff-account.ts';

const world = useWorld();
const auth = useAuth(world);
const admin = official('admin');
let hamlet: string;
let neighbours: string;
let last = 0;

beforeAll(async () => {
  hamlet = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Xóm Gốc Gạo' }));
  neighbours = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Xóm Bên' }), {
    commune: world.neighbour,
  });
});

const newOfficer = () => makeOfficer(world, auth, `g${++last}@xa.test`);
const give = (input: NewGrant, as: Parameters<typeof world.as>[0] = admin, more = {}) =>
  world.as(as, (ctx) => grantRole(ctx, input), more);
const end = (id: string, as: Parameters<typeof world.as>[0] = admin, more = {}) =>
  world.as(as, (ctx) => endRole(ctx, id), more);
const rolesOf = async (browser: Browser, commune = world.commune) =>
  (await browser.who(world, auth, commune))?.actor.grants;
const later = (days: number) => new Date(Date.now() + days * 86_400_000);

describe('giving a role', () => {
  it('opens at once what the role opens, in this commune only', async () => {
    const officer = await newOfficer();
    const browser = await signInOfficer(auth, officer);
    expect(await rolesOf(browser)).toEqual([]);
    await give({ userId: officer.userId, role: 'clerk' });
    await give({ userId: officer.userId, role: 'hamlet_head', hamletId: hamlet });
    expect(await rolesOf(browser)).toEqual([
      { role: 'clerk', hamletId: null },
      { role: 'hamlet_head', hamletId: hamlet },
    ]);
    expect(await rolesOf(browser, world.neighbour)).toEqual([]);
  });

  it('is for administrators, and for nobody to himself', async () => {
    const { userId } = await newOfficer();
    for (const role of ROLES.filter((role) => role !== 'admin')) {
      await expect(give({ userId, role: 'clerk' }, official(role))).rejects.toMatchObject({ status: 403 });
    }
    await expect(give({ userId, role: 'clerk' }, citizen())).rejects.toMatchObject({ code: 'refused' });
    await expect(give({ userId, role: 'clerk' }, anonymous)).rejects.toMatchObject({
      code: 'sign_in_needed',
    });
    const scoped = official({ role: 'admin', hamletId: hamlet });
    await expect(give({ userId, role: 'clerk' }, scoped)).rejects.toMatchObject({ code: 'refused' });
    const self = { ...admin, userId };
    await expect(give({ userId, role: 'leader' }, self)).rejects.toMatchObject({
      code: 'identity.grant.self',
      status: 403,
    });
  });

  it('knows no accounts of other communes, of citizens, or made up', async () => {
    const email = `elsewhere${++last}@xa.test`;
    const foreign = await ensureStaffUser(auth, { email, name: 'Xã Bên', homeCommune: world.neighbour.id });
    const person = await ensureCitizenUser(auth, '0987000111', 'Bà Con');
    for (const userId of [foreign, person, 'nobody', '']) {
      await expect(give({ userId, role: 'clerk' })).rejects.toMatchObject({
        code: 'identity.account.not_found',
        status: 404,
      });
    }
    const accounts = await world.as(admin, listStaffAccounts);
    expect(accounts.some(({ userId }) => [foreign, person].includes(userId))).toBe(false);
    await expect(world.as(admin, (ctx) => allowRenewal(ctx, foreign, 'link'))).rejects.toMatchObject({
      status: 404,
    });
  });

  it.each([
    [{ role: 'king' }, 'identity.role.unknown'],
    [{ role: 'hamlet_head' }, 'identity.grant.hamlet_needed'],
    [{ role: 'admin', hamletId: 'hamlet' }, 'identity.grant.hamlet_unfit'],
    [{ role: 'hamlet_head', hamletId: 'neighbours' }, 'identity.grant.hamlet_unknown'],
    [{ role: 'hamlet_head', hamletId: 'not an id' }, 'identity.grant.hamlet_unknown'],
    [{ role: 'clerk', validFrom: later(3), validTo: later(2) }, 'identity.grant.term'],
    [{ role: 'clerk', validFrom: later(-3), validTo: later(-2) }, 'identity.grant.term'],
  ])('refuses %j', async (input: Omit<NewGrant, 'userId'>, code) => {
    const { userId } = await newOfficer();
    const ids: Record<string, string> = { hamlet, neighbours };
    const hamletId = input.hamletId ? (ids[input.hamletId] ?? input.hamletId) : null;
    await expect(give({ ...input, userId, hamletId })).rejects.toMatchObject({ code, status: 422 });
  });

  it('refuses the same role for the same time, also when asked twice at once', async () => {
    const { userId } = await newOfficer();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => give({ userId, role: 'clerk' })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(give({ userId, role: 'clerk', validFrom: later(30) })).rejects.toMatchObject({
      code: 'identity.grant.exists',
    });
    await expect(give({ userId, role: 'specialist' })).resolves.toBeDefined();
  });
});

describe('a term of office', () => {
  it('counts from its beginning to its end', async () => {
    const officer = await newOfficer();
    const browser = await signInOfficer(auth, officer);
    const [from, to] = [new Date(Date.now() + 3_600_000), new Date(Date.now() + 7_200_000)];
    await give({ userId: officer.userId, role: 'clerk', validFrom: from, validTo: to });
    const at = (time: number) => ((browser.now = new Date(time)), rolesOf(browser));
    expect(await at(from.getTime() - 1)).toEqual([]);
    expect(await at(from.getTime())).toHaveLength(1);
    expect(await at(to.getTime() - 1)).toHaveLength(1);
    expect(await at(to.getTime())).toEqual([]);
  });

  it('ends the holder’s sessions when it is over, by a job set for that instant', async () => {
    const officer = await newOfficer();
    const browser = await signInOfficer(auth, officer);
    const validTo = later(1);
    const { id } = await give({ userId: officer.userId, role: 'clerk', validTo });
    const { rows } = await world.owner.query(
      `select run_at from jobs.jobs where key = 'identity.grant.expire:' || $1`,
      [id],
    );
    expect(rows).toEqual([{ run_at: validTo }]);
    await world.as(system, (ctx) => expireGrant(ctx, id));
    expect(await browser.who(world, auth)).not.toBeNull();
    await world.as(system, (ctx) => expireGrant(ctx, id), { now: validTo });
    expect(await browser.who(world, auth)).toBeNull();
    await expect(end(id)).rejects.toMatchObject({ code: 'identity.grant.over', status: 409 });
  });
});

describe('ending a role', () => {
  it('ends every session of its holder in the same moment, and nobody else’s', async () => {
    const [officer, other] = [await newOfficer(), await newOfficer()];
    const { id } = await give({ userId: officer.userId, role: 'clerk' });
    const [here, there, others] = [
      await signInOfficer(auth, officer),
      await withBackup(officer),
      await signInOfficer(auth, other),
    ];
    await end(id);
    expect(await here.who(world, auth)).toBeNull();
    expect(await there.who(world, auth)).toBeNull();
    expect(await others.who(world, auth)).not.toBeNull();
  });

  it('changes nothing when it is refused', async () => {
    const officer = await newOfficer();
    const { id } = await give({ userId: officer.userId, role: 'clerk' });
    const browser = await signInOfficer(auth, officer);
    for (const who of [official('leader'), official('auditor'), citizen(), anonymous]) {
      await expect(end(id, who)).rejects.toMatchObject({ name: 'AppError' });
    }
    await expect(end(id, admin, { commune: world.neighbour })).rejects.toMatchObject({
      code: 'identity.grant.not_found',
      status: 404,
    });
    for (const unknown of [newId(), 'x', '']) {
      await expect(end(unknown)).rejects.toMatchObject({ code: 'identity.grant.not_found' });
    }
    expect(await rolesOf(browser)).toHaveLength(1);
  });

  it('never takes the last administrator away, not even when two end each other', async () => {
    const [one, two] = [await newOfficer(), await newOfficer()];
    const commune = world.commune;
    const first = await give({ userId: one.userId, role: 'admin' }, system);
    await expect(end(first.id, { ...admin, userId: one.userId })).rejects.toMatchObject({
      code: 'identity.grant.last_admin',
      status: 409,
    });
    const second = await give({ userId: two.userId, role: 'admin' });
    const outcomes = await Promise.allSettled([
      end(second.id, { ...admin, userId: one.userId }),
      end(first.id, { ...admin, userId: two.userId }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const left = await world.as(admin, (ctx) => listGrants(ctx, { role: 'admin' }), { commune });
    expect(left.total).toBe(1);
  });
});

describe('the list of grants', () => {
  it('finds names in any order without accents, and only this commune’s', async () => {
    const email = `find${++last}@xa.test`;
    const userId = await ensureStaffUser(auth, {
      email,
      name: 'Đặng Thị Ngọc Ánh',
      homeCommune: world.commune.id,
    });
    const { id } = await give({ userId, role: 'specialist' });
    const find = (q: string, commune = world.commune) =>
      world.as(admin, (ctx) => listGrants(ctx, { q }), { commune });
    expect((await find('anh dang')).items.map((grant) => grant.id)).toEqual([id]);
    expect((await find('ánh đặng thị')).total).toBe(1);
    expect((await find('dang khac')).total).toBe(0);
    expect((await find('anh dang', world.neighbour)).total).toBe(0);
    await end(id);
    expect((await find('anh dang')).total).toBe(0);
    expect((await world.as(admin, (ctx) => listGrants(ctx, { q: 'anh dang', over: true }))).total).toBe(1);
  });

  it('is for those who may read it', async () => {
    for (const role of ROLES) {
      const asked = world.as(official(role), (ctx) => listGrants(ctx));
      if (['admin', 'leader', 'auditor'].includes(role)) await expect(asked).resolves.toBeDefined();
      else await expect(asked).rejects.toMatchObject({ code: 'refused' });
    }
    await expect(world.as(citizen(), (ctx) => listGrants(ctx))).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('a session without the second factor', () => {
  it('opens no role, and says that roles sleep', async () => {
    const phone = '0987000222';
    const userId = await ensureCitizenUser(auth, phone, 'Trưởng Xóm');
    await world.owner.query('update auth."user" set "homeCommune" = $1 where id = $2', [
      world.commune.id,
      userId,
    ]);
    await give({ userId, role: 'hamlet_head', hamletId: hamlet });
    const { rows } = await world.owner.query(
      `insert into auth.session (id, token, "userId", "expiresAt", "createdAt", "updatedAt")
       values ('s1', 'weak-token', $1, now() + interval '1 hour', now(), now()) returning token`,
      [userId],
    );
    expect(rows).toHaveLength(1);
    const who = await world.as(system, (ctx) => findSignedIn(ctx, 'weak-token', true));
    expect(who).toMatchObject({ actor: { grants: [] }, session: { rolesAsleep: true } });
  });
});

/** A second browser of the same officer; an authenticator code opens one session only, so it comes by a backup code. */
async function withBackup(officer: Officer): Promise<Browser> {
  const [code] = await makeBackupCodes(auth, officer.userId);
  const browser = new Browser();
  const { email } = officer;
  browser.keep(await enterPassword(auth, { email, password: PASSWORD }, browser.visitor()));
  browser.keep(await enterBackupCode(auth, code!, browser.visitor()));
  return browser;
}
