/** Reports in words. */
import { m } from '#i18n/messages';
import type { Tone } from '#ui/types.ts';
import type { Locale } from '#kernel/format';
import { partsOf } from '#kernel/time';
import { periodWords, type Period } from './period.ts';
import type { Act } from './report.queries.ts';

/** "Báo cáo tháng 3 năm 2024". */
export function reportTitle(period: Pick<Period, 'kind' | 'first'>, locale: Locale): string {
  if (locale === 'vi') return m.criteria_report_of({ period: periodWords(period) }, { locale });
  const [year, month] = partsOf(period.first);
  const words = {
    month: `${month}/${year}`,
    half: `${month === 1 ? 'H1' : 'H2'} ${year}`,
    year: String(year),
  };
  return m.criteria_report_of({ period: words[period.kind] }, { locale });
}

const ACTS: Record<Act['act'], typeof m.criteria_report_signed> = {
  signed: m.criteria_report_signed,
  sent: m.criteria_report_sent,
  failed: m.criteria_report_failed,
  taken: m.criteria_report_taken,
};

export function actWords(act: Act['act'], locale: Locale): string {
  return ACTS[act]({}, { locale });
}

/** How far a report has come. */
export function reportState(acts: readonly Act[], locale: Locale): { tone: Tone; label: string } {
  const last = acts.findLast(({ act }) => act !== 'signed')?.act;
  if (last) return { tone: last === 'failed' ? 'bad' : 'ok', label: actWords(last, locale) };
  const signed = acts.length > 0;
  const words = signed ? m.criteria_report_signed : m.criteria_report_draft;
  return { tone: signed ? 'ok' : 'warn', label: words({}, { locale }) };
}
