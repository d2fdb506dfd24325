import { expect, it } from 'vitest';
import type { bundleFor } from '../../sync/bundle.queries.ts';
import { isBundle, type Bundle } from './bundle.ts';

/** As the commune writes it: the compiler holds both sides together. */
type Served = Awaited<ReturnType<typeof bundleFor>>;
const asRead = (served: Served): Omit<Bundle, 'serverTime'> => served;

it('is told from what only answers 200', () => {
  const person = { id: 'p', name: '', household_id: null };
  const lists = { holders: [], plots: [], products: [], labels: [], stock: [], entries: [] };
  const served: Served = { version: 1, person, ...lists, refusals: [], intervals: [] };
  expect(isBundle(asRead(served))).toBe(true);
  for (const other of [null, 7, 'x', [], {}, { ...served, plots: null }, { ...served, person: null }])
    expect(isBundle(other)).toBe(false);
});
