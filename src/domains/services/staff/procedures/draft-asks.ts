/** How a question of a draft's form is written down, and what its lists choose from. */
import { m } from '#i18n/messages';
import { LIMIT_UNITS, type LimitUnit } from '#kernel/office-time';
import { Mark } from '#kernel/source';
import {
  AGENCIES,
  FIELDS_OF_LAW,
  LAW_LAYERS,
  OFFICER_ROLES,
  ONLINE_LEVELS,
  PAPER_KINDS,
} from '../../procedure.ts';
import { fieldOfLawWords, onlineWords, paperKindWords, stepRoleWords } from '../../words.ts';
import { NO_RULE } from './draft-typed.ts';

type Words = () => string;
type Options = readonly (readonly [value: string, label: Words])[];

export type Ask = {
  name: string;
  label: Words;
  help?: Words;
  optional?: true;
} & (
  | { as: 'line' | 'tick' }
  | { as: 'number'; unit?: Words }
  | { as: 'text'; rows?: number }
  | { as: 'list'; options: Options; none?: Words }
  /** The commune's forms are the options. */
  | { as: 'form' }
);

export type AskRows = {
  list: string;
  title: Words;
  add: Words;
  /** What a row is called, with its number. */
  row: (number: string) => string;
  asks: readonly Ask[];
  /** The order means something. */
  ordered?: true;
  hidden?: readonly string[];
};

export type AskPart = {
  id: string;
  title: Words;
  help?: Words;
  /** Shut unless something stands in it: most procedures do not need it. */
  fold?: true;
  asks: readonly Ask[];
  lists?: readonly AskRows[];
};

const UNIT_WORDS: Record<LimitUnit, Words> = {
  same_day: m.services_limit_same_day,
  working_days: m.services_unit_working_days,
  working_hours: m.services_unit_working_hours,
  hours: m.services_unit_hours,
  calendar_days: m.services_unit_calendar_days,
};
export const UNITS: Options = LIMIT_UNITS.map((unit) => [unit, UNIT_WORDS[unit]]);

const MARK_WORDS: Record<Mark, Words> = {
  F: m.services_mark_f,
  'F?': m.services_mark_f_second,
  MS: m.services_mark_ms,
  MU: m.services_mark_mu,
  NF: m.services_mark_nf,
};
export const MARKS: Options = Mark.options.map((mark) => [mark, MARK_WORDS[mark]]);

const LAYER_WORDS = { L1: m.services_layer_l1, L2: m.services_layer_l2, L3: m.services_layer_l3 };
export const LAYERS: Options = LAW_LAYERS.map((layer) => [layer, LAYER_WORDS[layer]]);

const AGENCY_WORDS = {
  commune_committee: m.services_agency_committee,
  commune_police: m.services_agency_police,
};
export const AGENCY_OPTIONS: Options = AGENCIES.map((agency) => [agency, AGENCY_WORDS[agency]]);
export const FIELDS: Options = FIELDS_OF_LAW.map((field) => [field, () => fieldOfLawWords(field)]);
export const KINDS: Options = PAPER_KINDS.map((kind) => [kind, () => paperKindWords(kind)]);
export const ROLES: Options = OFFICER_ROLES.map((role) => [role, () => stepRoleWords(role)]);
export const LEVELS: Options = ONLINE_LEVELS.map((level) => [level, () => onlineWords(level)]);
export const RULES: Options = [
  [NO_RULE, m.services_rule_unknown],
  ['free', m.services_rule_free],
  ['fixed', m.services_rule_fixed],
  ['by_quantity', m.services_rule_by_quantity],
  ['by_page', m.services_rule_by_page],
];
export const QUANTITIES: Options = [
  ['copies', m.services_quantity_of_copies],
  ['cases', m.services_quantity_of_cases],
  ['pages', m.services_quantity_of_pages],
];

/** The same text in both languages, side by side. */
export function both(name: string, label: Words, how: { as?: 'line' | 'text'; optional?: true } = {}): Ask[] {
  const { as = 'line', ...more } = how;
  return [
    {
      name: `${name}.vi`,
      label: () => m.services_in_vietnamese({ what: label() }),
      as,
      ...more,
    },
    { name: `${name}.en`, label: () => m.services_in_english({ what: label() }), as, ...more },
  ];
}

/** Where it stands: the text, the article, how sure. */
export function source(name: string): Ask[] {
  const at = (leaf: string) => (name === '' ? leaf : `${name}.${leaf}`);
  return [
    { name: at('text'), label: m.services_place_source_text, as: 'line' },
    { name: at('article'), label: m.services_place_article, as: 'line', optional: true },
    { name: at('mark'), label: m.services_place_mark, as: 'list', options: MARKS },
  ];
}
