import { describe, expect, test } from 'vitest';
import { DateInput, InstantInput, PageQuery, pageRange, problemResponses, wholeNumber } from './api.ts';

describe('what addresses carry', () => {
  test('an instant needs its offset; a plus that became a space is understood', () => {
    const at = new Date('2024-04-26T02:00:00Z');
    for (const text of [
      '2024-04-26T09:00:00+07:00',
      '2024-04-26T09:00+07:00',
      '2024-04-26T09:00:00 07:00',
      '2024-04-26T02:00:00.000Z',
    ])
      expect(InstantInput.parse(text)).toEqual(at);
    for (const text of [
      '2024-04-26T09:00:00',
      '2024-04-26',
      '2024-02-30T09:00:00+07:00',
      '2024-04-26T24:00:00+07:00',
      '2024-04-26T09:00:00+0700',
      '2024-04-26T09:00:00+25:00',
      '1714100400000',
      'x'.repeat(100_000),
      '',
    ])
      expect(InstantInput.safeParse(text).error?.issues[0]?.message).toBe('input.bad_instant');
  });

  test('a day must exist', () => {
    expect(DateInput.parse('2024-02-29')).toBe('2024-02-29');
    for (const text of ['2023-02-29', '29/02/2024', '2024-2-9', '0024-02-09'])
      expect(DateInput.safeParse(text).error?.issues[0]?.message).toBe('input.bad_date');
  });

  test('a whole number is digits and nothing else', () => {
    expect(wholeNumber(-5, 5).parse('-5')).toBe(-5);
    for (const text of ['1e1', ' 1', '1.0', '0x1', '', '१'])
      expect(wholeNumber(1, 20).safeParse(text).error?.issues[0]?.message).toBe('input.not_whole');
    expect(wholeNumber(1, 20).safeParse('21').error?.issues[0]?.message).toBe('input.out_of_range');
  });

  test('pages start at 1, have a default size, and refuse what they do not know', () => {
    expect(pageRange(PageQuery.parse({}))).toEqual({ offset: 0, limit: 20 });
    expect(pageRange(PageQuery.parse({ page: '3', per_page: '50' }))).toEqual({ offset: 100, limit: 50 });
    expect(PageQuery.safeParse({ size: '5' }).success).toBe(false);
    expect(PageQuery.safeParse({ page: '0' }).success).toBe(false);
    expect(PageQuery.safeParse({ per_page: '101' }).success).toBe(false);
  });
});

test('every route declares the usual refusals and its own', () => {
  expect(Object.keys(problemResponses(409))).toEqual(['401', '403', '404', '409', '422', '429', '500']);
});
