/** How much an outsider may send: checked on the bytes before anything is built of them. */
import { AppError } from '#kernel/errors';
import type { Json } from './event.ts';

export const LIMITS = {
  /** Bytes of a captured document. */
  document: 10 * 1024 * 1024,
  /** Events of a captured document. */
  events: 5_000,
  /** Brackets within brackets. */
  depth: 40,
  /** Members of one list. */
  list: 20_000,
  /** Characters of one address or name. */
  uri: 2_048,
} as const;

/**
 * Reads JSON that a stranger wrote.
 * @throws AppError `trace.epcis.not_json` (400), `trace.epcis.too_deep` (400), `trace.epcis.too_large` (413)
 */
export function readJson(text: string): Json {
  if (text.length > LIMITS.document) throw new AppError('trace.epcis.too_large', 413);
  if (isDeeperThan(text, LIMITS.depth)) throw new AppError('trace.epcis.too_deep', 400);
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new AppError('trace.epcis.not_json', 400);
  }
}

/** Counts brackets outside texts, without building anything. */
function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (inText) {
      if (sign === BACKSLASH) at++;
      else if (sign === QUOTE) inText = false;
    } else if (sign === QUOTE) inText = true;
    else if (sign === OPEN_OBJECT || sign === OPEN_LIST) {
      if (++depth > most) return true;
    } else if (sign === CLOSE_OBJECT || sign === CLOSE_LIST) depth--;
  }
  return false;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
