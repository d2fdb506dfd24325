import fc from 'fast-check';
import { decode as decodeByOther, encode as encodeByOther, expand } from 'pluscodes';
import { describe, expect, it } from 'vitest';
import {
  decodeLocation,
  encodeLocation,
  isFullCode,
  readCode,
  recoverCode,
  shortenCode,
} from './open-location-code.ts';

const TUC_TRANH = { lat: 21.722373, lng: 105.770329 };

describe('a location code', () => {
  it.each([
    [20.375, 2.775, 6, '7FG49Q00+'],
    [20.3700625, 2.7821875, 10, '7FG49QCJ+2V'],
    [47.0000625, 8.0000625, 10, '8FVC2222+22'],
    [-41.2730625, 174.7859375, 10, '4VCPPQGP+Q9'],
    [21.722373, 105.770329, 10, '7PH7PQCC+W4'],
    [21.7044, 105.772, 10, '7PH7PQ3C+QR'],
    [90, 1, 4, 'CFX30000+'],
    [1, 180, 4, '62H20000+'],
    [-90, -180, 10, '22222222+22'],
  ])('of %d, %d with %d signs is %s', (lat, lng, length, code) => {
    expect(encodeLocation({ lat, lng }, length)).toBe(code);
    expect(decodeLocation(code).length).toBe(length);
  });

  it('is that of an independent implementation on 100,000 points, there and back', () => {
    const lengths = [4, 6, 8, 10, 11, 12];
    // Evenly over the world; never on the edge of a cell, where the other one rounds to the wrong side.
    const degree = (most: number) =>
      fc.integer({ min: -most * 1e7, max: most * 1e7 - 1 }).map((units) => (units + 0.3) / 1e7);
    let differing = 0;
    fc.assert(
      fc.property(degree(90), degree(180), fc.constantFrom(...lengths), (lat, lng, length) => {
        const code = encodeLocation({ lat, lng }, length);
        const other = encodeByOther({ latitude: lat, longitude: lng }, length);
        if (code !== other) differing += 1;
        const area = decodeLocation(code);
        const theirs = decodeByOther(code)!;
        // The other one rounds to millionths of a degree.
        if (Math.abs(area.lat - theirs.latitude) > 1e-6) differing += 1;
        if (Math.abs(area.lng - theirs.longitude) > 1e-6) differing += 1;
      }),
      { numRuns: 100_000 },
    );
    expect(differing).toBe(0);
  });

  it('is shortened near a place and means the same again there', () => {
    expect(shortenCode('7PH7PQCC+W4', TUC_TRANH)).toBe('+W4');
    expect(shortenCode('7PH7PQ3C+QR', TUC_TRANH)).toBe('PQ3C+QR');
    expect(recoverCode('PQ3C+QR', TUC_TRANH)).toBe('7PH7PQ3C+QR');
    const offset = fc.double({ min: -0.6, max: 0.6, noNaN: true });
    const lat = fc.double({ min: -80, max: 80, noNaN: true });
    const lng = fc.double({ min: -180, max: 180, noNaN: true });
    fc.assert(
      fc.property(lat, lng, offset, offset, (south, west, north, east) => {
        const code = encodeLocation({ lat: south, lng: west });
        const from = { lat: south + north, lng: west + east };
        const short = shortenCode(code, from);
        expect(code.endsWith(short)).toBe(true);
        expect(recoverCode(short, from)).toBe(code);
      }),
      { numRuns: 5000 },
    );
    expect(recoverCode('PQ3C+QR', TUC_TRANH)).toBe(
      expand('PQ3C+QR', { latitude: TUC_TRANH.lat, longitude: TUC_TRANH.lng }),
    );
  });

  it('is read as people type it, and nothing else is one', () => {
    expect(readCode(' 7ph7 pqcc + w4 ')).toBe('7PH7PQCC+W4');
    for (const code of [
      '',
      '+',
      'PQCCW4',
      'PQC+W4',
      '7PH7PQCC+W',
      'APH7PQCC+W4',
      '7PH70000+W4',
      '0'.repeat(99),
    ])
      expect(readCode(code), code).toBeUndefined();
    for (const code of ['PQCC+W4', 'X2222222+22', '2X222222+22', '7PH7PQCC+W4'])
      expect(isFullCode(code), code).toBe(code === '7PH7PQCC+W4');
    expect(recoverCode('không phải mã', TUC_TRANH)).toBeUndefined();
    expect(() => decodeLocation('PQCC+W4')).toThrow(RangeError);
    expect(() => encodeLocation(TUC_TRANH, 9)).toThrow(RangeError);
    expect(() => encodeLocation({ lat: NaN, lng: 0 })).toThrow(RangeError);
  });
});
