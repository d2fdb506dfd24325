/** One procedure worded for citizens. */
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import { formatDate, formatMoney, formatNumber, type Locale } from '#kernel/format';
import { localDate } from '#kernel/time';
import { computeFee } from '../../fee.ts';
import type { Fee } from '../../fee-rule.ts';
import type { PaperRequired, ProcedureVersion } from '../../procedure.ts';
import {
  durationWords,
  feeWords,
  fieldOfLawWords,
  limitWords,
  onlineWords,
  paperKindWords,
  procedureName,
  sourceWords,
  stepRoleWords,
} from '../../words.ts';

/** What the page shows; plain text, nothing left to decide. */
export function procedureView(version: ProcedureVersion, locale: Locale) {
  return {
    code: version.code,
    name: procedureName(version, locale),
    field: fieldOfLawWords(version.field),
    whoMayFile: inLocale(version.whoMayFile, locale),
    anywhere: version.receivedFromAnywhere,
    verified: version.verified,
    limit: limitView(version, locale),
    fee: {
      short: feeWords(version.fee, locale),
      text: inLocale(version.fee.text, locale),
      source: sourceWords(version.fee.source),
      unsure: version.fee.source.mark !== 'F',
      examples: feeExamples(version.fee, locale),
      exemptions: version.fee.exemptions.map((one) => exemptionWords(one, locale)),
    },
    online: {
      level: version.online.level,
      words: onlineWords(version.online.level),
      reason: version.online.reason && inLocale(version.online.reason, locale),
    },
    papers: version.papers.map((paper) => paperView(paper, locale)),
    steps: stepViews(version, locale),
    result: {
      name: inLocale(version.result.name, locale),
      media: version.result.media.map((medium) =>
        medium === 'paper' ? m.services_medium_paper() : m.services_medium_electronic(),
      ),
      validity: version.result.validity && inLocale(version.result.validity, locale),
    },
    legalBasis: version.legalBasis.map(sourceWords),
    version: versionWords(version, locale),
  };
}
export type ProcedureView = ReturnType<typeof procedureView>;

function versionWords(version: ProcedureVersion, locale: Locale): string {
  const from = formatDate(localDate(version.validFrom), locale);
  if (version.validTo === null)
    return m.services_procedure_version({ version: String(version.version), from });
  const to = formatDate(localDate(version.validTo), locale);
  return m.services_procedure_version_until({ version: String(version.version), from, to });
}

function limitView({ timeLimit: limit }: ProcedureVersion, locale: Locale) {
  if (!limit)
    return { short: limitWords(null, locale), text: null, cutoff: null, longer: null, source: null };
  const { extendedBy } = limit;
  return {
    short: limitWords(limit, locale),
    text: inLocale(limit.text, locale),
    cutoff: limit.cutoff && m.services_procedure_cutoff({ time: limit.cutoff }),
    longer:
      extendedBy &&
      m.services_procedure_longer({
        by: durationWords(extendedBy, locale).toLowerCase(),
        when: inLocale(extendedBy.when, locale),
      }),
    source: sourceWords(limit.source),
  };
}

function exemptionWords(one: Fee['exemptions'][number], locale: Locale): string {
  const who = inLocale(one.label, locale);
  return one.percent === 100
    ? m.services_fee_exempt({ who })
    : m.services_fee_reduced({ who, percent: String(one.percent) });
}

function paperView(paper: PaperRequired, locale: Locale) {
  return {
    code: paper.code,
    name: inLocale(paper.name, locale),
    kind: paperKindWords(paper.kind),
    count: paper.count > 1 ? m.services_paper_count({ count: String(paper.count) }) : null,
    when: paper.when && inLocale(paper.when, locale),
    needed: paper.required && paper.when === null && paper.condition === null,
  };
}

/** Each step with the part of the limit that it gets; steps without time of their own only say who. */
function stepViews(version: ProcedureVersion, locale: Locale) {
  const limit = version.timeLimit;
  return version.steps.map((step) => ({
    code: step.code,
    name: inLocale(step.name, locale),
    role: stepRoleWords(step.role),
    time: limit && limit.amount > 0 && step.share > 0 ? shareWords(limit, step.share, locale) : null,
  }));
}

function shareWords(
  limit: NonNullable<ProcedureVersion['timeLimit']>,
  share: number,
  locale: Locale,
): string {
  const part = (limit.amount * share) / 100;
  const amount = formatNumber(part, { digits: Number.isInteger(part) ? 0 : 1, locale });
  switch (limit.unit) {
    case 'working_days':
      return m.services_limit_working_days({ amount });
    case 'working_hours':
      return m.services_limit_working_hours({ amount });
    case 'hours':
      return m.services_limit_hours({ amount });
    default:
      return m.services_limit_days({ amount });
  }
}

/** What it comes to in a few usual cases, computed by the same rule as at the counter. */
export function feeExamples(fee: Fee, locale: Locale): { what: string; amount: string }[] {
  const { rule } = fee;
  const example = (
    what: string,
    counts: Record<string, number>,
    channel: 'counter' | 'online' = 'counter',
  ) => ({
    what,
    amount: formatMoney(computeFee(fee, counts, [], channel).amount, locale),
  });
  switch (rule?.kind) {
    case 'fixed':
      if (typeof rule.amount === 'number') return [];
      return [
        example(m.services_fee_example_counter(), {}, 'counter'),
        example(m.services_fee_example_online(), {}, 'online'),
      ];
    case 'by_quantity':
      return [1, 3, 5].map((count) =>
        example(m.services_fee_example_quantity({ count: String(count) }), { [rule.quantity]: count }),
      );
    case 'by_page':
      return (
        [
          [1, 2],
          [3, 4],
          [1, 300],
        ] as const
      ).map(([copies, pages]) =>
        example(m.services_fee_example_pages({ copies: String(copies), pages: String(pages) }), {
          [rule.copies]: copies,
          [rule.pages]: pages,
        }),
      );
    default:
      return [];
  }
}
