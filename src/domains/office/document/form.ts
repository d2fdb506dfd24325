/** The questions about documents, and the answers as the verbs take them. */
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/format';
import type { Question } from '#ui/form/short-form.ts';
import { urgencyOptions } from '../words.ts';
import { dueQuestions } from '../due-form.ts';
import type { Incoming, Outgoing } from './document.ts';
import { UNIT_SIGNS, type Urgency } from './kinds.ts';
import type { FormMove } from './moves.ts';
import { typeOptions, WAY_WORDS } from './words.ts';

type Option = { value: string; label: string };

/** @param known the document that is corrected; none for a new one */
export function incomingQuestions(locale: Locale, known?: Incoming): Question[] {
  return [
    { kind: 'line', name: 'sender', label: m.office_document_sender(), value: known?.sender },
    {
      kind: 'line',
      name: 'symbol',
      label: m.office_document_symbol(),
      help: m.office_document_symbol_help(),
      size: 'middle',
      optional: true,
      value: known?.symbol,
    },
    {
      kind: 'line',
      type: 'date',
      name: 'issuedOn',
      label: m.office_document_issued_on(),
      optional: true,
      value: known?.issuedOn,
    },
    {
      kind: 'list',
      name: 'type',
      label: m.office_document_type(),
      options: typeOptions(locale),
      value: known?.type ?? 'letter',
    },
    { kind: 'text', name: 'summary', label: m.office_document_summary(), rows: 3, value: known?.summary },
    urgencyQuestion(known?.urgency),
  ];
}

/** @param known the draft that is changed */
export function outgoingQuestions(
  locale: Locale,
  { signers, unit }: { signers: readonly Option[]; unit: string | null },
  known?: Partial<Outgoing>,
): Question[] {
  return [
    {
      kind: 'list',
      name: 'type',
      label: m.office_document_type(),
      options: typeOptions(locale),
      value: known?.type ?? 'letter',
    },
    {
      kind: 'text',
      name: 'summary',
      label: m.office_document_summary(),
      help: m.office_document_summary_help(),
      rows: 2,
      value: known?.summary,
    },
    {
      kind: 'line',
      name: 'unitSign',
      label: m.office_document_unit_sign(),
      help: m.office_document_unit_sign_help(),
      size: 'short',
      value: known?.unitSign ?? UNIT_SIGNS[unit ?? 'office'] ?? 'VP',
    },
    ...textQuestions(known),
    {
      kind: 'list',
      name: 'signerId',
      label: m.office_document_signer(),
      options: signers,
      value: known?.signerId,
    },
    urgencyQuestion(known?.urgency),
  ];
}

function urgencyQuestion(value: Urgency = 'normal'): Question {
  return { kind: 'list', name: 'urgency', label: m.office_urgency(), options: urgencyOptions(), value };
}

function textQuestions(known?: Partial<Outgoing>): Question[] {
  const lines = (list: readonly string[] | undefined) => list?.join('\n');
  const text = (
    name: keyof Outgoing,
    label: string,
    help: string,
    rows: number,
    value?: string,
  ): Question => ({
    kind: 'text',
    name,
    label,
    help,
    rows,
    value,
    optional: name !== 'body',
  });
  return [
    text(
      'addressees',
      m.office_document_addressees(),
      m.office_document_lines_help(),
      2,
      lines(known?.addressees),
    ),
    text('grounds', m.office_document_grounds(), m.office_document_grounds_help(), 3, lines(known?.grounds)),
    text('body', m.office_document_body(), m.office_document_body_help(), 12, known?.body),
    text('copies', m.office_document_copies(), m.office_document_lines_help(), 3, lines(known?.copies)),
  ];
}

/** What a move's form asks; moves without questions are a button. */
export function moveQuestions(kind: FormMove, officials: readonly Option[]): Question[] {
  switch (kind) {
    case 'route':
      return [
        { kind: 'list', name: 'handler', label: m.office_document_handler(), options: officials },
        {
          kind: 'several',
          name: 'with',
          label: m.office_document_with(),
          options: officials,
          optional: true,
        },
        {
          kind: 'several',
          name: 'informed',
          label: m.office_document_informed(),
          options: officials,
          optional: true,
        },
        ...dueQuestions(),
        noteQuestion(true, m.office_document_direction()),
      ];
    case 'dispatch': {
      const options = Object.entries(WAY_WORDS).map(([value, label]) => ({ value, label: label() }));
      return [{ kind: 'one', name: 'way', label: m.office_document_way(), options }, noteQuestion(true)];
    }
    case 'submit':
      return [noteQuestion(true)];
    case 'sign':
    case 'issue':
    case 'edit':
    case 'correct':
      return [];
    default:
      return [noteQuestion(false)];
  }
}

function noteQuestion(optional: boolean, label = m.office_note()): Question {
  return { kind: 'text', name: 'note', label, rows: 3, optional };
}
