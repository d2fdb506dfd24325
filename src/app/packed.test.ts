import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packing, takesGzip } from './packed.ts';

describe('a page in two parts', () => {
  it('comes back whole from gzip, whatever the parts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom('', 'chè '.repeat(20_000)),
    );
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 3 }), (head, ends) => {
        const page = packing(head);
        for (const end of ends) {
          const { plain, gzip } = page(end);
          expect(plain().equals(Buffer.concat([Buffer.from(head), Buffer.from(end)]))).toBe(true);
          expect(gunzipSync(gzip()).equals(plain())).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

it('gzip is taken only where it is asked for', () => {
  for (const yes of ['gzip', 'gzip, deflate, br', 'br;q=1.0, gzip;q=0.8', 'deflate,GZIP;q=0.001', 'x-gzip'])
    expect([yes, takesGzip(yes)]).toEqual([yes, true]);
  for (const no of ['', 'br', 'identity', 'gzip;q=0', 'gzip;q=0.00, br', 'gzipped', 'notgzip'])
    expect([no, takesGzip(no)]).toEqual([no, false]);
});
