/** The questions of the forms about groups and aid. */
import { m } from '#i18n/messages';
import type { Question, Refused } from '#ui/form/short-form.ts';
import type { Purpose } from '../resident.ts';
import type { loadSupport } from './edge.ts';

type Loaded = NonNullable<Awaited<ReturnType<typeof loadSupport>>['record']>;
type Spec = {
  id: string;
  action: string;
  submit: string;
  questions: Question[];
  hidden?: Record<string, string>;
  refused: Refused | undefined;
};

/** @param purpose stays in the address, so that the page opens again after the form */
export function supportForms(
  record: Loaded,
  purpose: Purpose | undefined,
  refused: Refused | undefined,
): Record<'record' | 'end' | 'aid', Spec> {
  const action = (name: string) => `?purpose=${purpose}&/${name}`;
  const form = (id: string, submit: string, questions: Question[]) => {
    return { id, action: action(id), submit, questions, refused };
  };
  return {
    record: form('record', m.registry_support_record(), recordQuestions(record)),
    end: form('end', m.registry_support_end(), endQuestions(record)),
    aid: {
      ...form('aid', m.registry_aid_record(), aidQuestions(record)),
      hidden: { clientId: record.clientId },
    },
  };
}

function decision(label: string, optional = false): Question {
  return { kind: 'line', name: 'decision', label, size: 'middle', optional };
}

function day(name: string, label: string, value: string): Question {
  return { kind: 'line', type: 'date', name, label, value };
}

function recordQuestions({ options, today }: Loaded): Question[] {
  return [
    { kind: 'list', name: 'group', label: m.registry_support_group(), options },
    day('from', m.registry_support_from(), today),
    decision(m.registry_support_decision()),
  ];
}

function endQuestions({ groups, today }: Loaded): Question[] {
  const open = groups.filter((one) => one.open);
  const options = open.map(({ id, name, when }) => ({ value: id, label: `${name}, ${when}` }));
  const value = open.length === 1 ? open[0]!.id : null;
  return [
    { kind: 'list', name: 'id', label: m.registry_support_group(), options, value },
    day('until', m.registry_support_until_day(), today),
    decision(m.registry_support_end_decision()),
  ];
}

function aidQuestions({ today }: Loaded): Question[] {
  return [
    { kind: 'line', name: 'what', label: m.registry_aid_what(), help: m.registry_aid_what_help() },
    day('day', m.registry_aid_day(), today),
    {
      kind: 'line',
      name: 'amount',
      label: m.registry_aid_amount(),
      help: m.registry_aid_amount_help(),
      size: 'middle',
      optional: true,
    },
    { kind: 'line', name: 'source', label: m.registry_aid_source() },
    decision(m.registry_support_decision(), true),
  ];
}
