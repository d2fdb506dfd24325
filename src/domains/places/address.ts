/** The digital address of a house: its history is a list of changes, what it is on a day is their fold. */
import { encodeLocation, recoverCode, decodeLocation, type Point } from '#kernel/open-location-code';
import { cleanLine } from '#kernel/text';
import type { LocalDate } from '#kernel/time';

/** What can happen to an address, and in which state. After its end nothing can. */
export const CHANGES = ['issue', 'move', 'correct', 'show', 'hide', 'end'] as const;
export type ChangeKind = (typeof CHANGES)[number];

/** What an address says. */
export type AddressState = { hamletId: string; number: string } & Point & { locationCode: string };

export type AddressChange = AddressState & {
  seq: number;
  kind: ChangeKind;
  /** From when it holds. */
  onDay: LocalDate;
  reason: string | null;
  at: Date;
};

export type Address = AddressState & {
  id: string;
  /** On the plate; stays for life. */
  code: string;
  /** The household agreed to be shown on the public map. */
  shown: boolean;
  issuedOn: LocalDate;
  /** The first day on which it no longer holds. */
  endedOn: LocalDate | null;
  demo: boolean;
};

/** What held on a day; undefined before the issue and from the end on. Changes come in the order of their numbers. */
export function addressOn(changes: readonly AddressChange[], day: LocalDate): AddressState | undefined {
  const last = changes.findLast((change) => change.onDay <= day);
  if (!last || last.kind === 'end') return undefined;
  const { hamletId, number, lat, lng, locationCode } = last;
  return { hamletId, number, lat, lng, locationCode };
}

/** The number for comparing: `12 a` and `12A` are one. */
export function numberKey(number: string): string {
  return cleanLine(number).replaceAll(/\s+/g, '').toUpperCase();
}

/** Ten signs: a square of some 14 metres, the size of a house and its yard. */
const HOUSE_SIGNS = 10;

export function locationCodeOf(point: Point): string {
  return encodeLocation(point, HOUSE_SIGNS);
}

/** Viet Nam with its islands; whatever lies outside is a slip of the hand, such as exchanged figures. */
const VIET_NAM = { south: 6, north: 24, west: 101, east: 118 };

export function isInVietNam({ lat, lng }: Point): boolean {
  const { south, north, west, east } = VIET_NAM;
  return lat >= south && lat <= north && lng >= west && lng <= east;
}

/**
 * A place as people give it: `21.7223, 105.7703` (also with commas in the figures: `21,7223; 105,7703`), a whole
 * location code, or a short one near the commune. Undefined for anything else.
 */
export function readPoint(typed: string, near: Point | null): Point | undefined {
  const figures = /^(-?\d{1,3}(?:[.,]\d{1,12})?)\s*[;,\s]\s*(-?\d{1,3}(?:[.,]\d{1,12})?)$/.exec(
    cleanLine(typed),
  );
  if (figures) {
    const [lat, lng] = [figures[1]!, figures[2]!].map((text) => Number(text.replace(',', '.')));
    return { lat: lat!, lng: lng! };
  }
  const code = recoverCode(typed, near ?? { lat: 0, lng: 0 });
  const whole = code !== undefined && (near !== null || /^.{8}\+/.test(cleanLine(typed).replaceAll(' ', '')));
  if (!whole) return undefined;
  const { lat, lng, length } = decodeLocation(code);
  return length < HOUSE_SIGNS ? undefined : { lat, lng };
}
