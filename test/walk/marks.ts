/** Marker words: whose thing it is and of which kind, in letters that stand nowhere else. */
import { createHash } from 'node:crypto';
import type { Runtime } from '#app/runtime';
import { makePdf, ONE_PAGE } from '../pdf.ts';

/** The two hamlets, the commune's own desk, the neighbouring commune. */
export const PLACES = ['Anbo', 'Bexu', 'Cowi', 'Nuvy'] as const;
export type Place = (typeof PLACES)[number];

/** Found by this word wherever names are searched; it stands before every marker. */
export const SEARCH_WORD = 'Moccay';

/** Every kind of thing that is planted, and who may read it besides the officials of its place. */
export const KINDS = [
  'person',
  'lane',
  'producer',
  'shown',
  'head',
  'member',
  'paper',
  'craft',
  'house',
  'reason',
  'plot',
  'work',
  'note',
  'money',
  'giver',
  'photo',
  'applicant',
  'own',
  'archive',
  'file',
  'task',
  'document',
  'entry',
  'publication',
  'import',
  'mandate',
  'news',
  'tea',
  'seller',
  'buyer',
] as const;
export type Kind = (typeof KINDS)[number];

/** One word of letters only, `ZzBexumember`. */
export function mark(place: Place, kind: Kind): string {
  return `Zz${place}${kind}`;
}

/** The same word as a name that a search finds. */
export function named(place: Place, kind: Kind): string {
  return `${SEARCH_WORD} ${mark(place, kind)}`;
}

/** The marks in a text, however it is written there. */
export function marksIn(text: string): { place: Place; kind: Kind }[] {
  const found = new Set(text.toLowerCase().match(/zz(?:anbo|bexu|cowi|nuvy)[a-z]+/g) ?? []);
  return PLACES.flatMap((place) =>
    KINDS.filter((kind) => found.has(mark(place, kind).toLowerCase())).map((kind) => ({ place, kind })),
  );
}

/** A PDF in the store whose bytes hold the mark. */
export async function keepFile(runtime: Runtime, place: Place, kind: Kind = 'file') {
  const bytes = makePdf({ objects: ONE_PAGE, trailer: `/Walk (${mark(place, kind)})` });
  const { hash, size } = await runtime.files.put(bytes);
  return { hash, size, mediaType: 'application/pdf', type: 'application/pdf', name: 'tep.pdf', pages: 1 };
}

/** Twelve digits of a woman born in 1990, and a telephone number: each place's own. */
export function numbersOf(place: Place, nth: number): { nationalId: string; phone: string } {
  const digits = String(
    (createHash('sha256').update(`${place}${nth}`).digest().readUInt32BE() % 899_999) + 100_000,
  );
  return { nationalId: `019190${digits}`, phone: `+84987${digits}` };
}
