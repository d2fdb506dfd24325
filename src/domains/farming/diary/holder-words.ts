/** Whose diary a page of the diary shows, in words. */
import { m } from '#i18n/messages';
import type { HolderChoice } from './edge.page.ts';

/** `Hộ của tôi`, the household's name, or the producer itself. */
export function holderWords({ own, name }: Pick<HolderChoice, 'own' | 'name'>): string {
  return own ? m.farming_diary_own() : (name ?? m.farming_diary_producer());
}
