/** A lot's page in words. Pure. */
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatDateTime, formatNumber, type Locale } from '#kernel/format';
import { ratioHundredths } from '../../lot/balance.ts';
import { branchesOf, type Branch } from '../../lot/genealogy.ts';
import type { LotLine } from '../../lot/lines.queries.ts';
import type { LotHold, LotLife, LotStep } from '../../lot/lot.queries.ts';
import {
  findingWords,
  gradeWords,
  kiloWords,
  kindWords,
  standardWords,
  stateWords,
  stepWords,
  toneOf,
} from '../../words.ts';

/** A branch of the genealogy to draw. */
export type Twig = {
  href: string;
  code: string;
  words: string;
  tone: ReturnType<typeof toneOf>;
  state: string;
  again: boolean;
  /** How many stand under it. */
  lots: number;
  twigs: Twig[];
};

export function lotView(life: LotLife, plots: ReadonlyMap<string, string>, locale: Locale) {
  const { lot } = life;
  return {
    code: lot.code,
    product: lot.productName,
    demo: lot.demo,
    state: stateWords(lot.state, locale),
    tone: toneOf(lot.state),
    kind: kindWords(lot.kind, locale),
    facts: factsOf(lot, locale),
    back: twigsOf(branchesOf(life.edges, lot.id, 'back'), life.lots, locale),
    forward: twigsOf(branchesOf(life.edges, lot.id, 'forward'), life.lots, locale),
    sources: life.sources.map((source) => ({
      key: `${source.lotId} ${source.plotId} ${source.pickedOn}`,
      href: localizeHref(`/farming/staff/${source.plotId}`),
      plot: plots.get(source.plotId) ?? m.trace_plot_elsewhere({}, { locale }),
      open: plots.has(source.plotId),
      words: `${formatDate(source.pickedOn, locale)} · ${standardWords(source.standard, locale)} · ${
        source.pickId === null
          ? m.trace_source_declared({}, { locale })
          : m.trace_source_diary({}, { locale })
      }`,
    })),
    ...courseOf(life, locale),
    findings: life.findings.map(({ code, weight }) => ({
      code,
      weight,
      words: findingWords(code, locale),
    })),
  };
}

/** What happened to it. */
function courseOf(life: LotLife, locale: Locale) {
  return {
    steps: life.steps.map((step) => ({
      id: step.id,
      photo: step.photo ? localizeHref(`/trace/staff/${life.lot.id}/photo/${step.id}`) : null,
      undone: step.undone && m.trace_undone_by(step.undone, { locale }),
      ...stepLine(step, locale),
    })),
    holds: life.holds.map((hold) => holdLine(hold, locale)),
    releases: life.releases.map(({ at, name, reason, findings }) => ({
      at: formatDateTime(at, locale),
      name,
      reason,
      findings: findings.map(({ code }) => findingWords(code, locale)),
    })),
    tests: life.tests.map(({ sampledOn, laboratory, number, passed }) => ({
      passed,
      words: [formatDate(new Date(`${sampledOn}T00:00:00+07:00`), locale), laboratory, number]
        .filter(Boolean)
        .join(' · '),
    })),
    recalls: life.recalls.map(({ id, code, startedAt, endedAt, publicVi }) => ({
      id,
      code,
      open: endedAt === null,
      words: `${formatDate(startedAt, locale)} · ${publicVi}`,
    })),
  };
}

function factsOf(lot: LotLine, locale: Locale): { label: string; value: string | null }[] {
  const l = { locale } as const;
  const ratio = ratioHundredths(lot.freshG, lot.madeG);
  const dry = lot.kind === 'dry' || lot.kind === 'pack';
  return [
    { label: m.trace_kind({}, l), value: kindWords(lot.kind, locale) },
    { label: m.trace_made_on({}, l), value: formatDateTime(lot.madeAt, locale) },
    {
      label: m.trace_left({}, l),
      value: `${kiloWords(lot.leftG, locale)} ${m.trace_of_made({ made: kiloWords(lot.madeG, locale) }, l)}`,
    },
    { label: m.trace_fresh_behind({}, l), value: kiloWords(lot.freshG, locale) },
    ...(dry && ratio !== null
      ? [{ label: m.trace_ratio({}, l), value: `${formatNumber(ratio / 100, { digits: 2, locale })} : 1` }]
      : []),
    ...(dry
      ? [
          {
            label: m.trace_moisture({}, l),
            value:
              lot.moistureTenths === null
                ? null
                : `${formatNumber(lot.moistureTenths / 10, { digits: 1, locale })} %`,
          },
        ]
      : []),
    { label: m.trace_standard({}, l), value: standardWords(lot.standard, locale) },
    { label: m.trace_grade({}, l), value: gradeWords(lot.grade, locale) },
    ...(lot.kind === 'pack'
      ? [{ label: m.trace_label_best({}, l), value: lot.bestBefore && formatDate(lot.bestBefore, locale) }]
      : []),
    { label: m.trace_gtin({}, l), value: lot.gtin },
  ];
}

function twigsOf(branches: readonly Branch[], lots: ReadonlyMap<string, LotLine>, locale: Locale): Twig[] {
  return branches.flatMap((branch) => {
    const lot = lots.get(branch.lotId);
    if (!lot) return [];
    const twigs = twigsOf(branch.branches, lots, locale);
    return [
      {
        href: localizeHref(`/trace/staff/${lot.id}`),
        code: lot.code,
        words: `${kindWords(lot.kind, locale)} · ${kiloWords(branch.g, locale)}`,
        state: stateWords(lot.state, locale),
        tone: toneOf(lot.state),
        again: branch.again,
        lots: twigs.reduce((sum, twig) => sum + 1 + twig.lots, 0),
        twigs,
      },
    ];
  });
}

function stepLine(step: LotStep, locale: Locale) {
  const l = { locale } as const;
  const { temperatureC, minutes, moistureTenths } = step.evidence;
  const measured = [
    temperatureC === undefined ? null : `${temperatureC} °C`,
    minutes === undefined ? null : m.trace_minutes_value({ minutes }, l),
    moistureTenths === undefined
      ? null
      : m.trace_moisture_value({ moisture: formatNumber(moistureTenths / 10, { digits: 1, locale }) }, l),
  ];
  const weight = kiloWords(step.g, locale);
  return {
    title: stepWords(step.kind, locale),
    when: formatDateTime(step.happenedAt, locale),
    words: [
      step.side === 'in' ? m.trace_went_in({ weight }, l) : m.trace_came_out({ weight }, l),
      ...measured,
      step.buyer && m.trace_to_buyer({ buyer: step.buyer }, l),
      step.orderRef,
      step.note,
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

const HOLD_WORDS = {
  interval: m.trace_hold_interval,
  found: m.trace_hold_found,
  corrected: m.trace_hold_corrected,
} as const;

function holdLine(hold: LotHold, locale: Locale) {
  const l = { locale } as const;
  return {
    id: hold.id,
    open: hold.liftedAt === null,
    title: HOLD_WORDS[hold.cause]({}, l),
    words: [formatDateTime(hold.placedAt, locale), hold.reason].filter(Boolean).join(' · '),
    lifted:
      hold.liftedAt === null
        ? null
        : m.trace_hold_lifted(
            {
              at: formatDateTime(hold.liftedAt, locale),
              name: hold.liftedName ?? '',
              reason: hold.liftReason ?? '',
            },
            l,
          ),
  };
}
