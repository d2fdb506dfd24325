import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { anonymous, official, system, useWorld } from '#test/world';
import { packOf, teaHouse, aTicket, type House } from '../lot/fixture.ts';
import { holdLot } from '../lot/hold.actions.ts';
import { startRecall } from '../lot/recall.actions.ts';
import { recordTicket } from '../lot/ticket.actions.ts';
import { printLabels, reprintLabels, sheetOf } from '../label/label.actions.ts';
import { countScans } from './count.actions.ts';
import { scanCounter } from './counter.ts';
import { answerFeedback, listFeedback, sendFeedback } from './feedback.actions.ts';
import { flaggedPacks, scansOf } from './flags.queries.ts';
import { linksetOf, resolve } from './linkset.ts';
import { standingOf, storyOf } from './scan.queries.ts';
import { countMarks, isSuspicious, languageOf, markOf, marksUnder } from './scan.ts';
import { viewOf } from './view.ts';

describe('counting', () => {
  const key = Buffer.alloc(32, 7);

  it('keeps of an address one mark of 63, the same for its whole network', () => {
    expect(markOf('203.0.113.9', key)).toBe(markOf('203.0.7.250', key));
    expect(markOf('::ffff:203.0.113.9', key)).toBe(markOf('203.0.113.9', key));
    expect(markOf('2001:db8::1', key)).toBe(markOf('2001:db8:ffff::2', key));
    const marks = marksUnder(key);
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (address) => {
        const mark = marks(address);
        expect(marks(address)).toBe(markOf(address, key));
        expect(countMarks(mark)).toBe(1);
        expect(mark).toBeLessThan(1n << 63n);
      }),
    );
  });

  it('finds a copied number by how often and how widely it is looked up', () => {
    const spread = (places: number) => (1n << BigInt(places)) - 1n;
    expect(isSuspicious({ scans: 40, marks: spread(6) })).toBe(false);
    expect(isSuspicious({ scans: 41, marks: 1n })).toBe(true);
    expect(isSuspicious({ scans: 7, marks: spread(7) })).toBe(true);
  });

  it('adds up what one process saw', () => {
    const counter = scanCounter();
    const scan = { lotId: 'a', serial: null, day: localDate('2026-11-23') };
    counter.add(1, { ...scan, mark: 1n });
    counter.add(1, { ...scan, mark: 2n });
    counter.add(2, { ...scan, serial: 'X', mark: 4n });
    const taken = counter.take();
    expect(taken.get(1)).toMatchObject([{ scans: 2, marks: 3n }]);
    expect(taken.get(2)).toMatchObject([{ scans: 1, serial: 'X' }]);
    expect(counter.take().size).toBe(0);
  });
});

describe('a question', () => {
  const link = { path: '/01/08938500000010/10/G261123-7H4M2X', lot: 'G261123-7H4M2X' };

  it('is answered in the language that is liked better', () => {
    expect([
      languageOf(null, ''),
      languageOf(null, 'en-GB,en;q=0.9'),
      languageOf(null, 'vi;q=0.8,en;q=0.9'),
    ]).toEqual(['vi', 'en', 'en']);
    expect([languageOf(null, 'fr,vi;q=0.5,en;q=0.4'), languageOf('en', 'vi'), languageOf('xx', '*')]).toEqual(
      ['vi', 'en', 'vi'],
    );
  });

  it('gets the page, the linkset, or is led on, by link type and by what is accepted', () => {
    expect(resolve(null, 'text/html,*/*', link)).toEqual({ kind: 'page' });
    expect(resolve(null, 'application/linkset+json', link)).toEqual({ kind: 'linkset' });
    expect(resolve('linkset', 'text/html', link)).toEqual({ kind: 'linkset' });
    expect(resolve('gs1:pip', '', link)).toEqual({ kind: 'page' });
    expect(resolve('gs1:traceability', '', link)).toEqual({
      kind: 'redirect',
      to: '/kiem-chung?ma=G261123-7H4M2X',
    });
    expect(resolve('gs1:leaveReview', '', link, 'en')).toMatchObject({
      to: expect.stringMatching(/^\/en\/tea-feedback\?/),
    });
    expect(resolve('https://gs1.org/voc/epcis', '', link)).toMatchObject({ kind: 'redirect' });
    expect(resolve('gs1:unheardOf', '', link)).toEqual({ kind: 'page' });
    const { linkset } = linksetOf('https://xa.example', link.path, link.lot, 'en') as {
      linkset: Record<string, unknown>[];
    };
    expect(linkset[0]).toMatchObject({ anchor: `https://xa.example${link.path}` });
    expect(Object.keys(linkset[0]!)).toEqual(
      expect.arrayContaining(['https://gs1.org/voc/defaultLink', 'https://gs1.org/voc/recallStatus']),
    );
  });
});

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });
const GTIN = '08938500000010';
let house: House;
let code: string;
let pack: string;

beforeAll(async () => {
  house = await as(system, teaHouse);
  ({ code, pack } = await as(specialist, (ctx) => packOf(ctx, house)));
});

const standing = (serial: string | null = null, lot = code) =>
  as(anonymous, (ctx) => standingOf(ctx, { gtin: GTIN, code: lot, serial }));

describe('a buyer', () => {
  it('reads of a released pack who, where, when and by which paper; of nothing else', async () => {
    const { lotId, state } = await standing();
    expect(state).toBe('released');
    const story = await as(anonymous, (ctx) => storyOf(ctx, lotId));
    expect(story).toMatchObject({
      standard: 'vietgap',
      picked: { from: '2026-11-10', to: '2026-11-10' },
      madeOn: '2026-11-23',
      packedOn: '2026-11-23',
      bestBefore: '2028-05-23',
      origin: { hamlets: [{ name: 'Thái Ninh', plots: 1 }] },
      certificates: [{ kind: 'vietgap', number: 'VG-1', holder: 'HTX Mẫu', valid: true }],
    });
    const asked = { gtin: GTIN, code, serial: null };
    const view = viewOf(
      {
        asked,
        path: `/01/${GTIN}/10/${code}`,
        standing: await standing(),
        story,
        commune: 'Tức Tranh',
        demo: true,
        today: localDate('2026-11-23'),
      },
      'en',
    );
    expect(view.warnings).toEqual([]);
    expect(view.standard).toEqual({ words: 'VietGAP', good: true });
    expect(JSON.stringify(view)).not.toMatch(/Bà Mẫu|Cán bộ|0912345678/);
    const { lotId: leaf } = await as(specialist, (ctx) => recordTicket(ctx, aTicket(house)));
    await expect(as(anonymous, (ctx) => storyOf(ctx, leaf))).rejects.toMatchObject({ status: 404 });
    await expect(standing(null, 'G261123-222222')).rejects.toMatchObject({ code: 'trace.lot.not_found' });
    const elsewhere = as(anonymous, (ctx) => standingOf(ctx, { gtin: GTIN, code, serial: null }), {
      commune: world.neighbour,
    });
    await expect(elsewhere).rejects.toMatchObject({ status: 404 });
  });

  it('is told of a number that was never printed, and of one scanned all over', async () => {
    const run = await as(specialist, (ctx) =>
      printLabels(ctx, pack, { paper: 'roll-50x30', serialised: true, count: 2 }),
    );
    const { rows } = await world.owner.query('select serial from trace_serial where run_id = $1', [run]);
    const serial = (rows[0] as { serial: string }).serial;
    expect((await standing(serial)).serial).toBe('printed');
    expect((await standing('22222222')).serial).toBe('unknown');
    const scans = { lotId: pack, serial, day: localDate('2026-11-22'), scans: 30, marks: 0b111n };
    await as(system, (ctx) => countScans(ctx, [scans]));
    expect((await standing(serial)).serial).toBe('printed');
    await as(system, (ctx) => countScans(ctx, [{ ...scans, marks: 0b11110000n }]));
    expect((await standing(serial)).serial).toBe('suspicious');
    const { rows: kept } = await world.owner.query('select * from trace_scan');
    expect(Object.keys(kept[0] as object).sort()).toEqual([
      'commune_id',
      'day',
      'lot_id',
      'places',
      'scans',
      'serial',
    ]);
  });

  it('whose pack’s number was copied or made up shows at the desk of whoever answers for the lot', async () => {
    const { pack: lotId } = await as(specialist, (ctx) => packOf(ctx, house));
    const run = await as(specialist, (ctx) =>
      printLabels(ctx, lotId, { paper: 'a4-24', serialised: true, count: 2 }),
    );
    const paper = await as(specialist, (ctx) => sheetOf(ctx, run));
    const [copied, fine] = Object.values(paper.codes!).map((link) => link.split('/21/')[1]!);
    const day = localDate('2026-11-20');
    const counts = [
      { lotId, serial: copied!, day, scans: 90, marks: 7n },
      { lotId, serial: fine!, day, scans: 3, marks: 1n },
      { lotId, serial: 'MADEUP', day, scans: 1, marks: 1n },
      { lotId, serial: null, day, scans: 500, marks: 1n },
    ];
    await as(system, (ctx) => countScans(ctx, counts));
    const flagged = await as(specialist, (ctx) => flaggedPacks(ctx, { lotId }));
    expect(flagged.map(({ serial, scans, places, unknown }) => [serial, scans, places, unknown])).toEqual([
      [copied, 90, 3, false],
      ['MADEUP', 1, 1, true],
    ]);
    expect(await as(specialist, (ctx) => scansOf(ctx, lotId))).toBe(594);
    const elsewhere = official({ role: 'hamlet_head', hamletId: randomUUID() });
    expect(await as(elsewhere, (ctx) => flaggedPacks(ctx))).toEqual([]);
    await expect(as(elsewhere, (ctx) => scansOf(ctx, lotId))).rejects.toMatchObject({ code: 'refused' });
  });

  it('writes to the producer, whose officials read it', async () => {
    await as(anonymous, (ctx) =>
      sendFeedback(ctx, { gtin: GTIN, code, serial: null }, { body: 'Chè ngon.' }),
    );
    const head = official({ role: 'hamlet_head', hamletId: house.hamletId });
    const [one] = await as(head, (ctx) => listFeedback(ctx));
    expect(one).toMatchObject({ body: 'Chè ngon.', answer: null });
    await as(head, (ctx) => answerFeedback(ctx, one!.id, { answer: 'Đã gọi lại.' }));
    const elsewhere = official({ role: 'hamlet_head', hamletId: randomUUID() });
    expect(await as(elsewhere, (ctx) => listFeedback(ctx))).toEqual([]);
    await expect(
      as(elsewhere, (ctx) => answerFeedback(ctx, one!.id, { answer: 'Đã gọi lại.' })),
    ).rejects.toMatchObject({
      code: 'refused',
    });
    expect((await as(head, (ctx) => listFeedback(ctx)))[0]).toMatchObject({
      answer: 'Đã gọi lại.',
      answeredName: 'Cán bộ Thử',
    });
    await expect(
      as(head, (ctx) => answerFeedback(ctx, one!.id, { answer: 'Lần nữa.' })),
    ).rejects.toMatchObject({ code: 'trace.feedback.answered' });
    await expect(as(anonymous, (ctx) => listFeedback(ctx))).rejects.toMatchObject({ status: 401 });
  });
});

describe('labels', () => {
  it('are refused before a release, while held, and beyond what the lot makes; a reprint says why', async () => {
    const { pack: other } = await as(specialist, (ctx) => packOf(ctx, house));
    const print = (count: number) =>
      as(specialist, (ctx) => printLabels(ctx, other, { paper: 'a4-24', serialised: true, count }));
    await expect(print(54)).rejects.toMatchObject({ code: 'trace.label.too_many', params: { most: 53 } });
    const run = await print(50);
    await expect(print(4)).rejects.toMatchObject({ code: 'trace.label.too_many' });
    const paper = await as(specialist, (ctx) => sheetOf(ctx, run));
    expect(Object.keys(paper.codes!)).toHaveLength(50);
    const later = { now: new Date('2026-11-23T10:00:00+07:00') };
    await expect(as(specialist, (ctx) => sheetOf(ctx, run), later)).rejects.toMatchObject({ status: 410 });
    await expect(as(official('specialist'), (ctx) => sheetOf(ctx, run))).rejects.toMatchObject({
      status: 410,
    });
    await expect(as(specialist, (ctx) => reprintLabels(ctx, run, { reason: '' }))).rejects.toMatchObject({
      code: 'input.invalid',
    });
    const again = await as(
      specialist,
      (ctx) => reprintLabels(ctx, run, { reason: 'Máy in kẹt giấy' }),
      later,
    );
    const same = await as(specialist, (ctx) => sheetOf(ctx, again), later);
    expect(same.codes).toEqual(paper.codes);
    await as(specialist, (ctx) => holdLot(ctx, other, { reason: 'x' }));
    for (const verb of [
      () => print(1),
      () => as(specialist, (ctx) => sheetOf(ctx, run)),
      () => as(specialist, (ctx) => reprintLabels(ctx, run, { reason: 'x' })),
    ])
      await expect(verb()).rejects.toMatchObject({ code: 'trace.lot.held' });
    const leaf = await as(specialist, (ctx) => recordTicket(ctx, aTicket(house)));
    const unreleased = as(specialist, (ctx) =>
      printLabels(ctx, leaf.lotId, { paper: 'a4-24', serialised: false, count: 1 }),
    );
    await expect(unreleased).rejects.toMatchObject({ code: 'trace.label.not_released' });
  });
});

it('a recall stands first on the page, in the words for buyers', async () => {
  const { pack: bad, code: lot } = await as(specialist, (ctx) => packOf(ctx, house));
  const recall = {
    id: randomUUID(),
    lotIds: [bad],
    reason: 'Nội bộ',
    publicVi: 'Xin đừng dùng.',
    publicEn: 'Do not use.',
  };
  await as(specialist, (ctx) => startRecall(ctx, recall));
  const now = await standing(null, lot);
  expect(now).toMatchObject({ state: 'recalled', recall: { vi: 'Xin đừng dùng.', en: 'Do not use.' } });
  const story = await as(anonymous, (ctx) => storyOf(ctx, now.lotId));
  const given = {
    asked: { gtin: GTIN, code: lot, serial: null },
    path: '/',
    standing: now,
    story,
    commune: 'x',
    demo: true,
    today: localDate('2029-01-01'),
  };
  expect(viewOf(given, 'en').warnings.map(({ tone, text }) => [tone, text])).toEqual([
    ['stop', 'Do not use.'],
    ['care', expect.stringContaining('23 May 2028')],
  ]);
  expect(JSON.stringify(viewOf(given, 'vi'))).not.toContain('Nội bộ');
});
