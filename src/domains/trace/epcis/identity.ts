/**
 * One spelling for one thing: whatever form an identifier came in (URN, Digital Link on any host, with attributes or
 * without), this is the text by which it is hashed, stored for search, and looked for.
 */
import { encodeValue, paddedGtin } from '../digital-link/link.ts';
import { linkOfUrn } from '../digital-link/epc-urn.ts';

/** Keys of a Digital Link, what their value looks like, and the finest qualifier that counts, first choice first. */
const KEYS: ReadonlyMap<string, { value: RegExp; finest?: readonly string[] }> = new Map(
  Object.entries({
    '00': { value: /^\d{18}$/ },
    '01': { value: /^\d{14}$/, finest: ['235', '21', '10'] },
    '253': { value: /^\d{13}.{0,17}$/ },
    '255': { value: /^\d{13,25}$/ },
    '401': { value: /^\d{4}.{0,26}$/ },
    '402': { value: /^\d{17}$/ },
    '414': { value: /^\d{13}$/, finest: ['254'] },
    '417': { value: /^\d{13}$/ },
    '8003': { value: /^\d{14}.{0,16}$/ },
    '8004': { value: /^\d{4}.{0,26}$/ },
    '8006': { value: /^\d{18}$/, finest: ['21', '10'] },
    '8010': { value: /^\d{4}[#\-/0-9A-Z]{0,26}$/, finest: ['8011'] },
    '8017': { value: /^\d{18}$/ },
    '8018': { value: /^\d{18}$/ },
  }),
);
const QUALIFIERS = /^(?:10|21|22|235|254|7040|8011|8019)$/;
/** The words of earlier versions of the standard. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sscc: '00',
    gtin: '01',
    gdti: '253',
    gcn: '255',
    ginc: '401',
    gsin: '402',
    gln: '414',
    party: '417',
    grai: '8003',
    giai: '8004',
    itip: '8006',
    cpid: '8010',
    gsrnp: '8017',
    gsrn: '8018',
    lot: '10',
    ser: '21',
    cpv: '22',
  }),
);

/**
 * The constrained canonical Digital Link on `id.gs1.org` (CBV 2.0, 8.9): the key with its finest qualifier only. Read
 * by shape: a wrong check digit does not make it another thing. Texts that name nothing of GS1 come back as they are.
 */
export function identityOf(text: string): string {
  if (text.startsWith('urn:epc:')) return linkOfUrn(text) ?? text;
  if (!text.startsWith('http')) return text;
  const path = /^https?:\/\/[^/?#]+(\/[^?#]*)/i.exec(text)?.[1];
  return (path && finest(path.split('/'))) ?? text;
}

function finest(segments: readonly string[]): string | undefined {
  const end = segments.at(-1) === '' ? segments.length - 1 : segments.length;
  const qualifiers = new Map<string, string>();
  for (let at = end - 2; at >= 1; at -= 2) {
    const ai = NAMES.get(segments[at]!) ?? segments[at]!;
    const value = plain(segments[at + 1]!);
    const key = KEYS.get(ai);
    if (value === undefined || value === '') return undefined;
    if (key) return written(ai, value, key, qualifiers);
    if (!QUALIFIERS.test(ai)) return undefined;
    qualifiers.set(ai, value);
  }
  return undefined;
}

function written(
  ai: string,
  text: string,
  { value: shape, finest: order = [] }: { value: RegExp; finest?: readonly string[] },
  qualifiers: ReadonlyMap<string, string>,
): string | undefined {
  const value = ai === '01' ? paddedGtin(text) : text;
  if (!shape.test(value)) return undefined;
  const best = order.find((one) => qualifiers.has(one));
  const key = `https://id.gs1.org/${ai}/${encodeValue(value)}`;
  return best === undefined ? key : `${key}/${best}/${encodeValue(qualifiers.get(best)!)}`;
}

function plain(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
