/** Small checks of which the rules of events are made. Each notes what is wrong, with the place, and goes on. */
import { isObject, type Json } from './event.ts';
import { LIMITS } from './limits.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is wrong, and where: `/epcList/2`. */
export type Fault = { path: string; code: string };
export type Check = (value: Json, path: string, faults: Fault[]) => void;
export type Fields = Readonly<Record<string, Check>>;

const URI =
  /^[A-Za-z][A-Za-z0-9+.-]*:(?=[^?#])(?:[A-Za-z0-9\-._~:/@!$&'()*+,;=?[\]]|%[0-9A-Fa-f]{2})+(?:#(?:[A-Za-z0-9\-._~:/@!$&'()*+,;=?]|%[0-9A-Fa-f]{2})*)?$/;

/** RFC 3986, absolute; brackets only around an address of version 6. */
export function isUri(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > LIMITS.uri || !URI.test(value)) return false;
  return (
    !/[[\]]/.test(value) ||
    /^[^:]+:\/\/(?:[^/?#[\]@]*@)?\[[0-9A-Fa-f:.]+\](?::\d*)?(?:[/?#][^[\]]*)?$/.test(value)
  );
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))$/i;

/** RFC 3339: a real moment, with its zone. */
export function isTime(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 60) return false;
  const found = TIME.exec(value);
  if (!found) return false;
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.map(Number);
  const [zoneHour, zoneMinute] = [Number(found[7] ?? 0), Number(found[8] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || zoneHour > 23 || zoneMinute > 59) return false;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > last) return false;
  if (second < 60) return true;
  // A leap second ends a day in UTC.
  const offset = (value.includes('-', 11) ? -1 : 1) * (zoneHour * 60 + zoneMinute);
  return (hour * 60 + minute - offset + 2_880) % 1_440 === 1_439;
}

export const uri: Check = (value, path, faults) => {
  if (!isUri(value)) faults.push({ path, code: 'uri' });
};

export const time: Check = (value, path, faults) => {
  if (!isTime(value)) faults.push({ path, code: 'time' });
};

export const text: Check = (value, path, faults) => {
  if (typeof value !== 'string') faults.push({ path, code: 'text' });
};

export const number: Check = (value, path, faults) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) faults.push({ path, code: 'number' });
};

export const truth: Check = (value, path, faults) => {
  if (typeof value !== 'boolean') faults.push({ path, code: 'boolean' });
};

export const anything: Check = () => undefined;

/** A text of that shape. */
export function shaped(pattern: RegExp, code: string): Check {
  return (value, path, faults) => {
    if (typeof value !== 'string' || !pattern.test(value)) faults.push({ path, code });
  };
}

/** One of a few words. */
export function oneOf(...words: string[]): Check {
  return (value, path, faults) => {
    if (typeof value !== 'string' || !words.includes(value)) faults.push({ path, code: 'word' });
  };
}

/** A bare word of the vocabulary, or an address that is not another spelling of one. */
export function word(
  { words }: Vocabulary,
  forbidden: RegExp = /^(?:urn:epcglobal:cbv|https?:\/\/ns\.gs1\.org\/cbv\/)/,
): Check {
  return (value, path, faults) => {
    if (typeof value === 'string' && (words.has(value) || (isUri(value) && !forbidden.test(value)))) return;
    faults.push({ path, code: 'vocabulary' });
  };
}

/** A list of things that each pass; of at least so many, none twice where `unique`. */
export function list(
  item: Check,
  { least = 0, unique = false }: { least?: number; unique?: boolean } = {},
): Check {
  return (value, path, faults) => {
    if (!Array.isArray(value)) return void faults.push({ path, code: 'list' });
    if (value.length < least) faults.push({ path, code: 'empty' });
    if (value.length > LIMITS.list) return void faults.push({ path, code: 'too_many' });
    if (unique && value.length > 1 && new Set(value.map(asKey)).size < value.length)
      faults.push({ path, code: 'twice' });
    for (let at = 0; at < value.length; at++) item(value[at]!, `${path}/${at}`, faults);
  };
}

function asKey(value: Json): string {
  return typeof value === 'string' ? `s${value}` : JSON.stringify(value);
}

/** A name that no rule knows is an extension: it must have a namespace. */
export function isExtension(name: string): boolean {
  return isUri(name);
}

/** An object with these fields; extensions with a namespace where `open`, any others where `loose`. */
export function object(
  fields: Fields,
  {
    required = [],
    open = false,
    loose = false,
  }: { required?: readonly string[]; open?: boolean; loose?: boolean } = {},
): Check {
  const known = new Map(Object.entries(fields));
  return (value, path, faults) => {
    if (!isObject(value)) return void faults.push({ path, code: 'object' });
    for (const name of required)
      if (value[name] === undefined) faults.push({ path: `${path}/${name}`, code: 'missing' });
    for (const name of Object.keys(value)) {
      const check = known.get(name);
      if (check) check(value[name]!, `${path}/${name}`, faults);
      else if (!loose && !(open && isExtension(name)))
        faults.push({ path: `${path}/${name}`, code: 'unknown_field' });
    }
  };
}
