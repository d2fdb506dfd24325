/** GS1 Digital Link URIs: read, checked and put together (GS1 Digital Link URI Syntax 1.4). */
import { IDENTIFIERS, type Identifier } from './identifiers.ts';
import { canonicalUri, CANONICAL_STEM, paddedGtin, type DigitalLink, type Element } from './link.ts';
import { pairingFault } from './pairing.ts';
import { valueFault } from './value.ts';

/** Why a text is no Digital Link: a code, and the character of the URI at which it shows. */
export type LinkFault = { code: string; position: number; ai?: string };

export type Read = { ok: true; link: DigitalLink } | { ok: false; fault: LinkFault };

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
/** A piece of the path, with the identifier that it may be. */
type Segment = Piece & { ai: string };
class Refusal {
  readonly fault: LinkFault;

  constructor(code: string, position: number, ai?: string) {
    this.fault = { code: `digital_link.${code}`, position, ...(ai === undefined ? {} : { ai }) };
  }
}

/**
 * Reads a Digital Link. It never throws: what is wrong comes as a code with its position. The compressed form is not
 * read (`digital_link.compressed`).
 * @param older for labels that were printed once: names instead of digits and GTINs that are not filled up are read as
 *   earlier versions of the standard had them, and what stands behind the question mark need not fit together
 */
export function readDigitalLink(uri: string, { older = false }: { older?: boolean } = {}): Read {
  try {
    return { ok: true, link: read(uri, older) };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, fault: thrown.fault };
    throw thrown;
  }
}

function read(uri: string, older: boolean): DigitalLink {
  if (uri.length > LONGEST) throw new Refusal('too_long', LONGEST);
  const head = /^https?:\/\/[^/?#\s@]+(?=\/)/i.exec(uri);
  if (!head) throw new Refusal('not_web', 0);
  const strange = uri.search(/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/);
  if (strange >= 0) throw new Refusal('character', strange);
  const [whole = ''] = uri.split('#', 1);
  const question = whole.indexOf('?');
  const pathEnd = question < 0 ? whole.length : question;
  const segments = pieces(uri.slice(head[0].length + 1, pathEnd), head[0].length + 1, /\//g).map((piece) => ({
    ...piece,
    ai: (older ? NAMES.get(piece.text) : undefined) ?? piece.text,
  }));
  if (segments.length > 1 && segments.at(-1)!.text === '' && !IDENTIFIERS.has(segments.at(-2)!.ai))
    segments.pop();
  const first = keyAt(segments);
  const stem = uri.slice(0, segments[first]!.at - 1);
  const [key, ...qualifiers] = pairsFrom(segments, first, older);
  checkOrder(key!, qualifiers, segments, first);
  const query = question < 0 ? [] : pieces(whole.slice(question + 1), question + 1, /&/g);
  const { attributes, others, places } = readQuery(query, [key!, ...qualifiers]);
  if (!older) checkTogether([key!, ...qualifiers], attributes, (ai) => places.get(ai) ?? segments[first]!.at);
  return { stem, key: key!, qualifiers, attributes, others };
}

/** What stands behind the question mark belongs there, and everything fits together. */
function checkTogether(
  path: readonly Element[],
  attributes: readonly Element[],
  placeOf: (ai: string) => number,
): void {
  const [key, ...qualifiers] = path.map(({ ai }) => ai);
  const lists = IDENTIFIERS.get(key!)!.key!;
  for (const { ai } of attributes) {
    const inPath = lists.some(
      (list) =>
        list.includes(ai) &&
        isWithin(
          [...qualifiers, ai].sort((a, b) => list.indexOf(a) - list.indexOf(b)),
          list,
        ),
    );
    if (inPath) throw new Refusal('belongs_in_path', placeOf(ai), ai);
  }
  const fault = pairingFault([...path, ...attributes].map(({ ai }) => ai));
  if (fault) throw new Refusal(fault.code, placeOf(fault.ai), fault.ai);
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
function keyAt(segments: readonly Segment[]): number {
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const known = IDENTIFIERS.get(segments[at]!.ai);
    if (!known) throw new Refusal(isCompressed(segments) ? 'compressed' : 'no_key', segments[at]!.at);
    if (!known.key) continue;
    refuseBefore(segments, at);
    return at;
  }
  throw new Refusal(isCompressed(segments) ? 'compressed' : 'no_key', segments[0]!.at);
}

/** Whether the path ends as a compressed link does: signs of base64url, of all kinds. */
function isCompressed(segments: readonly Segment[]): boolean {
  const { text } = segments.at(-1)!;
  return /^[\w-]{10,}$/.test(text) && [/[A-Z]/, /[a-z]/, /\d/].every((kind) => kind.test(text));
}

/** `/10/…/01/…` is not a host's own path but a link in the wrong order. */
function refuseBefore(segments: readonly Segment[], key: number): void {
  const before = segments[key - 2];
  if (!before) return;
  const { ai } = before;
  if (QUALIFIERS.has(ai) || IDENTIFIERS.get(ai)?.key) throw new Refusal('order', before.at, ai);
}

function pairsFrom(segments: readonly Segment[], first: number, older: boolean): Element[] {
  const pairs: Element[] = [];
  for (let at = first; at < segments.length; at += 2) {
    const { ai, at: place } = segments[at]!;
    const known = IDENTIFIERS.get(ai);
    if (!known) throw new Refusal('unknown', place);
    pairs.push({ ai, value: elementValue(known, segments[at + 1]!, { older }) });
  }
  return pairs;
}

function checkOrder(key: Element, qualifiers: Element[], segments: readonly Segment[], first: number): void {
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
  const places = new Map<string, number>();
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
    places.set(name, at);
    attributes.push({ ai: name, value: elementValue(known, value, { inQuery: true }) });
  }
  return { attributes, others, places };
}

/** A value, decoded and checked; of older links GTINs of 8, 12 and 13 digits are filled up to 14. */
function elementValue(
  known: Identifier,
  piece: Piece,
  { inQuery = false, older = false }: { inQuery?: boolean; older?: boolean },
): string {
  const decoded = decode(piece, inQuery);
  const value = older && known.ai === '01' ? paddedGtin(decoded) : decoded;
  const fault = valueFault(known, value);
  if (fault) {
    const at = Math.min(Math.max(fault.at - (value.length - decoded.length), 0), piece.text.length);
    throw new Refusal(`value.${fault.code}`, piece.at + at, known.ai);
  }
  return value;
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

/**
 * Writes a link from elements in any order. @param stem where it is to lead, without a slash at the end
 * @returns the URI, or the fault (its position is the place in the written URI)
 */
export function buildDigitalLink(
  elements: readonly Element[],
  stem: string = CANONICAL_STEM,
): { ok: true; uri: string; link: DigitalLink } | { ok: false; fault: LinkFault } {
  const filled = elements.map(({ ai, value }) => ({ ai, value: ai === '01' ? paddedGtin(value) : value }));
  const keys = filled.filter(({ ai }) => IDENTIFIERS.get(ai)?.key);
  // Some identifiers may stand in the path or behind it: the first way that makes a right link is taken.
  const tried = keys.flatMap((key) => waysOf(key, filled).map((uri) => readDigitalLink(uri(stem))));
  const read = tried.find(({ ok }) => ok) ?? tried[0];
  if (!read) return { ok: false, fault: { code: 'digital_link.no_key', position: 0 } };
  return read.ok ? { ok: true, uri: canonicalUri(read.link, stem), link: read.link } : read;
}

/** The links that begin with a key, one for each list of its qualifiers. */
function waysOf(key: Element, elements: readonly Element[]): ((stem: string) => string)[] {
  const lists = IDENTIFIERS.get(key.ai)!.key!.filter((list) => elements.some(({ ai }) => list.includes(ai)));
  return (lists.length > 0 ? lists : [[]]).map((list) => {
    const qualifiers = list.flatMap((ai) => elements.filter((element) => element.ai === ai));
    const attributes = elements.filter((element) => element !== key && !qualifiers.includes(element));
    return (stem) => canonicalUri({ stem, key, qualifiers, attributes, others: [] }, stem);
  });
}
