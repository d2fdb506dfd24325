import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { localDate } from '#kernel/time';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { agreesWithId, readIdNumber } from './resident.ts';
import {
  createResident,
  findResidentByNationalId,
  findResidentsByPhone,
  getResident,
  ownResident,
  searchResidents,
  updateResident,
  type ResidentInput,
} from './index.ts';

const world = useWorld();
const clerk = official('clerk');
const purpose = { purpose: 'dossier' };
let khe: string, dap: string, dao: string;

const person = (more: Partial<ResidentInput> = {}): ResidentInput => ({
  fullName: 'Nguyễn Thị Đào',
  ...more,
});
const enter = (more: Partial<ResidentInput> = {}, actor = clerk) =>
  world.as(actor, (ctx) => createResident(ctx, person(more)));
const search = (q: string, actor = clerk as Parameters<typeof world.as>[0]) =>
  world.as(actor, async (ctx) => {
    const page = await searchResidents(ctx, { q });
    return { ...page, names: page.items.map((one) => one.fullName) };
  });

beforeAll(async () => {
  khe = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  dap = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Đập Tràn' }));
  dao = await enter({
    birthDate: '1985-03-02',
    sex: 'female',
    nationalId: '019 185 001 234',
    phone: '0540 000 201',
    hamletId: khe,
    address: 'Nhà số 3',
  });
  await enter({ fullName: 'Trần Đào Nguyên', hamletId: dap, phone: '0540000201' });
  await enter({ fullName: 'Đặng Văn An', hamletId: dap });
});

describe('finding people', () => {
  it('by name without accents, in any order, by beginnings of words', async () => {
    for (const q of ['dao nguyen thi', 'NGUYỄN đào', 'ngu thi d'])
      expect((await search(q)).names).toContain('Nguyễn Thị Đào');
    expect((await search('dao nguyen')).names.sort()).toEqual(['Nguyễn Thị Đào', 'Trần Đào Nguyên']);
    expect((await search('guyen')).names).toEqual([]);
    expect(await search('Đặng Văn An')).toMatchObject({ by: 'name', total: 1 });
  });

  it('by a whole number only: parts of numbers find nobody', async () => {
    expect(await search('019185001234')).toMatchObject({ by: 'national_id', total: 1 });
    expect(await search('0540 000 201')).toMatchObject({ by: 'phone', total: 2 });
    for (const part of ['019185', '01918500123', '0190', '+84540', 'đào 0540', '%', '_', '🙂'])
      expect(await search(part)).toMatchObject({ by: 'nothing', total: 0 });
    await expect(search('x'.repeat(201))).rejects.toMatchObject({ status: 422 });
  });

  it('shows them masked, whoever asks', async () => {
    const { items } = await search('nguyen thi dao', official('leader'));
    expect(items).toEqual([
      {
        id: dao,
        fullName: 'Nguyễn Thị Đào',
        sex: 'female',
        hamletId: khe,
        demo: false,
        birthYear: 1985,
        nationalId: '019xxxxxx234',
        phone: '05xx xxx 201',
        deceased: false,
      },
    ]);
    const [first] = await world.as(clerk, (ctx) => findResidentsByPhone(ctx, '0540.000.201'));
    expect(first?.phone).toBe('05xx xxx 201');
  });

  it('in the hamlets of one’s grant only', async () => {
    const head = official({ role: 'hamlet_head', hamletId: dap });
    expect((await search('dao', head)).names).toEqual(['Trần Đào Nguyên']);
    expect((await search('', head)).total).toBe(2);
    expect((await search('019185001234', head)).total).toBe(0);
    const foreign = world.as(head, (ctx) => searchResidents(ctx, { hamletId: khe }));
    await expect(foreign).rejects.toMatchObject({ status: 403 });
    await expect(world.as(head, (ctx) => getResident(ctx, dao), purpose)).rejects.toMatchObject({
      status: 403,
    });
  });
});

describe('opening a record', () => {
  it('needs a purpose and is written down with it', async () => {
    await expect(world.as(clerk, (ctx) => getResident(ctx, dao))).rejects.toMatchObject({
      code: 'registry.purpose_needed',
    });
    const record = await world.as(clerk, (ctx) => getResident(ctx, dao), {
      purpose: 'own_request',
      requestId: 'r-1',
    });
    expect(record).toMatchObject({
      nationalId: '019185001234',
      phone: '+84540000201',
      birthDate: '1985-03-02',
      version: 1,
    });
    const { rows } = await world.owner.query(
      `select action, outcome, actor_id, subject_kind, subject_id, purpose from audit_entry where request_id = 'r-1'`,
    );
    expect(rows).toEqual([
      {
        action: 'registry.resident.view',
        outcome: 'seen',
        actor_id: clerk.userId,
        subject_kind: 'resident',
        subject_id: dao,
        purpose: 'own_request',
      },
    ]);
  });

  it('by whole identification number, for the counter', async () => {
    const find = (typed: string, actor = clerk as Parameters<typeof world.as>[0]) =>
      world.as(actor, (ctx) => findResidentByNationalId(ctx, typed), purpose);
    expect((await find('019.185.001.234'))?.id).toBe(dao);
    expect(await find('019185001235')).toBeUndefined();
    expect(await find('rubbish')).toBeUndefined();
    await expect(find('019185001234', citizen())).rejects.toMatchObject({ status: 403 });
    await expect(find('019185001235', citizen())).rejects.toMatchObject({ status: 403 });
  });

  it('is open to the person, and to no other citizen', async () => {
    const bound = { ...citizen(), residentId: dao };
    expect((await world.as(bound, (ctx) => getResident(ctx, dao)))?.nationalId).toBe('019185001234');
    expect((await world.as(bound, ownResident))?.id).toBe(dao);
    expect(await world.as(citizen(), ownResident)).toBeUndefined();
    await expect(
      world.as({ ...bound, residentId: khe }, (ctx) => getResident(ctx, dao)),
    ).rejects.toMatchObject({ status: 403 });
  });

  it('refuses everybody without the right alike, whether the person exists or not', async () => {
    const nobody = '01970000-0000-7000-8000-000000000000';
    for (const id of [dao, nobody, 'x'])
      for (const actor of [citizen(), official('digital_team'), official('admin')])
        await expect(world.as(actor, (ctx) => getResident(ctx, id), purpose)).rejects.toMatchObject({
          status: 403,
        });
    await expect(world.as(anonymous, (ctx) => getResident(ctx, dao))).rejects.toMatchObject({ status: 401 });
    for (const id of [nobody, 'x', "'"]) {
      await expect(world.as(clerk, (ctx) => getResident(ctx, id), purpose)).rejects.toMatchObject({
        status: 404,
      });
    }
  });

  it('never shows the neighbour’s people', async () => {
    const there = { ...purpose, commune: world.neighbour };
    await expect(world.as(clerk, (ctx) => getResident(ctx, dao), there)).rejects.toMatchObject({
      status: 404,
    });
    expect(
      await world.as(clerk, (ctx) => findResidentByNationalId(ctx, '019185001234'), there),
    ).toBeUndefined();
    expect((await world.as(clerk, (ctx) => searchResidents(ctx, { q: 'dao' }), there)).total).toBe(0);
    expect((await world.as(clerk, (ctx) => searchResidents(ctx, { hamletId: khe }), there)).total).toBe(0);
    const change = world.as(clerk, (ctx) => updateResident(ctx, dao, person(), 1), there);
    await expect(change).rejects.toMatchObject({ status: 404 });
    const foreignHamlet = world.as(clerk, (ctx) => createResident(ctx, person({ hamletId: khe })), there);
    await expect(foreignHamlet).rejects.toMatchObject({ fields: { hamletId: 'input.unknown' } });
  });
});

describe('writing', () => {
  it('keeps one person for one number, also when two clerks enter her at once', async () => {
    const nationalId = '019092000777';
    const tried = await Promise.allSettled(
      [1, 2, 3, 4, 5].map(() => enter({ fullName: 'Cùng Lúc', nationalId })),
    );
    expect(tried.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of tried) if (one.status === 'rejected') expect(one.reason).toMatchObject({ status: 409 });
    const other = await enter({ fullName: 'Người Khác' });
    const take = world.as(clerk, (ctx) => updateResident(ctx, other, person({ nationalId }), 1));
    await expect(take).rejects.toMatchObject({
      status: 409,
      fields: { nationalId: 'registry.resident.id_taken' },
    });
    // The same number in another commune is another register's matter.
    await world.as(clerk, (ctx) => createResident(ctx, person({ nationalId })), { commune: world.neighbour });
  });

  it('never overwrites what another clerk changed meanwhile, and writes down what changed', async () => {
    const id = await enter({ fullName: 'Hai Người Sửa', phone: '0540000301' });
    const change = (phone: string, version: number) =>
      world.as(
        clerk,
        (ctx) => updateResident(ctx, id, person({ fullName: 'Hai Người Sửa', phone }), version),
        { requestId: `v-${version}-${phone}` },
      );
    await change('0540000302', 1);
    await expect(change('0540000303', 1)).rejects.toMatchObject({
      status: 409,
      code: 'registry.resident.changed_meanwhile',
    });
    await change('0540000303', 2);
    const { rows } = await world.owner.query(
      `select d.detail from audit_entry e join audit_detail d on d.entry_id = e.id where e.request_id = 'v-1-0540000302'`,
    );
    expect(rows).toEqual([{ detail: { changed: { phone: ['+84540000301', '+84540000302'] } } }]);
  });

  it('checks the number against the person, and lets papers decide', async () => {
    const wrong = { birthDate: '1990-01-01', nationalId: '019185009999' };
    await expect(enter(wrong)).rejects.toMatchObject({
      fields: { nationalId: 'registry.resident.id_disagrees' },
    });
    await enter({ ...wrong, idCompared: true });
    for (const nationalId of ['12345678901', '1234567890123', '000185001234', '01918500123x', '٠١٩١٨٥٠٠١٢٣٤'])
      await expect(enter({ nationalId })).rejects.toMatchObject({
        fields: { nationalId: 'registry.resident.bad_id' },
      });
  });

  it('refuses what cannot be', async () => {
    const fields = (more: object) =>
      enter(more as never)
        .then(() => 'taken')
        .catch((thrown) => thrown.fields);
    expect(await fields({ birthDate: '2999-01-01' })).toEqual({ birthDate: 'registry.resident.in_future' });
    expect(await fields({ birthDate: '1990-01-01', deceasedOn: '1980-01-01' })).toEqual({
      deceasedOn: 'registry.resident.died_before_birth',
    });
    expect(await fields({ fullName: 'Robert"); drop table' })).toEqual({
      fullName: 'registry.resident.bad_name',
    });
    expect(await fields({ fullName: ' ', sex: 'x', phone: '1' })).toEqual({
      fullName: 'input.missing',
      sex: 'input.invalid_value',
      phone: 'input.bad_phone',
    });
  });

  it('is for the desk and the police', async () => {
    for (const actor of [
      anonymous,
      citizen(),
      official('leader'),
      official('specialist'),
      official({ role: 'clerk', hamletId: dap }),
    ]) {
      const status = actor.kind === 'anonymous' ? 401 : 403;
      await expect(enter({ hamletId: khe }, actor as never)).rejects.toMatchObject({ status });
      await expect(world.as(actor, (ctx) => updateResident(ctx, dao, person(), 1))).rejects.toMatchObject({
        status,
      });
    }
  });
});

it('a number tells sex and year of birth, as NĐ 137/2015 says', () => {
  expect(readIdNumber('019185001234')).toEqual({ province: '019', sex: 'female', birthYear: 1985 });
  expect(readIdNumber('001204000001')).toEqual({ province: '001', sex: 'male', birthYear: 2004 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1900, max: 2099 }),
      fc.constantFrom('male' as const, 'female' as const),
      (year, sex) => {
        const sign = Math.floor((year - 1900) / 100) * 2 + (sex === 'female' ? 1 : 0);
        const nationalId = `019${sign}${String(year % 100).padStart(2, '0')}123456`;
        expect(agreesWithId({ nationalId, sex, birthDate: localDate(`${year}-06-15`) })).toBe(true);
        expect(agreesWithId({ nationalId, sex: sex === 'male' ? 'female' : 'male', birthDate: null })).toBe(
          false,
        );
      },
    ),
  );
});
