/**
 * Words as people type them: cleaning what comes in, and folding for search.
 *
 * Everything stored is NFC and free of characters that cannot be seen: two names that look alike must be
 * alike, and nothing may turn the reading direction of a slip or hide inside a code.
 */

/** Zero-width, bidi, tag and filler characters, soft hyphen: they change a text without being seen. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]/gu;
/** Control characters except tab, line feed and carriage return, which mean space or line end. */
// oxlint-disable-next-line no-control-regex -- finding them is the purpose
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/g;
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
/** More than three marks on one letter is no writing of any people that we serve. */
const MARK_PILE = /(\p{M}{3})\p{M}+/gu;

function cleanCharacters(input: string): string {
  return input
    .toWellFormed()
    .replace(LINE_END, '\n')
    .replace(CONTROL, '')
    .replace(UNSEEN, '')
    .normalize('NFC')
    .replace(MARK_PILE, '$1');
}

/**
 * Cleans one line of user input (a name, a title, a search): NFC, no unseen characters, every kind of
 * white space one ordinary space, trimmed. Never fails; length is checked on the result.
 */
export function cleanLine(input: string): string {
  return cleanCharacters(input)
    .replace(/[\s\p{Z}]+/gu, ' ')
    .trim();
}

/**
 * Cleans user input of several lines (a reason, a remark): like {@link cleanLine} for each line, with line
 * ends as `\n` and never more than one empty line in a row.
 */
export function cleanText(input: string): string {
  return cleanCharacters(input)
    .split('\n')
    .map((line) => line.replace(/[\s\p{Z}]+/gu, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
}

/** Length in characters as people count them (an accented letter or an emoji of one code point is one). */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/**
 * Folds a text for searching: lower case, no accents, đ → d (also the look-alikes ð and ɖ that some
 * keyboards give), white space collapsed. `foldText('Nguyễn Thị  Đào') === 'nguyen thi dao'`.
 * Folding twice changes nothing.
 */
export function foldText(input: string): string {
  return (
    cleanLine(input)
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .replace(/[đðɖ]/g, 'd')
      .normalize('NFC')
      // A mark that stood on a space has left the space behind.
      .replace(/ {2,}/g, ' ')
      .trim()
  );
}

/** The folded words of a text in order, without punctuation: what a search compares, in any order. */
export function words(input: string): string[] {
  return foldText(input).match(/[\p{L}\p{N}]+/gu) ?? [];
}
