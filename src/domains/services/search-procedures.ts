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
  (
    'a ad anh bao can cac chi cho cua dau de di dc duoc em gi giay giup ho hoi ko khong lam la lau minh ' +
    'muon nao nay nhieu nhu nhung o roi so the thi thu to toi tuc va vay ve voi xin ' +
    'an at do for get how i is my need of on the to want what where'
  ).split(' '),
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
    .map((procedure) => ({
      procedure,
      score: codeScore(procedure, digits) + wordScore(procedure, asked) + phraseScore(procedure, bounded),
    }))
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score || a.procedure.code.localeCompare(b.procedure.code));
}

/** Names are few and asked for often, and folding is the dear part: each text is folded once. */
const folded = new Map<string, string[]>();
const MOST_FOLDED = 20_000;

function wordsOnce(text: string): string[] {
  const known = folded.get(text);
  if (known) return known;
  if (folded.size >= MOST_FOLDED) folded.clear();
  const list = words(text);
  folded.set(text, list);
  return list;
}

function namesOf(procedure: Searchable): string[][] {
  return [procedure.name.vi, procedure.name.en, ...procedure.synonyms].map(wordsOnce);
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

/** Somebody who writes one of its names word by word means it. */
function phraseScore(procedure: Searchable, query: string): number {
  const phrase = words(query).join(' ');
  return namesOf(procedure).some((name) => name.join(' ') === phrase) ? 50 : 0;
}

/** The best of the names by which it is known; less for words scattered over several of them. */
function wordScore(procedure: Searchable, asked: readonly string[]): number {
  if (asked.length === 0) return 0;
  const names = namesOf(procedure);
  const scattered = nameScore([...new Set(names.flat())], asked);
  return Math.max(scattered, ...names.map((name) => nameScore(name, asked)));
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
  const shorter = Math.min(known.length, asked.length);
  // Vietnamese words are short: one other letter in three or four is mostly another word.
  return shorter >= 3 && oneSlip(known, asked) ? (shorter >= 5 ? 0.75 : 0.5) : 0;
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
