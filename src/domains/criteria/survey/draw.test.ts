import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawSample, FEWEST, resultOf, resultsByHamlet } from './draw.ts';

const ids = fc.uniqueArray(fc.uuid(), { maxLength: 60 });
const answers = fc.array(
  fc.record({ hamletId: fc.constantFrom('a', 'b', 'c', 'd'), score: fc.integer({ min: 1, max: 5 }) }),
  { maxLength: 60 },
);

describe('a draw', () => {
  it('is the same again from the same seed, in whatever order the households stand', () => {
    fc.assert(
      fc.property(ids, fc.string(), fc.nat(70), (frame, seed, size) => {
        const drawn = drawSample(frame, seed, size);
        expect(drawSample(frame.toReversed(), seed, size)).toEqual(drawn);
        expect(drawn.length).toBe(Math.min(size, frame.length));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn.every((id) => frame.includes(id))).toBe(true);
        expect(drawSample(frame, seed, size + 1).slice(0, drawn.length)).toEqual(drawn);
      }),
    );
  });

  it('takes every household about as often, over many seeds', () => {
    const frame = Array.from({ length: 20 }, (_, at) => `household-${at}`);
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed += 1)
      for (const id of drawSample(frame, String(seed), 5)) counts.set(id, (counts.get(id) ?? 0) + 1);
    // 500 expected of each, a standard deviation below 20.
    for (const id of frame) expect(Math.abs(counts.get(id)! - 500)).toBeLessThan(100);
  });
});

describe('results', () => {
  it('hold the share of the sample within what is told of everybody', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 80 }), (scores) => {
        const found = resultOf(scores);
        expect(found === null).toBe(scores.length < FEWEST);
        if (found === null) return;
        const { share, low, high, content, answers: count } = found;
        expect(share).toBeCloseTo(content / count, 12);
        expect(low >= 0 && low <= share + 1e-12 && share <= high + 1e-12 && high <= 1).toBe(true);
      }),
    );
  });

  it('are Wilson’s: 40 of 50 lie between 67 and 88.8 per cent', () => {
    const scores = [...Array.from({ length: 40 }, () => 5), ...Array.from({ length: 10 }, () => 2)];
    expect(resultOf(scores)).toMatchObject({ low: expect.closeTo(0.67, 3), high: expect.closeTo(0.8876, 3) });
  });

  it('of a hamlet under five cannot be worked out from the others and the whole', () => {
    fc.assert(
      fc.property(answers, (all) => {
        const found = resultsByHamlet(all);
        const hidden = [...found].filter(([, result]) => result === null);
        for (const [id, result] of found)
          if (all.filter(({ hamletId }) => hamletId === id).length < FEWEST) expect(result).toBeNull();
        if (found.size > 1) expect(hidden.length).not.toBe(1);
      }),
    );
  });
});
