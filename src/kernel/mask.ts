/** How personal data looks to those who need only recognise it, in lists, logs and exports. */
import { formatPhone } from './phone.ts';
import { cleanLine } from './text.ts';

/** `+84912345678` → `09xx xxx 678`: enough to recognise one's own number, not enough to call it. */
export function maskPhone(phone: string): string {
  const shown = formatPhone(phone);
  return shown.length < 8
    ? 'xxx'
    : shown.slice(0, 2) + shown.slice(2, -3).replace(/\d/g, 'x') + shown.slice(-3);
}

/** `019085001234` → `019xxxxxx234`: the province of registration and the end, without sex and year of birth. */
export function maskId(nationalId: string): string {
  return nationalId.length < 9
    ? 'xxx'
    : nationalId.slice(0, 3) + 'x'.repeat(nationalId.length - 6) + nationalId.slice(-3);
}

/** `Nguyễn Thị Đào` → `Nguyễn T. Đ.`: the family name, which a third of the country shares, and initials. */
export function maskName(fullName: string): string {
  const [family, ...given] = cleanLine(fullName).split(' ');
  if (given.length === 0) return `${[...(family ?? '')][0] ?? ''}.`;
  return [family, ...given.map((word) => `${[...word][0]}.`)].join(' ');
}
