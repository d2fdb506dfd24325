/** `urn:epc:idpat:sgtin:8938500.*.*`: patterns of things, as the canonical links that they match. */
import { linkOfUrn } from '../digital-link/epc-urn.ts';
import { identityOf } from './identity.ts';

/** What matches: one text, or all that begin so and are shaped so. */
export type Pattern = { exact: string } | { begins: string; shape: RegExp };

/** Digits of company prefix and reference, whether a digit stands before the prefix, and what follows the key. */
const SHAPES: Readonly<
  Record<string, { ai: string; digits: number; indicator?: true; lead?: string; tail: string }>
> = {
  sgtin: { ai: '01', digits: 13, indicator: true, tail: '/21/' },
  lgtin: { ai: '01', digits: 13, indicator: true, tail: '/10/' },
  upui: { ai: '01', digits: 13, indicator: true, tail: '/235/' },
  sscc: { ai: '00', digits: 17, indicator: true, tail: '' },
  sgln: { ai: '414', digits: 12, tail: '(?:/254/|$)' },
  pgln: { ai: '417', digits: 12, tail: '' },
  grai: { ai: '8003', digits: 12, lead: '0', tail: '.' },
  gdti: { ai: '253', digits: 12, tail: '.' },
  sgcn: { ai: '255', digits: 12, tail: '.' },
  gsrn: { ai: '8018', digits: 17, tail: '' },
  gsrnp: { ai: '8017', digits: 17, tail: '' },
};

/** @returns nothing when the text is a pattern that cannot be read */
export function patternOf(text: string): Pattern | null {
  if (!text.startsWith('urn:epc:idpat:') && !text.startsWith('urn:epc:pat:'))
    return { exact: identityOf(text) };
  const [, scheme = '', rest = ''] = /^urn:epc:(?:idpat|pat):([a-z]+):(.+)$/.exec(text) ?? [];
  const parts = rest.split('.');
  if (!rest.includes('*')) return { exact: linkOfUrn(`urn:epc:id:${scheme}:${rest}`) ?? text };
  if (scheme === 'giai' || scheme === 'ginc' || scheme === 'cpi') return ofSigns(scheme, parts);
  const shape = SHAPES[scheme];
  if (!shape) return null;
  const [prefix = '*', reference = '*', ...serial] = parts;
  if (!/^(?:\d{6,12}|\*)$/.test(prefix) || !/^(?:\d*|\*)$/.test(reference)) return null;
  const begins = `https://id.gs1.org/${shape.ai}/`;
  const first = shape.indicator ? (reference === '*' ? String.raw`\d` : reference[0]!) : '';
  const refs = reference === '*' ? '' : shape.indicator ? reference.slice(1) : reference;
  const body =
    prefix === '*' ? String.raw`\d+` : prefix + refs + (reference === '*' ? String.raw`\d*` : String.raw`\d`);
  const tail = serialTail(shape.tail, serial.join('.'));
  return {
    begins,
    shape: new RegExp(`^${begins.replaceAll('.', String.raw`\.`)}${shape.lead ?? ''}${first}${body}${tail}`),
  };
}

function serialTail(tail: string, serial: string): string {
  if (serial === '' || serial === '*') return tail;
  return `${tail === '.' ? '' : tail}${serial.replace(/[^\w-]/g, (sign) => `\\${sign}`)}$`;
}

function ofSigns(scheme: string, [prefix = '']: readonly string[]): Pattern | null {
  if (!/^\d{6,12}$/.test(prefix)) return null;
  const ai = { giai: '8004', ginc: '401', cpi: '8010' }[scheme]!;
  const begins = `https://id.gs1.org/${ai}/${prefix}`;
  return { begins, shape: new RegExp(`^${begins.replaceAll('.', String.raw`\.`)}.`) };
}

export function matchesPattern(pattern: Pattern, value: string): boolean {
  if ('exact' in pattern) return pattern.exact === value;
  return value.startsWith(pattern.begins) && pattern.shape.test(value);
}
