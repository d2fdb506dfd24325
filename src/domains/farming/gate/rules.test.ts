import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, localDate, type LocalDate } from '#kernel/time';
import { DOSE_UNITS, exceeds } from '../input/dose.ts';
import { BANNED, findProduct, PRODUCTS, type Product } from '../input/product.ts';
import { leftOf } from '../input/stock.ts';
import { earliestHarvest, isInside, LONGEST_PHI, untilOf } from './interval.ts';
import { judgeApplication, SPRAY_RULES, type Application } from './rules.ts';

const day = localDate('2026-05-10');
const use = {
  crop: 'tea',
  targets: [],
  doseMax: 400,
  doseUnit: 'ml_per_ha',
  phiDays: 7,
  maxApplications: 2,
} as const;
const plain: Product = {
  ...findProduct('dinotefuran')!,
  name: 'Mẫu',
  ingredients: ['mẫu'],
  nature: 'chemical',
  uses: [{ ...use, targets: [] }],
  organicAllowed: true,
};
const asked = (more: Partial<Application> = {}): Application => ({
  day,
  product: plain,
  productCode: plain.code,
  dose: { amount: 400, unit: 'ml_per_ha' },
  phiDays: 7,
  earlier: [[]],
  standards: ['vietgap'],
  stock: null,
  ...more,
});
const codes = (more: Partial<Application>) => {
  const { forbidden, unknown } = judgeApplication(asked(more), SPRAY_RULES);
  const bare = (answers: typeof forbidden) => answers.map(({ code }) => code.replace('farming.gate.', ''));
  return { forbidden: bare(forbidden), unknown: bare(unknown) };
};

describe('each rule by itself', () => {
  it('all allow a plain application', () => expect(codes({})).toEqual({ forbidden: [], unknown: [] }));

  const forbidden: [string, Partial<Application>][] = [
    ['not_registered_then', { day: localDate('2014-12-31') }],
    ['withdrawn', { product: { ...plain, withdrawnOn: day } }],
    ['banned', { product: { ...plain, ingredients: ['glyphosate'] } }],
    ['not_for_tea', { product: { ...plain, uses: [{ ...use, targets: [], crop: 'rice' }] } }],
    ['interval_too_long', { phiDays: 8 }],
    ['dose_too_high', { dose: { amount: 401, unit: 'ml_per_ha' } }],
    ['too_often', { earlier: [[], [localDate('2026-01-01'), localDate('2026-05-10')]] }],
    [
      'not_organic',
      { product: { ...plain, organicAllowed: false }, standards: ['none', 'organic_conversion'] },
    ],
    ['expired', { stock: { expiry: addDays(day, -1) } }],
  ];
  it.each(forbidden)('%s', (code, more) => expect(codes(more).forbidden).toContain(code));

  const unknown: [string, Partial<Application>][] = [
    ['not_in_register', { product: undefined }],
    ['ban_unknown', { product: undefined }],
    ['crop_unknown', { product: { ...plain, uses: null } }],
    ['interval_unknown', { phiDays: null }],
    ['nature_unknown', { product: { ...plain, nature: null }, phiDays: 8 }],
    ['dose_unknown', { product: { ...plain, uses: [{ ...use, targets: [], doseMax: null }] } }],
    ['dose_not_comparable', { dose: { amount: 1, unit: 'g_per_ha' } }],
    [
      'applications_unknown',
      { product: { ...plain, uses: [{ ...use, targets: [], maxApplications: null }] } },
    ],
    ['organic_unknown', { product: { ...plain, organicAllowed: null }, standards: ['organic'] }],
    ['expiry_unknown', { stock: { expiry: null } }],
  ];
  it.each(unknown)('%s', (code, more) =>
    expect(codes(more)).toEqual({ forbidden: [], unknown: expect.arrayContaining([code]) as string[] }),
  );

  it('at their edges', () => {
    const eve = addDays(BANNED.find(({ ingredient }) => ingredient === 'glyphosate')!.from, -1);
    expect(codes({ product: { ...plain, ingredients: ['glyphosate'] }, day: eve }).forbidden).toEqual([]);
    expect(codes({ stock: { expiry: day } }).forbidden).toEqual([]);
    expect(codes({ phiDays: 30, product: { ...plain, nature: 'biological' } }).forbidden).toEqual([]);
    expect(codes({ earlier: [[localDate('2025-12-31'), localDate('2025-06-01'), day]] }).forbidden).toEqual(
      [],
    );
    expect(codes({ product: { ...plain, organicAllowed: false }, standards: ['vietgap'] }).forbidden).toEqual(
      [],
    );
  });

  it('name where they come from', () => {
    for (const { source } of SPRAY_RULES) expect(source.length).toBeGreaterThan(10);
  });
});

describe('the register', () => {
  it('has one product of a code, none with a banned ingredient still allowed, all unverified', () => {
    expect(new Set(PRODUCTS.map(({ code }) => code)).size).toBe(PRODUCTS.length);
    for (const product of PRODUCTS) {
      const banned = BANNED.some(({ ingredient }) => product.ingredients.includes(ingredient));
      if (banned) expect(codes({ product }).forbidden).toContain('banned');
      expect(product.verified).toBe(false);
    }
  });
});

const anyDay = fc.integer({ min: 0, max: 1500 }).map((n) => addDays(localDate('2023-01-01'), n));
const noon = (of: LocalDate) => new Date(`${of}T12:00:00+07:00`);

describe('intervals', () => {
  it('a picking day is free exactly when no spraying lies less than its days before', () => {
    const spraying = fc.record({
      on: anyDay,
      phi: fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(spraying, { maxLength: 6 }), anyDay, (sprayings, on) => {
        const intervals = sprayings.map((one) => ({
          since: noon(one.on),
          until: one.phi === null ? null : addDays(one.on, one.phi),
        }));
        const at = new Date(noon(on).getTime() + 1);
        const inside = sprayings.some((one) => one.on <= on && on < addDays(one.on, one.phi ?? LONGEST_PHI));
        expect(intervals.some((one) => isInside(one, at))).toBe(inside);
        const earliest = earliestHarvest(intervals, on);
        const blocked = sprayings.some(
          (one) => one.phi === null && one.on <= on && on < addDays(one.on, LONGEST_PHI),
        );
        if (blocked) {
          expect(earliest).toBeNull();
          return;
        }
        let free = on;
        const open = (d: LocalDate) =>
          !sprayings.some((s) => s.phi !== null && s.on <= on && d < addDays(s.on, s.phi));
        while (!open(free)) free = addDays(free, 1);
        expect(earliest).toBe(free);
      }),
    );
  });

  it('count the longer of register and label; what neither knows is not known', () => {
    const at = noon(day);
    expect(untilOf(at, 'matrine', new Map())).toBe(addDays(day, 5));
    expect(untilOf(at, 'matrine', new Map([['matrine', 9]]))).toBe(addDays(day, 9));
    expect(untilOf(at, 'matrine', new Map([['matrine', 1]]))).toBe(addDays(day, 5));
    expect(untilOf(at, 'not_in_it', new Map())).toBeNull();
    expect(untilOf(at, 'not_in_it', new Map([['not_in_it', 3]]))).toBe(addDays(day, 3));
  });
});

it('doses are compared as amounts on a hectare', () => {
  const unit = fc.constantFrom(...DOSE_UNITS);
  const amount = fc.integer({ min: 1, max: 100_000 });
  const sizes = {
    ml_per_ha: 1,
    l_per_ha: 1000,
    g_per_ha: 1,
    kg_per_ha: 1000,
    ml_per_sao: 1e4 / 360,
    g_per_sao: 1e4 / 360,
  };
  fc.assert(
    fc.property(amount, unit, amount, unit, (a, aUnit, b, bUnit) => {
      const liquid = (of: string) => /^m?l_/.test(of);
      const found = exceeds({ amount: a, unit: aUnit }, { amount: b, unit: bUnit });
      if (liquid(aUnit) !== liquid(bUnit)) {
        expect(found).toBeUndefined();
        return;
      }
      const [x, y] = [a * sizes[aUnit], b * sizes[bUnit]];
      if (Math.abs(x - y) > y * 1e-6) expect(found).toBe(x > y);
    }),
  );
  expect(exceeds({ amount: 14.4, unit: 'ml_per_sao' }, { amount: 400, unit: 'ml_per_ha' })).toBe(false);
});

it('what is left of a lot is what was bought less what was used', () => {
  const lot = { quantity: 1, unit: 'l' } as const;
  const spray = { dose: 400, doseUnit: 'ml_per_ha', areaM2: 5000 } as const;
  expect(leftOf(lot, [spray, { amount: 300, unit: 'ml' }])).toBe(0.5);
  expect(leftOf(lot, [{ amount: 2, unit: 'l' }])).toBe(0);
  expect(leftOf(lot, [{ amount: 1, unit: 'kg' }])).toBeNull();
});
