import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { linkEntries } from '#domain/audit';
import { createApiKey } from '#domain/identity';
import { note } from '#kernel/audit';
import { enqueue } from '#kernel/events';
import { readConfig } from '#app/config';
import { fileStore, remoteStore } from '#app/files';
import type { FileHash, FileStore } from '#kernel/files/store';
import { startS3, type S3Simulator } from '#test/s3';
import { TEST_SEED } from '#test/global-setup';
import { system, useWorld } from '#test/world';
import { connectAsOwner, listTables, nameOf, SCHEMAS } from './catalogue.ts';
import { contentAt } from './files.ts';
import { readBackup } from './read.ts';
import { checkTarget, restore } from './restore.ts';
import { writeBackup } from './write.ts';

const world = useWorld();
const PASSPHRASE = 'mười hai cánh đồng chè';
const QUICK = { costLog2: 14 };
const folder = mkdtempSync(join(tmpdir(), 'xa-backup-'));
const dataDir = join(folder, 'data');
const made: string[] = [];
const quiet = () => undefined;

const ownerUrl = (name: string) => inject('ownerUrl').replace('DATABASE', name);
async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client(ownerUrl('postgres'));
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
async function freshDatabase(): Promise<string> {
  const name = `r_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(`create database ${name} template template0`);
  made.push(name);
  return ownerUrl(name);
}

/** Every row of every table of ours as text, sorted. */
async function everything(url: string): Promise<Map<string, string[]>> {
  const client = await connectAsOwner(url);
  try {
    const all = new Map<string, string[]>();
    for (const table of await listTables(client)) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${nameOf(table)} t`);
      all.set(nameOf(table), rows.map(({ row }) => row).sort());
    }
    return all;
  } finally {
    await client.end();
  }
}

async function restored(file: string, url: string, into: string, passphrase = PASSPHRASE) {
  const contents = await readBackup(file, passphrase);
  checkTarget(contents, into);
  return restore({ ownerUrl: url, dataDir: into }, file, passphrase, contents, quiet);
}

beforeAll(async () => {
  mkdirSync(join(dataDir, 'files', 'ab'), { recursive: true });
  mkdirSync(join(dataDir, 'postgres'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18');
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ seed: TEST_SEED, session: 's' }), {
    mode: 0o600,
  });
  writeFileSync(join(dataDir, 'files', 'ab', 'abcd'), Buffer.alloc(3_000_000, 'Phiếu'));
  writeFileSync(join(dataDir, 'files', 'ab', 'empty'), '');
  await world.as(system, async (ctx) => {
    await createApiKey(ctx, { name: 'Phần mềm\tcủa \\N xã\n"kế bên"', roles: ['clerk'], validTo: null });
    for (let at = 0; at < 50; at += 1)
      note(ctx, `test.act.${at}`, { name: 'Hoàng Thị Đặng', odd: '\\.\n\t\u0001' });
    await enqueue(ctx, 'test.job', { name: 'chờ' }, { key: 'one' });
  });
  await world.as(system, (ctx) => linkEntries(ctx));
  await world.owner.query(
    `insert into commune_setting select ${world.commune.id}, 'k' || n, to_jsonb(repeat(md5(n::text), 40)) from generate_series(1, 2000) n`,
  );
});

afterAll(async () => {
  for (const name of made) await asAdmin(`drop database if exists ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup made while others write', { timeout: 120_000 }, () => {
  const file = join(folder, 'one.xaso');
  let before: Map<string, string[]>;

  beforeAll(async () => {
    before = await everything(world.urls.owner);
    let stop = false;
    let some = () => {};
    const someWritten = new Promise<void>((done) => (some = done));
    const writer = (async () => {
      for (let written = 0; !stop; written += 1) {
        await world.as(system, async (ctx) => {
          note(ctx, 'test.meanwhile');
          await enqueue(ctx, 'test.job', { written });
        });
        if (written > 3) some();
      }
    })();
    await someWritten;
    await writeBackup({ ownerUrl: world.urls.owner, dataDir }, file, PASSPHRASE, QUICK);
    stop = true;
    await writer;
  });

  it('restores into an empty database: every table of that moment, every file, and says so', async () => {
    const url = await freshDatabase();
    const into = join(folder, 'restored');
    const result = await restored(file, url, into);
    expect(result.tables.size).toBe(before.size);
    expect(result.migrated).toEqual([]);
    const after = await everything(url);
    const now = await everything(world.urls.owner);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [name, rows] of after) {
      const later = new Set(now.get(name));
      expect(
        rows.filter((row) => !later.has(row)),
        name,
      ).toEqual([]);
      const kept = new Set(rows);
      expect(
        before.get(name)!.filter((row) => !kept.has(row)),
        name,
      ).toEqual([]);
    }
    // One moment, not many: of every transaction meanwhile both its rows are there, or neither.
    const meanwhile = after.get('"public"."audit_entry"')!.filter((row) => row.includes('test.meanwhile'));
    const jobs = after.get('"jobs"."_private_jobs"')!.filter((row) => row.includes('written'));
    expect(meanwhile.length).toBeGreaterThan(3);
    expect(jobs.length).toBe(meanwhile.length);
    expect(
      readFileSync(join(into, 'files', 'ab', 'abcd')).equals(
        readFileSync(join(dataDir, 'files', 'ab', 'abcd')),
      ),
    ).toBe(true);
    expect(readdirSync(into).sort()).toEqual(['files', 'secrets.json']);
  });

  it('goes on where it was: the next ids of the queue are free', async () => {
    const url = await freshDatabase();
    await restored(file, url, join(folder, 'restored-2'));
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query(
      `select (select max(id) from jobs._private_jobs) < (select id from jobs.add_job('test.next')) as free`,
    );
    expect(rows).toEqual([{ free: true }]);
    await client.end();
  });

  it('is refused with a wrong passphrase, cut off, or with one changed bit, and leaves nothing behind', async () => {
    const whole = readFileSync(file);
    const flipped = Buffer.from(whole);
    flipped[Math.floor(whole.length / 2)]! ^= 4;
    const cut = whole.subarray(0, Math.floor(whole.length * 0.7));
    writeFileSync(join(folder, 'flipped'), flipped);
    writeFileSync(join(folder, 'cut'), cut);
    const url = await freshDatabase();
    const into = join(folder, 'never');
    await expect(restored(file, url, into, 'another passphrase')).rejects.toThrow(/passphrase is wrong/);
    await expect(restored(join(folder, 'cut'), url, into)).rejects.toThrow(/damaged or cut off/);
    await expect(restored(join(folder, 'flipped'), url, into)).rejects.toThrow(/damaged or cut off/);
    expect(existsSync(into)).toBe(false);
    expect(await everything(url)).toEqual(new Map());
  });

  it('is refused where there is something already', async () => {
    await expect(restored(file, world.urls.owner, join(folder, 'other'))).rejects.toThrow(/is not empty/);
    expect((await everything(world.urls.owner)).size).toBe(before.size);
    expect(existsSync(join(folder, 'other'))).toBe(false);
    await expect(restored(file, await freshDatabase(), dataDir)).rejects.toThrow(/in use already/);
  });

  it('takes everything away again when the restore fails on its way', async () => {
    const url = await freshDatabase();
    const into = join(folder, 'failing');
    mkdirSync(join(into, 'files'), { recursive: true });
    // A file where a folder is needed: the writing fails after the tables were filled.
    writeFileSync(join(into, 'files', 'ab'), 'in the way');
    await expect(restored(file, url, into)).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(await everything(url)).toEqual(new Map());
    expect(readdirSync(into)).toEqual(['files']);
    rmSync(into, { recursive: true });
    expect((await restored(file, url, into)).tables.size).toBe(before.size);
  });

  it('brings an older backup up to date, and refuses one of a newer program', async () => {
    const contents = await readBackup(file, PASSPHRASE);
    const { migrations } = contents.head;
    const newer = [...migrations, { name: 'services/9999-later.sql', checksum: 'x' }];
    const other = migrations.map((item, at) => (at === 0 ? { ...item, checksum: 'x' } : item));
    const into = join(folder, 'unused');
    expect(() => checkTarget({ ...contents, head: { ...contents.head, migrations: newer } }, into)).toThrow(
      /newer program/,
    );
    expect(() => checkTarget({ ...contents, head: { ...contents.head, migrations: other } }, into)).toThrow(
      /differs/,
    );
  });

  it('does not write over a file', async () => {
    await expect(
      writeBackup({ ownerUrl: world.urls.owner, dataDir }, file, PASSPHRASE, QUICK),
    ).rejects.toThrow(/is there already/);
  });
});

describe('with files in an S3-compatible service', { timeout: 120_000 }, () => {
  const account = { accessKeyId: 'AKID', secretAccessKey: 'bí mật', region: 'vn-1' };
  const file = join(folder, 'remote.xaso');
  const content = Buffer.alloc(2_000_000, 'Giấy khai sinh');
  let s3: S3Simulator;
  let hash: FileHash;

  /** The store that the installation opens where that bucket is set. */
  function storeOf(bucket: string): FileStore {
    const s3File = join(folder, `${bucket}.json`);
    writeFileSync(s3File, JSON.stringify({ endpoint: s3.endpoint, bucket, ...account }), { mode: 0o600 });
    return remoteStore({ s3File })!;
  }

  beforeAll(async () => {
    s3 = await startS3(account);
    const remote = storeOf('tep-xa');
    ({ hash } = await remote.put(content));
    for (let at = 0; at < 7; at += 1) await remote.put(Buffer.from(`tệp ${at}`));
    await writeBackup({ ownerUrl: world.urls.owner, dataDir, remote }, file, PASSPHRASE, QUICK);
  });
  afterAll(() => s3.close());

  it('holds them all, and restores them onto a disk', async () => {
    const into = join(folder, 'from-remote');
    const result = await restored(file, await freshDatabase(), into);
    expect([...result.files.keys()].filter((path) => contentAt(path))).toHaveLength(8);
    const disk = fileStore({ dataDir: into, s3File: join(into, 's3.json') });
    expect(Buffer.from(await disk.read(hash)).equals(content)).toBe(true);
  });

  it('restores them into another service, and takes away only its own when that fails', async () => {
    const into = join(folder, 'remote-to-remote');
    const contents = await readBackup(file, PASSPHRASE);
    s3.objects.clear();
    const there = storeOf('tep-khac');
    await there.put(Buffer.from('tệp 3'));
    const target = { ownerUrl: await freshDatabase(), dataDir: into, remote: there };
    mkdirSync(join(into, 'files'), { recursive: true });
    writeFileSync(join(into, 'files', 'ab'), 'in the way');
    await expect(restore(target, file, PASSPHRASE, contents, quiet)).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect((await Array.fromAsync(there.list())).map(({ size }) => size)).toEqual([
      Buffer.byteLength('tệp 3'),
    ]);
    rmSync(into, { recursive: true });
    await restore(target, file, PASSPHRASE, contents, quiet);
    expect(await Array.fromAsync(there.list())).toHaveLength(8);
    expect(Buffer.from(await there.read(hash)).equals(content)).toBe(true);
    expect(existsSync(join(into, 'files', hash.slice(0, 2), hash.slice(2, 4), hash))).toBe(false);
  });

  it('refuses settings that others may read, or that describe no service', () => {
    const s3File = join(folder, 'wrong.json');
    writeFileSync(s3File, JSON.stringify({ endpoint: 'ftp://x', bucket: 'a' }), { mode: 0o600 });
    expect(() => fileStore({ dataDir, s3File })).toThrow(/endpoint.*accessKeyId/s);
    chmodSync(s3File, 0o644);
    expect(() => fileStore({ dataDir, s3File })).toThrow(/chmod 600/);
    expect(() => readConfig({ S3_FILE: join(folder, 'none.json') })).toThrow(/does not exist/);
  });
});

it('refuses a role that row-level security binds', async () => {
  await expect(
    writeBackup({ ownerUrl: world.urls.app, dataDir }, join(folder, 'two.xaso'), PASSPHRASE, QUICK),
  ).rejects.toThrow(/bound by row-level security/);
  expect(existsSync(join(folder, 'two.xaso'))).toBe(false);
});

it('covers every schema of ours', async () => {
  const { rows } = await world.owner.query<{ schema: string }>(
    `select nspname as schema from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`,
  );
  expect(rows.map(({ schema }) => schema)).toEqual([...SCHEMAS].sort());
});
