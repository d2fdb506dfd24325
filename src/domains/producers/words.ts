/** The room's words for kinds, standards and papers. */
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/format';
import { PAPER_KINDS, type PaperKind } from './certificate/certificate.ts';
import { KINDS, type ConsentPart, type Kind, type Standard } from './producer.ts';
import { tradeWords } from './trade.ts';

type Words = (inputs: object, options: { locale: Locale }) => string;

const KIND_WORDS: Record<Kind, Words> = {
  cooperative: m.producers_kind_cooperative,
  group: m.producers_kind_group,
  household_business: m.producers_kind_household_business,
  enterprise: m.producers_kind_enterprise,
};
const STANDARD_WORDS: Record<Standard, Words> = {
  vietgap: m.producers_standard_vietgap,
  organic: m.producers_standard_organic,
};
const PAPER_WORDS: Record<PaperKind, Words> = {
  vietgap: m.producers_paper_vietgap,
  organic: m.producers_paper_organic,
  ocop: m.producers_paper_ocop,
  haccp: m.producers_paper_haccp,
  iso_22000: m.producers_paper_iso_22000,
  food_safety: m.producers_paper_food_safety,
  business_registration: m.producers_paper_business_registration,
  cooperative_registration: m.producers_paper_cooperative_registration,
  other_licence: m.producers_paper_other_licence,
};
const PART_WORDS: Record<ConsentPart, Words> = {
  profile: m.producers_part_profile,
  head: m.producers_part_head,
  contact: m.producers_part_contact,
  packs: m.producers_part_packs,
};

export function kindWords(kind: Kind, locale: Locale): string {
  return KIND_WORDS[kind]({}, { locale });
}

export function standardWords(standard: Standard, locale: Locale): string {
  return STANDARD_WORDS[standard]({}, { locale });
}

export function paperWords(kind: PaperKind, locale: Locale): string {
  return PAPER_WORDS[kind]({}, { locale });
}

export function partWords(part: ConsentPart, locale: Locale): string {
  return PART_WORDS[part]({}, { locale });
}

/** What a record behind a number is: a kind of producer, a kind of paper, or a trade. */
export function lineKindWords(kind: string, locale: Locale): string {
  if ((KINDS as readonly string[]).includes(kind)) return kindWords(kind as Kind, locale);
  if ((PAPER_KINDS as readonly string[]).includes(kind)) return paperWords(kind as PaperKind, locale);
  return tradeWords(kind, locale);
}
