import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { anonymous, official, system, useWorld } from '#test/world';
import { printLabels } from '../label/label.actions.ts';
import { countScans } from '../scan/count.actions.ts';
import { sendFeedback } from '../scan/feedback.actions.ts';
import { packOf, teaHouse, type House } from './fixture.ts';
import { startRecall } from './recall.actions.ts';
import { tellOfCopies, tellOfLots } from './tell.actions.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });
const GTIN = '08938500000010';
let house: House;

beforeAll(async () => {
  house = await as(system, teaHouse);
});

/** What was told to the producer, who has a telephone and no sign-in. */
async function toldTo(event: string): Promise<Record<string, string>[]> {
  const { rows } = await world.owner.query(
    `select params from notifications_message where event = $1 order by id`,
    [event],
  );
  return rows.map(({ params }: { params: Record<string, string> }) => params);
}

it('a recall is told to the producer once', async () => {
  const { pack, code } = await as(specialist, (ctx) => packOf(ctx, house));
  const id = randomUUID();
  await as(specialist, (ctx) => startRecall(ctx, { id, lotIds: [pack], reason: 'x', publicVi: 'x' }));
  const data = { kind: 'recall', key: id };
  expect(await as(system, (ctx) => tellOfLots(ctx, data))).toBeGreaterThan(0);
  expect(await as(system, (ctx) => tellOfLots(ctx, data))).toBe(0);
  expect(await toldTo('trace.lot.recalled_own')).toMatchObject([{ producer: 'HTX Mẫu', lot: code }]);
});

it('a buyer’s word is told to the producer, however many write on that day once', async () => {
  const { code } = await as(specialist, (ctx) => packOf(ctx, house));
  const write = async (now: string) => {
    await as(
      anonymous,
      (ctx) => sendFeedback(ctx, { gtin: GTIN, code, serial: null }, { body: 'Chè ngon.' }),
      { now: new Date(now) },
    );
    const { rows } = await world.owner.query('select id from trace_feedback order by sent_at desc limit 1');
    const { id } = rows[0] as { id: string };
    return as(system, (ctx) => tellOfLots(ctx, { kind: 'feedback', key: id }), { now: new Date(now) });
  };
  expect(await write('2026-11-23T09:00:00+07:00')).toBeGreaterThan(0);
  expect(await write('2026-11-23T10:00:00+07:00')).toBe(0);
  expect(await write('2026-11-24T09:00:00+07:00')).toBeGreaterThan(0);
  const told = await toldTo('trace.feedback.received_own');
  expect(told).toMatchObject([{ lot: code }, { lot: code }]);
  expect(JSON.stringify(told)).not.toContain('Chè ngon');
});

it('numbers that were copied are told of once for each lot; made-up ones are not', async () => {
  const { code, pack } = await as(specialist, (ctx) => packOf(ctx, house));
  const other = await as(specialist, (ctx) => packOf(ctx, house));
  const run = await as(specialist, (ctx) =>
    printLabels(ctx, pack, { paper: 'roll-50x30', serialised: true, count: 2 }),
  );
  const { rows } = await world.owner.query('select serial from trace_serial where run_id = $1', [run]);
  const [one, two] = rows.map(({ serial }: { serial: string }) => serial) as [string, string];
  const scans = (lotId: string, serial: string) => ({
    lotId,
    serial,
    day: localDate('2026-11-22'),
    scans: 90,
    marks: 1n,
  });
  await as(system, (ctx) => countScans(ctx, [scans(other.pack, 'MADEUP'), scans(pack, one)]));
  expect(await as(system, tellOfCopies)).toBeGreaterThan(0);
  await as(system, (ctx) => countScans(ctx, [scans(pack, two)]));
  expect(await as(system, tellOfCopies)).toBe(0);
  expect(await toldTo('trace.scan.copied_own')).toMatchObject([{ producer: 'HTX Mẫu', lot: code }]);
});
