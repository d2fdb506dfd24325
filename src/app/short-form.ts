/** Short forms of the office: questions in, worded fields out, with what was typed and what was refused. */
import { m } from '#i18n/messages';
import type { Question, Refused } from '#ui/form/short-form.ts';
import type { FieldView } from '#ui/form/view.ts';

export type ShortFormView = {
  id: string;
  action: string;
  submit: string;
  fields: FieldView[];
  hidden: Record<string, string>;
  errorsTitle: string;
  errors: { href: string; label: string }[];
};

/** What a form of the page says of itself. */
export type ShortFormSpec = {
  /** Unique on the page; ids of fields begin with it. */
  id: string;
  /** The action, such as `?/add`. */
  action: string;
  submit: string;
  questions: readonly Question[];
  hidden?: Record<string, string>;
  /** The page's last refusal, of whatever form. */
  refused?: Refused | null | undefined;
};

/** Makes the form ready to be drawn. */
export function shortForm(spec: ShortFormSpec): ShortFormView {
  const refused = spec.refused?.form === spec.id ? spec.refused : null;
  const fields = spec.questions.map((question) => fieldOf(spec.id, question, refused));
  const wrong = fields.filter((field) => field.error !== undefined);
  const errors = wrong.map((field) => ({ href: `#${field.id}`, label: `${field.label}: ${field.error}` }));
  // What is wrong with no single question leads to the form as a whole.
  const known = new Set(fields.map((field) => field.name));
  const others = Object.entries(refused?.fields ?? {}).filter(([name]) => !known.has(name));
  for (const [, label] of others) errors.push({ href: `#${spec.id}`, label });
  if (refused && errors.length === 0) errors.push({ href: `#${spec.id}`, label: refused.message });
  return {
    id: spec.id,
    action: spec.action,
    submit: spec.submit,
    fields,
    hidden: spec.hidden ?? {},
    errorsTitle: m.app_form_refused({ count: String(errors.length) }),
    errors,
  };
}

function fieldOf(form: string, question: Question, refused: Refused | null): FieldView {
  const { name, label, help } = question;
  const value = refused ? (refused.typed[name] ?? '') : (question.value ?? '');
  const common = {
    name,
    id: `${form}-${name.replaceAll('.', '-')}`,
    label,
    help,
    optional: question.optional ? m.forms_optional() : undefined,
    error: refused?.fields[name],
    required: !question.optional && question.kind !== 'agree',
  };
  switch (question.kind) {
    case 'line':
      return {
        ...common,
        kind: 'line',
        type: question.type ?? 'text',
        size: question.size ?? (question.type === 'date' || question.type === 'time' ? 'short' : undefined),
        autocomplete: question.autocomplete ?? 'off',
        value,
      };
    case 'text':
      return { ...common, kind: 'text', rows: question.rows ?? 4, value };
    case 'several': {
      const ticked = value.split(',');
      const options = question.options.map((one) => ({ ...one, checked: ticked.includes(one.value) }));
      return { ...common, kind: 'several', options };
    }
    case 'files': {
      const { accept, rules, multiple = false } = question;
      return { ...common, kind: 'files', accept, rules, multiple, files: [] };
    }
    case 'agree':
      return { ...common, optional: undefined, kind: 'agree', checked: value === 'yes' };
    case 'list':
    case 'one': {
      const options = question.options.map((option) => ({ ...option, checked: option.value === value }));
      return question.kind === 'one'
        ? { ...common, kind: 'one', options }
        : { ...common, kind: 'list', options, none: m.forms_choose() };
    }
  }
}
