import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskId, maskName, maskPhone } from './mask.ts';
import { formatPhone, homePhone, toPhone } from './phone.ts';

describe('telephone numbers', () => {
  test('are read in any usual writing and kept in one', () => {
    for (const typed of ['0912345678', '0912 345 678', '+84 912 345 678', '84912345678', '0912.345.678'])
      expect(toPhone(typed)).toBe('+84912345678');
    expect(toPhone('0208 3822 115')).toBe('+842083822115');
    for (const typed of ['', '113', '09123456', '+1 202 555 0100', '091234567a']) {
      expect(toPhone(typed)).toBeUndefined();
    }
  });

  test('are shown as dialled at home', () => {
    expect(homePhone('+84912345678')).toBe('0912345678');
    expect(formatPhone('+84912345678')).toBe('0912 345 678');
    expect(formatPhone('+842083822115')).toBe('0208 3822 115');
  });
});

describe('masks', () => {
  test('leave what is needed to recognise', () => {
    expect(maskPhone('+84912345678')).toBe('09xx xxx 678');
    expect(maskPhone('+842083822115')).toBe('02xx xxxx 115');
    expect(maskId('019085001234')).toBe('019xxxxxx234');
    expect(maskName('Nguyễn Thị Đào')).toBe('Nguyễn T. Đ.');
    expect(maskName('  Đào ')).toBe('Đ.');
  });

  test('never show a whole number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12}$/), (id) => {
        expect(maskId(id).replace(/\D/g, '')).toHaveLength(6);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^\+84[35789]\d{8}$/), (phone) => {
        expect(maskPhone(phone).replace(/\D/g, '')).toHaveLength(5);
      }),
    );
  });
});
