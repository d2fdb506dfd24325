/** What can be done at a producer's page: one short form for each act. */
import { m } from '#i18n/messages';
import { getLocale } from '#i18n/runtime';
import type { Question } from '#ui/form/short-form.ts';
import { PAPER_KINDS } from './certificate/certificate.ts';
import type { HamletOption } from './desk.queries.ts';
import { CONSENT_PARTS, STANDARDS } from './producer.ts';
import { paperWords, partWords, standardWords } from './words.ts';

export const ACTS = [
  'end',
  'standard',
  'standard-end',
  'member',
  'leave',
  'correct',
  'paper',
  'revoke',
  'consent',
] as const;
export type Act = (typeof ACTS)[number];

export function findAct(text: string): Act | undefined {
  return ACTS.find((act) => act === text);
}

/** Who is taken in or corrected, as far as is known: from the register of households, or as it was written. */
export type KnownMember = { name: string; hamletId: string | null };

export function actTitle(act: Act): string {
  const titles: Record<Act, () => string> = {
    end: m.producers_end_title,
    standard: m.producers_standard_set,
    'standard-end': m.producers_standard_end,
    member: m.producers_member_add,
    leave: m.producers_member_end,
    correct: m.producers_member_edit_title,
    paper: m.producers_paper_add,
    revoke: m.producers_paper_revoke_title,
    consent: m.producers_consent_give,
  };
  return titles[act]();
}

export function actQuestions(
  act: Act,
  hamlets: readonly HamletOption[],
  member?: KnownMember | null,
): Question[] {
  switch (act) {
    case 'end':
    case 'standard-end':
    case 'leave':
      return [day('lastDay', m.producers_last_day())];
    case 'standard':
      return standardQuestions();
    case 'member':
      return [
        ...memberQuestions(hamlets, member),
        day('from', m.producers_from()),
        { ...day('last', m.producers_last_day()), optional: true },
      ];
    case 'correct':
      return memberQuestions(hamlets, member);
    case 'paper':
      return paperQuestions();
    case 'revoke':
      return [
        day('on', m.producers_paper_revoked_from()),
        { kind: 'text', name: 'why', label: m.producers_paper_revoked_why(), rows: 3 },
      ];
    case 'consent':
      return [
        {
          kind: 'several',
          name: 'parts',
          label: m.producers_consent_parts(),
          options: CONSENT_PARTS.map((part) => ({ value: part, label: partWords(part, getLocale()) })),
        },
        text('givenBy', m.producers_consent_by()),
      ];
  }
}

function standardQuestions(): Question[] {
  return [
    choice('standard', m.producers_standard(), STANDARDS, (one) => standardWords(one, getLocale())),
    day('from', m.producers_from()),
    { ...day('last', m.producers_last_day()), optional: true },
    {
      ...text('source', m.producers_standard_source()),
      help: m.producers_standard_source_help(),
      optional: true,
    },
  ];
}

function memberQuestions(hamlets: readonly HamletOption[], known?: KnownMember | null): Question[] {
  return [
    { ...text('name', m.producers_member_name()), value: known?.name },
    {
      kind: 'list',
      name: 'hamletId',
      label: m.producers_hamlet(),
      options: hamlets,
      value: known?.hamletId,
      optional: true,
    },
  ];
}

function paperQuestions(): Question[] {
  const locale = getLocale();
  return [
    choice('kind', m.producers_paper_kind(), PAPER_KINDS, (one) => paperWords(one, locale)),
    text('number', m.producers_paper_number()),
    text('issuer', m.producers_paper_issuer()),
    {
      kind: 'text',
      name: 'scope',
      label: m.producers_paper_scope(),
      help: m.producers_paper_scope_help(),
      rows: 2,
      optional: true,
    },
    {
      ...choice('stars', m.producers_paper_stars(), ['1', '2', '3', '4', '5'], (stars) =>
        m.producers_paper_stars_value({ stars }),
      ),
      optional: true,
    },
    day('validFrom', m.producers_paper_valid_from()),
    { ...day('validTo', m.producers_paper_valid_to()), optional: true },
    {
      kind: 'files',
      name: 'file',
      label: m.producers_paper_file(),
      accept: '.pdf,.jpg,.jpeg,.png',
      rules: m.producers_paper_file_rules(),
      optional: true,
    },
  ];
}

function day(name: string, label: string): Question {
  return { kind: 'line', type: 'date', name, label };
}

function text(name: string, label: string): Question {
  return { kind: 'line', name, label };
}

function choice<T extends string>(
  name: string,
  label: string,
  values: readonly T[],
  words: (value: T) => string,
): Question {
  return { kind: 'list', name, label, options: values.map((value) => ({ value, label: words(value) })) };
}
