/** A draft's form as it is drawn: with what was typed, and what is wrong standing at its field. */
import { m } from '#i18n/messages';
import type { FieldView } from '#ui/form/view.ts';
import type { ProcedureDraft } from '../../procedure.ts';
import type { KnownForm } from '../../procedure-draft.queries.ts';
import type { Ask, AskPart, AskRows } from './draft-asks.ts';
import { PARTS } from './draft-questions.ts';
import { rowsOf, TICKED, type Typed } from './draft-typed.ts';

/** A button that changes rows, and the place to look at afterwards. */
export type RowButton = { value: string; label: string; goTo: string };
export type RowView = {
  id: string;
  legend: string;
  fields: FieldView[];
  hidden: { name: string; value: string }[];
  drop: RowButton;
  up: RowButton | null;
  note: string | null;
};
export type ListView = {
  id: string;
  title: string;
  error: string | undefined;
  rows: RowView[];
  add: RowButton;
};
export type PartView = {
  id: string;
  title: string;
  help: string | undefined;
  fold: boolean;
  open: boolean;
  fields: FieldView[];
  lists: ListView[];
};
export type DraftView = { parts: PartView[]; errors: { href: string; label: string }[] };

/** What the form is drawn from; `wrong` are words by place. */
export type Given = {
  typed: Typed;
  wrong: Readonly<Record<string, string>>;
  forms: readonly KnownForm[];
  kept: ProcedureDraft | undefined;
};

/** The whole form; what is wrong and belongs to no field leads to the form itself. */
export function draftView(given: Given): DraftView {
  const parts = PARTS.map((part) => partView(part, given));
  const errors = parts.flatMap(({ fields, lists }) => [
    ...fields.flatMap((field) => errorOf(field, '')),
    ...lists.flatMap((list) => [
      ...(list.error ? [{ href: `#${list.id}`, label: `${list.title}: ${list.error}` }] : []),
      ...list.rows.flatMap((row) => row.fields.flatMap((field) => errorOf(field, `${row.legend}, `))),
    ]),
  ]);
  const placed = new Set([
    ...parts.flatMap(({ fields, lists }) => [
      ...fields.map(({ name }) => name),
      ...lists.flatMap(({ rows }) => rows.flatMap((row) => row.fields.map(({ name }) => name))),
    ]),
    ...PARTS.flatMap(({ lists }) => (lists ?? []).map(({ list }) => list)),
  ]);
  const others = Object.entries(given.wrong).filter(([name]) => !placed.has(name));
  return { parts, errors: [...errors, ...others.map(([, label]) => ({ href: '#draft', label }))] };
}

function errorOf(field: FieldView, before: string): { href: string; label: string }[] {
  return field.error ? [{ href: `#${field.id}`, label: `${before}${field.label}: ${field.error}` }] : [];
}

function partView(part: AskPart, given: Given): PartView {
  const fields = part.asks.map((ask) => fieldView(ask, ask.name, given));
  const lists = (part.lists ?? []).map((list) => listView(list, given));
  const used = fields.some((field) => field.error || ('value' in field && field.value !== ''));
  return {
    id: `part-${part.id}`,
    title: part.title(),
    help: part.help?.(),
    fold: part.fold ?? false,
    open: used || lists.some((list) => list.error !== undefined || list.rows.length > 0),
    fields,
    lists,
  };
}

function listView(asked: AskRows, given: Given): ListView {
  const { list } = asked;
  const rows = rowsOf(given.typed, list).map((row, at) => rowView(asked, row, at, given));
  return {
    id: idOf(list),
    title: asked.title(),
    error: given.wrong[list],
    rows,
    add: { value: `add:${list}`, label: asked.add(), goTo: idOf(`${list}.${rows.length}`) },
  };
}

function rowView(asked: AskRows, row: string, at: number, given: Given): RowView {
  const number = String(at + 1);
  const legend = asked.row(number);
  const code = given.typed[`${row}.code`];
  const paper = asked.list === 'papers' ? given.kept?.papers.find((one) => one.code === code) : undefined;
  const index = row.slice(asked.list.length + 1);
  return {
    id: idOf(row),
    legend,
    fields: asked.asks.map((ask) => fieldView(ask, `${row}.${ask.name}`, given)),
    hidden: (asked.hidden ?? []).map((leaf) => ({
      name: `${row}.${leaf}`,
      value: given.typed[`${row}.${leaf}`] ?? '',
    })),
    drop: {
      value: `drop:${asked.list}:${index}`,
      label: m.services_row_drop({ row: legend }),
      goTo: idOf(asked.list),
    },
    up:
      asked.ordered && at > 0
        ? {
            value: `up:${asked.list}:${index}`,
            label: m.services_row_up({ row: legend }),
            goTo: idOf(`${asked.list}.${at - 1}`),
          }
        : null,
    note: paper?.condition ? m.services_paper_condition_note() : null,
  };
}

/** An id that a link can lead to. */
export function idOf(name: string): string {
  return `draft-${name.replaceAll('.', '-')}`;
}

const LINE = { kind: 'line', type: 'text', autocomplete: 'off' } as const;

function fieldView(ask: Ask, name: string, given: Given): FieldView {
  const value = given.typed[name] ?? '';
  const common = {
    name,
    id: idOf(name),
    label: ask.label(),
    help: ask.help?.(),
    optional: ask.optional ? m.forms_optional() : undefined,
    error: given.wrong[name],
    required: false,
  };
  switch (ask.as) {
    case 'line':
      return { ...common, ...LINE, value };
    case 'number':
      return { ...common, ...LINE, inputmode: 'numeric', size: 'short', unit: ask.unit?.(), value };
    case 'text':
      return { ...common, kind: 'text', rows: ask.rows ?? 3, value };
    case 'tick':
      return { ...common, kind: 'agree', checked: value === TICKED };
    case 'list':
      return chosen(
        common,
        ask.options.map(([option, label]) => [option, label()]),
        value,
        ask.none?.(),
      );
    case 'form':
      return chosen(
        common,
        given.forms.map(({ id, version, title }) => [
          `${id}/${version}`,
          m.services_form_option({ title, version: String(version) }),
        ]),
        value,
      );
  }
}

/** A value that the list does not offer stays choosable: saving must not change what nobody touched. */
function chosen(
  common: Omit<Extract<FieldView, { kind: 'list' }>, 'kind' | 'options' | 'none'>,
  offered: [value: string, label: string][],
  value: string,
  none?: string,
): FieldView {
  const known = value === '' || offered.some(([option]) => option === value);
  const options = [...offered, ...(known ? [] : [[value, value] as [string, string]])];
  return {
    ...common,
    kind: 'list',
    none: none ?? m.forms_choose(),
    options: options.map(([option, label]) => ({ value: option, label, checked: option === value })),
  };
}
