/** A form that comes back: with everything that was typed, and what was wrong with it. Pure. */
import type { FieldView } from '#ui/form/view.ts';
import type { MoveForm } from './move-form.ts';

export type RefusedMove = {
  kind: string;
  words: string;
  /** What is wrong with single fields, in words. */
  fields: Record<string, string>;
  typed: Record<string, string[]>;
};

/** The form as it was sent; another form stays as it is. */
export function comeBack(form: MoveForm, refused: RefusedMove | null | undefined): MoveForm {
  if (refused?.kind !== form.kind) return form;
  return { ...form, fields: form.fields.map((field) => asTyped(field, refused)) };
}

/** Leads from the summary to the fields at fault; what is wrong with the whole leads to the form. */
export function errorLinks(form: MoveForm, refused: RefusedMove): { href: string; label: string }[] {
  const links = form.fields.flatMap((field) =>
    field.error ? [{ href: `#${field.id}`, label: `${field.label}: ${field.error}` }] : [],
  );
  return links.length > 0 ? links : [{ href: `#move-${form.kind}`, label: refused.words }];
}

function asTyped(field: FieldView, { fields, typed }: RefusedMove): FieldView {
  const sent = typed[field.name] ?? [];
  const error = fields[field.name];
  switch (field.kind) {
    case 'line':
    case 'text':
      return { ...field, error, value: sent[0] ?? '' };
    case 'one':
    case 'several':
    case 'list': {
      const options = field.options.map((option) => ({ ...option, checked: sent.includes(option.value) }));
      return { ...field, error, options };
    }
    default:
      return { ...field, error };
  }
}
