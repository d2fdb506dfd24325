import type { Bilingual } from '../bilingual.ts';
import type { Condition, DateRef } from './condition-definition.ts';
import { PERSON_PART_FIELDS, type PersonPart } from './person.ts';
import {
  type FormField,
  type FormShape,
  type GroupField,
  LeafField,
  type PersonField,
  PlaceField,
} from './shape.ts';

/** The heading that a field stands under; `number` counts the repetitions from 1. */
interface FieldGroup {
  id: string;
  label: Bilingual;
  help?: Bilingual | undefined;
  number: number | null;
}

/** A question as it is asked: under its full key, with every condition above it, references made absolute. */
export type FlatField = LeafField & {
  key: string;
  pageId: string;
  group: FieldGroup | null;
  when: readonly Condition[];
};

interface Place {
  pageId: string;
  prefix: string;
  group: FieldGroup | null;
  when: readonly Condition[];
}

const flattened = new WeakMap<FormShape, readonly FlatField[]>();

/** All questions of a form in the order in which they are asked. */
export function fieldsOf(form: FormShape): readonly FlatField[] {
  const known = flattened.get(form);
  if (known) return known;
  const fields = form.pages.flatMap((page) => {
    const when = page.showWhen ? [page.showWhen] : [];
    return page.fields.flatMap((field) => flatten(field, { pageId: page.id, prefix: '', group: null, when }));
  });
  flattened.set(form, fields);
  return fields;
}

function flatten(field: FormField, at: Place): FlatField[] {
  if (field.kind === 'group') return flattenGroup(field, at);
  if (field.kind === 'person') return flattenPerson(field, at);
  if (field.kind === 'place') return flattenPlace(field, at);
  return [leaf(field, at)];
}

function flattenGroup(field: GroupField, at: Place): FlatField[] {
  const shown = field.showWhen ? [...at.when, absolute(field.showWhen, at.prefix)] : at.when;
  if (!field.repeat) {
    const group = { id: field.id, label: field.label, help: field.help, number: null };
    return flattenAll(field, { ...at, prefix: `${field.id}.`, group, when: shown });
  }
  const { count, max } = field.repeat;
  return Array.from({ length: max }, (_, index) => index + 1).flatMap((number) => {
    const group = { id: `${field.id}.${number}`, label: field.label, help: field.help, number };
    const enough: Condition = { op: 'at_least', field: count, value: number };
    return flattenAll(field, { ...at, prefix: `${field.id}.${number}.`, group, when: [...shown, enough] });
  });
}

function flattenAll(field: GroupField, at: Place): FlatField[] {
  return field.fields.flatMap((inner) => flatten(inner, at));
}

/** Opens a person block: the parts that were asked for, all of them personal data. */
function flattenPerson(field: PersonField, at: Place): FlatField[] {
  const when = field.showWhen ? [...at.when, absolute(field.showWhen, at.prefix)] : at.when;
  const group = { id: field.id, label: field.label, help: field.help, number: null };
  const inside: Place = { ...at, prefix: `${field.id}.`, group, when };
  return field.parts.flatMap((part) => flatten(personPart(field, part), inside));
}

function personPart(field: PersonField, part: PersonPart): LeafField | PlaceField {
  const { prefill, autocomplete, ...rest } = PERSON_PART_FIELDS[part];
  const setting = {
    ...rest,
    ...(part === 'birth_date' ? field.born : {}),
    id: part,
    required: field.requiredParts.includes(part),
    personal: true,
    verified: field.verified,
    ...(field.prefillFrom && prefill ? { prefill } : {}),
    ...(field.prefillFrom && autocomplete ? { autocomplete } : {}),
  };
  return rest.kind === 'place' ? PlaceField.parse(setting) : LeafField.parse(setting);
}

/** Opens a place: the hamlet when it is in this commune, and words; a required place needs one of the two. */
function flattenPlace(field: PlaceField, at: Place): FlatField[] {
  const { kind: _place, required, requiredWhen, prefill, autocomplete, help, ...rest } = field;
  const hamletKey = `${at.prefix}${field.id}.hamlet`;
  const noHamlet: Condition = { op: 'not', of: { op: 'present', field: hamletKey } };
  const must: Condition | undefined = required
    ? noHamlet
    : requiredWhen && { op: 'and', of: [requiredWhen, noHamlet] };
  const hamlet: LeafField = {
    ...rest,
    kind: 'hamlet',
    id: 'hamlet',
    required: false,
    label: {
      vi: `${field.label.vi}: xóm (nếu ở trong xã)`,
      en: `${field.label.en}: hamlet (if in this commune)`,
    },
    ...(prefill === 'applicant.residence' ? { prefill: 'applicant.residence_hamlet' as const } : {}),
  };
  const text: LeafField = {
    ...rest,
    kind: 'text',
    id: 'text',
    required: false,
    maxLength: 300,
    label: { vi: `${field.label.vi}: địa chỉ`, en: `${field.label.en}: address` },
    help: help ?? {
      vi: 'Ở trong xã: số nhà, ngõ (nếu có). Ở nơi khác: ghi đủ thôn xóm, xã, tỉnh.',
      en: 'In this commune: house number or lane, if any. Elsewhere: hamlet, commune and province.',
    },
    ...(must ? { requiredWhen: must } : {}),
    ...(prefill ? { prefill } : {}),
    ...(autocomplete ? { autocomplete } : {}),
  };
  const inside = { ...at, prefix: `${at.prefix}${field.id}.` };
  return [hamlet, text].map((part) => leaf(part, inside, at.prefix));
}

/** `siblings` is the prefix that a leading dot stands for: the group around, not the place itself. */
function leaf(field: LeafField, at: Place, siblings = at.prefix): FlatField {
  const { showWhen, requiredWhen, ...rest } = field;
  const dates =
    rest.kind === 'date'
      ? {
          ...(rest.notBefore ? { notBefore: absoluteDate(rest.notBefore, siblings) } : {}),
          ...(rest.notAfter ? { notAfter: absoluteDate(rest.notAfter, siblings) } : {}),
        }
      : {};
  return {
    ...rest,
    ...dates,
    ...(requiredWhen ? { requiredWhen: absolute(requiredWhen, siblings) } : {}),
    key: at.prefix + field.id,
    pageId: at.pageId,
    group: at.group,
    when: showWhen ? [...at.when, absolute(showWhen, siblings)] : at.when,
  } as FlatField;
}

function absolute(condition: Condition, prefix: string): Condition {
  switch (condition.op) {
    case 'not':
      return { op: 'not', of: absolute(condition.of, prefix) };
    case 'and':
    case 'or':
      return { op: condition.op, of: condition.of.map((one) => absolute(one, prefix)) };
    case 'before':
    case 'after':
      return {
        ...condition,
        field: absoluteRef(condition.field, prefix),
        than: absoluteDate(condition.than, prefix),
      };
    default:
      return { ...condition, field: absoluteRef(condition.field, prefix) };
  }
}

function absoluteDate(ref: DateRef, prefix: string): DateRef {
  if (typeof ref.from !== 'object' || !('field' in ref.from)) return ref;
  return { ...ref, from: { field: absoluteRef(ref.from.field, prefix) } };
}

function absoluteRef(ref: string, prefix: string): string {
  return ref.startsWith('.') ? prefix + ref.slice(1) : ref;
}
