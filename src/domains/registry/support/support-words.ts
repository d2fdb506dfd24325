import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import type { Locale } from '#kernel/context';
import { formatDate, formatMoney } from '#kernel/format';
import { groupOf, type GroupCode } from './group.ts';
import type { Aid, Support } from './support.queries.ts';

export function groupWords(code: GroupCode, locale: Locale): string {
  return inLocale(groupOf(code).name, locale);
}

/** From when to when, in words. */
export function spanWords({ from, until }: Pick<Support, 'from' | 'until'>, locale: Locale): string {
  const since = formatDate(from, locale);
  return until === null
    ? m.registry_support_since({ from: since }, { locale })
    : m.registry_support_until({ from: since, until: formatDate(until, locale) }, { locale });
}

/** Decisions in words: the one that began it, and the one that ended it. */
export function decisionWords({ decision, endDecision }: Support): string {
  return [decision, endDecision].filter((one) => one !== null).join(' · ');
}

/** What was given and its worth. */
export function aidWords({ what, amount }: Pick<Aid, 'what' | 'amount'>, locale: Locale): string {
  return amount === null ? what : `${what}: ${formatMoney(amount, locale)}`;
}
