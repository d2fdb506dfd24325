import { m } from '#i18n/messages';
import type { StayKind } from './stay.ts';

const KIND_WORDS: Record<StayKind, () => string> = {
  residence: m.registry_stay_residence,
  absence: m.registry_stay_absence,
};

export function stayWords(kind: StayKind): string {
  return KIND_WORDS[kind]();
}
