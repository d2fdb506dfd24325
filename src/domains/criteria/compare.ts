/** What differs between two versions of a set, line by line. Pure. */
import type { Indicator, Objective, SetFile, Theme } from './set.ts';

export type Field = keyof Indicator | keyof Theme | 'title' | 'level' | 'above';
export type FieldChange = { field: Field; before: unknown; after: unknown };
/** `code` is empty for the head of the set. */
export type LineChange = {
  code: string;
  text: { vi: string; en: string };
  what: 'added' | 'removed' | 'changed';
  fields: FieldChange[];
};

type Flat = { code: string; text: { vi: string; en: string }; above: string } & Record<string, unknown>;

/** Lines are compared by code; one that moved under another heading says so. In the order of the newer version. */
export function compareSets(before: SetFile, after: SetFile): LineChange[] {
  const [old, now] = [flat(before), flat(after)];
  const head = fieldsOf(headOf(before), headOf(after));
  const changed = [...now.values()].flatMap((line): LineChange[] => {
    const was = old.get(line.code);
    if (!was) return [{ code: line.code, text: line.text, what: 'added', fields: [] }];
    const fields = fieldsOf(was, line);
    return fields.length === 0 ? [] : [{ code: line.code, text: line.text, what: 'changed', fields }];
  });
  const removed = [...old.values()]
    .filter(({ code }) => !now.has(code))
    .map(({ code, text }): LineChange => ({ code, text, what: 'removed', fields: [] }));
  const first: LineChange[] =
    head.length === 0 ? [] : [{ code: '', text: after.title, what: 'changed', fields: head }];
  return [...first, ...changed, ...removed];
}

function headOf({ themes: _lines, code: _code, ...head }: SetFile): Record<string, unknown> {
  return head;
}

function flat(set: SetFile): Map<string, Flat> {
  const lines = set.themes.flatMap((theme) => [
    withoutLines(theme, ''),
    ...theme.objectives.flatMap((objective) => [
      withoutLines(objective, theme.code),
      ...objective.indicators.map((one): Flat => ({ ...one, above: objective.code })),
    ]),
  ]);
  return new Map(lines.map((one) => [one.code, one]));
}

function withoutLines({ code, text, rule }: Theme | Objective, above: string): Flat {
  return { code, text, rule, above };
}

function fieldsOf(before: Record<string, unknown>, after: Record<string, unknown>): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) =>
    JSON.stringify(before[field]) === JSON.stringify(after[field])
      ? []
      : [{ field: field as Field, before: before[field], after: after[field] }],
  );
}
