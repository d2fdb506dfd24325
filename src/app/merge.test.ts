/** Two communes become one, on real PostgreSQL: what they had stays theirs, to the last row, and stays readable. */
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addHamlet,
  getHamlet,
  listHamlets,
  listMergers,
  listUnits,
  setUpCommune,
  takeStock,
} from '#domain/commune';
import { fileOnline, importCatalogue, trackDossier, type Filed } from '#domain/services';
import type { CommuneRef, Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';
import { localDate } from '#kernel/time';
import { useApi } from '#test/api';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { SMALL_COMMUNE } from '../domains/commune/fixtures.ts';
import { CLUB, CLUB_FORM, clubFiling } from '../domains/services/fixtures.ts';
import { communeDirectory } from './communes.ts';
import { earlierOf } from './earlier.ts';
import { dryRun, mergeCommunes } from './merge.ts';
import { mergeByOperator } from './merge-report.ts';
import { tasks } from './worker.ts';

const world = useWorld();
const api = useApi(world);
const BEFORE = new Date('2026-06-01T09:00:00+07:00');
const AFTER = new Date('2026-07-01T00:00:00+07:00');
const PLAN = {
  slug: 'vo-tranh',
  name: 'Vô Tranh',
  hosts: ['vo-tranh.localhost'],
  agencyCode: 'H55.300',
  officialCode: '05641',
  province: 'tỉnh Thái Nguyên',
  predecessors: ['tuc-tranh', 'phu-do'],
  day: '2026-07-01',
  lawfulFrom: '2025-07-01',
  source: 'Nghị quyết thử',
};

const place = () => ({ ownerUrl: world.urls.owner, wiring: world.wiring, now: BEFORE });
let filed: Filed;

/** Every row of every tenant table of the predecessors but what a merger itself writes, as one text. */
async function everything(): Promise<string> {
  const client = new pg.Client(world.urls.owner);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_policies where policyname = 'tenant'
     and tablename not in ('commune_merger', 'commune_unit', 'commune_version', 'audit_entry', 'audit_detail')
     order by 1`,
  );
  const parts = [];
  for (const { name } of rows) {
    const found = await client.query(
      `select count(*)::int as count, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as content
       from ${name} t where commune_id in (1, 2)`,
    );
    parts.push(`${name} ${found.rows[0].count} ${found.rows[0].content}`);
  }
  await client.end();
  return parts.join('\n');
}

async function communeCalled(slug: string): Promise<CommuneRef> {
  return (await communeDirectory(world.handle).all()).find((one) => one.slug === slug)!;
}

async function inClosed<T>(work: (ctx: Ctx) => Promise<T>, actor = official('leader') as typeof anonymous) {
  return world.as<T>(actor, work, { commune: await communeCalled('tuc-tranh'), now: AFTER });
}

beforeAll(async () => {
  await world.as(system, (ctx) => setUpCommune(ctx, SMALL_COMMUNE), { now: BEFORE });
  await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }));
  await world.as(system, (ctx) => setUpCommune(ctx, { ...SMALL_COMMUNE, hamlets: [{ name: 'Khe Cốc' }] }), {
    commune: world.neighbour,
    now: BEFORE,
  });
  filed = await world.as(citizen(), (ctx) => fileOnline(ctx, clubFiling()), { now: BEFORE });
});

describe('the dry run', () => {
  it('says what each has and what will be, and changes nothing', async () => {
    const before = await everything();
    const { report, open, confirmation } = await dryRun(place(), PLAN);
    const count = (at: number, name: string) =>
      report.predecessors[at]!.counts.find((one) => one.name === name)?.count;
    expect([count(0, 'commune.hamlets'), count(1, 'commune.hamlets')]).toEqual([2, 1]);
    expect([count(0, 'services.dossiers'), count(1, 'services.dossiers')]).toEqual([1, 0]);
    expect(open).toMatchObject([{ commune: 'Tức Tranh', name: 'services.dossiers_open', count: 1 }]);
    expect(report.hamlets.map(({ name }) => name)).toEqual([
      'Khe Cốc (Tức Tranh)',
      'Đập Tràn',
      'Khe Cốc (Phú Đô)',
    ]);
    expect(confirmation).toMatch(/^tuc-tranh\+phu-do=vo-tranh@2026-07-01 [0-9a-f]{8}$/);
    expect(await everything()).toBe(before);
    expect(await communeCalled('vo-tranh')).toBeUndefined();
  });

  it('refuses a plan that cannot be carried out', async () => {
    const tried = (change: object) => dryRun(place(), { ...PLAN, ...change });
    await expect(tried({ slug: 'phu-do' })).rejects.toThrow(/phu-do has the short name/);
    await expect(tried({ hosts: ['phu-do.localhost'] })).rejects.toThrow(/phu-do has the short name/);
    await expect(tried({ predecessors: ['tuc-tranh', 'nowhere'] })).rejects.toThrow(/no commune nowhere/);
    await expect(tried({ day: '2026-05-31', lawfulFrom: null })).rejects.toThrow(/is past/);
    await expect(tried({ predecessors: ['tuc-tranh'] })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(tried({ hosts: ['*'] })).rejects.toMatchObject({
      fields: { 'hosts.0': 'commune.merger.bad_host' },
    });
  });
});

describe('the merger', () => {
  it('needs the word of a dry run with the same figures, and consent to open work', async () => {
    const { confirmation } = await dryRun(place(), PLAN);
    const tried = (word: string, acceptOpenWork = true) =>
      mergeCommunes(place(), PLAN, { confirmation: word, acceptOpenWork });
    await expect(tried('yes')).rejects.toThrow(/not that of this plan/);
    await expect(tried(confirmation, false)).rejects.toThrow(/open work/);
    await world.as(official('leader'), (ctx) => addHamlet(ctx, { name: 'Xóm mới' }), { now: BEFORE });
    await expect(tried(confirmation)).rejects.toThrow(/not that of this plan/);
    expect(await communeCalled('vo-tranh')).toBeUndefined();
  });

  it('is not for those who do not own the database', async () => {
    const { confirmation } = await dryRun(place(), PLAN);
    const tried = mergeCommunes({ ...place(), ownerUrl: world.urls.app }, PLAN, {
      confirmation,
      acceptOpenWork: true,
    });
    await expect(tried).rejects.toMatchObject({ code: '42501' });
  });

  it('leaves every row where it was, and the figures as the dry run told', async () => {
    const before = await everything();
    const { confirmation, report } = await dryRun(place(), PLAN);
    const done = await mergeCommunes(place(), PLAN, { confirmation, acceptOpenWork: true });
    expect(done.report).toEqual(report);
    expect(await everything()).toBe(before);
    for (const [at, slug] of ['tuc-tranh', 'phu-do'].entries()) {
      const stock = await world.as(system, takeStock, { commune: await communeCalled(slug), now: AFTER });
      const { counts, rows } = report.predecessors[at]!;
      expect(stock).toEqual({ counts, rows });
    }
    await expect(dryRun(place(), { ...PLAN, slug: 'x-2', hosts: ['x.y'], agencyCode: 'Z' })).rejects.toThrow(
      /became part of another commune/,
    );
  });

  it('founds a commune of its own with the hamlets, hours and procedures', async () => {
    const commune = await communeCalled('vo-tranh');
    const at = { commune, now: AFTER };
    const hamlets = await world.as(anonymous, (ctx) => listHamlets(ctx), at);
    expect(hamlets.map(({ name }) => name)).toEqual([
      'Khe Cốc (Tức Tranh)',
      'Đập Tràn',
      'Xóm mới',
      'Khe Cốc (Phú Đô)',
    ]);
    const own = await world.as(anonymous, (ctx) => listHamlets(ctx), { now: BEFORE });
    expect(hamlets[0]!.cameFrom).toMatchObject({ communeName: 'Tức Tranh', hamlet: own[0]!.id });
    const units = await world.as(anonymous, listUnits, at);
    expect(units).toMatchObject([{ officialCode: '05641', validFrom: '2025-07-01', validTo: null }]);
    const history = await world.as(official('auditor'), listMergers, at);
    expect(history).toMatchObject([{ role: 'successor', day: '2026-07-01' }]);
    const answer = await api.request('/api/v1/commune', { headers: { host: 'vo-tranh.localhost' } });
    expect(await answer.json()).toMatchObject({ name: 'Vô Tranh', agency_code: 'H55.300' });
  });
});

describe('a predecessor', () => {
  it('works on until the day', async () => {
    const commune = await communeCalled('tuc-tranh');
    const lastDay = { commune, now: new Date('2026-06-30T23:59:00+07:00') };
    await expect(
      world.as(official('leader'), (ctx) => addHamlet(ctx, { name: 'Xóm cuối' }), lastDay),
    ).resolves.toBeDefined();
  });

  it('answers under its own host, codes and ids afterwards', async () => {
    expect(await (await api.request('/api/v1/commune')).json()).toMatchObject({ slug: 'tuc-tranh' });
    const found = await (await api.request('/api/v1/hamlets?q=khe%20coc')).json();
    expect(found.items).toMatchObject([{ slug: 'khe-coc' }]);
    for (const code of [filed.trackingCode, filed.code])
      expect(await inClosed((ctx) => trackDossier(ctx, code, '0001'), anonymous)).toMatchObject({
        code: filed.code,
      });
    const next = await api.request('/api/v1/hamlets', { headers: { host: 'phu-do.localhost' } });
    expect((await next.json()).total).toBe(1);
  });

  it('has its dossiers found where its successor is asked, by the same codes and digits alone', async () => {
    const { handle, wiring } = world;
    const commune = await communeCalled('vo-tranh');
    const [first, ...others] = await earlierOf(
      { handle, wiring, communes: communeDirectory(handle) },
      { commune, now: new Date(AFTER.getTime() + 60_000) },
    );
    expect([first!.name, ...others.map(({ name }) => name)]).toEqual(['Tức Tranh', 'Phú Đô']);
    const asked = (query: string, host = 'vo-tranh.localhost') =>
      api.request(`/api/v1/track?${query}`, { headers: { host } });
    const found = await asked(`code=${filed.trackingCode}`);
    expect(await found.json()).toMatchObject({ code: filed.code });
    expect((await asked(`code=${filed.code}&last4=0001`)).status).toBe(200);
    expect((await asked(`code=${filed.code}&last4=0002`)).status).toBe(404);
    expect((await asked('code=2222-2222')).status).toBe(404);
    // A commune that took nobody in finds only its own.
    expect((await asked(`code=${filed.trackingCode}`, 'phu-do.localhost')).status).toBe(404);
    const whole = await first!.run((ctx) => trackDossier(ctx, filed.trackingCode));
    expect(whole.code).toBe(filed.code);
    const list = first!.run((ctx) => listMergers(ctx));
    await expect(list).rejects.toMatchObject({ status: 401 });
  });

  it('takes nothing in, whoever asks and whatever for', async () => {
    const closed = { code: 'commune.closed', status: 409, params: { successor: 'Vô Tranh' } };
    await expect(inClosed((ctx) => addHamlet(ctx, { name: 'Muộn' }))).rejects.toMatchObject(closed);
    await expect(inClosed((ctx) => fileOnline(ctx, clubFiling()), citizen())).rejects.toMatchObject(closed);
    const raw = inClosed((ctx) => ctx.db.deleteFrom('commune_hamlet').execute());
    await expect(raw).rejects.toMatchObject(closed);
    await expect(inClosed((ctx) => enqueue(ctx, 'services.draft.sweep', {}))).rejects.toMatchObject(closed);
  });

  it('still writes down who looked and who was refused', async () => {
    const entries = async () =>
      (
        await world.owner.query(
          'select action, outcome from audit_entry where commune_id = 1 and at = $1 order by outcome desc',
          [AFTER],
        )
      ).rows;
    const reader = official('clerk');
    await inClosed(async (ctx) => void ctx.trail.push(seen('services.dossier.view')), reader);
    await expect(inClosed((ctx) => addHamlet(ctx, { name: 'Không được' }), reader)).rejects.toMatchObject({
      status: 403,
    });
    expect(await entries()).toEqual([
      { action: 'services.dossier.view', outcome: 'seen' },
      { action: 'commune.hamlet.edit', outcome: 'refused' },
    ]);
  });

  it('lets sign-in and rights go on, and rests its other jobs', async () => {
    const commune = await communeCalled('tuc-tranh');
    await expect(
      world.as(system, (ctx) => enqueue(ctx, 'identity.grant.expire', { grant: 'none' }), {
        commune,
        now: AFTER,
        afterClosing: true,
      }),
    ).resolves.toBeUndefined();
    const { handle, wiring } = world;
    const list = tasks({ handle, wiring, communes: communeDirectory(handle) });
    const payload = { commune: commune.id, data: {} };
    await expect(list['services.draft.sweep']!(payload, {} as never)).resolves.toBeUndefined();
  });

  it('keeps addresses of hamlets', async () => {
    const hamlet = await inClosed((ctx) => getHamlet(ctx, 'khe-coc'), anonymous);
    expect(hamlet).toMatchObject({ name: 'Khe Cốc', validTo: null });
    const units = await inClosed(listUnits, anonymous);
    expect(units.at(-1)).toMatchObject({ name: 'xã Vô Tranh', validFrom: localDate('2025-07-01') });
  });
});

describe('the operator’s command', () => {
  it('prints what is, what will be and what to type', async () => {
    const { urls, wiring, handle } = world;
    const runtime = { urls, wiring, handle, communes: communeDirectory(handle) };
    const lines: string[] = [];
    const plan = { ...PLAN, predecessors: ['vo-tranh', 'nowhere'], slug: 'x-2', hosts: ['x.y'] };
    const say = (line: string) => void lines.push(line);
    const given = { confirm: undefined, acceptOpenWork: false };
    expect(await mergeByOperator(runtime, plan, given, say)).toBe(1);
    expect(lines.at(-1)).toMatch(/Nothing was changed/);
  });
});

function seen(action: string) {
  return { action, outcome: 'seen', subjectKind: null, subjectId: null, detail: {} } as const;
}
