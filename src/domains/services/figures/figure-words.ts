/** Words of the figures: channels, periods, parts of the commune. */
import { m } from '#i18n/messages';
import { formatDate } from '#kernel/format';
import type { Locale } from '#kernel/context';
import type { MeasureQuestion } from '#kernel/measures';
import { localDate } from '#kernel/time';
import type { Channel } from '../dossier/dossier.ts';
import type { Period } from './question.ts';

const CHANNEL_WORDS = {
  online: m.services_figures_channel_online,
  helper: m.services_figures_channel_helper,
  counter: m.services_figures_channel_counter,
} satisfies Record<Channel, unknown>;

/** How a dossier came in, in words. */
export function channelWords(channel: string, locale: Locale): string {
  return Object.hasOwn(CHANNEL_WORDS, channel) ? CHANNEL_WORDS[channel as Channel]({}, { locale }) : channel;
}

const PERIOD_WORDS: Record<Period, () => string> = {
  month: m.services_figures_period_month,
  quarter: m.services_figures_period_quarter,
  twelve_months: m.services_figures_period_twelve_months,
  year: m.services_figures_period_year,
  last_quarter: m.services_figures_period_last_quarter,
  all: m.services_figures_period_all,
};

export function periodWords(period: Period): string {
  return PERIOD_WORDS[period]();
}

/** "từ 01/01/2026 đến 31/03/2026". */
export function spanWords({ asOf, from }: MeasureQuestion, locale: Locale): string {
  const until = formatDate(localDate(asOf), locale);
  if (!from) return m.services_figures_until({ until }, { locale });
  return m.services_figures_span({ from: formatDate(localDate(from), locale), until }, { locale });
}
