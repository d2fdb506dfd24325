/** Consents as pages show them: each purpose with its text of today, how it stands, and its history. */
import { inLocale } from '#kernel/bilingual';
import type { Locale } from '#kernel/context';
import type { LocalDate } from '#kernel/time';
import { consentMoments } from '../own/copy.ts';
import type { Consent } from './consent.queries.ts';
import { CONSENTS, textOn } from './consent-text.ts';

export function consentViews(consents: readonly Consent[], day: LocalDate, locale: Locale) {
  return CONSENTS.purposes.map(({ code, name }) => {
    const asked = textOn(code, day);
    const own = consents.filter(({ purpose }) => purpose === code);
    const open = own.find(({ withdrawnAt }) => withdrawnAt === null);
    return {
      code,
      name: inLocale(name, locale),
      text: asked ? inLocale(asked.text, locale) : null,
      wording: asked?.version ?? null,
      holds: open?.holds ?? false,
      /** Agreed to a text that asks for less than today's. */
      outdated: open !== undefined && !open.holds,
      history: own.map((one) => ({
        id: one.id,
        wording: one.wording,
        words: consentMoments(one, locale),
        paper: one.paper !== null,
      })),
    };
  });
}

export type ConsentView = ReturnType<typeof consentViews>[number];
