import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { addMember, appointOfficial, getHousehold, getResident, moveOut, openHousehold } from '../index.ts';
import { giveConsent, withdrawConsent } from '../consent/consent.actions.ts';
import { consentsOf } from '../consent/consent.queries.ts';
import { textOn } from '../consent/consent-text.ts';
import { askCorrection, refuseCorrection } from '../correction/correction.actions.ts';
import { exportPeople } from '../household/export.queries.ts';
import { anOfficial } from '../fixtures.ts';
import { eraseExpired } from '../retention/erase.actions.ts';
import { copyAsJson, ownCopy } from './copy.ts';
import { clerk, scan, someone } from './own-fixture.ts';
import { ownData, viewsOfOwn } from './own.queries.ts';
import { lastThree } from './own-words.ts';

const world = useWorld();
type Who = Parameters<typeof world.as>[0];
const range = { offset: 0, limit: 20 };
const DAY = 86_400_000;
const views = (as: Who) => world.as(as, (ctx) => viewsOfOwn(ctx, range));
let khe: string, dap: string;

beforeAll(async () => {
  khe = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  dap = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Đập Tràn' }));
});

async function household() {
  const head = await someone(world, {
    fullName: 'Lê Văn Chủ',
    birthDate: '1960-01-01',
    sex: 'male',
    nationalId: `019060${String(300_000 + (Math.floor(performance.now() * 10) % 99_999))}`,
  });
  const child = await someone(world);
  const id = await world.as(clerk, (ctx) =>
    openHousehold(ctx, {
      hamletId: khe,
      address: 'Nhà số 3',
      on: '2020-01-01',
      head: { residentId: head.id },
    }),
  );
  await world.as(clerk, (ctx) =>
    addMember(ctx, id, { who: { residentId: child.id }, relation: 'child', on: '2021-01-01' }),
  );
  return { id, head, child };
}

describe('one’s own data', () => {
  it('is the record whole, and of the others in the household name and relation alone', async () => {
    const { head, child } = await household();
    const mine = await world.as(child.actor, ownData);
    expect(mine.resident).toMatchObject({ id: child.id, nationalId: child.nationalId });
    expect(mine.household).toMatchObject({
      relation: 'child',
      members: [
        { name: 'Lê Văn Chủ', relation: 'head' },
        { name: 'Nguyễn Thị Đào', relation: 'child' },
      ],
    });
    const { members } = mine.household!;
    expect(members.every((one) => Object.keys(one).join() === 'name,relation')).toBe(true);
    const copy = JSON.stringify(copyAsJson(await world.as(child.actor, ownCopy)));
    expect(copy).toContain(lastThree(child.nationalId));
    for (const hidden of [child.nationalId, head.nationalId, head.id, child.id])
      expect(copy).not.toContain(hidden);
  });

  it('is for whoever is bound, to that one alone', async () => {
    for (const unbound of [citizen(), clerk, official('admin')])
      for (const read of [ownData, ownCopy, (ctx: Ctx) => viewsOfOwn(ctx, range)])
        await expect(world.as<unknown>(unbound, read)).rejects.toMatchObject({
          code: 'registry.own.not_bound',
        });
    await expect(world.as(anonymous, ownData)).rejects.toMatchObject({ status: 401 });
    const { actor } = await someone(world);
    await expect(world.as(actor, ownData, { commune: world.neighbour })).rejects.toMatchObject({
      code: 'registry.own.not_bound',
    });
  });

  it('shows the number by its last three digits', () => {
    expect(lastThree('019185001234')).toBe('xxxxxxxxx234');
    expect(lastThree('12')).toBe('12');
  });
});

describe('who looked at my data', () => {
  it('tells post and name of officials, when and why, and leaves out my own looking', async () => {
    const { actor, id } = await someone(world);
    const reader = official('clerk');
    await world.as(system, (ctx) =>
      appointOfficial(ctx, anOfficial({ fullName: 'Phạm Thị Cửa', userId: reader.userId })),
    );
    const hidden = official('police');
    const police = {
      fullName: 'Trần Văn Kín',
      post: 'Công an xã',
      unit: 'police',
      userId: hidden.userId,
      public: false,
    };
    await world.as(system, (ctx) => appointOfficial(ctx, anOfficial(police as never)));
    const look = (as: Who, purpose: string) => world.as(as, (ctx) => getResident(ctx, id), { purpose });
    await look(reader, 'dossier');
    await look(hidden, 'inspection');
    await look(
      { kind: 'api', keyId: 'k1', name: 'Khóa', grants: [{ role: 'clerk', hamletId: null }] },
      'dossier',
    );
    await world.as({ kind: 'system', name: 'identity' }, (ctx) => getResident(ctx, id));
    await world.as(actor, ownData);
    await world.as(actor, (ctx) => getResident(ctx, id));
    const { items, total } = await views(actor);
    expect(total).toBe(5);
    expect(items.map(({ viewer, action, purpose }) => [viewer, action, purpose])).toEqual([
      [{ kind: 'system' }, 'registry.resident.view', null],
      [{ kind: 'program' }, 'registry.resident.view', 'dossier'],
      [
        { kind: 'official', post: 'Công an xã', postEn: null, name: null },
        'registry.resident.view',
        'inspection',
      ],
      [
        { kind: 'official', post: 'Công chức Một cửa', postEn: null, name: 'Phạm Thị Cửa' },
        'registry.resident.view',
        'dossier',
      ],
      // Entered by somebody who stands in no directory: never told by a name of the sign-in.
      [{ kind: 'staff' }, 'registry.resident.edit', null],
    ]);
  });

  it('holds what was refused and what was another’s out, and comes in pages', async () => {
    const [one, two] = [await someone(world, { hamletId: khe }), await someone(world)];
    const head = official({ role: 'hamlet_head', hamletId: dap });
    await expect(
      world.as(head, (ctx) => getResident(ctx, one.id), { purpose: 'visit' }),
    ).rejects.toMatchObject({ status: 403 });
    for (let at = 0; at < 3; at += 1)
      await world.as(clerk, (ctx) => getResident(ctx, one.id), { purpose: 'dossier' });
    expect((await views(two.actor)).total).toBe(1);
    const page = (offset: number) => world.as(one.actor, (ctx) => viewsOfOwn(ctx, { offset, limit: 3 }));
    const [first, second] = [await page(0), await page(3)];
    expect([first.total, first.items.length, second.items.length]).toEqual([4, 3, 1]);
    expect(second.items[0]).toMatchObject({ action: 'registry.resident.edit' });
    // The part of the record about one person opens for nobody else, however the question is put.
    await expect(views(official('admin'))).rejects.toMatchObject({ code: 'registry.own.not_bound' });
  });

  it('counts the household’s page, also after I left it, and lists of my hamlet and of everybody', async () => {
    const { id, child } = await household();
    const actions = async () =>
      (await views(child.actor)).items.map(({ action }) => action).filter((one) => !one.endsWith('edit'));
    await world.as(official('leader'), (ctx) => getHousehold(ctx, id));
    await world.as(official({ role: 'hamlet_head', hamletId: khe }), (ctx) => exportPeople(ctx));
    await world.as(clerk, (ctx) => exportPeople(ctx));
    await world.as(clerk, (ctx) => exportPeople(ctx, dap));
    expect(await actions()).toEqual([
      'registry.household.export',
      'registry.household.export',
      'registry.household.view',
    ]);
    await world.as(clerk, (ctx) =>
      moveOut(ctx, id, { residentIds: [child.id], on: '2022-01-01', to: 'Thái Nguyên' }),
    );
    await world.as(official('leader'), (ctx) => getHousehold(ctx, id));
    expect((await actions()).filter((one) => one === 'registry.household.view')).toHaveLength(2);
  });

  it('follows a record that was merged into another', async () => {
    const [old, kept] = [await someone(world), await someone(world)];
    await world.as(clerk, (ctx) => getResident(ctx, old.id), { purpose: 'dossier' });
    await world.owner.query('update registry_resident set merged_into = $2 where id = $1', [old.id, kept.id]);
    expect((await views(kept.actor)).total).toBe(3);
    expect((await views(old.actor)).total).toBe(3);
    expect(await world.as(old.actor, ownData)).toMatchObject({ resident: { id: kept.id } });
  });
});

describe('what has had its time', () => {
  it('is erased: papers after ninety days, requests and withdrawn consents after five years', async () => {
    const { id: person, actor } = await someone(world);
    const start = new Date('2026-11-01T03:00:00Z');
    const at = (days: number) => ({ now: new Date(start.getTime() + days * DAY) });
    const wording = textOn('news', '2026-11-01' as never)!.version;
    const request = {
      field: 'fullName',
      wanted: 'Nguyễn Thị Đảo',
      reason: 'Nhầm dấu.',
      paper: scan,
    } as const;
    const send = (more: object) =>
      world.as(actor, (ctx) => askCorrection(ctx, { ...request, ...more } as never), at(0));
    const refused = await send({ clientId: 'form-a-123' });
    await world.as(clerk, (ctx) => refuseCorrection(ctx, refused, { answer: 'Không đúng.' }), at(1));
    await send({ clientId: 'form-b-123', field: 'phone', wanted: '0540000398' });
    await world.as(actor, (ctx) => giveConsent(ctx, person, { purpose: 'news', wording }), at(0));
    await world.as(actor, (ctx) => withdrawConsent(ctx, person, 'news'), at(2));
    await world.as(actor, (ctx) => giveConsent(ctx, person, { purpose: 'news', wording }), at(3));
    const none = { papers: 0, corrections: 0, consents: 0, stays: 0, supports: 0, aid: 0 };
    const erase = (days: number, as: Who = system) => world.as(as, eraseExpired, at(days));
    const left = async () => {
      const { corrections } = await world.as(actor, ownData);
      return corrections.map(({ state, paper }) => [state, paper !== null]).toSorted();
    };
    await expect(erase(1, official('admin'))).rejects.toMatchObject({ code: 'refused' });
    expect(await erase(91)).toEqual({ ...none, papers: 0 });
    expect(await erase(92)).toEqual({ ...none, papers: 1 });
    expect(await erase(92)).toEqual({ ...none, papers: 0 });
    expect(await left()).toEqual([
      ['open', true],
      ['refused', false],
    ]);
    expect(await erase(3 + 1826)).toEqual({ ...none, corrections: 1, consents: 1 });
    expect(await left()).toEqual([['open', true]]);
    expect(await world.as(actor, (ctx) => consentsOf(ctx, person))).toHaveLength(1);
  });
});
