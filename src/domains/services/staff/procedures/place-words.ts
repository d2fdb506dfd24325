/** Places in a procedure and what stands there, in words: for what changed, and for what a file has wrong. */
import { m } from '#i18n/messages';
import { formatDate, formatMoney, formatNumber, type Locale } from '#kernel/format';
import { parseLocalDate } from '#kernel/time';
import { sourceWords } from '../../words.ts';
import {
  AGENCY_OPTIONS,
  FIELDS,
  KINDS,
  LAYERS,
  LEVELS,
  MARKS,
  QUANTITIES,
  ROLES,
  RULES,
  UNITS,
} from './draft-asks.ts';

type Words = () => string;

const PLACES: Readonly<Record<string, Words>> = {
  vi: m.services_place_vi,
  en: m.services_place_en,
  code: m.services_place_code,
  layer: m.services_place_layer,
  name: m.services_place_name,
  synonyms: m.services_place_synonyms,
  otherCodes: m.services_place_other_codes,
  field: m.services_place_field,
  agency: m.services_place_agency,
  whoMayFile: m.services_place_who_may_file,
  receivedFromAnywhere: m.services_place_anywhere,
  legalBasis: m.services_place_legal_basis,
  timeLimit: m.services_procedure_limit,
  amount: m.services_place_amount,
  unit: m.services_place_unit,
  cutoff: m.services_place_cutoff,
  extendedBy: m.services_part_longer,
  when: m.services_place_when,
  text: m.services_place_text,
  source: m.services_place_source_text,
  article: m.services_place_article,
  mark: m.services_place_mark,
  fee: m.services_procedure_fee,
  rule: m.services_place_fee_rule,
  kind: m.services_place_kind,
  exemptions: m.services_fee_exemptions,
  percent: m.services_place_percent,
  label: m.services_place_exemption_label,
  online: m.services_procedure_way,
  counter: m.services_place_amount_counter,
  level: m.services_place_level,
  reason: m.services_place_reason,
  papers: m.services_place_papers,
  count: m.services_place_count,
  required: m.services_place_required,
  condition: m.services_place_condition,
  digitisable: m.services_place_digitisable,
  form: m.services_place_form,
  steps: m.services_place_steps,
  role: m.services_place_role,
  share: m.services_place_share,
  result: m.services_procedure_result,
  media: m.services_place_media,
  template: m.services_place_template,
  validity: m.services_place_validity,
  verified: m.services_place_verified,
  sources: m.services_place_sources,
  tiers: m.services_place_tiers,
  fromPage: m.services_place_from_page,
  each: m.services_place_each,
  maxPerCopy: m.services_place_max_per_copy,
  quantity: m.services_place_quantity,
  versions: m.services_place_versions,
  version: m.services_place_version,
  validFrom: m.services_place_valid_from,
  validTo: m.services_place_valid_to,
};

/** Words that say more than the general one, by the part before. */
const IN_ITS_PLACE: Readonly<Record<string, Words>> = {
  'timeLimit.amount': m.services_place_amount_time,
  'extendedBy.amount': m.services_place_amount_time,
  'timeLimit.text': m.services_place_limit_text,
  'fee.text': m.services_place_fee_text,
};

/** Things with a code (papers, steps, exemptions) by the name that people know. */
export type NameOf = (list: string, code: string) => string | undefined;

/** `papers.birth_note.count` → "Giấy tờ phải nộp › Giấy chứng sinh › Số lượng"; an unknown part stays as it is. */
export function placeWords(place: string, nameOf: NameOf = () => undefined): string {
  const parts = place.split('.');
  return parts
    .map((part, at) => {
      const named = nameOf(parts.slice(0, at).join('.'), part);
      if (named !== undefined) return named;
      if (/^\d+$/.test(part)) return m.services_place_number({ number: String(Number(part) + 1) });
      return (IN_ITS_PLACE[`${parts[at - 1]}.${part}`] ?? PLACES[part])?.() ?? part;
    })
    .join(' › ');
}

const CHOICES: Readonly<Record<string, readonly (readonly [string, Words])[]>> = {
  layer: LAYERS,
  field: FIELDS,
  agency: AGENCY_OPTIONS,
  unit: UNITS,
  kind: [...KINDS, ...RULES],
  role: ROLES,
  level: LEVELS,
  mark: MARKS,
  quantity: QUANTITIES,
};
const MONEY = new Set(['counter', 'online', 'each', 'maxPerCopy']);

/** What stands at a place, in words. */
export function valueWords(place: string, value: unknown, locale: Locale): string {
  if (value === null || value === undefined || value === '') return m.services_value_none();
  const leaf = place.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  if (typeof value === 'boolean') return value ? m.services_value_yes() : m.services_value_no();
  if (typeof value === 'number') return numberWords(place, leaf, value, locale);
  if (typeof value === 'string') return textWords(leaf, value, locale);
  if (Array.isArray(value))
    return value.map((one) => valueWords(place, one, locale)).join('; ') || m.services_value_none();
  return thingWords(place, value as Record<string, unknown>, locale);
}

function numberWords(place: string, leaf: string, value: number, locale: Locale): string {
  const dong = MONEY.has(leaf) || (leaf === 'amount' && place.startsWith('fee.'));
  if (dong) return formatMoney(BigInt(value), locale);
  const number = formatNumber(value, { locale });
  return leaf === 'share' || leaf === 'percent' ? `${number} %` : number;
}

function textWords(leaf: string, value: string, locale: Locale): string {
  const known = CHOICES[leaf]?.find(([option]) => option === value);
  if (known) return known[1]();
  const day = parseLocalDate(value);
  return day ? formatDate(day, locale) : value;
}

/** A whole thing that came or went: by its name or words, else by its parts. */
function thingWords(place: string, thing: Record<string, unknown>, locale: Locale): string {
  const { text, article, name, label } = thing;
  if (typeof text === 'string')
    return sourceWords({ text, article: typeof article === 'string' ? article : null });
  const own = thing[locale];
  if (typeof own === 'string') return own;
  const told = name ?? label ?? text;
  if (told) return valueWords(place, told, locale);
  return Object.entries(thing)
    .filter(([, part]) => part !== null)
    .map(([key, part]) => `${PLACES[key]?.() ?? key}: ${valueWords(`${place}.${key}`, part, locale)}`)
    .join('; ');
}
