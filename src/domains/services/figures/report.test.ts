/** The report that goes upwards: its period, what it freezes, and that paper and sheets say the same. */
import { beforeAll, describe, expect, it } from 'vitest';
import { liveRandomly } from '#test/lives';
import { citizen, official, useWorld } from '#test/world';
import { localDate } from '#kernel/time';
import { channelWords, spanWords } from './figure-words.ts';
import { MEASURES } from './measures.ts';
import { reportPeriod } from './report-period.ts';
import { drawReport, reportOf, reportSheets, type Report } from './report.ts';

describe('the period of a report', () => {
  const today = localDate('2026-08-20');

  it('is a quarter or a year, cut at today while it runs', () => {
    expect(reportPeriod('2026-1', today)).toEqual({
      range: { first: '2026-01-01', last: '2026-03-31' },
      words: 'quý I năm 2026',
    });
    expect(reportPeriod('2026', today)).toEqual({
      range: { first: '2026-01-01', last: today },
      words: 'năm 2026',
    });
    expect(reportPeriod(null, today)).toEqual(reportPeriod('2026-3', today));
    expect(reportPeriod(null, today).words).toBe('quý III năm 2026');
  });

  it.each(['2026-4', '2027', '2026-5', '2026-03', '1999', ''])('is refused as %j', (text) => {
    expect(() => reportPeriod(text, today)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });
});

describe('a report', () => {
  const world = useWorld();
  const now = new Date('2026-04-20T09:00:00+07:00');
  const question = { from: localDate('2026-01-01'), asOf: localDate('2026-03-31'), scope: 'commune' };
  const draw = (actor: Parameters<typeof world.as>[0], locale: 'vi' | 'en' = 'vi') =>
    world.as(actor, (ctx) => drawReport(ctx, 'quý I năm 2026', question), { now, locale });
  let report: Report;
  beforeAll(async () => {
    await liveRandomly(world, 30);
    report = await draw(official('leader'));
  }, 120_000);

  it('holds every measure once, as it is counted by itself', async () => {
    expect(report.figures.map(({ measure }) => measure)).toEqual(MEASURES.map(({ name }) => name));
    const alone = await world.as(official('leader'), (ctx) => MEASURES[0]!.compute(ctx, question), { now });
    expect(report.figures[0]).toMatchObject(alone);
    expect(report.figures[0]!.numerator).toBeGreaterThan(5);
    expect(report.drawnAt).toEqual(now);
  });

  it('divides what was received without remainder, by procedure, by hamlet and by way of filing', () => {
    const received = report.figures.find(({ measure }) => measure === 'services.dossiers.received')!;
    expect(report.tables.map(({ title }) => title)).toEqual(['Theo thủ tục', 'Theo xóm', 'Theo cách nộp']);
    for (const { title, rows } of report.tables) {
      const sum = rows.reduce((total, row) => total + row.received.value!, 0);
      expect(sum, title).toBe(received.numerator);
    }
  });

  it('is Vietnamese whoever draws it, while the words of the figures follow their reader', async () => {
    const english = await draw(official('leader'), 'en');
    expect(english).toEqual(report);
    expect(spanWords(question, 'vi')).toBe('từ 01/01/2026 đến 31/03/2026');
    expect(spanWords(question, 'en')).not.toBe(spanWords(question, 'vi'));
    expect(channelWords('online', 'en')).not.toBe(channelWords('online', 'vi'));
  });

  it('says the same on paper and in the sheets', () => {
    const frame = {
      head: { authority: null, desk: 'Một cửa', number: null, place: 'Xã', issuedAt: now, demo: true },
      signer: { above: [], title: 'Chủ tịch', name: null },
      recipients: [],
    };
    const paper = reportOf(report, frame);
    expect(paper.subject).toContain('quý I năm 2026');
    expect(paper.asOf).toContain('20/04/2026');
    expect(paper.summary).toHaveLength(4);
    const [figures, ...groups] = reportSheets(report);
    const [common, details] = paper.sections;
    expect(common!.tables[0]!.rows.map((row) => row[1])).toEqual(report.figures.map((one) => one.display));
    expect([...(figures!.rows as Iterable<unknown>)]).toEqual(report.figures);
    for (const [at, sheet] of groups.entries()) {
      const cells = [...(sheet.rows as Iterable<unknown>)].map((row) =>
        sheet.columns.map(({ value }) => String(value(row))),
      );
      const written = details!.tables[at]!.rows;
      expect(cells.map((row) => [row[0], row[1]])).toEqual(written.map((row) => [row[0], row[1]]));
    }
  });

  it('is not for strangers, citizens or another commune’s figures', async () => {
    await expect(draw(citizen())).rejects.toMatchObject({ code: 'refused' });
    const theirs = await world.as(official('leader'), (ctx) => drawReport(ctx, 'quý I năm 2026', question), {
      now,
      commune: world.neighbour,
    });
    expect(theirs.figures.every(({ numerator }) => numerator === 0)).toBe(true);
    expect(theirs.tables.flatMap(({ rows }) => rows)).toEqual([]);
  });
});
