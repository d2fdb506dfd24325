/** A GS1 Digital Link as its parts, and how it is written (GS1 Digital Link URI Syntax 1.4). */
import { checkDigit } from './check-digit.ts';

/** An application identifier with its value, decoded. */
export type Element = { ai: string; value: string };

export type DigitalLink = {
  /** Scheme, host and whatever path stands before the key: `https://id.gs1.org`. */
  stem: string;
  key: Element;
  /** In the order of the standard. */
  qualifiers: readonly Element[];
  attributes: readonly Element[];
  /** Questions that are not GS1's: `linkType`, `context` …, as they came (decoded). */
  others: readonly { name: string; value: string }[];
};

export const CANONICAL_STEM = 'https://id.gs1.org';

/** A GTIN as 14 digits; anything else as it is. */
export function paddedGtin(digits: string): string {
  return /^(?:\d{8}|\d{12}|\d{13})$/.test(digits) ? digits.padStart(14, '0') : digits;
}

/** Signs that stand for themselves in a link; every other one of the 82 is written with a percent sign. */
export function encodeValue(value: string): string {
  return value.replace(/[^A-Za-z0-9\-._';=]/gu, (sign) => {
    const written = encodeURIComponent(sign.replace(/\p{Surrogate}/u, '\u{fffd}'));
    return written === sign ? `%${sign.charCodeAt(0).toString(16).toUpperCase()}` : written;
  });
}

/** The path of a link: `/01/…/10/…/21/…`. */
export function linkPath({ key, qualifiers }: Pick<DigitalLink, 'key' | 'qualifiers'>): string {
  return [key, ...qualifiers].map(({ ai, value }) => `/${ai}/${encodeValue(value)}`).join('');
}

/** The canonical form: on `id.gs1.org`, 14-digit GTINs, attributes by number, nothing that is not GS1's. */
export function canonicalUri(link: DigitalLink, stem: string = CANONICAL_STEM): string {
  const attributes = link.attributes.toSorted((a, b) => (a.ai < b.ai ? -1 : 1));
  const query = attributes
    .map(
      ({ ai, value }) =>
        `${ai}=${encodeValue(value).replace(/[=;]/g, (sign) => (sign === '=' ? '%3D' : '%3B'))}`,
    )
    .join('&');
  return stem + linkPath(link) + (query === '' ? '' : `?${query}`);
}

/** A GTIN of any length made whole: its digits without the check digit, filled up and checked. */
export function gtinFrom(digitsWithoutCheck: string): string {
  return paddedGtin(digitsWithoutCheck + checkDigit(digitsWithoutCheck)).padStart(14, '0');
}
