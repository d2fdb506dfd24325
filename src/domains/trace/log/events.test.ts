/** Captured events in the public log, checked by the verifier: two hands that wrote the event hash apart. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { anonymous, official, system, useWorld } from '#test/world';
import { checkBundle, readKey } from '../../../../verify/verify.mjs';
import { captureEvents } from '../epcis/capture.actions.ts';
import { readDocument } from '../epcis/document.ts';
import { logTools } from './log-fixture.ts';
import { getLog, keyView, proofOf } from './proof.queries.ts';

const world = useWorld();
const { empty, sequence, tamper } = logTools(world);
const EVENT = {
  type: 'ObjectEvent',
  eventTime: '2026-11-02T08:30:00.000+07:00',
  eventTimeZoneOffset: '+07:00',
  action: 'ADD',
  bizStep: 'commissioning',
  quantityList: [{ epcClass: 'https://id.gs1.org/01/08930000000016/10/KC-0012', quantity: 12.5, uom: 'KGM' }],
  'xa:picker': 'Hoàng Thị Thử',
};
const documentOf = (events: unknown[], more: unknown[] = [{ xa: 'https://xa.example/' }]) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', ...more],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-11-02T09:00:00Z',
  epcisBody: { eventList: events },
});

async function capture(document: unknown, disclosed = true): Promise<void> {
  const read = readDocument(document as never);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const outcome = await world.as(system, (ctx) => captureEvents(ctx, read.captured, { disclosed }));
  expect(outcome.errors).toEqual([]);
  while ((await sequence()).more);
}

async function check(subject: string, who = anonymous as Parameters<typeof world.as>[0]) {
  const { keys } = await world.as(anonymous, getLog);
  const bundle = await world.as(who, (ctx) => proofOf(ctx, subject));
  return checkBundle(JSON.parse(JSON.stringify(bundle)), { keys: [await readKey(keyView(keys[0]!).key)] });
}

beforeEach(async () => {
  await empty();
  await tamper('truncate trace_event, trace_term, trace_store');
});

describe('an event that strangers may read', () => {
  it('is found by its lot and proved; what names people is proved only to those who may read it', async () => {
    await capture(documentOf([EVENT]));
    const seen = await check('KC-0012');
    expect(seen.faults).toEqual([]);
    expect(seen.checked.map(({ kind, shown }) => [kind, shown])).toEqual([
      ['epcis_event', true],
      ['epcis_record', false],
    ]);
    const bundle = await world.as(anonymous, (ctx) => proofOf(ctx, 'KC-0012'));
    expect(JSON.stringify(bundle)).not.toContain('Hoàng Thị Thử');
    expect((await check('KC-0012', official('auditor'))).checked.map(({ shown }) => shown)).toEqual([
      true,
      true,
    ]);
  });

  it('is named as altered when its row is', async () => {
    await capture(documentOf([EVENT]));
    await tamper(`update trace_event set body = replace(body::text, '12.5', '13.5')::json`);
    expect((await check('KC-0012')).faults).toMatchObject([{ code: 'event_altered' }]);
    await tamper(
      `update trace_event set body = replace(replace(body::text, '13.5', '12.5'), 'Thử', 'Thư')::json`,
    );
    expect((await check('KC-0012')).faults).toEqual([]);
    expect((await check('KC-0012', official('auditor'))).faults).toMatchObject([{ code: 'content_altered' }]);
  });

  it('enters once however often it is sent, and not at all where it is not for strangers', async () => {
    await capture(documentOf([EVENT]));
    await capture(documentOf([EVENT]));
    await capture(documentOf([{ ...EVENT, eventTime: '2026-11-03T08:30:00.000+07:00' }]), false);
    expect((await world.as(anonymous, getLog)).head.size).toBe(3);
  });
});

function findExamples(): string | undefined {
  if (process.env.STANDARDS_DIR) return join(process.env.STANDARDS_DIR, 'epcis', 'examples');
  for (let at = process.cwd(); at !== dirname(at); at = dirname(at)) {
    const folder = join(at, '..', 'shared', 'standards', 'epcis', 'examples');
    if (existsSync(folder)) return folder;
  }
  return undefined;
}

const folder = findExamples();

describe('the standard’s examples', () => {
  it.skipIf(!folder)('are proved one and all (skipped where ../shared/standards is not there)', async () => {
    for (const name of readdirSync(folder!)) {
      const document = JSON.parse(readFileSync(join(folder!, name), 'utf8')) as { type: string };
      if (document.type === 'EPCISDocument') await capture(document);
    }
    const { size } = (await world.as(anonymous, getLog)).head;
    expect(size).toBeGreaterThan(40);
    for (let seq = 1; seq <= (size - 1) / 2; seq += 1)
      expect((await check(`event:${seq}`, official('auditor'))).faults, `event ${seq}`).toEqual([]);
  });
});
