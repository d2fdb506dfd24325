/** Consultations and surveys in words. */
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/context';
import { formatNumber, formatPercent } from '#kernel/format';
import type { Result } from '../survey/draw.ts';
import type { Outcome } from '../survey/survey.actions.ts';
import type { Taken } from './consultation.actions.ts';

const TAKEN_WORDS: Record<Taken, typeof m.criteria_taken_taken> = {
  taken: m.criteria_taken_taken,
  partly: m.criteria_taken_partly,
  not_taken: m.criteria_taken_not_taken,
};

export function takenWords(taken: Taken, locale: Locale): string {
  return TAKEN_WORDS[taken]({}, { locale });
}

const OUTCOME_WORDS: Record<Outcome, typeof m.criteria_taken_taken> = {
  answered: m.criteria_visit_answered,
  refused: m.criteria_visit_refused,
  not_met: m.criteria_visit_not_met,
};

export function outcomeWords(outcome: Outcome | null, locale: Locale): string {
  return outcome === null ? m.criteria_visit_open({}, { locale }) : OUTCOME_WORDS[outcome]({}, { locale });
}

/** "19 trong 26 hài lòng (73,0 %; cả xã trong khoảng 53,9–86,3 %)"; of few answers that they are too few. */
export function resultWords(result: Result | null, locale: Locale): string {
  if (result === null) return m.criteria_survey_few({}, { locale });
  const percent = (share: number) => formatNumber(Math.round(share * 1000) / 10, { digits: 1, locale });
  const { answers, content, low, high } = result;
  return m.criteria_survey_result(
    {
      content,
      answers,
      share: formatPercent(content, answers, locale),
      low: percent(low),
      high: percent(high),
    },
    { locale },
  );
}
