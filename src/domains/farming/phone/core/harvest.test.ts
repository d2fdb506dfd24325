import { describe, expect, it } from 'vitest';
import { aSpray } from '../../diary/fixtures.ts';
import type { Interval, Product } from './bundle.ts';
import { waitOf } from './harvest.ts';
import { begin, finish, lose, send, take, type Item } from './outbox.ts';

const PLOT = crypto.randomUUID();
const products = [
  { code: 'matrine', phi_days: 3 },
  { code: 'unknown', phi_days: null },
] as Product[];
const told = (until: string | null, plot_id = PLOT) => ({ plot_id, until, product_code: 'told' }) as Interval;
const spray = (product_code = 'matrine', plot = PLOT): Item =>
  finish(begin(aSpray({ plot_ids: [plot], at: '2026-11-20' }, { product_code }), 1));
const wait = (intervals: Interval[], items: Item[], day = '2026-11-21') =>
  waitOf(PLOT, day as never, { intervals, products }, items);

describe('from which day may be picked', () => {
  it('is the latest end of what the commune told and of what only the phone knows', () => {
    expect(wait([], [])).toBeNull();
    expect(wait([told('2026-11-25'), told('2026-11-24')], [])?.until).toBe('2026-11-25');
    expect(wait([told('2026-11-22')], [spray()])?.until).toBe('2026-11-23');
    expect(wait([], [lose(send(spray()))])?.until).toBe('2026-11-23');
    expect(
      wait([told('2026-11-30', crypto.randomUUID())], [spray('matrine', crypto.randomUUID())]),
    ).toBeNull();
  });

  it('is open on the day named, and not known before all else', () => {
    expect(wait([], [spray()], '2026-11-23')).toBeNull();
    expect(wait([told('2027-01-01')], [spray('unknown')])).toEqual({ until: null, productCode: 'unknown' });
    expect(wait([told(null)], [])?.until).toBeNull();
  });

  it('does not count drafts and what was refused: of that the commune itself tells', () => {
    const refused = take(send(spray()), { state: 'refused', codes: [] }, '2026-11-20T00:00:00Z');
    expect(wait([], [{ ...spray(), state: 'draft' }, refused])).toBeNull();
  });
});
