/** The questions about a laboratory's report, and the answers as the verb takes them. */
import { m } from '#i18n/messages';
import { getLocale } from '#i18n/runtime';
import { refuseField } from '#kernel/input';
import type { Question } from '#ui/form/short-form.ts';
import { dayQuestion } from '../plot-form.ts';
import { testKindWords } from '../words.ts';
import type { NewTest } from './test.actions.ts';
import { TEST_KINDS, type TestKind, type TestValue } from './test.ts';

export function testQuestions(): Question[] {
  return [
    {
      kind: 'one',
      name: 'kind',
      label: m.farming_test_kind(),
      options: TEST_KINDS.map((value) => ({ value, label: testKindWords(value, getLocale()) })),
    },
    dayQuestion('sampledOn', m.farming_test_sampled_on()),
    { kind: 'line', name: 'laboratory', label: m.farming_test_laboratory() },
    { kind: 'line', name: 'number', label: m.farming_test_number(), size: 'short', optional: true },
    {
      kind: 'text',
      name: 'values',
      label: m.farming_test_values(),
      help: m.farming_test_values_help(),
      optional: true,
    },
    {
      kind: 'one',
      name: 'passed',
      label: m.farming_test_conclusion(),
      options: [
        { value: 'yes', label: m.farming_test_passed() },
        { value: 'no', label: m.farming_test_failed() },
        { value: 'none', label: m.farming_test_concludes_nothing() },
      ],
    },
    { ...dayQuestion('validTo', m.farming_test_valid_to()), optional: true },
    {
      kind: 'files',
      name: 'file',
      label: m.farming_test_file(),
      accept: '.pdf,.jpg,.jpeg,.png',
      rules: m.farming_test_file_rules(),
      optional: true,
    },
  ];
}

const CONCLUSIONS: Readonly<Record<string, boolean>> = { yes: true, no: false };

/** @throws AppError `input.invalid` with `farming.test.bad_value` at `values` */
export function testInput(plotId: string, typed: Readonly<Record<string, string>>): NewTest {
  return {
    plotId,
    kind: (typed['kind'] ?? '') as TestKind,
    sampledOn: typed['sampledOn'] ?? '',
    laboratory: typed['laboratory'] ?? '',
    number: typed['number'],
    values: valuesOf(typed['values'] ?? ''),
    passed: CONCLUSIONS[typed['passed'] ?? ''] ?? null,
    validTo: typed['validTo'],
  };
}

/** One value a line: `Chì (Pb); 12,3; mg/kg; 70`. */
export function valuesOf(text: string): TestValue[] {
  const lines = text.split('\n').filter((one) => one.trim() !== '');
  return lines.map((one) => {
    const [what = '', value = '', unit = '', limit = '', ...more] = one.split(';').map((part) => part.trim());
    if (what === '' || value === '' || more.length > 0) refuseField('values', 'farming.test.bad_value');
    return { what, value, unit: unit || null, limit: limit || null };
  });
}
