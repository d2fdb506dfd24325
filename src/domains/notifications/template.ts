/**
 * The words of a message: templates with declared variables, in Vietnamese and English. `{code}` is a
 * variable; `[[ … {due}]]` stands only when all variables inside are given. A commune may have words of its
 * own, checked against the same declaration.
 */
import { z } from 'zod';
import catalogData from './catalog/templates.json' with { type: 'json' };
import type { Locale } from '#kernel/context';
import { formatDate, formatDateTime, formatMoney, formatNumber } from '#kernel/format';
import { parseLocalDate } from '#kernel/time';
import { plainAscii, smsLength } from './sms-text.ts';

const Kind = z.enum([
  'name',
  'official',
  'code',
  'text',
  'paragraph',
  'datetime',
  'date',
  'money',
  'number',
  'link',
  'secret',
  'secret_link',
]);
const Variable = z.strictObject({
  kind: Kind,
  /** Longest value in characters; longer ones are cut (texts) or refused (codes). */
  max: z.int().positive().optional(),
  about: z.strictObject({ vi: z.string(), en: z.string() }),
});
const Texts = z.strictObject({ title: z.string().min(1), body: z.string().min(1), sms: z.string().min(1) });
const Event = z.strictObject({
  variables: z.string(),
  audience: z.enum(['citizen', 'staff']),
  /** Beside the inbox: `phone` is Zalo, or else SMS. */
  channels: z.array(z.enum(['phone', 'email'])),
  /** Passes quiet hours and preferences: one-time codes. */
  urgent: z.boolean().optional(),
  vi: Texts,
  en: Texts,
  /** Words of earlier versions of the catalogue, oldest first: what was sent keeps its words. */
  former: z.array(z.strictObject({ until: z.int(), vi: Texts, en: Texts })).optional(),
});
const Catalog = z.strictObject({
  version: z.int(),
  source: z.strictObject({ text: z.string(), verified: z.boolean() }),
  variables: z.record(z.string(), z.record(z.string(), Variable)),
  events: z.record(z.string(), Event),
});

export type NoticeEvent = keyof typeof catalogData.events;
export type Variable = z.infer<typeof Variable>;
export type Texts = z.infer<typeof Texts>;
export type EventTemplate = z.infer<typeof Event>;

export const CATALOG = Catalog.parse(catalogData);
/** What stands in for a secret wherever it was not sent. */
export const DOTS = '••••••';

/** Everything that can be told, in the order of the catalogue. */
export const NOTICE_EVENTS = Object.keys(CATALOG.events) as NoticeEvent[];

/** @throws Error for an event that the catalogue does not know: a fault of the program, not of a person */
export function eventTemplate(event: string): EventTemplate {
  const found = Object.hasOwn(CATALOG.events, event) ? CATALOG.events[event] : undefined;
  if (!found) throw new Error(`notifications/catalog/templates.json has no event ${event}`);
  return found;
}

/** The catalogue's words as they were in that version (`catalog:<version>` of a message). */
export function catalogTexts(template: EventTemplate, wording: string, locale: Locale): Texts {
  const version = Number(/^catalog:(\d+)$/.exec(wording)?.[1] ?? CATALOG.version);
  return (template.former?.find(({ until }) => version <= until) ?? template)[locale];
}

/** The variables that an event's words may use; `commune` (its name) is always among them. */
export function variablesOf(template: EventTemplate): Record<string, Variable> {
  const commune = { kind: 'official', max: 30, about: { vi: 'tên xã', en: 'name of the commune' } } as const;
  return { ...CATALOG.variables[template.variables]!, commune };
}

/** Whether a value is kept only sealed, and only until it was sent. */
export function isSecret(variable: Variable | undefined): boolean {
  return variable?.kind === 'secret' || variable?.kind === 'secret_link';
}

type Piece = { text: string; optional: boolean };

/** Splits a text at its `[[ … ]]`. */
function pieces(text: string): Piece[] {
  return text.split(/\[\[(.*?)\]\]/s).map((part, index) => ({ text: part, optional: index % 2 === 1 }));
}

/** Names of variables in a text; `always` leaves out those inside brackets. */
export function namesIn(text: string, which: 'all' | 'always' = 'all'): string[] {
  const parts = pieces(text).filter((piece) => which === 'all' || !piece.optional);
  return [
    ...new Set(parts.flatMap((piece) => [...piece.text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!))),
  ];
}

/** What a caller must give for an event: what its own words cannot do without, in any language and channel. */
export function requiredParams(template: EventTemplate): string[] {
  const texts = [template.vi, template.en].flatMap(({ title, body, sms }) => [title, body, sms]);
  return [...new Set(texts.flatMap((text) => namesIn(text, 'always')))].filter((name) => name !== 'commune');
}

/** Values ready for filling, in the reader's language; what was not given is absent. */
export type Values = Readonly<Record<string, string>>;

/** Stored parameters as words: dates and money as people read them, links absolute. */
export function valuesFor(
  template: EventTemplate,
  params: Readonly<Record<string, string>>,
  { locale, origin, commune }: { locale: Locale; origin: string; commune: string },
): Values {
  const declared = variablesOf(template);
  const values: Record<string, string> = { commune };
  for (const [name, value] of Object.entries(params)) {
    const kind = declared[name]?.kind;
    if (kind !== undefined) values[name] = inWords(kind, value, locale, origin);
  }
  return values;
}

function inWords(kind: Variable['kind'], value: string, locale: Locale, origin: string): string {
  if (kind === 'datetime') return formatDateTime(new Date(value), locale);
  if (kind === 'date') return formatDate(parseLocalDate(value), locale);
  if (kind === 'money') return formatMoney(BigInt(value), locale);
  if (kind === 'number') return formatNumber(value, { locale });
  if (kind === 'link') return origin + value;
  if (kind === 'secret_link') return value === DOTS ? DOTS : origin + value;
  return value;
}

/** Fills a text. Values are put in as they are: braces inside a value mean nothing. */
export function fill(text: string, values: Values): string {
  return pieces(text)
    .filter((piece) => !piece.optional || namesIn(piece.text).every((name) => name in values))
    .map((piece) => piece.text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole))
    .join('')
    .normalize('NFC');
}

/** Titles are one line, whatever was put in: they become e-mail subjects. */
export function fillTitle(text: string, values: Values): string {
  return fill(text, values).replace(/\s+/g, ' ').trim();
}

const SHORTEST = 8;
/** Longest message in parts: one where the words are unaccented, two where they are not. */
const MAX_UCS2_UNITS = 134;
const MAX_GSM_UNITS = 160;

/**
 * Fills the short text. Unaccented words get unaccented values and stay within 160 signs: names and texts
 * are cut as far as needed, codes and links never.
 */
export function fillSms(template: EventTemplate, text: string, values: Values): string {
  const plain = smsLength(text).encoding === 'gsm7';
  const limit = plain ? MAX_GSM_UNITS : MAX_UCS2_UNITS;
  const declared = variablesOf(template);
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    shown[name] = plain ? plainAscii(value) : value.replace(/\s+/g, ' ');
  }
  for (;;) {
    const filled = fill(text, shown).replace(/\s+/g, ' ').trim();
    if (smsLength(filled).units <= limit) return filled;
    const longest = namesIn(text)
      .filter((name) => isElastic(declared[name]) && (shown[name]?.length ?? 0) > SHORTEST)
      .sort((a, b) => shown[b]!.length - shown[a]!.length)[0];
    if (longest === undefined) return filled;
    shown[longest] = cut(shown[longest]!.replace(/\.\.$/, ''), shown[longest]!.length - 1);
  }
}

function cut(text: string, length: number): string {
  return `${text.slice(0, length - 2).trimEnd()}..`;
}

function isElastic(variable: Variable | undefined): boolean {
  return variable !== undefined && ['name', 'official', 'text', 'paragraph'].includes(variable.kind);
}

/** Longest value of a variable in a short text, after cutting. */
function longestInSms(variable: Variable): number {
  if (isElastic(variable)) return Math.min(SHORTEST, variable.max ?? SHORTEST);
  return variable.max ?? { datetime: 17, date: 11, money: 14, number: 4 }[variable.kind as 'date'] ?? 20;
}

export type TextFault = {
  field: keyof Texts;
  code: 'unknown_variable' | 'not_always_given' | 'too_long' | 'brackets';
  name?: string;
};

/**
 * What is wrong with words for an event: a variable that is not declared, one used outside brackets that
 * callers need not give, brackets that do not pair, a short text that may not fit.
 */
export function faultsOf(template: EventTemplate, texts: Texts): TextFault[] {
  const declared = variablesOf(template);
  const given = new Set([...requiredParams(template), 'commune']);
  const faults: TextFault[] = [];
  for (const field of ['title', 'body', 'sms'] as const) {
    const text = texts[field];
    for (const name of namesIn(text)) {
      if (!Object.hasOwn(declared, name)) faults.push({ field, code: 'unknown_variable', name });
    }
    for (const name of namesIn(text, 'always')) {
      if (Object.hasOwn(declared, name) && !given.has(name))
        faults.push({ field, code: 'not_always_given', name });
    }
    if (
      /\[\[|\]\]|[{}]/.test(
        text.replace(/\[\[((?!\[\[).)*?\]\]/gs, (whole) => whole.slice(2, -2)).replace(/\{\w+\}/g, ''),
      )
    ) {
      faults.push({ field, code: 'brackets' });
    }
  }
  if (faults.length === 0 && longestSms(template, texts.sms) > smsLimit(texts.sms))
    faults.push({ field: 'sms', code: 'too_long' });
  return faults;
}

function longestSms(template: EventTemplate, text: string): number {
  const declared = variablesOf(template);
  const all = text.replaceAll('[[', '').replaceAll(']]', '');
  return smsLength(all.replace(/\{(\w+)\}/g, (_, name: string) => 'x'.repeat(longestInSms(declared[name]!))))
    .units;
}

function smsLimit(text: string): number {
  return smsLength(text.replace(/[{}[\]]/g, '')).encoding === 'gsm7' ? MAX_GSM_UNITS : MAX_UCS2_UNITS;
}
