/** Reports upwards: frozen, signed by a person, sent by post and fetched by key. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#domain/identity';
import type { Actor, Ctx } from '#kernel/context';
import { renderPdf } from '#kernel/documents/render.server';
import { readSheet, writeSheets } from '#kernel/documents/xlsx.server';
import type { Errand } from '#kernel/manifest';
import { localDate } from '#kernel/time';
import { useApi } from '#test/api';
import { serve, type HttpSimulator, type Request } from '../../../../test/simulators/http.ts';
import { citizen, official, system, useWorld } from '#test/world';
import { recordValue, signIndicator } from '../assess.actions.ts';
import { catalogSets, SMART_COMMUNE } from '../catalog.ts';
import { draftSet, publishSet } from '../set.actions.ts';
import { readReport } from './body.ts';
import { makeReports, sendUpwards } from './jobs.ts';
import { reportPaper, reportSheets } from './papers.ts';
import { endedBefore, periodOf, periodWords } from './period.ts';
import { digestOf, makeReport, sendReport, signReport } from './report.actions.ts';
import { getReport, listReports } from './report.queries.ts';

const world = useWorld();
const api = useApi(world);
const leader = official('leader');
const NOW = new Date('2024-04-01T06:00:00+07:00');
const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, now = NOW) =>
  world.as(actor, work, { now, silent: true });
const place = { set: SMART_COMMUNE, indicator: '2.1.1' };
const taken: Request[] = [];
let status = 200;
let province: HttpSimulator;

beforeAll(async () => {
  province = await serve((request) => {
    taken.push(request);
    return { status };
  });
  await as(system, async (ctx) => {
    await draftSet(ctx, catalogSets()[0]!);
    await publishSet(ctx, SMART_COMMUNE, { from: '2023-06-01' });
  });
  const march = new Date('2024-03-12T09:00:00+07:00');
  await as(
    leader,
    async (ctx) => {
      await recordValue(ctx, place, { value: 100, onDay: '2024-03-10', evidence: 'Báo cáo' });
      await signIndicator(ctx, place, { stage: 'review', verdict: 'reached' });
    },
    march,
  );
});
afterAll(() => province?.stop());

describe('periods', () => {
  it('end with the month before; halves in January and July, the year in January', () => {
    const kinds = (day: string) => endedBefore(localDate(day)).map(({ kind, first }) => `${kind} ${first}`);
    expect(kinds('2024-04-01')).toEqual(['month 2024-03-01']);
    expect(kinds('2024-07-01')).toEqual(['month 2024-06-01', 'half 2024-01-01']);
    expect(kinds('2025-01-15')).toEqual(['month 2024-12-01', 'half 2024-07-01', 'year 2024-01-01']);
    expect(periodWords(periodOf('half', localDate('2024-08-08')))).toBe('6 tháng cuối năm 2024');
  });
});

describe('a report', () => {
  it('is made once by the clock, and stays byte for byte what it was', async () => {
    await as(system, makeReports);
    await as(system, makeReports);
    const reports = await as(leader, listReports);
    expect(reports.map(({ kind, last }) => `${kind} ${last}`)).toEqual(['month 2024-03-31']);
    const id = reports[0]!.id;
    const before = await as(leader, (ctx) => getReport(ctx, id));
    const body = readReport(before.body);
    expect(body.totals).toMatchObject({
      before: { indicators: { reached: 0 } },
      now: { indicators: { reached: 1 } },
    });
    expect(body.figures.find(({ name }) => name === 'criteria.indicators_reached')).toMatchObject({
      before: { numerator: 0 },
      now: { numerator: 1, denominator: 39 },
      records: '/api/v1/measures/criteria.indicators_reached/records?as_of=2024-03-31&scope=commune',
    });
    await as(leader, (ctx) => recordValue(ctx, place, { value: 5, onDay: '2024-03-20', evidence: 'Khác' }));
    expect(await as(leader, (ctx) => getReport(ctx, id))).toEqual(before);
    expect(digestOf(before.body)).toBe(before.digest);
  });

  it('is not made of a period that goes on', async () => {
    const early = as(leader, (ctx) => makeReport(ctx, { kind: 'month', day: '2024-04-01' }));
    await expect(early).rejects.toMatchObject({ fields: { day: 'criteria.report.not_ended' } });
  });

  it('becomes a paper and a spreadsheet with the way to every record', async () => {
    const [head] = await as(leader, listReports);
    const report = await as(leader, (ctx) => getReport(ctx, head!.id));
    const where = { commune: { name: 'Tức Tranh', demo: true }, origin: 'https://xa.example' };
    const paper = reportPaper(report, where);
    expect(JSON.stringify(paper.data)).toContain(
      'https://xa.example/can-bo/tien-do/2.1.1?set=smart-commune&as_of=2024-03-31',
    );
    expect(JSON.stringify(paper.data.signers)).toContain('chưa ký');
    const pdf = Buffer.from(await renderPdf(paper)).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    const rows = await readSheet(await writeSheets(reportSheets(report, where.origin)));
    expect(rows[0]).toEqual(['Số liệu', 'Đầu kỳ', 'Cuối kỳ', 'Xem hồ sơ']);
    expect(rows.flat()).toContain('1/39');
  });
});

describe('the way upwards', () => {
  const errand = (url: string | null): Errand => ({
    run: (work) => as(system, work),
    commune: { id: world.commune.id, slug: world.commune.slug } as never,
    installation: {
      origin: '',
      settings: (room: string) =>
        room === 'criteria' && url ? { reports: { default: { url, key: 'k-1' } } } : undefined,
      key: () => Buffer.alloc(32),
    },
  });
  const acts = async (id: string) =>
    (await as(leader, (ctx) => getReport(ctx, id))).acts.map(({ act, note }) => [act, note]);

  it('begins with a person’s signature, given once', async () => {
    const [{ id } = { id: '' }] = await as(leader, listReports);
    await expect(as(leader, (ctx) => sendReport(ctx, id))).rejects.toMatchObject({
      code: 'criteria.report.unsigned',
    });
    await expect(as(official('clerk'), (ctx) => signReport(ctx, id))).rejects.toMatchObject({ status: 403 });
    await expect(as(system, (ctx) => signReport(ctx, id))).rejects.toMatchObject({ status: 403 });
    await as(leader, (ctx) => signReport(ctx, id));
    await expect(as(leader, (ctx) => signReport(ctx, id))).rejects.toMatchObject({
      code: 'criteria.report.signed',
    });
    await as(leader, (ctx) => sendReport(ctx, id));
    expect(await acts(id)).toEqual([['signed', null]]);
  });

  it('posts the frozen text with its hash; a busy address is tried again, none is said so', async () => {
    const [{ id, digest } = { id: '', digest: '' }] = await as(leader, listReports);
    await sendUpwards(errand(null), { report: id });
    status = 503;
    await expect(sendUpwards(errand(province.origin), { report: id })).rejects.toThrow(/not taken: 503/);
    status = 200;
    await sendUpwards(errand(province.origin), { report: id });
    expect(await acts(id)).toEqual([
      ['signed', null],
      ['failed', 'no_address'],
      ['failed', '503'],
      ['sent', '200'],
    ]);
    const last = taken.at(-1)!;
    expect(digestOf(last.body)).toBe(digest);
    expect(last.headers).toMatchObject({
      authorization: 'Bearer k-1',
      'idempotency-key': id,
      'x-content-sha256': digest,
    });
  });

  it('is fetched by the higher level’s key, not by strangers, and not before it is signed', async () => {
    const { key } = await as(official('admin'), (ctx) =>
      createApiKey(ctx, { name: 'Tỉnh', roles: ['auditor'], validTo: null }),
    );
    const get = (path: string, secret?: string) =>
      api.request(path, secret ? { headers: { authorization: `Bearer ${secret}` } } : {});
    const unsigned = await as(leader, (ctx) => makeReport(ctx, { kind: 'month', day: '2024-02-02' }));
    const list = (await (await get('/api/v1/criteria/reports', key)).json()) as {
      items: { id: string; sha256: string }[];
    };
    expect(list.items.length).toBe(1);
    const { id, sha256 } = list.items[0]!;
    const whole = (await (await get(`/api/v1/criteria/reports/${id}`, key)).json()) as { body: string };
    expect(digestOf(whole.body)).toBe(sha256);
    expect((await acts(id)).at(-1)![0]).toBe('taken');
    expect((await get(`/api/v1/criteria/reports/${unsigned}`, key)).status).toBe(404);
    expect((await get('/api/v1/criteria/reports')).status).toBe(401);
    await expect(as(citizen(), listReports)).rejects.toMatchObject({ status: 403 });
  });
});
