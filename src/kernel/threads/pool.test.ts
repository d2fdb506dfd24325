import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { tmpdir } from 'node:os';
import { appRoot } from './root.ts';
import { closeThreads, runInThread } from './pool.server.ts';
import type { ThreadKind } from './pool.server.ts';

let kind: ThreadKind;

beforeAll(() => {
  const file = join(mkdtempSync(join(tmpdir(), 'xa-thread-')), 'work.thread.ts');
  const answer = join(appRoot(), 'src/kernel/threads/answer.ts');
  const errors = join(appRoot(), 'src/kernel/errors.ts');
  writeFileSync(
    file,
    `import { serveThread } from '${answer}';
     import { refuse } from '${errors}';
     import { threadId } from 'node:worker_threads';
     serveThread((order) => {
       if (order === 'refuse') refuse('test.refused', 409, { count: 3 });
       if (order === 'break') throw new Error('a fault of ours');
       if (order === 'die') process.exit(1);
       if (order === 'hang') for (;;);
       return { order, threadId };
     });`,
  );
  kind = {
    name: 'test',
    file: relative(appRoot(), file),
    maxTasks: 3,
    timeoutMs: 10_000,
    idleMs: 60_000,
  };
});

afterEach(closeThreads);

describe('work beside the web server', () => {
  test('tasks are answered in their order by one thread', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((order) => runInThread<{ order: string; threadId: number }>(kind, order)),
    );
    expect(answers.map(({ order }) => order)).toEqual(['a', 'b', 'c']);
    expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(1);
  });

  test('one task too many is refused at once', async () => {
    const given = ['a', 'b', 'c'].map((order) => runInThread(kind, order));
    await expect(runInThread(kind, 'd')).rejects.toMatchObject({ code: 'kernel.threads.busy', status: 503 });
    await Promise.all(given);
    await expect(runInThread(kind, 'e')).resolves.toMatchObject({ order: 'e' });
  });

  test('a refusal keeps its code, status and parameters, and the thread', async () => {
    const before = await runInThread<{ threadId: number }>(kind, 'a');
    await expect(runInThread(kind, 'refuse')).rejects.toMatchObject({
      code: 'test.refused',
      status: 409,
      params: { count: 3 },
    });
    expect(await runInThread<{ threadId: number }>(kind, 'b')).toMatchObject({ threadId: before.threadId });
  });

  test.each(['break', 'die'])(
    'a task that brings the thread down (%s) fails alone; the next get a new one',
    async (order) => {
      const [failed, next] = await Promise.allSettled([runInThread(kind, order), runInThread(kind, 'next')]);
      expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'kernel.threads.died' } });
      expect(next).toMatchObject({ status: 'fulfilled', value: { order: 'next' } });
    },
  );

  test('a task without end is ended', async () => {
    const hurried = { ...kind, name: 'hurried', timeoutMs: 300 };
    const [failed, next] = await Promise.allSettled([
      runInThread(hurried, 'hang'),
      runInThread(hurried, 'next'),
    ]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'kernel.threads.too_slow' } });
    expect(next).toMatchObject({ status: 'fulfilled', value: { order: 'next' } });
  });

  test('what cannot travel to the thread is refused without harm to the rest', async () => {
    await expect(runInThread(kind, () => 1)).rejects.toThrow(/could not be cloned/);
    await expect(runInThread(kind, 'a')).resolves.toMatchObject({ order: 'a' });
  });

  test('closing refuses what is under way or waits, and starts anew when asked again', async () => {
    const given = Promise.allSettled([runInThread(kind, 'a'), runInThread(kind, 'waiting')]);
    await closeThreads();
    const refused = { status: 'rejected', reason: { code: 'kernel.threads.died' } };
    expect(await given).toMatchObject([refused, refused]);
    await expect(runInThread(kind, 'b')).resolves.toMatchObject({ order: 'b' });
  });
});
