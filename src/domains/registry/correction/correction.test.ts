import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { getHousehold, getResident, openHousehold } from '../index.ts';
import { belongingOf } from '../household/household.queries.ts';
import { clerk, scan, someone } from '../own/own-fixture.ts';
import { ownData } from '../own/own.queries.ts';
import {
  approveCorrection,
  askCorrection,
  refuseCorrection,
  withdrawCorrection,
  type NewCorrection,
} from './correction.actions.ts';
import { getCorrection, listCorrections, openCorrectionPaper, ownCorrections } from './correction.queries.ts';

const world = useWorld();
type Who = Parameters<typeof world.as>[0];
const purpose = { purpose: 'correction' };
let khe: string;
let forms = 0;

beforeAll(async () => {
  khe = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
});

const request = (more: Partial<NewCorrection> = {}): NewCorrection => ({
  field: 'fullName',
  wanted: 'Nguyễn Thị Đảo',
  reason: 'Ghi nhầm dấu.',
  clientId: `form-${++forms}-abc`,
  ...more,
});
const ask = (as: Who, more: Partial<NewCorrection> = {}) =>
  world.as(as, (ctx) => askCorrection(ctx, request(more)));
const approve = (id: string, as: Who = clerk, more = {}) =>
  world.as(as, (ctx) => approveCorrection(ctx, id, more));
const record = (id: string) => world.as(clerk, (ctx) => getResident(ctx, id), purpose);
const events = async (id: string) => {
  const { rows } = await world.owner.query<{ data: Record<string, unknown> }>(
    `select j.payload->'data' as data from jobs._private_jobs j join jobs._private_tasks t on t.id = j.task_id
     where t.identifier like 'registry.correction.decided%' and j.payload->'data'->>'correction_id' = $1`,
    [id],
  );
  return rows.map(({ data }) => data);
};

describe('asking', () => {
  it('is for the person himself, bound', async () => {
    const { actor } = await someone(world);
    await expect(ask(citizen())).rejects.toMatchObject({ code: 'registry.own.not_bound', status: 409 });
    await expect(ask(clerk)).rejects.toMatchObject({ code: 'registry.own.not_bound' });
    await expect(ask(anonymous)).rejects.toMatchObject({ code: 'sign_in_needed' });
    const id = await ask(actor, { paper: scan });
    const [mine] = await world.as(actor, ownCorrections);
    expect(mine).toMatchObject({
      id,
      stood: 'Nguyễn Thị Đào',
      wanted: 'Nguyễn Thị Đảo',
      state: 'open',
      paper: scan,
    });
  });

  it('twice makes one, also at the same moment; another value for the same field has to wait', async () => {
    const { actor } = await someone(world);
    const same = request({ clientId: 'the-same-form' });
    const send = () => world.as(actor, (ctx) => askCorrection(ctx, same));
    const ids = await Promise.all([send(), send(), send()]);
    expect(new Set([...ids, await send(), await ask(actor)]).size).toBe(1);
    await expect(ask(actor, { wanted: 'Nguyễn Thị Đạo' })).rejects.toMatchObject({
      code: 'registry.correction.waiting',
    });
    await ask(actor, { field: 'phone', wanted: '0540 000 301' });
    expect(await world.as(actor, ownCorrections)).toHaveLength(2);
    await world.as(actor, (ctx) => withdrawCorrection(ctx, ids[0]!));
    expect(await send()).toBe(ids[0]);
    expect(await ask(actor, { wanted: 'Nguyễn Thị Đạo' })).not.toBe(ids[0]);
  });

  it('takes what the register can hold, as it writes it', async () => {
    const { actor } = await someone(world, { phone: '0540 000 302' });
    const refused = (more: Partial<NewCorrection>, how: object) =>
      expect(ask(actor, more)).rejects.toMatchObject(how);
    await refused(
      { field: 'phone', wanted: '0540000302' },
      {
        fields: { wanted: 'registry.correction.no_change' },
      },
    );
    await refused({ field: 'phone', wanted: 'abc' }, { fields: { wanted: 'input.bad_phone' } });
    await refused(
      { field: 'nationalId', wanted: '123' },
      {
        fields: { wanted: 'registry.resident.bad_id' },
      },
    );
    await refused({ field: 'sex', wanted: 'x' }, { status: 422 });
    await refused(
      { field: 'birthDate', wanted: '1985-02-30' },
      {
        fields: { wanted: 'input.bad_date' },
      },
    );
    await refused({ wanted: '' }, { fields: { wanted: 'input.missing' } });
    await refused({ reason: ' ' }, { fields: { reason: 'input.missing' } });
    await ask(actor, { field: 'phone', wanted: '0540.000.303' });
    expect((await world.as(actor, ownCorrections))[0]).toMatchObject({ wanted: '+84540000303' });
  });
});

describe('deciding', () => {
  it('writes into the register once, keeps the old value in the history and tells the person', async () => {
    const { id: person, actor } = await someone(world);
    const id = await ask(actor);
    const seen = await world.as(clerk, (ctx) => getCorrection(ctx, id), purpose);
    expect(seen).toMatchObject({ resident: { id: person }, correction: { wanted: 'Nguyễn Thị Đảo' } });
    const [first, second] = await Promise.allSettled([approve(id), approve(id)]);
    expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(approve(id)).rejects.toMatchObject({ code: 'registry.correction.decided' });
    expect(await record(person)).toMatchObject({ fullName: 'Nguyễn Thị Đảo', version: 2 });
    const { book } = await world.as(clerk, (ctx) => belongingOf(ctx, person), purpose);
    const change = { field: 'fullName', from: 'Nguyễn Thị Đào', to: 'Nguyễn Thị Đảo' };
    expect(book).toMatchObject([{ kind: 'corrected', data: change, source: { kind: 'correction', id } }]);
    const mine = await world.as(actor, ownData);
    expect(mine.corrections).toMatchObject([{ state: 'approved', stood: 'Nguyễn Thị Đào' }]);
    expect(mine.book).toMatchObject([{ data: change }]);
    expect(await events(id)).toMatchObject([{ user_id: actor.userId, approved: true, reason: null }]);
  });

  it('refuses with a reason, which the person reads', async () => {
    const { id: person, actor } = await someone(world);
    const id = await ask(actor);
    const say = (answer: string) => world.as(clerk, (ctx) => refuseCorrection(ctx, id, { answer }));
    await expect(say('  ')).rejects.toMatchObject({ fields: { answer: 'input.missing' } });
    await say('Giấy khai sinh ghi khác.');
    await expect(approve(id)).rejects.toMatchObject({ code: 'registry.correction.decided' });
    expect(await record(person)).toMatchObject({ fullName: 'Nguyễn Thị Đào', version: 1 });
    const [mine] = await world.as(actor, ownCorrections);
    expect(mine).toMatchObject({ state: 'refused', answer: 'Giấy khai sinh ghi khác.' });
    expect(await events(id)).toMatchObject([{ approved: false, reason: 'Giấy khai sinh ghi khác.' }]);
    const withdrawn = world.as(actor, (ctx) => withdrawCorrection(ctx, id));
    await expect(withdrawn).rejects.toMatchObject({ code: 'registry.correction.decided' });
  });

  it('is for clerks and police of this commune, never for one’s own record', async () => {
    const { id: person, actor } = await someone(world, { hamletId: khe });
    const other = await someone(world);
    const id = await ask(actor);
    const head = official({ role: 'hamlet_head', hamletId: khe });
    for (const stranger of [actor, other.actor, head, official('leader'), official('specialist')]) {
      await expect(approve(id, stranger)).rejects.toMatchObject({ code: 'refused' });
      await expect(world.as(stranger, (ctx) => getCorrection(ctx, id))).rejects.toMatchObject({
        status: 403,
      });
    }
    await expect(
      world.as(clerk, (ctx) => approveCorrection(ctx, id), { commune: world.neighbour }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(approve(id, { ...clerk, residentId: person })).rejects.toMatchObject({
      code: 'registry.correction.own',
    });
    await expect(world.as(other.actor, (ctx) => withdrawCorrection(ctx, id))).rejects.toMatchObject({
      status: 403,
    });
    await approve(id, official('police'));
  });

  it('lets the papers be opened by those who decide and by the person', async () => {
    const { actor } = await someone(world);
    const other = await someone(world);
    const id = await ask(actor, { paper: scan });
    for (const who of [actor, clerk])
      expect(await world.as(who, (ctx) => openCorrectionPaper(ctx, id))).toEqual(scan);
    for (const stranger of [other.actor, citizen(), official('hamlet_head')])
      await expect(world.as(stranger, (ctx) => openCorrectionPaper(ctx, id))).rejects.toMatchObject({
        status: 403,
      });
  });

  it('needs a look at the papers where the number disagrees, and changes nothing without it', async () => {
    const { id: person, actor } = await someone(world);
    const id = await ask(actor, { field: 'sex', wanted: 'male' });
    await expect(approve(id)).rejects.toMatchObject({
      fields: { nationalId: 'registry.resident.id_disagrees' },
    });
    expect((await world.as(actor, ownCorrections))[0]).toMatchObject({ state: 'open' });
    await approve(id, clerk, { idCompared: true });
    expect(await record(person)).toMatchObject({ sex: 'male' });
  });

  it('of an address is written for the whole household', async () => {
    const { id: person, actor } = await someone(world);
    const household = await world.as(clerk, (ctx) =>
      openHousehold(ctx, {
        on: '2020-01-01',
        hamletId: khe,
        address: 'Nhà số 3',
        head: { residentId: person },
      }),
    );
    const id = await ask(actor, { field: 'address', wanted: 'Nhà số 5' });
    await approve(id);
    expect(await record(person)).toMatchObject({ address: 'Nhà số 5', hamletId: khe });
    const { place } = await world.as(clerk, (ctx) => getHousehold(ctx, household));
    expect(place).toEqual({ hamletId: khe, address: 'Nhà số 5' });
  });
});

describe('the queue', () => {
  it('shows what waits, longest first, and what was decided, without values', async () => {
    const before = (await world.as(clerk, (ctx) => listCorrections(ctx, { open: true }))).waiting;
    const { actor } = await someone(world, { fullName: 'Lý Thị Chờ' });
    const [one, two] = [await ask(actor), await ask(actor, { field: 'phone', wanted: '0540000399' })];
    const open = await world.as(clerk, (ctx) => listCorrections(ctx, { open: true, limit: 100 }));
    expect(open.waiting).toBe(before + 2);
    expect(open.items.slice(-2).map(({ id }) => id)).toEqual([one, two]);
    expect(JSON.stringify(open.items, (_, value) => value)).not.toContain('0399');
    await approve(two);
    const decided = await world.as(clerk, (ctx) => listCorrections(ctx, { open: false }));
    expect(decided.items[0]).toMatchObject({ id: two, name: 'Lý Thị Chờ', state: 'approved' });
    for (const stranger of [actor, official('hamlet_head'), official('auditor')])
      await expect(world.as(stranger, (ctx) => listCorrections(ctx, { open: true }))).rejects.toMatchObject({
        status: 403,
      });
  });
});
