/** What a draft's form asks, part by part. A name is the place in the draft; rows ask by the place within the row. */
import { m } from '#i18n/messages';
import {
  AGENCY_OPTIONS,
  both,
  FIELDS,
  KINDS,
  LAYERS,
  LEVELS,
  QUANTITIES,
  ROLES,
  RULES,
  source,
  UNITS,
  type AskPart,
} from './draft-asks.ts';

/** The parts, in the order in which a citizen asks. */
export const PARTS: readonly AskPart[] = [
  {
    id: 'about',
    title: m.services_part_about,
    asks: [
      ...both('name', m.services_place_name),
      { name: 'field', label: m.services_place_field, as: 'list', options: FIELDS },
      { name: 'agency', label: m.services_place_agency, as: 'list', options: AGENCY_OPTIONS },
      ...both('whoMayFile', m.services_place_who_may_file, { as: 'text' }),
      {
        name: 'synonyms',
        label: m.services_place_synonyms,
        help: m.services_synonyms_help,
        as: 'text',
        rows: 4,
      },
      {
        name: 'otherCodes',
        label: m.services_place_other_codes,
        help: m.services_line_each,
        as: 'text',
        rows: 4,
        optional: true,
      },
      { name: 'receivedFromAnywhere', label: m.services_place_anywhere, as: 'tick' },
    ],
  },
  {
    id: 'law',
    title: m.services_procedure_law,
    asks: [{ name: 'layer', label: m.services_place_layer, as: 'list', options: LAYERS }],
    lists: [
      {
        list: 'legalBasis',
        title: m.services_place_legal_basis,
        add: m.services_add_legal_basis,
        row: (number) => m.services_row_legal_basis({ number }),
        asks: source(''),
      },
    ],
  },
  {
    id: 'limit',
    title: m.services_procedure_limit,
    help: m.services_limit_help,
    asks: [
      {
        name: 'timeLimit.unit',
        label: m.services_place_unit,
        as: 'list',
        options: UNITS,
        none: m.services_limit_none,
        optional: true,
      },
      { name: 'timeLimit.amount', label: m.services_place_amount_time, as: 'number' },
      ...both('timeLimit.text', m.services_place_limit_text, { as: 'text' }),
      ...source('timeLimit.source'),
      { name: 'timeLimit.cutoff', label: m.services_place_cutoff, as: 'tick' },
    ],
  },
  {
    id: 'longer',
    title: m.services_part_longer,
    help: m.services_longer_help,
    fold: true,
    asks: [
      {
        name: 'timeLimit.extendedBy.unit',
        label: m.services_place_unit,
        as: 'list',
        options: UNITS,
        none: m.services_longer_none,
        optional: true,
      },
      { name: 'timeLimit.extendedBy.amount', label: m.services_place_amount_time, as: 'number' },
      ...both('timeLimit.extendedBy.when', m.services_place_longer_when, { as: 'text' }),
      ...source('timeLimit.extendedBy.source'),
    ],
  },
  {
    id: 'fee',
    title: m.services_procedure_fee,
    help: m.services_fee_help,
    asks: [
      ...both('fee.text', m.services_place_fee_text, { as: 'text' }),
      ...source('fee.source'),
      { name: 'fee.rule.kind', label: m.services_place_fee_rule, as: 'list', options: RULES },
      {
        name: 'fee.rule.quantity',
        label: m.services_place_quantity,
        as: 'list',
        options: QUANTITIES,
        optional: true,
      },
      {
        name: 'fee.rule.amount.counter',
        label: m.services_place_amount_counter,
        as: 'number',
        unit: () => 'đ',
        optional: true,
      },
      {
        name: 'fee.rule.amount.online',
        label: m.services_place_amount_online,
        help: m.services_amount_online_help,
        as: 'number',
        unit: () => 'đ',
        optional: true,
      },
    ],
    lists: [
      {
        list: 'fee.exemptions',
        title: m.services_fee_exemptions,
        add: m.services_add_exemption,
        row: (number) => m.services_row_exemption({ number }),
        hidden: ['code'],
        asks: [
          ...both('label', m.services_place_exemption_label),
          { name: 'percent', label: m.services_place_percent, as: 'number', unit: () => '%' },
          ...source('source'),
        ],
      },
    ],
  },
  {
    id: 'by-page',
    title: m.services_part_by_page,
    help: m.services_by_page_help,
    fold: true,
    asks: [
      {
        name: 'fee.rule.maxPerCopy',
        label: m.services_place_max_per_copy,
        as: 'number',
        unit: () => 'đ',
        optional: true,
      },
    ],
    lists: [
      {
        list: 'fee.rule.tiers',
        title: m.services_place_tiers,
        add: m.services_add_tier,
        row: (number) => m.services_row_tier({ number }),
        asks: [
          { name: 'fromPage', label: m.services_place_from_page, as: 'number' },
          { name: 'each', label: m.services_place_each, as: 'number', unit: () => 'đ' },
        ],
      },
    ],
  },
  {
    id: 'online',
    title: m.services_procedure_way,
    help: m.services_reason_help,
    asks: [
      { name: 'online.level', label: m.services_place_level, as: 'list', options: LEVELS },
      ...both('online.reason', m.services_place_reason, {
        as: 'text',
        optional: true,
      }),
      ...source('online.source'),
    ],
  },
  {
    id: 'papers',
    title: m.services_procedure_papers,
    asks: [{ name: 'form', label: m.services_place_form, help: m.services_form_help, as: 'form' }],
    lists: [
      {
        list: 'papers',
        title: m.services_place_papers,
        add: m.services_add_paper,
        row: (number) => m.services_row_paper({ number }),
        hidden: ['code'],
        asks: [
          ...both('name', m.services_place_paper_name),
          { name: 'kind', label: m.services_place_paper_kind, as: 'list', options: KINDS },
          { name: 'count', label: m.services_place_count, as: 'number' },
          ...both('when', m.services_place_when, { optional: true }),
          { name: 'required', label: m.services_place_required, as: 'tick' },
          { name: 'digitisable', label: m.services_place_digitisable, as: 'tick' },
        ],
      },
    ],
  },
  {
    id: 'steps',
    title: m.services_procedure_steps,
    help: m.services_steps_help,
    asks: [],
    lists: [
      {
        list: 'steps',
        title: m.services_place_steps,
        add: m.services_add_step,
        row: (number) => m.services_row_step({ number }),
        ordered: true,
        hidden: ['code'],
        asks: [
          ...both('name', m.services_place_step_name),
          { name: 'role', label: m.services_place_role, as: 'list', options: ROLES },
          { name: 'share', label: m.services_place_share, as: 'number', unit: () => '%' },
        ],
      },
    ],
  },
  {
    id: 'result',
    title: m.services_procedure_result,
    asks: [
      ...both('result.name', m.services_place_result_name),
      ...both('result.validity', m.services_place_validity, { optional: true }),
      { name: 'result.media.paper', label: m.services_result_on_paper, as: 'tick' },
      { name: 'result.media.electronic', label: m.services_result_electronic, as: 'tick' },
    ],
  },
  {
    id: 'sure',
    title: m.services_part_sure,
    help: m.services_sure_help,
    asks: [{ name: 'verified', label: m.services_place_verified, as: 'tick' }],
    lists: [
      {
        list: 'sources',
        title: m.services_place_sources,
        add: m.services_add_source,
        row: (number) => m.services_row_source({ number }),
        asks: source(''),
      },
    ],
  },
];
