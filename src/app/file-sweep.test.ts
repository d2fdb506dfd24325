import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { communeDirectory } from '#app/communes';
import { importCatalogue } from '#domain/services';
import type { FileHash, FileStore } from '#kernel/files/store';
import { newId } from '#kernel/ids';
import { roomOf, sourceUnder } from '#test/source';
import { citizen, official, system, useWorld } from '#test/world';
import { attachResult } from '../domains/services/attachment/attachment.actions.ts';
import {
  attachToDraft,
  deleteDraft,
  startDraft,
  sweepDrafts,
} from '../domains/services/draft/draft.actions.ts';
import { fileAtCounter } from '../domains/services/dossier/file.actions.ts';
import { CLUB, CLUB_FORM, clubFiling } from '../domains/services/fixtures.ts';
import { FILES_LOCK, sweepFiles } from './file-sweep.ts';
import { fileStore } from './files.ts';

const world = useWorld();
const dataDir = mkdtempSync(join(tmpdir(), 'xa-sweep-'));
const LONG_AGO = new Date('2024-01-01T00:00:00Z');
let files: FileStore;

beforeAll(async () => {
  files = fileStore({ dataDir, s3File: join(dataDir, 's3.json') });
  for (const commune of [world.commune, world.neighbour])
    await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }), {
      commune,
    });
});
beforeEach(async () => {
  await world.owner.query('delete from services_attachment');
  for await (const { hash } of files.list()) await files.remove(hash);
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const sweep = () => sweepFiles({ files, ...world, communes: communeDirectory(world.handle) });

/** Stores a text as if a month had passed since. */
async function put(text: string, at = LONG_AGO): Promise<FileHash> {
  const { hash } = await files.put(Buffer.from(text));
  const path = join(dataDir, 'files', hash.slice(0, 2), hash.slice(2, 4), hash);
  utimesSync(path, at, at);
  return hash;
}

const asFile = (hash: string) => ({ hash, size: 9, mediaType: 'application/pdf', pages: 1 });

/** A dossier of a commune with that file. */
async function attach(hash: string, commune = world.commune): Promise<void> {
  const clerk = official('clerk');
  const { id } = await world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling()), { commune });
  await world.as(clerk, (ctx) => attachResult(ctx, id, 'ket-qua.pdf', asFile(hash), null), { commune });
}

/** A citizen's draft with that file. */
async function draftWith(hash: string, more: { now?: Date } = {}) {
  const person = citizen();
  const id = newId(new Date());
  const key = 'k'.repeat(32);
  const given = { id, procedureCode: CLUB.code, mandateId: null, key };
  await world.as(person, (ctx) => startDraft(ctx, given), more);
  const file = { key: 'papers.card', name: 'giay-khai-sinh.jpg', file: asFile(hash) };
  await world.as(person, (ctx) => attachToDraft(ctx, id, key, file), more);
  return { person, id, key };
}

describe('the sweep of files', () => {
  it('takes what no row of any commune names, and keeps what one names', async () => {
    const [ours, theirs, shared, nobodys] = await Promise.all(['a', 'b', 'c', 'd'].map((text) => put(text)));
    await attach(ours!);
    await attach(theirs!, world.neighbour);
    await attach(shared!);
    await attach(shared!, world.neighbour);
    expect(await sweep()).toEqual({ files: 1, bytes: 1 });
    expect(await Promise.all([ours, theirs, shared, nobodys].map((hash) => files.has(hash!)))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    await world.owner.query('delete from services_attachment where commune_id = $1', [world.commune.id]);
    expect(await sweep()).toEqual({ files: 1, bytes: 1 });
    expect(await files.has(shared!)).toBe(true);
    expect(await files.has(ours!)).toBe(false);
  });

  it('takes the bytes of a draft that was thrown away, and of one that ran out', async () => {
    const thrown = await put('giấy tờ một');
    const expired = await put('giấy tờ hai');
    const { person, id, key } = await draftWith(thrown);
    await draftWith(expired, { now: LONG_AGO });
    expect(await sweep()).toEqual({ files: 0, bytes: 0 });
    await world.as(person, (ctx) => deleteDraft(ctx, id, key));
    expect(await world.as(system, sweepDrafts)).toBe(1);
    expect(await files.has(thrown)).toBe(true);
    expect(await sweep()).toMatchObject({ files: 2 });
    expect([await files.has(thrown), await files.has(expired)]).toEqual([false, false]);
  });

  it('leaves alone what was put within a day: its row may be on the way', async () => {
    const fresh = await put('mới', new Date(Date.now() - 23 * 3_600_000));
    const again = await put('gửi lại');
    await files.put(Buffer.from('gửi lại'));
    expect(await sweep()).toEqual({ files: 0, bytes: 0 });
    expect([await files.has(fresh), await files.has(again)]).toEqual([true, true]);
  });

  it('waits for the next night while a backup is under way', async () => {
    const hash = await put('đang sao lưu');
    const backup = await world.owner.connect();
    await backup.query(`select pg_advisory_lock_shared(${FILES_LOCK})`);
    expect(await sweep()).toBeNull();
    expect(await files.has(hash)).toBe(true);
    await backup.query(`select pg_advisory_unlock_shared(${FILES_LOCK})`);
    backup.release();
    expect(await sweep()).toMatchObject({ files: 1 });
  });

  it('writes down how many, and nothing that tells which', async () => {
    const hash = await put('bí mật');
    await sweep();
    const { rows } = await world.owner.query(
      `select d.detail::text as detail from audit_entry e join audit_detail d on d.entry_id = e.id
       where e.action = 'installation.files.swept' and e.commune_id = $1 order by e.at desc, e.id desc limit 1`,
      [world.commune.id],
    );
    expect(JSON.parse(rows[0].detail)).toEqual({ files: 1, bytes: Buffer.byteLength('bí mật') });
    expect(rows[0].detail).not.toContain(hash.slice(0, 8));
  });
});

describe('columns that name files', () => {
  it('are all of the type by which the sweep finds them, and have their index', async () => {
    const { rows } = await world.owner.query(
      `select c.relname || '.' || a.attname as column, a.atttypid = 'file_hash'::regtype as typed,
         exists (select from pg_index i where i.indrelid = c.oid and i.indkey[1] = a.attnum) as indexed
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0
         and (a.atttypid = 'file_hash'::regtype
           or (a.attname ~ 'hash|sha256' and a.atttypid <> 'bytea'::regtype and not a.attisdropped))`,
    );
    expect(rows.filter(({ typed, indexed }) => !typed || !indexed)).toEqual([]);
    // Every room that stores files has such a column: its tables bear its name.
    const rooms = sourceUnder('src/domains')
      .filter(({ imports }) => imports.some(({ to }) => to === 'src/kernel/files/store.ts'))
      .map(({ path }) => roomOf(path));
    expect([...new Set(rooms)].sort()).toEqual(
      [...new Set(rows.map(({ column }) => column.split('_')[0]))].sort(),
    );
  });
});
