import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeFrom, saidMade, walkedOn, type Corner } from './walk.ts';

const [LNG, LAT] = [105.77, 21.72];
/** So many metres to the north of the first corner. */
const north = (metres: number, accuracyM = 5) => ({
  at: [LNG, LAT + metres / 111_195] as [number, number],
  accuracyM,
});
const walked = (...fixes: ReturnType<typeof north>[]) => fixes.reduce(walkedOn, [] as readonly Corner[]);

describe('a walk round a plot', () => {
  it('keeps corners some steps apart, and none of a fix that may be anywhere', () => {
    expect(walked(north(0), north(2), north(3.9), north(5), north(6), north(9.5))).toEqual([
      north(0),
      north(5),
      north(9.5),
    ]);
    expect(walked(north(0, 26), north(40, 300))).toEqual([]);
  });

  it('takes longer steps where the telephone is less sure', () => {
    expect(walked(north(0, 20), north(8, 20), north(12, 20))).toEqual([north(0, 20), north(12, 20)]);
  });

  it('standing still gives one corner, however the fix trembles', () => {
    const tremble = fc.array(fc.double({ min: -1.9, max: 1.9, noNaN: true }), { minLength: 1 });
    fc.assert(fc.property(tremble, (metres) => walked(...metres.map((one) => north(one))).length === 1));
  });

  it('is said to be walked with its worst accuracy; with one drawn corner it is a drawing', () => {
    const [some, other] = [north(0, 4.2), north(9, 11.4)];
    expect(madeFrom([some, other])).toEqual({ madeBy: 'walk', accuracyM: 12 });
    expect(madeFrom([some, { ...other, accuracyM: null }])).toEqual({ madeBy: 'draw', accuracyM: null });
    expect(madeFrom([])).toEqual({ madeBy: 'draw', accuracyM: null });
  });

  it('is what a form says of it, and corners without a picture were typed', () => {
    expect(saidMade({ madeBy: 'walk', accuracyM: '12' })).toEqual({ madeBy: 'walk', accuracyM: 12 });
    expect(saidMade({ madeBy: 'draw', accuracyM: '12' })).toEqual({ madeBy: 'draw', accuracyM: null });
    expect(saidMade({ madeBy: 'import' })).toEqual({ madeBy: 'typed', accuracyM: null });
    expect(saidMade({})).toEqual({ madeBy: 'typed', accuracyM: null });
  });
});
