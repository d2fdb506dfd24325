import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupCode, isId, newId, normalizeCode, randomCode, randomToken, sameSecret } from './ids.ts';

test('an id is a uuidv7 with the time in front', () => {
  const id = newId(new Date('2023-06-05T07:30:00.123Z'));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number(`0x${id.slice(0, 8)}${id.slice(9, 13)}`)).toBe(Date.parse('2023-06-05T07:30:00.123Z'));
  expect(isId(id)).toBe(true);
  expect(isId(id.toUpperCase())).toBe(false);
  expect(isId(`${id}\n`)).toBe(false);
  expect(() => newId(new Date(NaN))).toThrow(RangeError);
});

test('ids of one millisecond are distinct and in order, also past the counter', () => {
  const now = new Date('2024-03-31T00:00:00Z');
  const ids = Array.from({ length: 10_000 }, () => newId(now));
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

test('codes use only signs that survive paper, telephone and keyboard', () => {
  const seen = new Set(Array.from({ length: 200 }, () => randomCode(16)).join(''));
  expect(seen.size).toBe(16);
  for (const sign of '01OILUVBSZGQPNCDWAEY') expect(seen.has(sign), sign).toBe(false);
  expect(() => randomCode(0)).toThrow(RangeError);
});

test('what people type is what was printed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }), (length) => {
      const code = randomCode(length);
      expect(code).toHaveLength(length);
      expect(normalizeCode(groupCode(code), length)).toBe(code);
      expect(normalizeCode(` ${groupCode(code).toLowerCase().replaceAll('-', ' – ')}.`)).toBe(code);
    }),
  );
  expect(groupCode('23FHJKMRTX')).toBe('23FH-JKMR-TX');
  expect(normalizeCode('B5-z2')).toBe('8522');
  expect(normalizeCode('２３ｆｈ')).toBe('23FH');
});

test('what cannot be a code is refused', () => {
  for (const bad of ['', ' - ', '23F0', '23FHJ', "23F'", '23FÀ', '2'.repeat(500)]) {
    expect(normalizeCode(bad, 4), bad).toBeUndefined();
  }
});

test('tokens fit an address and do not repeat', () => {
  const tokens = Array.from({ length: 100 }, () => randomToken());
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
  expect(new Set(tokens).size).toBe(100);
});

test('secrets are the same or not', () => {
  expect(sameSecret('bí mật', 'bí mật')).toBe(true);
  expect(sameSecret('', '')).toBe(false);
  expect(sameSecret('a', '')).toBe(false);
  expect(sameSecret('abc', 'abcabc')).toBe(false);
  fc.assert(fc.property(fc.string(), fc.string({ minLength: 1 }), (a, b) => sameSecret(a, b) === (a === b)));
});
