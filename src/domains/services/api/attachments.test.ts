/** A dossier's whole life over the API, with the scan of its paper and an electronic result. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#domain/identity';
import { appointOfficial } from '#domain/registry';
import { makeDemoAuthority } from '#kernel/documents/signing/demo-authority.server';
import { certificatesOf, signerFromPem } from '#kernel/documents/signing/keys.server';
import { signPdf } from '#kernel/documents/signing/sign.server';
import { useApi } from '#test/api';
import { makePdf, ONE_PAGE } from '#test/pdf';
import { system, useWorld } from '#test/world';
import { AN_OFFICIAL, CLUB, CLUB_FORM } from '../fixtures.ts';
import { importCatalogue } from '../procedure.actions.ts';

const FROM = new Date('2026-01-01T00:00:00Z');
const SIGNED_AT = new Date('2026-01-02T00:00:00Z');
const trusted = makeDemoAuthority({ name: AN_OFFICIAL.fullName, from: FROM, years: 20 });
const stranger = makeDemoAuthority({ name: AN_OFFICIAL.fullName, from: FROM, years: 20 });
const PLAIN = makePdf({ objects: ONE_PAGE, style: 'table' });

const world = useWorld();
const api = useApi(world, certificatesOf(trusted.rootCertificate));
const keys = { clerk: '', desk: '', reader: '', there: '' };
let someone = '';
let filings = 0;

beforeAll(async () => {
  await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }));
  someone = await world.as(system, (ctx) => appointOfficial(ctx, AN_OFFICIAL));
  const keyWith = async (roles: ('clerk' | 'specialist' | 'leader')[], commune = world.commune) =>
    (await world.as(system, (ctx) => createApiKey(ctx, { name: 'k', roles, validTo: null }), { commune }))
      .key;
  keys.desk = await keyWith(['clerk', 'specialist', 'leader']);
  keys.clerk = await keyWith(['clerk']);
  keys.reader = await keyWith(['specialist']);
  keys.there = await keyWith(['clerk', 'leader'], world.neighbour);
});

const signed = ({ key, certificate }: typeof trusted) =>
  signPdf(PLAIN, signerFromPem(key, certificate), { signedAt: SIGNED_AT });
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

async function send(path: string, body: object, { key = keys.desk, host = 'localhost' } = {}) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', host };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await api.request(`/api/v1/dossiers${path}`, init);
  return { status: response.status, body: await response.json() };
}

async function filed(): Promise<string> {
  filings += 1;
  const { status, body } = await send('', {
    procedure: CLUB.code,
    answers: { full_name: 'Nguyễn Thị Ánh' },
    applicant: { name: 'Nguyễn Thị Ánh', phone: null },
    papers: { card: 'paper' },
    client_id: `api-life-${filings}`,
  });
  expect(status).toBe(201);
  return body.id;
}

async function underWay(): Promise<string> {
  const id = await filed();
  await act(id, 'receive');
  await act(id, 'assign', { to: someone });
  return id;
}

async function act(id: string, kind: string, data: object = {}) {
  const { status, body } = await send(`/${id}/actions`, { kind, data });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const decision = (medium: string, attachmentId: string) => ({
  outcome: 'granted',
  medium,
  signerId: someone,
  signerName: AN_OFFICIAL.fullName,
  attachmentId,
});
const attachmentsOf = async (id: string) =>
  (await world.owner.query('select kind, paper_code from services_attachment where dossier_id = $1', [id]))
    .rows;
const scan = (more = {}) => ({
  paper: 'card',
  name: 'the.pdf',
  content: base64(PLAIN),
  client_id: 'scan-of-the-card',
  ...more,
});
const result = (bytes: Uint8Array, medium = 'electronic') => ({
  medium,
  name: 'ket-qua.pdf',
  content: base64(bytes),
});

describe('the whole life', () => {
  it('goes through the API, from the paper on the counter to the electronic result', async () => {
    const id = await filed();
    const paper = await send(`/${id}/scans`, scan());
    expect(paper).toMatchObject({ status: 201, body: { kind: 'paper', paper: 'card', pages: 1 } });
    expect(await send(`/${id}/scans`, scan())).toEqual(paper);
    await act(id, 'receive');
    await act(id, 'assign', { to: someone });
    const bytes = await signed(trusted);
    const kept = await send(`/${id}/result-files`, result(bytes));
    expect(kept).toMatchObject({
      status: 201,
      body: { kind: 'result', signed: true, media_type: 'application/pdf', size: bytes.length },
    });
    expect(await send(`/${id}/result-files`, result(bytes))).toEqual(kept);
    await act(id, 'decide', decision('electronic', kept.body.id));
    const end = await act(id, 'return', { way: 'electronic' });
    expect(end).toMatchObject({ state: 'returned', outcome: 'granted' });
    expect(await attachmentsOf(id)).toHaveLength(2);
  });
});

describe('an electronic result', () => {
  it.each([
    ['unsigned', () => Promise.resolve(PLAIN)],
    ['altered', async () => Buffer.concat([await signed(trusted), Buffer.from('\n% more')])],
    ['signed by a stranger', () => signed(stranger)],
    ['no PDF', () => Promise.resolve(Buffer.from('xin chào'))],
  ])('that is %s is refused, and nothing is kept', async (_, make) => {
    const id = await underWay();
    const { status, body } = await send(`/${id}/result-files`, result(await make()));
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({ path: 'content', code: expect.stringMatching(/^kernel\./) });
    expect(await attachmentsOf(id)).toEqual([]);
  });

  it('is never a scan, though the same file was kept as one', async () => {
    const id = await underWay();
    const bytes = await signed(trusted);
    const asScan = await send(`/${id}/result-files`, result(bytes, 'paper'));
    const asked = { kind: 'decide', data: decision('electronic', asScan.body.id) };
    expect((await send(`/${id}/actions`, asked)).status).toBe(422);
    const asResult = await send(`/${id}/result-files`, result(bytes));
    expect(asResult.body.id).not.toBe(asScan.body.id);
    await act(id, 'decide', decision('electronic', asResult.body.id));
  });

  it('is not kept for a dossier that has nothing to decide', async () => {
    const id = await filed();
    expect((await send(`/${id}/result-files`, result(await signed(trusted)))).status).toBe(409);
  });
});

describe('what is kept', () => {
  const ask = (path: string, key = keys.desk, host = 'localhost') =>
    api.request(`/api/v1/dossiers${path}`, { headers: { authorization: `Bearer ${key}`, host } });

  it('is listed, and opened as it was given, with a line in the audit record', async () => {
    const id = await filed();
    const { body: kept } = await send(`/${id}/scans`, scan());
    expect(await (await ask(`/${id}/attachments`)).json()).toEqual({ items: [kept] });
    const file = await ask(`/${id}/attachments/${kept.id}`);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(Buffer.from(await file.arrayBuffer()).equals(PLAIN)).toBe(true);
    const { rows } = await world.owner.query(
      `select e.action from audit_entry e join audit_detail d on d.entry_id = e.id
       where e.action = 'services.dossier.view' and d.detail::text like '%' || $1 || '%'`,
      [kept.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('is nobody else’s', async () => {
    const id = await filed();
    const { body: kept } = await send(`/${id}/scans`, scan());
    const other = await filed();
    for (const path of [`/${id}/attachments`, `/${id}/attachments/${kept.id}`])
      expect((await ask(path, keys.there, 'phu-do.localhost')).status, path).toBe(404);
    expect((await ask(`/${other}/attachments/${kept.id}`)).status).toBe(404);
  });
});

describe('a key that is not known', () => {
  it('is told so before its input is judged', async () => {
    expect((await send('', {}, { key: 'x'.repeat(40) })).status).toBe(401);
    expect((await send('', {})).status).toBe(422);
  });
});

describe('what is handed in', () => {
  it('is refused without the right, and in another commune', async () => {
    const id = await filed();
    expect((await send(`/${id}/scans`, scan(), { key: keys.reader })).status).toBe(403);
    expect((await send(`/${id}/result-files`, result(PLAIN), { key: keys.reader })).status).toBe(403);
    const there = { key: keys.there, host: 'phu-do.localhost' };
    expect((await send(`/${id}/scans`, scan(), there)).status).toBe(404);
    expect((await send(`/${id}/result-files`, result(PLAIN), there)).status).toBe(404);
    expect(await attachmentsOf(id)).toEqual([]);
  });

  it.each([
    [{ content: 'không phải base64' }, 'content'],
    [{ content: 'abc' }, 'content'],
    [{ content: '' }, 'content'],
    [{ name: '' }, 'name'],
    [{ content: base64(Buffer.from('MZ not a paper')) }, 'content'],
    [{ content: 'A'.repeat(26_666_672) }, 'content'],
  ])('is refused when it is no file that is taken: %#', async (more, path) => {
    const id = await filed();
    const { status, body } = await send(`/${id}/scans`, scan(more), { key: keys.clerk });
    expect(status).toBe(422);
    expect(body.errors[0].path).toBe(path);
    expect(await attachmentsOf(id)).toEqual([]);
  });

  it('is a scan of one of the procedure’s papers', async () => {
    const id = await filed();
    expect(await send(`/${id}/scans`, scan({ paper: 'passport' }))).toMatchObject({
      status: 422,
      body: { code: 'services.paper.unknown' },
    });
  });
});
