/** Procedures over the API: searched in everyday words, and as they stood on a day. */
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi } from '#test/api';
import { system, useWorld } from '#test/world';
import { loadCatalog } from '../catalog.ts';
import { importCatalogue } from '../procedure.actions.ts';

const world = useWorld();
const api = useApi(world);
const ask = async (path: string, host = 'localhost') => api.request(`/api/v1${path}`, { headers: { host } });

beforeAll(async () => {
  const { procedures, forms } = loadCatalog();
  await world.as(system, (ctx) =>
    importCatalogue(ctx, { procedures, forms: forms.flatMap((file) => file.versions) }),
  );
});

describe('GET /procedures', () => {
  it.each([
    ['làm giấy khai sinh', '1.001193'],
    ['sao y', '2.000815'],
    ['dang ky ket hon', '1.000894'],
  ])('finds “%s” first', async (words, code) => {
    const found = await (await ask(`/procedures?search=${encodeURIComponent(words)}`)).json();
    expect(found.items[0].code).toBe(code);
    expect(found.total).toBeGreaterThan(0);
  });

  it('pages, filters by field, and refuses what makes no sense', async () => {
    const page = await (await ask('/procedures?per_page=5&page=2')).json();
    expect(page.items).toHaveLength(5);
    const field = await (await ask('/procedures?field=certification&per_page=100')).json();
    expect(new Set(field.items.map((one: { field: string }) => one.field))).toEqual(
      new Set(['certification']),
    );
    for (const bad of [
      '?field=magic',
      '?page=0',
      '?on=2026-02-30',
      '?serach=x',
      `?search=${'x'.repeat(201)}`,
    ])
      expect((await ask(`/procedures${bad}`)).status).toBe(422);
  });
});

describe('GET /procedures/{code}', () => {
  it('answers the rules of the day that is asked for', async () => {
    const then = await (await ask('/procedures/1.001193?on=2023-06-05')).json();
    const now = await (await ask('/procedures/1.001193?on=2026-08-01')).json();
    expect(then.valid_to < now.valid_from).toBe(true);
    expect(then.version).toBeLessThan(now.version);
    expect(now.papers.length).toBeGreaterThan(0);
  });

  it('knows nothing before the first day, of other communes, or of made-up codes', async () => {
    expect((await ask('/procedures/1.001193?on=1990-01-01')).status).toBe(404);
    expect((await ask('/procedures/9.999999')).status).toBe(404);
    expect((await ask('/procedures/1.001193', 'phu-do.localhost')).status).toBe(404);
  });
});
