/** Names with prefixes, read by the `@context` that stands beside them. No context is ever fetched. */
import { isObject, type Json } from './event.ts';
import { PREFIXES } from './vocabulary.ts';

/** Prefix → namespace. */
export type Names = ReadonlyMap<string, string>;

const known = new WeakMap<readonly Json[], Names>();

/** The prefixes of a context, with those that always hold. Addresses of contexts elsewhere add nothing. */
export function namesOf(context: readonly Json[]): Names {
  const found = known.get(context);
  if (found) return found;
  const names = new Map(PREFIXES);
  for (const item of context) {
    if (!isObject(item)) continue;
    for (const [prefix, value] of Object.entries(item)) {
      const namespace = isObject(value) ? value['@id'] : value;
      if (typeof namespace === 'string' && !prefix.startsWith('@')) names.set(prefix, namespace);
    }
  }
  known.set(context, names);
  return names;
}

/** The namespace and the local name: `example:farmer` → `{https://ns.example.com/epcis/}farmer`. */
export function expandName(name: string, names: Names): string {
  const colon = name.indexOf(':');
  if (colon < 0) return name;
  const namespace = prefixOf(name, colon, names);
  if (namespace !== undefined) return `{${namespace}}${name.slice(colon + 1)}`;
  const border = Math.max(name.lastIndexOf('/'), name.lastIndexOf('#'), name.lastIndexOf(':'));
  return /^(?:urn:|[a-z][a-z0-9+.-]*:\/\/)/i.test(name)
    ? `{${name.slice(0, border + 1)}}${name.slice(border + 1)}`
    : name;
}

/** `example:Ripe` → `https://ns.example.com/epcis/Ripe`, where the prefix is known. */
export function expandValue(text: string, names: Names): string {
  const colon = text.indexOf(':');
  const namespace = colon > 0 ? prefixOf(text, colon, names) : undefined;
  return namespace === undefined ? text : namespace + text.slice(colon + 1);
}

/** `//` behind the colon makes an address of it, whatever the prefix (JSON-LD 1.1, IRI expansion). */
function prefixOf(text: string, colon: number, names: Names): string | undefined {
  return text.startsWith('//', colon + 1) ? undefined : names.get(text.slice(0, colon));
}
