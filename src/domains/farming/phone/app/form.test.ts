import { describe, expect, it } from 'vitest';
import { aPick, aSpray } from '../../diary/fixtures.ts';
import { Entry, ENTRY_KINDS } from '../../diary/entry.ts';
import type { Bundle } from '../core/bundle.ts';
import { begin, finish } from '../core/outbox.ts';
import { completed, momentOf, needsOf, newEntry } from './form.ts';

const [household, one, two] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
const bundle = {
  holders: [{ household_id: household, producer_id: null, name: null, own: true }],
  plots: [one, two].map((id) => ({ id, household_id: household, producer_id: null })),
  entries: [],
} as unknown as Bundle;
const now = new Date('2026-11-23T00:30:00Z');
const fresh = (kind: (typeof ENTRY_KINDS)[number], items: Parameters<typeof newEntry>[1]['items'] = []) =>
  newEntry(kind, { id: crypto.randomUUID(), now, bundle, items });

describe('a new entry', () => {
  it('says what it still needs, and the commune reads it once it has that', () => {
    const filled = {
      care: { what: 'Làm cỏ' },
      irrigate: { what: 'Tưới' },
      other: { what: 'Khác' },
      fertilise: { name: 'Phân', amount: 2 },
      spray: { product_code: 'matrine', dose: 30, area_m2: 360, pest: 'rầy xanh' },
      pick: { leaf_g: 12_000 },
    };
    for (const kind of ENTRY_KINDS) {
      const empty = fresh(kind);
      expect(needsOf(empty)).toContain('plots');
      const entry = {
        ...empty,
        plot_ids: [one],
        details: { ...empty.details, ...filled[kind] },
      } as typeof empty;
      expect(needsOf(entry)).toEqual([]);
      expect(Entry.safeParse(completed(entry, now)).error, kind).toBeUndefined();
    }
  });

  it('begins with what was done last time, without what is another one each time', () => {
    const base = { household_id: household, at: '2026-11-20' };
    const spray = aSpray({ ...base, plot_ids: [two] }, { product_code: 'bt', note: 'gió' });
    const pick = aPick({ ...base, plot_ids: [one, two] }, { grade: 'dinh' });
    const items = [spray, pick].map((entry, seq) => finish(begin(entry, seq)));
    expect(fresh('spray', items)).toMatchObject({ plot_ids: [two], details: { product_code: 'bt' } });
    expect(fresh('spray', items).details).not.toHaveProperty('note');
    expect(fresh('pick', items)).toMatchObject({
      plot_ids: [one, two],
      details: { grade: 'dinh', leaf_g: null },
    });
  });

  it('tells the time of the commune', () => {
    expect(momentOf(now)).toBe('2026-11-23T07:30:00+07:00');
  });
});
