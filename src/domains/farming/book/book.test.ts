/** What stands in a book, and who may read it. */
import { beforeAll, expect, it } from 'vitest';
import { renderPdf } from '#kernel/documents/render.server';
import { localDate } from '#kernel/time';
import { official, useWorld } from '#test/world';
import { aPick, aSpray } from '../diary/fixtures.ts';
import { diaryStage, NOW } from '../diary/stage-fixture.ts';
import { addStock } from '../input/stock.actions.ts';
import { hasTool, pdfText } from '#test/poppler';
import { bookPeriods, readBookOf } from './book.queries.ts';
import { bookPaper, bookSheets, fileNameOf, readFileName } from './edge.paper.ts';

const world = useWorld();
let stage: Awaited<ReturnType<typeof diaryStage>>;
const YEAR = { from: localDate('2026-01-01'), to: localDate('2026-11-23') };
const PERIOD = { ...YEAR, kind: 'vietgap', certified: false } as const;

beforeAll(async () => {
  stage = await diaryStage(world);
  const plot = await stage.plot();
  const there = await stage.plot(stage.other, stage.mau);
  const base = { plot_ids: [plot], household_id: stage.household };
  const wrong = aPick({ ...base, at: '2026-05-01' });
  await stage.send([
    aSpray({ ...base, at: '2026-04-01' }),
    wrong,
    {
      ...wrong,
      id: crypto.randomUUID(),
      corrects: wrong.id,
      details: { leaf_g: 7_700, grade: 'bup' },
    } as never,
    aPick({ ...base, at: '2025-05-01' }),
  ]);
  await stage.send(
    [aPick({ plot_ids: [there], household_id: stage.other, at: '2026-05-02' })],
    stage.specialist,
  );
  const bought = {
    productCode: 'matrine',
    boughtOn: '2026-03-20',
    quantity: 2,
    unit: 'l',
    lot: 'L-77',
  } as const;
  await stage.as(stage.grower, (ctx) => addStock(ctx, { ...bought, householdId: stage.household }));
});

it('holds what counts of the period, the oldest first, with what was bought', async () => {
  const book = await stage.as(stage.grower, (ctx) => readBookOf(ctx, { householdId: stage.household }, YEAR));
  expect(book.entries.map(({ kind, happenedOn }) => [kind, happenedOn])).toEqual([
    ['spray', '2026-04-01'],
    ['pick', '2026-05-01'],
  ]);
  expect(book.entries[0]).toMatchObject({ phiDays: expect.any(Number), harvestFrom: expect.any(String) });
  expect(book.entries[1]!.details['leaf_g']).toBe(7_700);
  expect(book.stock.map(({ lot }) => lot)).toEqual(['L-77']);
  expect(book.plots).toHaveLength(1);
});

it('a group’s book is that of its members, for their technician and for officials', async () => {
  for (const actor of [stage.technician, stage.specialist]) {
    const book = await stage.as(actor, (ctx) => readBookOf(ctx, { producerId: stage.producerId }, YEAR));
    expect(book.subject).toBe('HTX Mẫu');
    expect(book.entries.map(({ householdId }) => householdId)).toEqual([stage.household, stage.household]);
  }
});

it('is closed to others; the head of another hamlet sees nothing of it', async () => {
  for (const subject of [{ householdId: stage.household }, { producerId: stage.producerId }])
    await expect(stage.as(stage.neighbour, (ctx) => readBookOf(ctx, subject, YEAR))).rejects.toMatchObject({
      code: 'refused',
    });
  const head = official({ role: 'hamlet_head', hamletId: stage.mau });
  const book = await stage.as(head, (ctx) => readBookOf(ctx, { householdId: stage.household }, YEAR));
  expect([book.entries, book.plots, book.stock, book.subject]).toEqual([[], [], [], '']);
});

it('is drawn as paper and sheets, with a name that says whose days it holds', async () => {
  const book = await stage.as(stage.specialist, (ctx) =>
    readBookOf(ctx, { householdId: stage.household }, YEAR),
  );
  const pdf = await renderPdf(bookPaper(world.commune, book, PERIOD, NOW));
  if (hasTool('pdftotext')) {
    const text = pdfText(Buffer.from(pdf)).replaceAll(/\s+/g, ' ');
    for (const word of ['SỔ GHI CHÉP SẢN XUẤT CHÈ', 'L-77', 'rầy xanh', '7,7', '01/05/2026'])
      expect(text).toContain(word);
  }
  const sheets = bookSheets(book, 'vi');
  expect(sheets).toHaveLength(7);
  const name = fileNameOf(PERIOD, 'pdf');
  expect(readFileName(name)).toEqual({ kind: 'vietgap', ...YEAR, format: 'pdf' });
  expect(readFileName('../so-vietgap-2026-01-01-2026-11-23.pdf')).toBeUndefined();
  const periods = await stage.as(stage.grower, (ctx) => bookPeriods(ctx, { householdId: stage.household }));
  expect(periods).toEqual([{ kind: 'vietgap', from: '2025-11-24', to: '2026-11-23', certified: false }]);
});
