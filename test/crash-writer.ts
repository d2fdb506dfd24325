/**
 * A process for crash.test.ts: prepares an installation as `npm start` does, then either writes without end and
 * says each number once its transaction is committed, or says which numbers are there.
 */
import { sql } from 'kysely';
import { createCommune } from '#app/communes';
import { readConfig } from '#app/config';
import { prepare } from '#app/prepare';
import { runAs } from '#app/runtime';
import { note } from '#kernel/audit';

const SYSTEM = { kind: 'system', name: 'crash' } as const;
const [mode = '', first = '0'] = process.argv.slice(2);
const { runtime, stop } = await prepare(readConfig(), () => undefined);
const [
  commune = await createCommune(runtime.urls.owner, {
    slug: 'crash',
    name: 'Crash',
    hosts: ['*'],
    agencyCode: 'H55.1',
    demo: true,
  }),
] = await runtime.communes.all();

if (mode === 'read') {
  const there = await runAs(runtime, { commune, actor: SYSTEM }, async (ctx) => {
    const { rows } = await sql<{ n: string }>`
      select d.detail ->> 'n' as n from audit_entry e join audit_detail d on d.entry_id = e.id
      where e.commune_id = ${ctx.commune.id} and e.action = 'test.write'`.execute(ctx.db);
    return rows.map((row) => Number(row.n));
  });
  console.log(JSON.stringify(there));
  await stop();
} else {
  // Several at once, so that a commit is always under way when the end comes.
  await Promise.all(Array.from({ length: 4 }, (_, lane) => writeOn(Number(first) + lane)));
}

async function writeOn(from: number): Promise<void> {
  for (let n = from; ; n += 4) {
    await runAs(runtime, { commune, actor: SYSTEM }, async (ctx) => note(ctx, 'test.write', { n }));
    process.stdout.write(`${n}\n`);
  }
}
