/** Search in the text of things, without accents, words in any order. */
import type { Ctx } from '#kernel/context';
import { words } from '#kernel/text';

/** A text has far fewer different words; more is no text that people search. */
const MOST_WORDS = 800;
const LONGEST_WORD = 60;
const MOST_ASKED = 8;

/** Keeps the words of a thing's text in place of those before. */
export async function indexWords(
  ctx: Ctx,
  subjectId: string,
  texts: readonly (string | number | null | undefined)[],
): Promise<void> {
  await ctx.db
    .deleteFrom('office_word')
    .where('commune_id', '=', ctx.commune.id)
    .where('subject_id', '=', subjectId)
    .execute();
  const found = new Set(texts.flatMap((text) => words(String(text ?? ''))));
  const rows = [...found].slice(0, MOST_WORDS).map((word) => ({
    commune_id: ctx.commune.id,
    word: word.slice(0, LONGEST_WORD),
    subject_id: subjectId,
  }));
  if (rows.length === 0) return;
  await ctx.db
    .insertInto('office_word')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The words that were typed, as the index has them. */
export function askedWords(typed: string): string[] {
  return words(typed)
    .slice(0, MOST_ASKED)
    .map((word) => word.slice(0, LONGEST_WORD));
}

/** The ids of the things in whose text a word begins so; for `where id in`. */
export function withWord(ctx: Ctx, word: string) {
  return ctx.db
    .selectFrom('office_word')
    .select('subject_id')
    .where('commune_id', '=', ctx.commune.id)
    .where('word', '>=', word)
    .where('word', '<', `${word}\uffff`);
}
