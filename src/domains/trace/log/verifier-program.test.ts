/** `verify/verify.mjs` as a stranger runs it: alone in a folder, with nothing of ours but an address and a key. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, useWorld } from '#test/world';
import { logTools, plainLeaf } from './log-fixture.ts';
import { getLog, keyView, proofOf } from './proof.queries.ts';

const world = useWorld();
const { append, grow, sequence, tamper, strangerFetch } = logTools(world);
const state = () => world.as(anonymous, getLog);

describe('as a program in an empty folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'));
  let server: Server;
  let base: string;
  const run = promisify(execFile);
  const verify = async (...args: string[]) =>
    run(process.execPath, ['verify.mjs', ...args], { cwd: folder }).then(
      ({ stdout }) => ({ code: 0, out: stdout }),
      (thrown: { code: number; stdout: string; stderr: string }) => ({
        code: thrown.code,
        out: thrown.stdout + thrown.stderr,
      }),
    );

  beforeAll(async () => {
    await append([plainLeaf('event', ['KC-0012']), plainLeaf('other', ['KC-0012'])]);
    await sequence();
    writeFileSync(join(folder, 'first'), (await state()).head.note);
    await grow(400);
    copyFileSync('verify/verify.mjs', join(folder, 'verify.mjs'));
    const get = strangerFetch();
    server = createServer((request, response) => {
      void get(`http://x${request.url}`).then(async (answer) => {
        response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('checks a lot, two days and the whole log, says 1 when something was altered, 2 when asked wrongly, 3 without an answer', async () => {
    const { key } = keyView((await state()).keys[0]!);
    expect(
      await verify(base, 'KC-0012', '--key', key, '--checkpoint', 'first', '--keep', 'now'),
    ).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'now'), 'utf8')).toBe((await state()).head.note);
    expect(await verify('consistency', base, '--from', 'first', '--to', 'now', '--key', key)).toMatchObject({
      code: 0,
    });
    expect(await verify('audit', base, '--key', key, '--keep', 'kept')).toMatchObject({ code: 0 });
    writeFileSync(
      join(folder, 'bundle'),
      JSON.stringify(await world.as(anonymous, (ctx) => proofOf(ctx, 'KC-0012'))),
    );
    expect(await verify('--bundle', 'bundle', '--key', key)).toMatchObject({ code: 0 });
    await tamper(`update trace_log_leaf set hash = sha256(hash) where idx = 1`);
    const altered = await verify(base, 'KC-0012', '--key', key);
    expect(altered).toMatchObject({ code: 1 });
    expect(altered.out).toContain('entry 1');
    expect(await verify('audit', base, '--key', key, '--keep', 'kept')).toMatchObject({ code: 1 });
    const unpinned = await verify(base, 'KC-0012');
    expect(unpinned).toMatchObject({ code: 2 });
    expect(unpinned.out).toContain(key);
    expect(await verify('http://127.0.0.1:1', 'KC-0012', '--key', key)).toMatchObject({ code: 3 });
    expect(await verify(base, 'NO-SUCH', '--key', key)).toMatchObject({ code: 3 });
  });
});
