/** Licences and certificates of a producer. Pure. */
import { daysBetween, type LocalDate } from '#kernel/time';

/** Papers that somebody grants after looking at how the producer works; they are counted, and end. */
export const CERTIFICATES = ['vietgap', 'organic', 'ocop', 'haccp', 'iso_22000', 'food_safety'] as const;
/** Papers that let it work at all. */
export const LICENCES = ['business_registration', 'cooperative_registration', 'other_licence'] as const;
export const PAPER_KINDS = [...CERTIFICATES, ...LICENCES] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export function isLicence(kind: PaperKind): boolean {
  return (LICENCES as readonly string[]).includes(kind);
}

export type KeptFile = { hash: string; size: number; type: string; name: string };

export type Certificate = {
  id: string;
  producerId: string;
  kind: PaperKind;
  number: string;
  issuer: string;
  scope: string | null;
  /** OCOP only, 1 to 5. */
  stars: number | null;
  validFrom: LocalDate;
  /** The last valid day; null for papers without an end. */
  validTo: LocalDate | null;
  /** The first day on which it holds no more. */
  revokedOn: LocalDate | null;
  revokedWhy: string | null;
  file: KeptFile | null;
  demo: boolean;
};

type Days = Pick<Certificate, 'validFrom' | 'validTo' | 'revokedOn'>;

export function isValidOn({ validFrom, validTo, revokedOn }: Days, day: LocalDate): boolean {
  return validFrom <= day && (validTo === null || day <= validTo) && (revokedOn === null || day < revokedOn);
}

/** So many days before the last valid day the producer and the commune are told. */
export const REMINDERS = [7, 30, 90] as const;
export const FIRST_REMINDER = 90;

/**
 * The reminder that is called for on a day: the nearest one ahead, so that a paper entered late is told of once and
 * not three times. None when it is not valid, or has longer to go.
 */
export function reminderOn(paper: Days, day: LocalDate): (typeof REMINDERS)[number] | null {
  if (paper.validTo === null || !isValidOn(paper, day)) return null;
  const left = daysBetween(day, paper.validTo);
  return REMINDERS.find((days) => left <= days) ?? null;
}
