/** GS1 Digital Link URIs: read, checked, and written in their canonical form (GS1 Digital Link URI Syntax 1.4). */
import { checkDigit } from './check-digit.ts';
import { IDENTIFIERS, type Identifier } from './identifiers.ts';
import { valueFault } from './value.ts';

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

/** Why a text is no Digital Link: a code, and the character of the URI at which it shows. */
export type LinkFault = { code: string; position: number; ai?: string };

export type Read = { ok: true; link: DigitalLink } | { ok: false; fault: LinkFault };

export const CANONICAL_STEM = 'https://id.gs1.org';
/** Longer than any link with all that a key may carry. */
const LONGEST = 4_096;

/** The names that earlier versions of the standard allowed instead of digits. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sscc: '00',
    gtin: '01',
    lot: '10',
    ser: '21',
    cpv: '22',
    gdti: '253',
    glnx: '254',
    gcn: '255',
    ginc: '401',
    gsin: '402',
    gln: '414',
    payTo: '415',
    party: '417',
    grai: '8003',
    giai: '8004',
    itip: '8006',
    cpid: '8010',
    cpsn: '8011',
    gmn: '8013',
    gsrnp: '8017',
    gsrn: '8018',
    srin: '8019',
    refno: '8020',
  }),
);
const QUALIFIERS = new Set([...IDENTIFIERS.values()].flatMap(({ key }) => key?.flat() ?? []));

/** A piece of the URI and where it begins. */
type Piece = { text: string; at: number };
class Refusal {
  readonly fault: LinkFault;

  constructor(code: string, position: number, ai?: string) {
    this.fault = { code: `digital_link.${code}`, position, ...(ai === undefined ? {} : { ai }) };
  }
}

/** Reads a Digital Link. It never throws: what is wrong comes as a code with its position. */
export function readDigitalLink(uri: string): Read {
  try {
    return { ok: true, link: read(uri) };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, fault: thrown.fault };
    throw thrown;
  }
}

function read(uri: string): DigitalLink {
  if (uri.length > LONGEST) throw new Refusal('too_long', LONGEST);
  const head = /^https?:\/\/[^/?#\s@]+(?=\/)/i.exec(uri);
  if (!head) throw new Refusal('not_web', 0);
  const [whole = ''] = uri.split('#', 1);
  const question = whole.indexOf('?');
  const pathEnd = question < 0 ? whole.length : question;
  const segments = pieces(uri.slice(head[0].length + 1, pathEnd), head[0].length + 1, /\//g);
  if (
    segments.length > 1 &&
    segments.at(-1)!.text === '' &&
    !IDENTIFIERS.has(digitsOf(segments.at(-2)!.text))
  )
    segments.pop();
  const first = keyAt(segments);
  const stem = uri.slice(0, segments[first]!.at - 1);
  const [key, ...qualifiers] = pairsFrom(segments, first);
  checkOrder(key!, qualifiers, segments, first);
  const query = question < 0 ? [] : pieces(whole.slice(question + 1), question + 1, /[&;]/g);
  const { attributes, others } = readQuery(query, [key!, ...qualifiers]);
  return { stem, key: key!, qualifiers, attributes, others };
}

function pieces(text: string, at: number, border: RegExp): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const { index } of text.matchAll(border)) {
    found.push({ text: text.slice(from, index), at: at + from });
    from = index + 1;
  }
  found.push({ text: text.slice(from), at: at + from });
  return found;
}

/** Walks back over identifier–value pairs to the key. What stands before it belongs to the host. */
function keyAt(segments: readonly Piece[]): number {
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const known = IDENTIFIERS.get(digitsOf(segments[at]!.text));
    if (!known) throw new Refusal('no_key', segments[at]!.at);
    if (!known.key) continue;
    refuseBefore(segments, at);
    return at;
  }
  throw new Refusal('no_key', segments[0]!.at);
}

/** `/10/…/01/…` is not a host's own path but a link in the wrong order. */
function refuseBefore(segments: readonly Piece[], key: number): void {
  const before = segments[key - 2];
  if (!before) return;
  const ai = digitsOf(before.text);
  if (QUALIFIERS.has(ai) || IDENTIFIERS.get(ai)?.key) throw new Refusal('order', before.at, ai);
}

function digitsOf(name: string): string {
  return NAMES.get(name) ?? name;
}

function pairsFrom(segments: readonly Piece[], first: number): Element[] {
  const pairs: Element[] = [];
  for (let at = first; at < segments.length; at += 2) {
    const ai = digitsOf(segments[at]!.text);
    const known = IDENTIFIERS.get(ai);
    if (!known) throw new Refusal('unknown', segments[at]!.at);
    pairs.push({ ai, value: elementValue(known, segments[at + 1]!, false) });
  }
  return pairs;
}

function checkOrder(key: Element, qualifiers: Element[], segments: readonly Piece[], first: number): void {
  const asked = qualifiers.map(({ ai }) => ai);
  const lists = IDENTIFIERS.get(key.ai)!.key!;
  if (lists.some((list) => isWithin(asked, list))) return;
  const wrong = asked.findIndex((_, at) => !lists.some((list) => isWithin(asked.slice(0, at + 1), list)));
  throw new Refusal('order', segments[first + 2 + 2 * wrong]!.at, asked[wrong]);
}

/** Whether the asked ones stand in the list in that order, each once. */
function isWithin(asked: readonly string[], list: readonly string[]): boolean {
  let from = 0;
  for (const ai of asked) {
    const at = list.indexOf(ai, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

function readQuery(query: readonly Piece[], path: readonly Element[]) {
  const attributes: Element[] = [];
  const others: { name: string; value: string }[] = [];
  const seen = new Set(path.map(({ ai }) => ai));
  for (const { text, at } of query) {
    if (text === '') continue;
    const equals = text.indexOf('=');
    const name = decode({ text: equals < 0 ? text : text.slice(0, equals), at }, true);
    const value = { text: equals < 0 ? '' : text.slice(equals + 1), at: at + equals + 1 };
    if (!/^\d+$/.test(name)) {
      others.push({ name, value: decode(value, true) });
      continue;
    }
    const known = IDENTIFIERS.get(name);
    if (!known) throw new Refusal('unknown', at);
    if (!known.attribute) throw new Refusal('not_an_attribute', at, name);
    if (seen.has(name)) throw new Refusal('repeated', at, name);
    seen.add(name);
    attributes.push({ ai: name, value: elementValue(known, value, true) });
  }
  return { attributes, others };
}

/** A value, decoded, GTINs of 8, 12 and 13 digits filled up to 14, and checked. */
function elementValue(known: Identifier, piece: Piece, inQuery: boolean): string {
  const decoded = decode(piece, inQuery);
  const value = known.ai === '01' ? paddedGtin(decoded) : decoded;
  const fault = valueFault(known, value);
  if (fault) {
    const at = Math.min(Math.max(fault.at - (value.length - decoded.length), 0), piece.text.length);
    throw new Refusal(`value.${fault.code}`, piece.at + at, known.ai);
  }
  return value;
}

/** A GTIN as 14 digits; anything else as it is. */
export function paddedGtin(digits: string): string {
  return /^(?:\d{8}|\d{12}|\d{13})$/.test(digits) ? digits.padStart(14, '0') : digits;
}

function decode({ text, at }: Piece, inQuery: boolean): string {
  if (!text.includes('%') && !(inQuery && text.includes('+'))) return text;
  const bad = text.search(/%(?![0-9A-Fa-f]{2})/);
  if (bad >= 0) throw new Refusal('percent', at + bad);
  try {
    return decodeURIComponent(inQuery ? text.replaceAll('+', ' ') : text);
  } catch {
    throw new Refusal('percent', at + text.indexOf('%'));
  }
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

/**
 * Writes a link from elements in any order. @param stem where it is to lead, without a slash at the end
 * @returns the URI, or the fault (its position is the place in the written URI)
 */
export function buildDigitalLink(
  elements: readonly Element[],
  stem: string = CANONICAL_STEM,
): { ok: true; uri: string; link: DigitalLink } | { ok: false; fault: LinkFault } {
  const first = elements.find(({ ai }) => IDENTIFIERS.get(ai)?.key);
  if (!first) return { ok: false, fault: { code: 'digital_link.no_key', position: 0 } };
  const lists = IDENTIFIERS.get(first.ai)!.key!.filter((list) =>
    elements.some(({ ai }) => list.includes(ai)),
  );
  // Some identifiers may stand in the path or behind it: the first way that makes a right link is taken.
  const tried = (lists.length > 0 ? lists : [[]]).map((list) => {
    const inPath = list.flatMap((ai) => elements.filter((element) => element.ai === ai));
    const attributes = elements.filter((element) => element !== first && !inPath.includes(element));
    return readDigitalLink(
      canonicalUri({ stem, key: first, qualifiers: inPath, attributes, others: [] }, stem),
    );
  });
  const read = tried.find(({ ok }) => ok) ?? tried[0]!;
  return read.ok ? { ok: true, uri: canonicalUri(read.link, stem), link: read.link } : read;
}

/** A GTIN of any length made whole: its digits without the check digit, filled up and checked. */
export function gtinFrom(digitsWithoutCheck: string): string {
  return paddedGtin(digitsWithoutCheck + checkDigit(digitsWithoutCheck)).padStart(14, '0');
}
