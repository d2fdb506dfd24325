/** A producer's page, worded: what stands in the register, as the reader may see it. */
import type { Locale } from '#kernel/format';
import { formatDate } from '#kernel/format';
import { daysBetween, type LocalDate } from '#kernel/time';
import { m } from '#i18n/messages';
import { FIRST_REMINDER, isValidOn, type Certificate } from '../../certificate/certificate.ts';
import type { Span } from '#kernel/span';
import { paperWords } from '../../words.ts';
import type { Tone } from '#ui/types.ts';

/** `từ 01/01/2020` or `01/01/2020 – 31/12/2023`. */
export function spanWords({ from, last }: Span, locale: Locale): string {
  const first = formatDate(from, locale);
  return last === null
    ? m.producers_since({ from: first }, { locale })
    : m.producers_span({ from: first, last: formatDate(last, locale) }, { locale });
}

/** How a paper stands on a day. */
export function paperState(
  paper: Certificate,
  day: LocalDate,
  locale: Locale,
): { tone: Tone; label: string } {
  const date = (on: LocalDate) => formatDate(on, locale);
  const words = { locale };
  if (paper.revokedOn !== null && paper.revokedOn <= day)
    return { tone: 'bad', label: m.producers_paper_state_revoked({ date: date(paper.revokedOn) }, words) };
  if (paper.validTo !== null && paper.validTo < day)
    return { tone: 'bad', label: m.producers_paper_state_expired({ date: date(paper.validTo) }, words) };
  if (!isValidOn(paper, day))
    return { tone: 'info', label: m.producers_paper_state_future({ date: date(paper.validFrom) }, words) };
  const left = paper.validTo === null ? null : daysBetween(day, paper.validTo);
  if (left !== null && left <= FIRST_REMINDER)
    return { tone: 'warn', label: m.producers_paper_state_soon({ days: String(left) }, words) };
  return { tone: 'ok', label: m.producers_paper_state_valid({}, words) };
}

/** One line for a paper's list. */
export function paperView(paper: Certificate, day: LocalDate, locale: Locale) {
  const kind = paperWords(paper.kind, locale);
  const until =
    paper.validTo === null ? m.producers_paper_no_end({}, { locale }) : formatDate(paper.validTo, locale);
  return {
    id: paper.id,
    kind:
      paper.stars === null
        ? kind
        : `${kind}, ${m.producers_paper_stars_value({ stars: String(paper.stars) }, { locale })}`,
    number: paper.number,
    issuer: paper.issuer,
    scope: paper.scope ?? '',
    days: `${formatDate(paper.validFrom, locale)} – ${until}`,
    state: paperState(paper, day, locale),
    why: paper.revokedWhy ?? '',
    file: paper.file !== null,
    open: paper.revokedOn === null,
  };
}
