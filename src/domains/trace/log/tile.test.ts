import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTilePath, runOfTile, tilePath, tilesOf, type Tile } from './tile.ts';

describe('tiles', () => {
  it('have the paths of C2SP’s examples', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 0, index: 1_234, width: 5 })).toBe('tile/0/x001/234.p/5');
    expect(tilePath({ level: 'entries', index: 0, width: 255 })).toBe('tile/entries/000.p/255');
    expect(parseTilePath('tile/0/x001/234.p/5')).toEqual({ level: 0, index: 1_234, width: 5 });
  });

  it('are read back as they are written, and written in one way only', () => {
    const level = fc.oneof(fc.constant('entries' as const), fc.nat(63));
    const tile = fc.record({ level, index: fc.nat(999_999_999), width: fc.integer({ min: 1, max: 256 }) });
    fc.assert(
      fc.property(tile, (one: Tile) => {
        expect(parseTilePath(tilePath(one))).toEqual(one);
      }),
    );
    const signs = fc.stringMatching(/^tile\/(?:\d{1,3}|entries)\/[x0-9/.p]{0,14}$/);
    fc.assert(
      fc.property(signs, (path) => {
        const read = parseTilePath(path);
        expect(read === undefined || tilePath(read) === path).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    for (const bad of [
      'tile/00/000',
      'tile/0/x000/001',
      'tile/0/1',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/64/000',
    ])
      expect(parseTilePath(bad), bad).toBeUndefined();
  });

  it('of a tree of 70,000 leaves are as C2SP counts them', () => {
    const count = new Map<string, number>();
    for (const { level, width } of tilesOf(70_000)) {
      const key = `${level}:${width}`;
      count.set(key, (count.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries(count)).toEqual({
      'entries:256': 273,
      'entries:112': 1,
      '0:256': 273,
      '0:112': 1,
      '1:256': 1,
      '1:17': 1,
      '2:1': 1,
    });
    expect([...tilesOf(256)].map(tilePath)).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']);
    expect([...tilesOf(0)]).toEqual([]);
  });

  it('are not given beyond the tree', () => {
    expect(runOfTile({ level: 0, index: 0, width: 5 }, 5)).toEqual({ level: 0, from: 0, to: 5 });
    expect(runOfTile({ level: 0, index: 0, width: 6 }, 5)).toBeUndefined();
    expect(runOfTile({ level: 1, index: 0, width: 1 }, 255)).toBeUndefined();
    expect(runOfTile({ level: 1, index: 0, width: 1 }, 256)).toEqual({ level: 1, from: 0, to: 1 });
  });
});
