import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { anonymous, official, system, useWorld } from '#test/world';
import { SMALL_COMMUNE } from '../fixtures.ts';
import {
  getHamlet,
  hamletFigures,
  importBoundaries,
  listBoundaries,
  setHall,
  setUpCommune,
} from '../index.ts';
import { crossesItself, drawMap, type Point } from './boundary.ts';

const world = useWorld();
const leader = official('leader');

beforeAll(async () => {
  await world.as(system, (ctx) => setUpCommune(ctx, SMALL_COMMUNE));
});

/** A square of about 1 km inside Tức Tranh. */
const SQUARE: Point[] = [
  [105.77, 21.71],
  [105.78, 21.71],
  [105.78, 21.72],
  [105.77, 21.72],
  [105.77, 21.71],
];

function file(name: string, ring: readonly (readonly number[])[], more: object = {}): string {
  const feature = {
    type: 'Feature',
    properties: { name },
    geometry: { type: 'Polygon', coordinates: [ring] },
  };
  return JSON.stringify({ type: 'FeatureCollection', features: [feature], ...more });
}

function sent(text: string, actor = leader): Promise<number> {
  return world.as(actor, (ctx) => importBoundaries(ctx, { text, source: 'Sở (thử)' }));
}

const fault = (name: string) => ({ status: 422, code: `commune.boundary.${name}` });

describe('boundaries', () => {
  it('are taken in for the hamlets that a file names, the newest holds', async () => {
    expect(await sent(file('xóm khe coc', SQUARE))).toBe(1);
    const moved = SQUARE.map(([x, y]): Point => [x + 0.002, y]);
    expect(await sent(file('Khe Cốc', moved))).toBe(1);
    const held = await world.as(anonymous, listBoundaries);
    expect(held.map(({ name, shape }) => [name, shape[0]![0]![0]])).toEqual([['Khe Cốc', moved[0]]]);
    const drawn = drawMap(held, 300)!;
    expect(drawn.width).toBe(300);
    expect(drawn.pieces[0]!.path).toMatch(/^M[\d. L]+Z$/);
  });

  it('are refused with what is wrong and where', async () => {
    const open = SQUARE.slice(0, 4);
    const bow = [SQUARE[0]!, SQUARE[2]!, SQUARE[1]!, SQUARE[3]!, SQUARE[0]!];
    const swapped = SQUARE.map(([x, y]) => [y, x]);
    const far = SQUARE.map(([x, y]) => [x + 0.5, y]);
    const name = 'Khe Cốc';
    await expect(sent(file(name, open))).rejects.toMatchObject({ ...fault('not_closed'), params: { name } });
    await expect(sent(file(name, bow))).rejects.toMatchObject(fault('crosses_itself'));
    await expect(sent(file(name, swapped))).rejects.toMatchObject(fault('swapped'));
    await expect(sent(file(name, far))).rejects.toMatchObject(fault('outside_commune'));
    await expect(
      sent(
        file(name, [
          [0, 0],
          [1, 1],
          [0, 1],
          [0, 0],
        ]),
      ),
    ).rejects.toMatchObject(fault('outside_country'));
    await expect(sent(file('Xóm lạ', SQUARE))).rejects.toMatchObject(fault('unknown_hamlet'));
    const crs = { crs: { properties: { name: 'urn:ogc:def:crs:EPSG::3405' } } };
    await expect(sent(file(name, SQUARE, crs))).rejects.toMatchObject(fault('other_system'));
    for (const text of ['{', '[]', 'null', '{"type":"FeatureCollection","features":[]}'])
      await expect(sent(text)).rejects.toMatchObject({ status: 422 });
    for (const coordinates of [null, [[]], [['a']], [[[1]]], { x: 1 }]) {
      const geometry = { type: 'Polygon', coordinates };
      const text = JSON.stringify({ type: 'Feature', properties: { name }, geometry });
      await expect(sent(text)).rejects.toMatchObject(fault('not_a_polygon'));
    }
    await expect(sent(file(name, SQUARE), official('clerk'))).rejects.toMatchObject({ status: 403 });
  });

  it('a ring around a middle never crosses itself; with two corners exchanged it does', () => {
    const corners = fc.integer({ min: 5, max: 40 });
    fc.assert(
      fc.property(corners, fc.integer({ min: 0, max: 3 }), (count, at) => {
        const around = Array.from({ length: count }, (_, n): Point => {
          const angle = (2 * Math.PI * n) / count;
          return [Math.cos(angle), Math.sin(angle)];
        });
        expect(crossesItself([...around, around[0]!])).toBe(false);
        const exchanged = [...around];
        [exchanged[at], exchanged[at + 1]] = [exchanged[at + 1]!, exchanged[at]!];
        expect(crossesItself([...exchanged, exchanged[0]!])).toBe(true);
      }),
    );
  });
});

describe('a hamlet', () => {
  it('has a hall, and numbers from the rooms’ measures', async () => {
    const hamlet = await world.as(anonymous, (ctx) => getHamlet(ctx, 'khe-coc'));
    await world.as(leader, (ctx) => setHall(ctx, hamlet.id, { hall: 'Nhà văn hoá xóm, cạnh sân bóng' }));
    expect(await world.as(anonymous, (ctx) => getHamlet(ctx, 'khe-coc'))).toMatchObject({
      hall: 'Nhà văn hoá xóm, cạnh sân bóng',
    });
    const figures = await world.as(anonymous, (ctx) => hamletFigures(ctx, hamlet));
    expect(figures.map(({ name }) => name)).toContain('registry.households');
    await expect(
      world.as(official('clerk'), (ctx) => setHall(ctx, hamlet.id, { hall: 'x' })),
    ).rejects.toMatchObject({ status: 403 });
  });
});
