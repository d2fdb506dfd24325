import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startS3 } from '#test/s3';
import type { S3Simulator } from '#test/s3';
import { openDiskStore } from './disk-store.server.ts';
import { signRequest } from './s3-signature.ts';
import { openS3Store } from './s3-store.server.ts';
import { parseFileHash } from './store.ts';
import type { FileHash, FileStore, KeptFile } from './store.ts';

const ACCOUNT = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'bí mật/+=', region: 'vn-thai-nguyen-1' };

let folder: string;
let s3: S3Simulator | undefined;
let store: FileStore;

async function openDisk(): Promise<void> {
  folder = join(mkdtempSync(join(tmpdir(), 'xa-files-')), 'files');
  store = await openDiskStore(folder);
}

async function openS3(): Promise<void> {
  s3 = await startS3(ACCOUNT);
  store = openS3Store({ ...ACCOUNT, endpoint: s3.endpoint, bucket: 'tep-xa', prefix: 'xã số/' });
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function all(): Promise<KeptFile[]> {
  return Array.fromAsync(store.list());
}

/** Sets back when a file was put. */
function setTime(hash: FileHash, time: Date): void {
  if (s3) s3.times.set(`xã số/${hash}`, time);
  else utimesSync(join(folder, hash.slice(0, 2), hash.slice(2, 4), hash), time, time);
}

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe.each([
  ['disk', openDisk],
  ['S3', openS3],
] as const)('files on %s', (_kind, open) => {
  beforeEach(open);
  afterEach(async () => {
    await s3?.close();
    s3 = undefined;
  });

  test('any content comes back as it was, found by its hash, however it arrived', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000 }),
        fc.integer({ min: 1, max: 999 }),
        async (bytes, piece) => {
          const stored = await store.put(inPieces(bytes, piece));
          expect(stored).toEqual({ hash: sha256(bytes), size: bytes.length });
          expect(Buffer.from(await store.read(stored.hash)).equals(Buffer.from(bytes))).toBe(true);
          const opened = await new Response(await store.open(stored.hash)).arrayBuffer();
          expect(Buffer.from(opened).equals(Buffer.from(bytes))).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('the list is complete and in order', async () => {
    const put = await Promise.all(
      Array.from({ length: 40 }, (_, index) => store.put(Buffer.from(`tệp ${index}`))),
    );
    expect((await all()).map(({ hash }) => hash)).toEqual(put.map(({ hash }) => hash).sort());
  });

  test('what is not there is said to be not there', async () => {
    const hash = sha256(Buffer.from('không có')) as FileHash;
    expect(await store.has(hash)).toBe(false);
    await expect(store.open(hash)).rejects.toMatchObject({ code: 'kernel.files.not_found', status: 404 });
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'kernel.files.not_found' });
    await store.remove(hash);
  });

  test('a removed file is gone', async () => {
    const { hash } = await store.put(Buffer.from('xóa theo yêu cầu'));
    expect(await store.remove(hash)).toBe(true);
    expect(await store.remove(hash)).toBe(false);
    expect(await store.has(hash)).toBe(false);
    expect(await all()).toEqual([]);
  });

  test('a file is removed only when it was last put before the given time; putting it again renews that', async () => {
    const { hash } = await store.put(Buffer.from('cũ'));
    const [LONG_AGO, BETWEEN] = [new Date('2020-01-01T00:00:00Z'), new Date('2021-01-01T00:00:00Z')];
    setTime(hash, LONG_AGO);
    expect((await all())[0]!.putAt).toEqual(LONG_AGO);
    expect(await store.remove(hash, LONG_AGO)).toBe(false);
    await store.put(Buffer.from('cũ'));
    expect((await all())[0]!.putAt > BETWEEN).toBe(true);
    expect(await store.remove(hash, BETWEEN)).toBe(false);
    expect(await store.has(hash)).toBe(true);
    setTime(hash, LONG_AGO);
    expect(await store.remove(hash, BETWEEN)).toBe(true);
    expect(await store.has(hash)).toBe(false);
  });

  test.each(['', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`, `${'a'.repeat(64)}\n`])(
    'nothing but a hash becomes a path: %j',
    async (text) => {
      expect(parseFileHash(text)).toBeUndefined();
      await expect(store.open(text as FileHash)).rejects.toThrow(RangeError);
    },
  );
});

describe('on disk', () => {
  beforeEach(openDisk);

  test('the same content twice, even at once, is one file', async () => {
    const bytes = randomBytes(100_000);
    const put = await Promise.all(Array.from({ length: 10 }, () => store.put(bytes)));
    expect(new Set(put.map(({ hash }) => hash)).size).toBe(1);
    expect(await all()).toMatchObject([{ hash: sha256(bytes), size: 100_000 }]);
    expect(readdirSync(join(folder, 'arriving'))).toEqual([]);
  });

  test('a sender who breaks off or sends too much leaves nothing behind', async () => {
    async function* broken() {
      yield Buffer.from('một nửa');
      throw new Error('connection lost');
    }
    await expect(store.put(broken())).rejects.toThrow('connection lost');
    await expect(store.put(inPieces(randomBytes(5000), 100), 4000)).rejects.toMatchObject({
      code: 'kernel.files.too_large',
      status: 413,
    });
    expect(await all()).toEqual([]);
    expect(readdirSync(join(folder, 'arriving'))).toEqual([]);
  });

  test('what a crash left half-written is swept at the next start, what was kept stays', async () => {
    const { hash } = await store.put(Buffer.from('giữ lại'));
    writeFileSync(join(folder, 'arriving', 'x.part'), 'nửa vời');
    writeFileSync(join(folder, 'arriving', 'now.part'), 'tiến trình khác đang ghi');
    const yesterday = new Date(Date.now() - 86_400_000);
    utimesSync(join(folder, 'arriving', 'x.part'), yesterday, yesterday);
    store = await openDiskStore(folder);
    expect(readdirSync(join(folder, 'arriving'))).toEqual(['now.part']);
    expect(await store.has(hash)).toBe(true);
  });

  test('a file that changed on disk is noticed', async () => {
    const { hash } = await store.put(Buffer.from('bản gốc'));
    writeFileSync(join(folder, hash.slice(0, 2), hash.slice(2, 4), hash), 'bản sửa');
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'kernel.files.damaged' });
  });

  test('only the service’s own user can look', async () => {
    const { hash } = await store.put(Buffer.from('riêng tư'));
    const path = join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(join(folder, hash.slice(0, 2))).mode & 0o077).toBe(0);
  });
});

describe('on S3', () => {
  beforeEach(openS3);
  afterEach(async () => {
    await s3!.close();
    s3 = undefined;
  });

  test('every request is signed so that another implementation agrees', async () => {
    await store.put(Buffer.from('có dấu & ký tự lạ'));
    await all();
    expect(s3!.refused).toEqual([]);
    expect([...s3!.objects.keys()]).toEqual([`xã số/${sha256(Buffer.from('có dấu & ký tự lạ'))}`]);
  });

  test('a wrong secret is refused by the service and said as unavailable', async () => {
    const other = openS3Store({
      ...ACCOUNT,
      secretAccessKey: 'sai',
      endpoint: s3!.endpoint,
      bucket: 'tep-xa',
      prefix: '',
    });
    await expect(other.put(Buffer.from('x'))).rejects.toMatchObject({
      code: 'kernel.files.store_unavailable',
      status: 503,
    });
    expect(s3!.objects.size).toBe(0);
    expect(s3!.refused).toEqual(['PUT']);
  });

  test('what stumbles once or twice is tried again; what stays down is said', async () => {
    s3!.stumble = 2;
    const { hash } = await store.put(Buffer.from('kiên trì'));
    expect(await store.has(hash)).toBe(true);
    s3!.stumble = 3;
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'kernel.files.store_unavailable' });
  });

  test('a content damaged in the store is noticed', async () => {
    const { hash } = await store.put(Buffer.from('bản gốc'));
    s3!.objects.set(`xã số/${hash}`, Buffer.from('bản sửa'));
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'kernel.files.damaged' });
  });

  test('a sender who breaks off or sends too much leaves nothing behind', async () => {
    await expect(store.put(inPieces(randomBytes(5000), 100), 4000)).rejects.toMatchObject({
      code: 'kernel.files.too_large',
    });
    expect(s3!.objects.size).toBe(0);
  });

  test('signatures are those of the service’s own documentation', () => {
    const headers = signRequest(
      {
        method: 'GET',
        url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
        body: new Uint8Array(),
        at: new Date('2013-05-24T00:00:00Z'),
        headers: { range: 'bytes=0-9' },
      },
      {
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        region: 'us-east-1',
      },
    );
    expect(headers.authorization).toContain(
      'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });
});
