import { describe, expect, test } from 'vitest';
import { FormDefinition } from './definition.ts';
import { fieldsOf } from './flatten.ts';

const label = { vi: 'Nhãn', en: 'Label' };

function form(fields: unknown[], more: object = {}): unknown {
  return {
    id: 'membership',
    version: 1,
    title: label,
    verified: false,
    sources: [],
    pages: [{ id: 'one', title: label, fields, ...more }],
  };
}

function problems(fields: unknown[]): string[] {
  const parsed = FormDefinition.safeParse(form(fields));
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
}

describe('a form definition', () => {
  test('opens persons, places, groups and repetitions into keys in the order of asking', () => {
    const parsed = FormDefinition.parse(
      form([
        {
          kind: 'person',
          id: 'member',
          label,
          parts: ['full_name', 'residence'],
          requiredParts: ['residence'],
        },
        { kind: 'number', id: 'count', label, max: 2 },
        {
          kind: 'group',
          id: 'child',
          label,
          repeat: { count: 'count', max: 2 },
          fields: [
            { kind: 'yes_no', id: 'adult', label },
            { kind: 'place', id: 'home', label, showWhen: { op: 'equals', field: '.adult', value: true } },
          ],
        },
      ]),
    );
    expect(fieldsOf(parsed).map((field) => field.key)).toEqual([
      'member.full_name',
      'member.residence.hamlet',
      'member.residence.text',
      'count',
      'child.1.adult',
      'child.1.home.hamlet',
      'child.1.home.text',
      'child.2.adult',
      'child.2.home.hamlet',
      'child.2.home.text',
    ]);
    const second = fieldsOf(parsed).find((field) => field.key === 'child.2.home.text');
    expect(second?.when).toEqual([
      { op: 'at_least', field: 'count', value: 2 },
      { op: 'equals', field: 'child.2.adult', value: true },
    ]);
  });

  test('refuses a condition on a question that comes later or does not exist', () => {
    const asks = (field: string) => ({ kind: 'text', id: 'a', label, showWhen: { op: 'present', field } });
    expect(problems([asks('b'), { kind: 'text', id: 'b', label }])).toEqual([
      'a depends on b, which is not asked before it',
    ]);
    expect(problems([asks('nobody')])).toHaveLength(1);
    expect(problems([{ kind: 'text', id: 'b', label }, asks('b')])).toEqual([]);
  });

  test('refuses two questions under one key, counting by words, and limits by what is no date', () => {
    const text = { kind: 'text', id: 'a', label };
    expect(problems([text, text])).toEqual(['a stands twice']);
    const group = { kind: 'group', id: 'g', label, fields: [{ kind: 'text', id: 'x', label }] };
    expect(problems([text, { ...group, repeat: { count: 'a', max: 3 } }])).toContain(
      'g.1.x counts a, which is not a number',
    );
    const date = { kind: 'date', id: 'd', label, notAfter: { from: { field: 'a' } } };
    expect(problems([text, date])).toEqual(['d is limited by a, no date asked before it']);
  });

  test('refuses ids that are names of built-in properties, and settings that nobody reads', () => {
    expect(problems([{ kind: 'text', id: 'constructor', label }])).not.toEqual([]);
    expect(problems([{ kind: 'text', id: '__proto__', label }])).not.toEqual([]);
    expect(problems([{ kind: 'text', id: 'a', label, mandatory: true }])).not.toEqual([]);
  });
});
