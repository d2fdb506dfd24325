import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyRanges,
  EMPTY_ROOT,
  foldSubtrees,
  inclusionRanges,
  isConsistent,
  leafHash,
  rootFromInclusion,
  rootOf,
  subtreesOf,
  type Range,
} from './merkle.ts';

/** The oracle: section 2.1 of RFC 6962 word for word, over the data itself. */
const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
function half(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
function mth(data: readonly Uint8Array[]): Buffer {
  if (data.length === 0) return sha();
  if (data.length === 1) return sha(Buffer.from([0]), data[0]!);
  const k = half(data.length);
  return sha(Buffer.from([1]), mth(data.slice(0, k)), mth(data.slice(k)));
}
function path(m: number, data: readonly Uint8Array[]): Buffer[] {
  if (data.length === 1) return [];
  const k = half(data.length);
  return m < k
    ? [...path(m, data.slice(0, k)), mth(data.slice(k))]
    : [...path(m - k, data.slice(k)), mth(data.slice(0, k))];
}
function subproof(m: number, data: readonly Uint8Array[], whole: boolean): Buffer[] {
  if (m === data.length) return whole ? [] : [mth(data)];
  const k = half(data.length);
  return m <= k
    ? [...subproof(m, data.slice(0, k), whole), mth(data.slice(k))]
    : [...subproof(m - k, data.slice(k), false), mth(data.slice(0, k))];
}

/** What a keeper of hashes answers for a run of leaves. */
function hashOf(data: readonly Uint8Array[]) {
  const leaves = data.map(leafHash);
  return (run: Range) =>
    foldSubtrees(
      subtreesOf(run).map(({ level, index }) =>
        rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
      ),
    );
}

const someData = fc.array(fc.uint8Array({ maxLength: 5 }), { minLength: 1, maxLength: 600 });
const flip = (bytes: Uint8Array, at: number) => {
  const other = Buffer.from(bytes);
  other[at % other.length]! ^= 1 << (at % 8);
  return other;
};

describe('the tree of RFC 6962', () => {
  it('agrees with the RFC’s own recursion: roots, paths, consistency proofs', () => {
    fc.assert(
      fc.property(someData, fc.nat(), fc.nat(), (data, a, b) => {
        const size = data.length;
        const of = hashOf(data);
        expect(rootOf(data.map(leafHash))).toEqual(mth(data));
        expect(of([0, size])).toEqual(mth(data));
        const index = a % size;
        const proof = inclusionRanges(index, size).map(of);
        expect(proof).toEqual(path(index, data));
        expect(rootFromInclusion(index, size, leafHash(data[index]!), proof)).toEqual(mth(data));
        const older = 1 + (b % size);
        const between = consistencyRanges(older, size).map(of);
        expect(between).toEqual(subproof(older, data, true));
        const [was, is] = [
          { size: older, root: mth(data.slice(0, older)) },
          { size, root: mth(data) },
        ];
        expect(isConsistent(was, is, between)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('says no when one bit of a leaf, a proof or a root is another, or a hash is missing or too many', () => {
    fc.assert(
      fc.property(someData, fc.nat(), fc.nat(), fc.nat(), (data, a, b, c) => {
        const size = data.length;
        const of = hashOf(data);
        const root = of([0, size]);
        const [index, older] = [a % size, 1 + (b % size)];
        const leaf = leafHash(data[index]!);
        const proof = inclusionRanges(index, size).map(of);
        const wrong = [
          rootFromInclusion(index, size, flip(leaf, c), proof),
          rootFromInclusion(index, size, leaf, [...proof, root]),
          ...proof.map((_, at) => rootFromInclusion(index, size, leaf, proof.with(at, flip(proof[at]!, c)))),
          ...(proof.length > 0 ? [rootFromInclusion(index, size, leaf, proof.slice(1))] : []),
        ];
        for (const found of wrong) expect(found).not.toEqual(root);
        const between = consistencyRanges(older, size).map(of);
        const was = { size: older, root: of([0, older]) };
        const is = { size, root };
        expect(isConsistent({ ...was, root: flip(was.root, c) }, is, between)).toBe(false);
        expect(isConsistent(was, { ...is, root: flip(root, c) }, between)).toBe(false);
        expect(isConsistent(was, is, [...between, root])).toBe(false);
        for (const [at, hash] of between.entries())
          expect(isConsistent(was, is, between.with(at, flip(hash, c)))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('has the roots and proofs of Certificate Transparency’s test data', () => {
    const data = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ].map((hex) => Buffer.from(hex, 'hex'));
    const roots = [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    expect(roots.map((_, size) => rootOf(data.slice(0, size).map(leafHash)).toString('hex'))).toEqual(roots);
    expect(EMPTY_ROOT.toString('hex')).toBe(roots[0]);
    const hex = (ranges: Range[]) => ranges.map((run) => hashOf(data)(run).toString('hex'));
    expect(hex(inclusionRanges(0, 8))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(hex(consistencyRanges(6, 8))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hex(consistencyRanges(2, 5))).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
  });

  it('refuses leaves and trees that do not exist', () => {
    for (const [index, size] of [
      [0, 0],
      [5, 5],
      [-1, 3],
      [0.5, 3],
      [0, Number.MAX_VALUE],
    ] as const) {
      expect(() => inclusionRanges(index, size)).toThrow(RangeError);
      expect(rootFromInclusion(index, size, EMPTY_ROOT, [])).toBeNull();
    }
    for (const [older, newer] of [
      [0, 5],
      [6, 5],
      [-1, 5],
    ] as const)
      expect(() => consistencyRanges(older, newer)).toThrow(RangeError);
    expect(isConsistent({ size: 6, root: EMPTY_ROOT }, { size: 5, root: EMPTY_ROOT }, [])).toBe(false);
  });
});
