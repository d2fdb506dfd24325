/** Residents and households over the API: what a key may see, and how much of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { createApiKey } from '#domain/identity';
import type { Role } from '#kernel/rights';
import { useApi } from '#test/api';
import { system, useWorld } from '#test/world';
import { enterHouseholds } from '../household/enter.actions.ts';

const world = useWorld();
const api = useApi(world);
const keys = { clerk: '', admin: '', there: '' };
let household = '';
let head = '';
let hamlet = '';

beforeAll(async () => {
  const keyOf = async (roles: Role[], commune = world.commune) =>
    (await world.as(system, (ctx) => createApiKey(ctx, { name: 'k', roles, validTo: null }), { commune }))
      .key;
  keys.clerk = await keyOf(['clerk']);
  keys.admin = await keyOf(['admin']);
  keys.there = await keyOf(['clerk'], world.neighbour);
  hamlet = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  const people = [
    {
      relation: 'head' as const,
      person: {
        fullName: 'Nguyễn Văn Á',
        birthDate: '1980-02-03',
        nationalId: '019080000123',
        phone: '0912345678',
      },
    },
    { relation: 'child' as const, person: { fullName: 'Nguyễn Thị Ánh', birthDate: '2010-05-06' } },
  ];
  const [made] = await world.as(system, (ctx) =>
    enterHouseholds(ctx, [{ hamletId: hamlet, on: '2020-01-01', people }]),
  );
  household = made!.householdId;
  head = made!.residentIds[0]!;
});

async function get(path: string, key = keys.clerk, host = 'localhost') {
  const headers = { authorization: `Bearer ${key}`, host };
  const response = await api.request(`/api/v1${path}`, { headers });
  return { status: response.status, body: await response.json() };
}

describe('residents', () => {
  it.each(['nguyen van a', 'NGUYỄN VĂN A', 'a nguyen', 'á van'])(
    'are found by “%s”, their numbers masked',
    async (q) => {
      const { status, body } = await get(`/residents?q=${encodeURIComponent(q)}&hamlet=${hamlet}`);
      expect(status).toBe(200);
      const found = body.items.find((one: { id: string }) => one.id === head);
      expect(found).toMatchObject({ name: 'Nguyễn Văn Á', birth_year: 1980, deceased: false });
      expect(JSON.stringify(body)).not.toMatch(/019080000123|912345678|1980-02-03/);
    },
  );

  it('are found by a whole number only, and counted also behind the last page', async () => {
    expect((await get('/residents?q=019080000123')).body.total).toBe(1);
    expect((await get('/residents?q=0190800001')).body.total).toBe(0);
    expect((await get('/residents?q=nguyen&page=9')).body).toMatchObject({ items: [], total: 2 });
  });

  it('open whole with a purpose, which is written down', async () => {
    expect((await get(`/residents/${head}`)).status).toBe(422);
    const { body } = await get(`/residents/${head}?purpose=dossier`);
    expect(body).toMatchObject({ national_id: '019080000123', birth_date: '1980-02-03' });
    const { rows } = await world.owner.query(
      `select purpose from audit_entry where action = 'registry.resident.view' and subject_id = $1`,
      [head],
    );
    expect(rows).toEqual([{ purpose: 'dossier' }]);
  });
});

it('households come with head and number of people, one with its members', async () => {
  expect((await get('/households?q=anh')).body).toMatchObject({
    total: 1,
    items: [{ id: household, head: { name: 'Nguyễn Văn Á', birth_year: 1980 }, people: 2 }],
  });
  const { body } = await get(`/households/${household}`);
  expect(body.members.map((one: { relation: string }) => one.relation)).toEqual(['head', 'child']);
  expect(JSON.stringify(body)).not.toContain('019080000123');
});

it('nothing is told without the right, and nothing in another commune', async () => {
  for (const path of ['/residents', `/residents/${head}?purpose=dossier`, '/households'])
    expect((await get(path, keys.admin)).status).toBe(403);
  const there = [keys.there, 'phu-do.localhost'] as const;
  expect((await get('/residents', ...there)).body.total).toBe(0);
  expect((await get(`/residents/${head}?purpose=dossier`, ...there)).status).toBe(404);
  expect((await get(`/households/${household}`, ...there)).status).toBe(404);
});
