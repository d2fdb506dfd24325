/**
 * EPC URNs and Digital Links of the same thing (Tag Data Standard 2.0, 6 and 12). A URN tells where the company
 * prefix ends, a link does not: every URN becomes a link, a link becomes a URN only for a given prefix length.
 */
import { checkDigit, hasCheckDigit } from './check-digit.ts';
import { IDENTIFIERS } from './identifiers.ts';
import { CANONICAL_STEM, encodeValue, type DigitalLink } from './link.ts';
import { valueFault } from './value.ts';

/**
 * How a scheme's parts make a key: `digits` of company prefix and reference together (none: any signs), whether the
 * reference's first digit stands before the prefix, what stands before both, whether a check digit follows.
 */
type Scheme = {
  ai: string;
  digits?: number;
  indicator?: true;
  lead?: string;
  check?: true;
  /** Where the third part goes: into the key itself, or a qualifier. */
  serial?: 'appended' | string;
  /** The third part that means none. */
  noSerial?: string;
  /** Two parts of two digits before the serial. */
  pieces?: true;
};

const SCHEMES: Readonly<Record<string, Scheme>> = {
  'id:sgtin': { ai: '01', digits: 13, indicator: true, check: true, serial: '21' },
  'class:lgtin': { ai: '01', digits: 13, indicator: true, check: true, serial: '10' },
  'id:upui': { ai: '01', digits: 13, indicator: true, check: true, serial: '235' },
  'id:itip': { ai: '8006', digits: 13, indicator: true, check: true, pieces: true, serial: '21' },
  'id:sscc': { ai: '00', digits: 17, indicator: true, check: true },
  'id:sgln': { ai: '414', digits: 12, check: true, serial: '254', noSerial: '0' },
  'id:pgln': { ai: '417', digits: 12, check: true },
  'id:grai': { ai: '8003', digits: 12, lead: '0', check: true, serial: 'appended' },
  'id:gdti': { ai: '253', digits: 12, check: true, serial: 'appended' },
  'id:sgcn': { ai: '255', digits: 12, check: true, serial: 'appended' },
  'id:gsrn': { ai: '8018', digits: 17, check: true },
  'id:gsrnp': { ai: '8017', digits: 17, check: true },
  'id:gsin': { ai: '402', digits: 16, check: true },
  'id:giai': { ai: '8004' },
  'id:ginc': { ai: '401' },
  'id:cpi': { ai: '8010', serial: '8011' },
};

const SIGNS =
  /^(?:%(?:2[1-9A-Fa-f]|3[0-9A-Fa-f]|4[1-9A-Fa-f]|5[0-9AFaf]|6[1-9A-Fa-f]|7[0-9Aa])|[!'()*+,.\-0-9:;=#/A-Z_a-z])+$/;

/**
 * The canonical link of an EPC, EPC class or pattern of one class (`urn:epc:id:…`, `urn:epc:class:lgtin:…`,
 * `urn:epc:idpat:….*`). @returns nothing when the URN is none of these, or breaks its scheme's rules
 */
export function linkOfUrn(urn: string): string | null {
  const [, kind, name, rest] = /^urn:epc:(id|class|idpat):([a-z]+):(.+)$/.exec(urn) ?? [];
  if (!kind || !name || !rest) return null;
  const scheme = SCHEMES[`${kind === 'idpat' ? 'id' : kind}:${name}`];
  if (!scheme || (kind === 'idpat' && !scheme.serial)) return null;
  return scheme.digits === undefined
    ? ofSigns(scheme, rest, kind === 'idpat')
    : ofDigits(scheme, rest, kind === 'idpat');
}

function ofDigits(scheme: Scheme, rest: string, pattern: boolean): string | null {
  const [prefix = '', reference, ...more] = rest.split('.');
  if (!/^\d{6,12}$/.test(prefix) || reference === undefined || !/^\d*$/.test(reference)) return null;
  if (prefix.length + reference.length !== scheme.digits) return null;
  const body = scheme.indicator ? reference[0]! + prefix + reference.slice(1) : prefix + reference;
  if (scheme.indicator && reference === '') return null;
  const digits = (scheme.lead ?? '') + body;
  const pieces = scheme.pieces ? more.splice(0, 2) : [];
  if (pieces.some((piece) => !/^\d\d$/.test(piece))) return null;
  const key = digits + checkDigit(digits) + pieces.join('');
  const serial = more.join('.');
  if (!scheme.serial) return more.length === 0 ? written(scheme.ai, key) : null;
  if (pattern) return serial === '*' ? written(scheme.ai, key) : null;
  return withSerial(scheme, key, serial);
}

function withSerial({ ai, serial: place, noSerial }: Scheme, key: string, serial: string): string | null {
  const value = decoded(serial);
  if (value === null || !place) return null;
  if (serial === noSerial) return written(ai, key);
  return place === 'appended' ? written(ai, key + value) : written(ai, key, place, value);
}

/** Asset, consignment and part numbers: the prefix, then signs. */
function ofSigns({ ai, serial: place }: Scheme, rest: string, pattern: boolean): string | null {
  const dot = rest.indexOf('.');
  const last = place ? rest.lastIndexOf('.') : rest.length;
  const prefix = rest.slice(0, dot);
  if (dot < 0 || !/^\d{6,12}$/.test(prefix) || last <= dot) return null;
  const reference = decoded(rest.slice(dot + 1, last));
  if (reference === null) return null;
  if (!place) return written(ai, prefix + reference);
  const serial = rest.slice(last + 1);
  if (pattern) return serial === '*' ? written(ai, prefix + reference) : null;
  return written(ai, prefix + reference, place, serial);
}

function decoded(text: string): string | null {
  if (!SIGNS.test(text)) return null;
  return text.includes('%') ? decodeURIComponent(text) : text;
}

function written(ai: string, key: string, qualifier?: string, value = ''): string | null {
  if (valueFault(IDENTIFIERS.get(ai)!, key)) return null;
  if (!qualifier) return `${CANONICAL_STEM}/${ai}/${encodeValue(key)}`;
  if (valueFault(IDENTIFIERS.get(qualifier)!, value)) return null;
  return `${CANONICAL_STEM}/${ai}/${encodeValue(key)}/${qualifier}/${encodeValue(value)}`;
}

/**
 * The URN of what a link names, for a company prefix of that many digits (6 to 12).
 * @returns nothing where there is no URN for such a link, or the prefix cannot be that long
 */
export function urnOfLink(
  link: Pick<DigitalLink, 'key' | 'qualifiers'>,
  prefixLength: number,
): string | null {
  if (!Number.isInteger(prefixLength) || prefixLength < 6 || prefixLength > 12) return null;
  const finest = link.qualifiers.findLast(({ ai }) => ai !== '22' && ai !== '7040' && ai !== '8019');
  const { ai, value } = link.key;
  const found = Object.entries(SCHEMES).find(
    ([, scheme]) => scheme.ai === ai && (scheme.serial === finest?.ai || !scheme.serial || !finest),
  );
  if (!found || (ai === '8006' && finest?.ai === '10')) return null;
  const [name, scheme] = found;
  const text =
    scheme.digits === undefined ? signsOf(value, prefixLength) : digitsOf(scheme, value, prefixLength);
  if (text === null) return null;
  const serial =
    scheme.serial === 'appended'
      ? value.slice((scheme.digits ?? 0) + (scheme.lead ?? '').length + 1)
      : finest?.value;
  if (!scheme.serial) return `urn:epc:${name}:${text}`;
  if (serial) return `urn:epc:${name}:${text}.${urnSigns(serial)}`;
  if (scheme.noSerial) return `urn:epc:${name}:${text}.${scheme.noSerial}`;
  return `urn:epc:idpat:${name.split(':')[1]}:${text}.*`;
}

function digitsOf(
  { digits = 0, indicator, lead = '', pieces }: Scheme,
  value: string,
  length: number,
): string | null {
  const body = value.slice(lead.length, lead.length + digits);
  if (!hasCheckDigit(value.slice(0, lead.length + digits + 1))) return null;
  const [prefix, reference] = indicator
    ? [body.slice(1, 1 + length), body[0]! + body.slice(1 + length)]
    : [body.slice(0, length), body.slice(length)];
  const tail = value.slice(lead.length + digits + 1);
  return `${prefix}.${reference}${pieces ? `.${tail.slice(0, 2)}.${tail.slice(2, 4)}` : ''}`;
}

function signsOf(value: string, length: number): string | null {
  if (!/^\d+$/.test(value.slice(0, length)) || value.length <= length) return null;
  return `${value.slice(0, length)}.${urnSigns(value.slice(length))}`;
}

/** Signs that a URN writes with a percent sign. */
function urnSigns(value: string): string {
  return value.replace(/["%&/<>?#]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
