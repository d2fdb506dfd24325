/** Which application identifiers may stand together (General Specifications, 4.13 and 4.14; the syntax dictionary). */
import { IDENTIFIERS } from './identifiers.ts';

/** What is wrong: an identifier without one that it needs, or beside one that it excludes. */
export type PairingFault = { code: 'needs' | 'excludes'; ai: string };

/** @returns the first identifier of several on one item that may not stand there so */
export function pairingFault(ais: readonly string[]): PairingFault | null {
  for (const ai of ais) {
    const { needs, excludes } = IDENTIFIERS.get(ai)!;
    const others = ais.filter((one) => one !== ai);
    if (excludes.some((kind) => isThere(kind, others))) return { code: 'excludes', ai };
    const met = (way: string) => way.split('+').every((kind) => isThere(kind, others));
    if (!needs.every((group) => group.some(met))) return { code: 'needs', ai };
  }
  return null;
}

/** `310n` is any of 3100 … 3109. */
function isThere(kind: string, ais: readonly string[]): boolean {
  return ais.some(
    (ai) => ai.length === kind.length && [...kind].every((sign, at) => sign === 'n' || sign === ai[at]),
  );
}
