/** What callers give to a template, cleaned and no more than needed: this is all that is kept of it. */
import { cleanLine, cleanText } from '#kernel/text';
import { localDateOf, parseLocalDate } from '#kernel/time';
import {
  DOTS,
  isSecret,
  requiredParams,
  variablesOf,
  type EventTemplate,
  type Variable,
} from './template.ts';

export type ParamValue = string | number | bigint | Date | null | undefined;
export type Params = Readonly<Record<string, ParamValue>>;

/** Kept as text; secrets apart, to be sealed. */
export type StoredParams = { params: Record<string, string>; secrets: Record<string, string> };

/**
 * Checks and cleans the parameters of an event. Absent, null and empty mean not given.
 * @throws Error for one that is not declared, is missing or of the wrong kind: a fault of the calling room
 */
export function storeParams(event: string, template: EventTemplate, given: Params): StoredParams {
  const declared = variablesOf(template);
  const stored: StoredParams = { params: {}, secrets: {} };
  for (const [name, value] of Object.entries(given)) {
    const variable = Object.hasOwn(declared, name) && name !== 'commune' ? declared[name] : undefined;
    if (!variable) throw new Error(`${event}: {${name}} is not declared`);
    if (value === null || value === undefined || value === '') continue;
    const text = storedValue(variable, value);
    if (text === undefined) throw new Error(`${event}: {${name}} is no ${variable.kind}`);
    if (text === '') continue;
    stored.params[name] = isSecret(variable) ? DOTS : text;
    if (isSecret(variable)) stored.secrets[name] = text;
  }
  for (const name of requiredParams(template)) {
    if (!Object.hasOwn(stored.params, name)) throw new Error(`${event}: {${name}} is missing`);
  }
  return stored;
}

/** The value as it is kept; `undefined` when it is of another kind. */
function storedValue(
  { kind, max = 120 }: Variable,
  value: string | number | bigint | Date,
): string | undefined {
  switch (kind) {
    case 'name':
      return typeof value === 'string' ? shorten(shortName(value), max) : undefined;
    case 'official':
    case 'text':
      return typeof value === 'string' ? shorten(cleanLine(value), max) : undefined;
    case 'paragraph':
      return typeof value === 'string' ? shorten(cleanText(value), max) : undefined;
    case 'code':
    case 'secret':
      return typeof value === 'string' && value.length <= max && /^[\p{L}\p{N}_./-]+$/u.test(value)
        ? value
        : undefined;
    case 'link':
    case 'secret_link':
      return typeof value === 'string' && /^\/(?![/\\])[\w./?=&%~-]*$/.test(value) ? value : undefined;
    case 'datetime':
      return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
    case 'date':
      return dateText(value);
    case 'money':
    case 'number':
      return typeof value === 'bigint' || Number.isSafeInteger(value) ? String(value) : undefined;
  }
}

function dateText(value: string | number | bigint | Date): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : localDateOf(value);
  return typeof value === 'string' ? parseLocalDate(value) : undefined;
}

function shorten(text: string, max: number): string {
  const signs = [...text];
  return signs.length <= max
    ? text
    : `${signs
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/**
 * A person's name as messages carry it, enough to know who is meant: `Nguyễn Thị Hồng Đào` → `N.T.H. Đào`.
 * Phones and mailboxes are read by others too.
 */
export function shortName(fullName: string): string {
  const parts = cleanLine(fullName).split(' ').filter(Boolean);
  const given = parts.pop() ?? '';
  const initials = parts.map((part) => `${[...part][0]!.toUpperCase()}.`).join('');
  return initials ? `${initials} ${given}` : given;
}
