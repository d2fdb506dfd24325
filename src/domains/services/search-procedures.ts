import { words } from '#kernel/text';
import type { ProcedureVersion } from './procedure.ts';

type Searchable = Pick<ProcedureVersion, 'code' | 'otherCodes' | 'name' | 'synonyms'>;

export interface ProcedureHit<T extends Searchable> {
  procedure: T;
  /** Higher is better; only the order means something. */
  score: number;
}

/** Words that everybody writes and that tell nothing: without the accents they would match anything. */
const EMPTY_WORDS = new Set(
  'a cho cua de di dc duoc em giay giup ho lam minh muon o so the thi thu to toi tuc va ve voi xin an for get how i my of the to want'.split(
    ' ',
  ),
);

/**
 * Searches procedures in everyday words, without accents, in any order, with one slip of the keyboard
 * a word; the best first. A code finds its procedure. An empty or meaningless query finds nothing.
 */
export function searchProcedures<T extends Searchable>(
  procedures: readonly T[],
  query: string,
): ProcedureHit<T>[] {
  const bounded = query.slice(0, 200);
  const asked = meaningful(words(bounded).slice(0, 20));
  const digits = bounded.replaceAll(/[^\d.]/g, '');
  return procedures
    .map((procedure) => ({ procedure, score: codeScore(procedure, digits) + wordScore(procedure, asked) }))
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score || a.procedure.code.localeCompare(b.procedure.code));
}

/** Without its empty words, unless nothing else is left. */
function meaningful(list: string[]): string[] {
  const rest = list.filter((word) => !EMPTY_WORDS.has(word));
  return rest.length > 0 ? rest : list;
}

function codeScore(procedure: Searchable, digits: string): number {
  if (digits.replaceAll('.', '').length < 4) return 0;
  const codes = [procedure.code, ...procedure.otherCodes];
  return codes.some((code) => code.includes(digits) || code.replaceAll('.', '').includes(digits)) ? 1000 : 0;
}

/** The best of the names by which it is known; all asked words must be found in one of them or in all together. */
function wordScore(procedure: Searchable, asked: readonly string[]): number {
  if (asked.length === 0) return 0;
  const names = [procedure.name.vi, procedure.name.en, ...procedure.synonyms].map(words);
  const best = Math.max(...names.map((name) => nameScore(name, asked)));
  return best;
}

/**
 * 100 for the very words, less for words that the name has beyond them and for slips; words that the
 * name lacks weigh most, and with more than a third lacking it is no hit.
 */
function nameScore(name: readonly string[], asked: readonly string[]): number {
  const known = meaningful([...name]);
  const quality = asked.map((word) => Math.max(0, ...known.map((one) => similarity(one, word))));
  const found = quality.filter((one) => one > 0);
  const missing = asked.length - found.length;
  if (found.length === 0 || missing * 3 > asked.length) return 0;
  const matched = found.reduce((total, one) => total + one, 0) / asked.length;
  const coverage = Math.min(1, found.length / known.length);
  return 100 * matched * matched * (0.6 + 0.4 * coverage);
}

/** 1 for the same word, less for the beginning of a longer one, less for one slip; 0 for another word. */
function similarity(known: string, asked: string): number {
  if (known === asked) return 1;
  if (asked.length >= 3 && known.startsWith(asked)) return 0.85;
  return Math.min(known.length, asked.length) >= 3 && oneSlip(known, asked) ? 0.7 : 0;
}

/** One letter wrong, missing, too many, or two neighbours exchanged. */
function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
