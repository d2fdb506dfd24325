/** What stands on the pages about one's own data, in the reader's language. */
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/context';
import { formatDate } from '#kernel/format';
import { formatPhone } from '#kernel/phone';
import { localDate, parseLocalDate } from '#kernel/time';
import type { Correctable, CorrectionState } from '../correction/correction.ts';
import type { BookEntry } from '../household/household.queries.ts';
import { findPurpose, type Resident } from '../resident.ts';
import { purposeWords, sexWords } from '../resident-words.ts';
import type { OwnView, Viewer } from './own.queries.ts';

const FIELD_WORDS: Record<Correctable, (inputs: object, options: { locale: Locale }) => string> = {
  fullName: m.registry_full_name,
  birthDate: m.registry_birth_date,
  sex: m.registry_sex,
  nationalId: m.registry_national_id,
  phone: m.registry_phone,
  address: m.registry_address,
};
const STATE_WORDS: Record<CorrectionState, () => string> = {
  open: m.registry_correction_open,
  approved: m.registry_correction_approved,
  refused: m.registry_correction_refused,
  withdrawn: m.registry_correction_withdrawn,
};
const STATE_TONES = { open: 'info', approved: 'ok', refused: 'warn', withdrawn: 'info' } as const;
const ACTION_WORDS: Readonly<Record<string, () => string>> = {
  'registry.resident.view': m.registry_viewed_record,
  'registry.resident.edit': m.registry_viewed_edit,
  'registry.household.view': m.registry_viewed_household,
  'registry.household.edit': m.registry_viewed_household_edit,
  'registry.household.export': m.registry_viewed_list,
  'registry.stay.list': m.registry_viewed_stay,
  'registry.stay.export': m.registry_viewed_stay_list,
  'registry.stay.record': m.registry_viewed_stay_record,
  'registry.support.see': m.registry_viewed_support,
  'registry.support.export': m.registry_viewed_support_list,
  'registry.support.record': m.registry_viewed_support_record,
  'registry.consent.see': m.registry_viewed_consents,
  'registry.consent.give': m.registry_viewed_consent_given,
  'registry.consent.withdraw': m.registry_viewed_consent_withdrawn,
  'registry.correction.see': m.registry_viewed_correction,
  'registry.correction.decide': m.registry_viewed_correction_decided,
};

export function fieldWords(field: Correctable, locale: Locale): string {
  return FIELD_WORDS[field]({}, { locale });
}

/** How a request stands: word and tone. */
export function stateLabel(state: CorrectionState): { label: string; tone: 'info' | 'ok' | 'warn' } {
  return { label: STATE_WORDS[state](), tone: STATE_TONES[state] };
}

/** A value of the record in words. @param masked the identification number by its last three digits only */
export function valueWords(
  field: Correctable,
  value: string | null,
  locale: Locale,
  { masked = true } = {},
): string | null {
  if (value === null) return null;
  if (field === 'nationalId') return masked ? lastThree(value) : value;
  if (field === 'phone') return formatPhone(value);
  if (field === 'birthDate') return parseLocalDate(value) ? formatDate(localDate(value), locale) : value;
  if (field === 'sex') return sexWords(value as NonNullable<Resident['sex']>);
  return value;
}

/** `019085001234` → `xxxxxxxxx234`: the person knows the rest, whoever looks over the shoulder does not. */
export function lastThree(nationalId: string): string {
  return 'x'.repeat(Math.max(nationalId.length - 3, 0)) + nationalId.slice(-3);
}

/** What a correction changed, for the person's history; nothing for other entries of the book. */
export function correctedWords(
  { kind, data }: Pick<BookEntry, 'kind' | 'data'>,
  locale: Locale,
  options: { masked?: boolean } = {},
): string | undefined {
  const field = data.field as Correctable;
  if (kind !== 'corrected' || typeof data.to !== 'string' || !Object.hasOwn(FIELD_WORDS, field))
    return undefined;
  const from = typeof data.from === 'string' ? valueWords(field, data.from, locale, options) : null;
  return m.registry_corrected_from_to({
    field: fieldWords(field, locale),
    from: from ?? m.registry_none(),
    to: valueWords(field, data.to, locale, options) ?? '',
  });
}

export function viewerWords(viewer: Viewer, locale: Locale): string {
  if (viewer.kind === 'system') return m.registry_viewer_system();
  if (viewer.kind === 'program') return m.registry_viewer_program();
  if (viewer.kind === 'staff') return m.registry_viewer_staff();
  const post = (locale === 'en' && viewer.postEn) || viewer.post;
  return viewer.name === null ? post : m.registry_viewer_official({ post, name: viewer.name });
}

/** What was done, and why where it was said. */
export function viewWords({ action, purpose }: Pick<OwnView, 'action' | 'purpose'>): {
  what: string;
  why: string;
} {
  const known = findPurpose(purpose);
  const what = Object.hasOwn(ACTION_WORDS, action) ? ACTION_WORDS[action]!() : m.registry_viewed_other();
  return { what, why: known ? purposeWords(known) : m.registry_viewed_no_purpose() };
}
