import { words } from '#kernel/text';

/** What a list is searched in: the folded words without punctuation, one space between them. */
export function searchText(...parts: readonly (string | null)[]): string {
  return words(parts.filter((part) => part !== null).join(' ')).join(' ');
}
