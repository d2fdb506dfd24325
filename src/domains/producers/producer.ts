/** A producer or business of the commune. Pure. */
import type { LocalDate } from '#kernel/time';
import { holdsOn, type Span } from '#kernel/span';

/** Cooperative (HTX), cooperative group (tổ hợp tác), household business (hộ kinh doanh), enterprise. */
export const KINDS = ['cooperative', 'group', 'household_business', 'enterprise'] as const;
export type Kind = (typeof KINDS)[number];

/** The stricter first: organic (TCVN 11041) holds where both could. */
export const STANDARDS = ['organic', 'vietgap'] as const;
export type Standard = (typeof STANDARDS)[number];

export type Producer = Span & {
  id: string;
  kind: Kind;
  name: string;
  slug: string;
  registrationNumber: string | null;
  hamletId: string | null;
  address: string | null;
  headName: string | null;
  /** In +84 form. */
  phone: string | null;
  email: string | null;
  website: string | null;
  about: string | null;
  aboutEn: string | null;
  /** Codes; the first is the main trade. */
  trades: readonly string[];
  demo: boolean;
  /** Counts the changes. */
  version: number;
};

/** By which standard a producer's members work, from when to when. */
export type StandardSpan = Span & {
  id: string;
  producerId: string;
  standard: Standard;
  source: string | null;
};

/** Membership of one household or person, with the producer's own days and standards. */
export type Belonging = {
  producerId: string;
  producerName: string;
  member: Span;
  producer: Span;
  standards: readonly (Span & { standard: Standard })[];
};

/** What applied to a member on a day: the strictest, and each with the producer it comes from. */
export type StandardOnDay = {
  standard: Standard | null;
  held: { standard: Standard; producerId: string; producerName: string }[];
};

/**
 * The standard on a day: of every producer that the member belonged to on that day, and that existed, the one it
 * worked by on that day.
 */
export function standardOn(belongings: readonly Belonging[], day: LocalDate): StandardOnDay {
  const held = belongings
    .filter(({ member, producer }) => holdsOn(member, day) && holdsOn(producer, day))
    .flatMap(({ standards, producerId, producerName }) =>
      standards
        .filter((one) => holdsOn(one, day))
        .map(({ standard }) => ({ standard, producerId, producerName })),
    )
    .sort((a, b) => STANDARDS.indexOf(a.standard) - STANDARDS.indexOf(b.standard));
  return { standard: held[0]?.standard ?? null, held };
}

/** What may be shown publicly, each agreed to by itself; without `profile` there is no page at all. */
export const CONSENT_PARTS = ['profile', 'head', 'contact', 'packs'] as const;
export type ConsentPart = (typeof CONSENT_PARTS)[number];

/** The version of the consent's text in the messages (`producers_consent_text`). */
export const CONSENT_WORDING = '2026-11-23';
