/** A buyer's page in words: everything that it shows, in the reader's language. Pure. */
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Locale } from '#kernel/context';
import { formatDate, formatNumber } from '#kernel/format';
import { formatPhone } from '#kernel/phone';
import type { LocalDate } from '#kernel/time';
import type { Asked, LotStory, Standing } from './scan.queries.ts';

export type Warning = { tone: 'stop' | 'care'; title: string; text: string };
export type Fact = { label: string; value: string; href?: string };

/** What the page is given. */
export type ScanView = {
  locale: Locale;
  title: string;
  commune: string;
  demo: boolean;
  warnings: Warning[];
  product: { name: string; brand: string | null; picture: string | null; net: string | null };
  standard: { words: string; good: boolean } | null;
  maker: Fact[];
  origin: { lead: string; map: LotStory['origin']['map']; mapLabel: string } | null;
  days: { label: string; day: string }[];
  certificates: { title: string; text: string; valid: boolean }[];
  tests: { title: string; text: string; passed: boolean }[];
  story: string[];
  codes: Fact[];
  links: { href: string; words: string }[];
  other: { href: string; words: string; lang: Locale };
  words: Record<'who' | 'where' | 'when' | 'papers' | 'tests' | 'story' | 'codes', string>;
};

type Given = {
  asked: Asked;
  path: string;
  standing: Standing;
  story: LotStory;
  commune: string;
  demo: boolean;
  today: LocalDate;
};

/** A page for a pack that was found. */
export function viewOf(given: Given, locale: Locale): ScanView {
  const { asked, story, commune, demo } = given;
  const { product } = story;
  const english = locale === 'en';
  const name = english ? (product.nameEn ?? product.name) : product.name;
  const told = english ? (product.storyEn ?? product.story) : product.story;
  const l = { locale } as const;
  return {
    locale,
    commune,
    demo,
    title: `${name} · ${asked.code}`,
    warnings: warningsOf(given, locale),
    product: { name, brand: product.brand, ...lookOf(product, locale) },
    standard: standardOf(story, locale),
    maker: [
      ...factsOf([
        [m.trace_scan_maker({}, l), product.makerName],
        [m.trace_scan_address({}, l), product.makerAddress],
      ]),
      ...(story.phone === null
        ? []
        : [
            {
              label: m.trace_scan_phone({}, l),
              value: english ? `+84 ${formatPhone(story.phone).slice(1)}` : formatPhone(story.phone),
              href: `tel:${story.phone}`,
            },
          ]),
    ],
    origin: originOf(story, commune, locale),
    days: daysOf(story, locale),
    certificates: story.certificates.map((paper) => certificateWords(paper, locale)),
    tests: story.tests.map(({ sampledOn, laboratory, passed }) => ({
      title: passed ? m.trace_scan_test_passed({}, l) : m.trace_scan_test_failed({}, l),
      text: `${laboratory}, ${formatDate(sampledOn, locale)}`,
      passed,
    })),
    story: told?.split(/\n+/) ?? [],
    ...linksOf(given, locale),
    words: headings(locale),
  };
}

function lookOf({ picture, gtin, netG }: LotStory['product'], locale: Locale) {
  const address = localizeHref(`/trace/picture/${gtin}`, { locale: 'vi' });
  return {
    picture: picture ? `${address}?v=${picture.hash.slice(0, 8)}` : null,
    net: netG === null ? null : `${formatNumber(netG, { locale })} g`,
  };
}

function linksOf({ asked, path, story: { product } }: Given, locale: Locale) {
  const l = { locale } as const;
  const link = (room: string, query: string, words: string) => ({
    href: `${localizeHref(room, l)}?${query}`,
    words,
  });
  return {
    codes: factsOf([
      [m.trace_scan_lot({}, l), asked.code],
      [m.trace_scan_serial({}, l), asked.serial],
      [product.ownCode ? m.trace_scan_own_code({}, l) : 'GTIN', product.gtin],
      [m.trace_scan_rules({}, l), product.rules],
    ]),
    links: [
      link('/trace/log/check', `ma=${encodeURIComponent(asked.code)}`, m.trace_scan_check({}, l)),
      link('/trace/feedback', `lo=${encodeURIComponent(path)}`, m.trace_scan_feedback({}, l)),
      { href: `${path}?linkType=linkset`, words: m.trace_scan_data({}, l) },
    ],
    other:
      locale === 'en'
        ? ({ href: '?lang=vi', words: 'Tiếng Việt', lang: 'vi' } as const)
        : ({ href: '?lang=en', words: 'English', lang: 'en' } as const),
  };
}

function headings(locale: Locale): ScanView['words'] {
  const l = { locale } as const;
  return {
    who: m.trace_scan_who({}, l),
    where: m.trace_scan_where({}, l),
    when: m.trace_scan_when({}, l),
    papers: m.trace_scan_papers({}, l),
    tests: m.trace_scan_tests({}, l),
    story: m.trace_scan_story({}, l),
    codes: m.trace_scan_codes({}, l),
  };
}

/** What a buyer must know first; a recall before anything else. */
function warningsOf({ standing, story, today }: Given, locale: Locale): Warning[] {
  const l = { locale } as const;
  const found: Warning[] = [];
  const add = (tone: Warning['tone'], title: string, text: string) => found.push({ tone, title, text });
  const { recall, state, serial } = standing;
  if (recall)
    add(
      'stop',
      m.trace_scan_recalled({ day: formatDate(recall.since, locale), code: recall.code }, l),
      locale === 'en' ? (recall.en ?? recall.vi) : recall.vi,
    );
  if (state === 'held') add('stop', m.trace_scan_held({}, l), m.trace_scan_held_text({}, l));
  if (serial === 'unknown') add('care', m.trace_scan_unknown({}, l), m.trace_scan_unknown_text({}, l));
  if (serial === 'suspicious') add('care', m.trace_scan_copied({}, l), m.trace_scan_copied_text({}, l));
  if (story.bestBefore !== null && story.bestBefore < today)
    add(
      'care',
      m.trace_scan_expired({}, l),
      m.trace_scan_expired_text({ day: formatDate(story.bestBefore, locale) }, l),
    );
  return found;
}

/** A standard is said only while a certificate for it holds. */
function standardOf({ standard, certificates }: LotStory, locale: Locale): ScanView['standard'] {
  const l = { locale } as const;
  if (standard === 'none') return null;
  if (standard === 'organic_conversion')
    return { words: m.trace_standard_organic_conversion({}, l), good: false };
  const words = standard === 'organic' ? m.trace_standard_organic({}, l) : m.trace_standard_vietgap({}, l);
  return { words, good: certificates.some(({ kind, valid }) => kind === standard && valid) };
}

function originOf({ origin }: LotStory, commune: string, locale: Locale): ScanView['origin'] {
  const l = { locale } as const;
  if (origin.hamlets.length === 0) return null;
  const hamlets = origin.hamlets.map(({ name }) => name).join(', ');
  const plots = origin.hamlets.reduce((sum, one) => sum + one.plots, 0);
  return {
    lead: m.trace_scan_from({ hamlets, commune, plots }, l),
    map: origin.map,
    mapLabel: m.trace_scan_map({ hamlets, commune }, l),
  };
}

function daysOf({ picked, madeOn, packedOn, bestBefore }: LotStory, locale: Locale): ScanView['days'] {
  const l = { locale } as const;
  const span =
    picked &&
    (picked.from === picked.to
      ? formatDate(picked.from, locale)
      : `${formatDate(picked.from, locale)} – ${formatDate(picked.to, locale)}`);
  return [
    { label: m.trace_scan_picked({}, l), day: span },
    { label: m.trace_scan_made({}, l), day: madeOn && formatDate(madeOn, locale) },
    { label: m.trace_label_packed({}, l), day: formatDate(packedOn, locale) },
    { label: m.trace_label_best({}, l), day: bestBefore && formatDate(bestBefore, locale) },
  ].flatMap(({ label, day }) => (day === null ? [] : [{ label, day }]));
}

function certificateWords(paper: LotStory['certificates'][number], locale: Locale) {
  const l = { locale } as const;
  const named: Record<string, string> = {
    vietgap: 'VietGAP',
    organic: m.trace_standard_organic({}, l),
    ocop: 'OCOP',
    haccp: 'HACCP',
    iso_22000: 'ISO 22000',
    food_safety: m.trace_scan_food_safety({}, l),
  };
  const stars = paper.stars === null ? '' : ` ${'★'.repeat(paper.stars)}`;
  const until =
    paper.validTo === null
      ? ''
      : paper.valid
        ? m.trace_scan_valid({ day: formatDate(paper.validTo, locale) }, l)
        : m.trace_scan_ended({ day: formatDate(paper.validTo, locale) }, l);
  return {
    title: `${named[paper.kind] ?? paper.kind}${stars} · ${paper.number}`,
    text: [paper.holder, paper.issuer, until].filter(Boolean).join(' · '),
    valid: paper.valid,
  };
}

function factsOf(rows: readonly (readonly [string, string | null])[]): Fact[] {
  return rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}
