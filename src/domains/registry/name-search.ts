/** Looking for people by words of their names, in any order: what the database is asked. */
import { sql, type RawBuilder } from 'kysely';

/**
 * Whether a name has words that begin with all of these. Asked of a row with `name_words` and `initials`.
 * @param asked folded words, as `words()` gives them
 */
export function nameHas(asked: readonly string[], table: string): RawBuilder<boolean> {
  const bits = String(initialsOf(asked));
  const like = asked.map((word) => sql`${sql.ref(`${table}.name_words`)} like ${`% ${word}%`}`);
  // `case` keeps the order: the bits are compared first and spare most rows the dear comparison of texts.
  return sql<boolean>`case when ${sql.ref(`${table}.initials`)} & ${bits}::bigint = ${bits}::bigint
    then ${sql.join(like, sql` and `)} else false end`;
}

/** One bit for the first letter of every word, as the database's `registry_initials` has them. */
function initialsOf(asked: readonly string[]): bigint {
  return asked.reduce((bits, word) => bits | (1n << BigInt(word.codePointAt(0)! % 63)), 0n);
}
