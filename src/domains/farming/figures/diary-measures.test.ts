/** The diary's measures on random entries: the number is the count of its list, and both are those of a plain model. */
import { beforeAll, expect, it } from 'vitest';
import type { MeasureRecord } from '#kernel/measures';
import { addDays, localDate, type LocalDate } from '#kernel/time';
import { anonymous, official, useWorld } from '#test/world';
import { aPick, aSpray, aWork } from '../diary/fixtures.ts';
import { diaryStage, NOW } from '../diary/stage-fixture.ts';
import { DIARY_MEASURES } from './diary-measures.ts';

const world = useWorld();
const FIRST = localDate('2026-01-05');
const day = (number: number): LocalDate => addDays(FIRST, number);

type Known = { kind: string; on: number; hamlet: string; plots: string[]; leafG: number; counts: boolean };
const model: Known[] = [];
let stage: Awaited<ReturnType<typeof diaryStage>>;

beforeAll(async () => {
  stage = await diaryStage(world);
  const head = official('specialist');
  const plots = { [stage.khe]: [] as string[], [stage.mau]: [] as string[] };
  for (let at = 0; at < 6; at += 1) {
    plots[stage.khe]!.push(await stage.plot());
    plots[stage.mau]!.push(await stage.plot(stage.other, stage.mau));
  }
  for (let at = 0; at < 60; at += 1) {
    const hamlet = at % 3 ? stage.khe : stage.mau;
    const plot_ids = [plots[hamlet]![at % 6]!, plots[hamlet]![(at * 5 + 1) % 6]!];
    const on = (at * 53) % 300;
    const household_id = hamlet === stage.khe ? stage.household : stage.other;
    const base = { plot_ids, household_id, at: day(on) };
    const leafG = 1_000 + at * 137;
    const kind = (['pick', 'care', 'spray', 'pick'] as const)[at % 4]!;
    const made =
      kind === 'pick'
        ? aPick(base, { leaf_g: leafG })
        : kind === 'spray'
          ? aSpray(base, { product_code: 'bt', dose: 100, dose_unit: 'g_per_ha' })
          : aWork(base);
    const [outcome] = await stage.send([made], head);
    if (outcome!.state === 'refused') continue;
    const one = {
      kind,
      on,
      hamlet,
      plots: [...new Set(plot_ids)],
      leafG: kind === 'pick' ? leafG : 0,
      counts: true,
    };
    model.push(one);
    if (at % 7 !== 0) continue;
    const again = await stage.send(
      [{ ...made, id: crypto.randomUUID(), corrects: made.id, voids: at % 2 === 0 }],
      head,
    );
    if (again[0]!.state === 'refused') continue;
    one.counts = at % 2 !== 0;
  }
}, 120_000);

const KINDS: Record<string, string> = {
  'farming.sprays': 'spray',
  'farming.fertilisings': 'fertilise',
  'farming.picks': 'pick',
  'farming.leaf_picked': 'pick',
};

function expected(name: string, on: number, hamlet: string | null) {
  const first = name === 'farming.plots_with_diary' ? on - 89 : -Infinity;
  const found = model.filter(
    (one) =>
      one.counts &&
      first <= one.on &&
      one.on <= on &&
      (hamlet === null || one.hamlet === hamlet) &&
      (KINDS[name] === undefined || one.kind === KINDS[name]),
  );
  if (name === 'farming.plots_with_diary') {
    const count = new Set(found.flatMap(({ plots }) => plots)).size;
    return { count, value: count };
  }
  const leaf = found.reduce((sum, { leafG }) => sum + leafG, 0) / 1_000;
  return { count: found.length, value: name === 'farming.leaf_picked' ? leaf : found.length };
}

it.each(DIARY_MEASURES.map((measure) => [measure.name, measure] as const))('%s', async (name, measure) => {
  let seen = 0;
  for (const on of [-1, 0, 60, 150, 151, 240, 299, 320, 400])
    for (const scope of ['commune', `hamlet:${stage.khe}`, `hamlet:${stage.mau}`, 'hamlet:none']) {
      const wanted = expected(name, on, scope === 'commune' ? null : scope.slice('hamlet:'.length));
      await world.as(
        official('specialist'),
        async (ctx) => {
          const question = { asOf: day(on), scope };
          const value = await measure.compute(ctx, question);
          const records: MeasureRecord[] = [];
          for (let offset = 0; ; offset += 7) {
            const page = await measure.list(ctx, question, 'numerator', { offset, limit: 7 });
            expect(page.total).toBe(value.numerator);
            records.push(...page.records);
            if (page.records.length < 7) break;
          }
          expect([value.numerator, records.length, new Set(records.map(({ id }) => id)).size]).toEqual(
            Array(3).fill(wanted.count),
          );
          expect(value.value).toBeCloseTo(wanted.value, 9);
        },
        { now: NOW },
      );
      seen += wanted.count;
    }
  if (name !== 'farming.fertilisings') expect(seen).toBeGreaterThan(5);
});

it('strangers see what was done where and when: no plot, no link', async () => {
  for (const measure of DIARY_MEASURES) {
    const question = { asOf: day(300), scope: 'commune' };
    const { records } = await world.as(anonymous, (ctx) =>
      measure.list(ctx, question, 'numerator', { offset: 0, limit: 100 }),
    );
    const text = JSON.stringify(records);
    expect(text).not.toMatch(/KC-\d|M12-\d/);
    for (const { plots } of model) for (const id of plots) expect(text).not.toContain(id);
    expect(records.every(({ href }) => href === null)).toBe(true);
  }
});
