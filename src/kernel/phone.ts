/** Telephone numbers: kept as `+84…`, shown and typed as dialled at home. */
import { readPhone } from './forms/formats.ts';

/** Any usual writing of a Vietnamese number as it is kept (`+84912345678`); `undefined` when it is none. */
export function toPhone(typed: string): string | undefined {
  const home = readPhone(typed);
  return home === undefined ? undefined : `+84${home.slice(1)}`;
}

/** A kept number as dialled at home, without spaces: `0912345678`. */
export function homePhone(phone: string): string {
  return phone.replace(/^\+84/, '0');
}

/** A kept number as people read it: `0912 345 678`, landlines `0208 3822 115`. */
export function formatPhone(phone: string): string {
  const home = homePhone(phone);
  return home.length === 11
    ? `${home.slice(0, 4)} ${home.slice(4, 8)} ${home.slice(8)}`
    : home.replace(/^(\d{4})(\d{3})(\d+)$/, '$1 $2 $3');
}
