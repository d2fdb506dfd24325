/** The same deliveries by the program's real queue and worker, with the machine's clock. */
import { Logger, runOnce } from 'graphile-worker';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { communeDirectory } from '#app/communes';
import { runAs } from '#app/runtime';
import { makeWiring } from '#app/wiring';
import { tasks } from '#app/worker';
import type { Ctx } from '#kernel/context';
import { startSmsGateway, type SmsGateway } from '#test/simulators/sms-gateway';
import { system, testInstallation, useWorld } from '#test/world';
import { notify, sendSignInCode } from './index.ts';

const world = useWorld();
let sms: SmsGateway;
let worker: pg.Pool;
beforeAll(async () => {
  sms = await startSmsGateway();
  worker = new pg.Pool({ connectionString: world.urls.worker, max: 3 });
  worker.on('error', () => undefined);
  worker.on('connect', (connection) => connection.on('error', () => undefined));
  // The machine's clock may stand at night while the tests run.
  await world.owner.query(
    `insert into notifications_setting (commune_id, quiet_from, quiet_to, changed_at, changed_by) values ($1, '00:00', '00:00', now(), 'test')`,
    [world.commune.id],
  );
});
afterAll(async () => {
  await sms.stop();
  await worker.end();
});

const workplace = () => ({
  handle: world.handle,
  communes: communeDirectory(world.handle),
  wiring: makeWiring(testInstallation({ notifications: { default: { sms: sms.settings } } })),
});
const as = <T>(work: (ctx: Ctx) => Promise<T>) =>
  runAs(workplace(), { commune: world.commune, actor: system }, work);
const SILENT = new Logger(() => () => undefined);
const workOnce = () =>
  runOnce({
    pgPool: worker,
    schema: 'jobs',
    noPreparedStatements: true,
    taskList: tasks(workplace()),
    logger: SILENT,
  });
const states = async () =>
  (await world.owner.query('select state, attempts, error_code from notifications_delivery order by id'))
    .rows;

const notice = {
  event: 'services.dossier.filed',
  to: { phone: '+84912345678' },
  params: { code: 'A-1' },
  key: 'once',
} as const;

it('delivers after the commit, retries at its time, and ends', async () => {
  sms.mishaps.push('busy');
  await as((ctx) => notify(ctx, notice));
  await as((ctx) => notify(ctx, notice));
  await workOnce();
  expect(await states()).toEqual([{ state: 'queued', attempts: 1, error_code: 'busy' }]);
  await workOnce();
  expect(sms.calls).toBe(1);
  await world.owner.query(`update jobs._private_jobs set run_at = now()`);
  await world.owner.query(`update notifications_delivery set not_before = now()`);
  await workOnce();
  expect(await states()).toEqual([{ state: 'sent', attempts: 2, error_code: null }]);
  expect(sms.taken).toHaveLength(1);
  await workOnce();
  expect(sms.calls).toBe(2);
});

it('leaves no sign-in code in the queue or the tables', async () => {
  await as((ctx) =>
    sendSignInCode(ctx, { to: { phone: '+84987654321' }, code: '313377', minutes: 5, key: 'code' }),
  );
  expect(
    JSON.stringify((await world.owner.query('select payload from jobs._private_jobs')).rows),
  ).not.toContain('313377');
  await workOnce();
  expect(sms.taken.at(-1)!.text).toContain('313377');
  const { rows } = await world.owner.query(
    'select params, sealed from notifications_message where sealed is not null',
  );
  expect(rows).toEqual([]);
});

it('the clock’s sweep reaches every commune', async () => {
  await world.owner.query(
    `update notifications_delivery set state = 'sending', changed_at = now() - interval '1 hour', not_before = now() - interval '1 hour'`,
  );
  const { rows } = await world.owner.query('select id from notifications_delivery');
  await tasks(workplace())['clock:notifications.sweep']!({}, {} as never);
  await workOnce();
  await workOnce();
  expect(rows.length).toBeGreaterThan(0);
  // The gateway drops repeats, so the first was sent again under its old id; the code's secret is gone.
  expect(sms.taken).toHaveLength(2);
  expect((await states()).map(({ state }) => state)).toEqual(['sent', 'failed']);
});
