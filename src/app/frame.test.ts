import { expect, it } from 'vitest';
import { publicFrame, staffFrame, type Site } from './frame.ts';

const site: Site = { name: 'xã Mẫu', demo: false, hours: [] };
const entry = (href: string, label: string) => ({ href, label });
const staff = [
  entry('/can-bo/ho-so', 'Hồ sơ'),
  entry('/can-bo/so-theo-doi', 'Sổ theo dõi'),
  entry('/can-bo/lo-che', 'Lô chè'),
];
const rooms = { staff, account: [] };

function current(path: string): string[] {
  const { rail } = staffFrame(site, { path, large: false }, rooms, []);
  return rail.flatMap(({ items }) => items.filter((one) => one.current).map(({ label }) => label));
}

it('the rail marks the entry that is open, or the nearest above it in its room', () => {
  expect(current('/can-bo/ho-so')).toEqual(['Hồ sơ']);
  expect(current('/can-bo/ho-so/123?done=1')).toEqual(['Hồ sơ']);
  expect(current('/can-bo/so-theo-doi')).toEqual(['Sổ theo dõi']);
  // The scales have an address of their own and belong to the lots.
  expect(current('/can-bo/can-che?q=hoa')).toEqual(['Lô chè']);
  expect(current('/en/staff/tea-lots')).toEqual(['Lô chè']);
  expect(current('/can-bo/van-ban')).toEqual([]);
});

it('under the home page stands everything, so it is marked on itself alone', () => {
  const thumb = (path: string) =>
    publicFrame(site, { path, large: false }, rooms).thumb.map((one) => one.current);
  expect(thumb('/')).toEqual([true, false, false, false]);
  expect(thumb('/en/')).toEqual([true, false, false, false]);
  expect(thumb('/thu-tuc/1.001')).toEqual([false, true, false, false]);
  expect(publicFrame(site, { path: '/?x=1', large: false }, rooms).search).toBeUndefined();
});
