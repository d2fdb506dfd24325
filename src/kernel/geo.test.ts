import { expect, it } from 'vitest';
import { directionTo, DIRECTIONS, distanceBetween } from './geo.ts';

const HERE = { lat: 21.722373, lng: 105.770329 };

it('a minute of latitude is a sea mile, also eastwards after the cosine', () => {
  expect(distanceBetween(HERE, { ...HERE, lat: HERE.lat + 1 / 60 })).toBeCloseTo(1853.3, 0);
  const east = distanceBetween({ lat: 60, lng: 0 }, { lat: 60, lng: 1 / 60 });
  expect(east).toBeCloseTo(1853.3 / 2, 0);
  expect(distanceBetween(HERE, HERE)).toBe(0);
});

it('each of the eight directions is told', () => {
  const around = DIRECTIONS.map((_, at) => {
    const turn = (at * Math.PI) / 4;
    const there = { lat: HERE.lat + Math.cos(turn) / 1000, lng: HERE.lng + Math.sin(turn) / 929 };
    return directionTo(HERE, there);
  });
  expect(around).toEqual([...DIRECTIONS]);
});
