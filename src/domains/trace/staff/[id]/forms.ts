/** The forms of a lot's page: what can be asked for, and how answers become inputs of verbs. */
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import { newId } from '#kernel/ids';
import type { Locale } from '#kernel/format';
import type { Question } from '#ui/form/short-form.ts';
import { LABEL_PAPERS } from '../../label/papers.ts';
import type { LotLine } from '../../lot/lines.queries.ts';
import { GRADES } from '../../lot/lot.ts';
import type { NewStepInput } from '../../lot/step.actions.ts';
import { STEP_KINDS, STEP_RULES } from '../../lot/step.ts';
import { gramsOf } from '../../lot/weight.ts';
import { gradeWords, stepWords } from '../../words.ts';

type Typed = Readonly<Record<string, string>>;
type Option = { value: string; label: string };

/** Steps that a lot of this kind can go into, by its page: blends of several are recorded at the first of them. */
export function stepQuestions(lot: LotLine, products: readonly Option[], locale: Locale): Question[] {
  const kinds = STEP_KINDS.filter((kind) => kind !== 'receive' && STEP_RULES[kind].from.includes(lot.kind));
  const left = String(Number(lot.leftG) / 1000).replace('.', ',');
  const product = { name: 'productId', label: m.trace_product(), options: products, optional: true };
  return [
    {
      kind: 'list',
      name: 'kind',
      label: m.trace_step(),
      options: kinds.map((value) => ({ value, label: stepWords(value, locale) })),
    },
    { kind: 'line', name: 'takenKg', label: m.trace_taken_kg(), size: 'short', value: left },
    { ...free('others', m.trace_other_lots()), help: m.trace_other_lots_help() },
    { ...free('madeKg', m.trace_made_kg()), help: m.trace_made_kg_help() },
    ...(lot.kind === 'dry' ? [{ kind: 'list' as const, ...product }] : []),
    {
      kind: 'list',
      name: 'grade',
      label: m.trace_grade(),
      options: GRADES.map((value) => ({ value, label: gradeWords(value, locale) })),
      optional: true,
    },
    free('temperatureC', m.trace_temperature(), 'short'),
    free('minutes', m.trace_minutes(), 'short'),
    free('moisture', m.trace_moisture(), 'short'),
    free('buyer', m.trace_buyer()),
    free('orderRef', m.trace_order(), 'middle'),
    free('note', m.trace_note()),
    {
      kind: 'files',
      name: 'photo',
      label: m.trace_step_photo(),
      accept: '.jpg,.jpeg,.png',
      rules: m.trace_step_photo_rules(),
      optional: true,
    },
  ];
}

/** A line that may stay empty. */
function free(name: string, label: string, size?: 'short' | 'middle'): Question {
  return { kind: 'line', name, label, optional: true, ...(size && { size }) };
}

/** @param others lots that go in as well, by code, read already */
export function stepInput(
  lotId: string,
  typed: Typed,
  others: readonly { lotId: string; kg: string }[],
  photo: NewStepInput['photo'],
): NewStepInput {
  const weights = (typed['madeKg'] ?? '').split(/[;+]/).filter((one) => one.trim() !== '');
  const evidence = {
    temperatureC: wholeOf(typed['temperatureC']),
    minutes: wholeOf(typed['minutes']),
    moistureTenths: tenthsOf(typed['moisture']),
  };
  return {
    id: typed['sent'] ?? '',
    kind: typed['kind'] as NewStepInput['kind'],
    inputs: [
      { lotId, g: gramsOf(typed['takenKg'] ?? '') ?? 0n },
      ...others.map((one) => ({ lotId: one.lotId, g: gramsOf(one.kg) ?? 0n })),
    ],
    outputs: weights.map((kg) => ({
      g: gramsOf(kg) ?? 0n,
      grade: (typed['grade'] || null) as NonNullable<NewStepInput['outputs']>[number]['grade'],
      productId: typed['productId'] || null,
    })),
    evidence: Object.fromEntries(Object.entries(evidence).filter(([, value]) => value !== undefined)),
    note: typed['note'] ?? null,
    buyer: typed['buyer'] ?? null,
    orderRef: typed['orderRef'] ?? null,
    photo,
  };
}

function wholeOf(typed = ''): number | undefined {
  return typed.trim() === '' ? undefined : Number(typed.trim());
}

/** `5,2` per cent as 52. */
function tenthsOf(typed = ''): number | undefined {
  return typed.trim() === '' ? undefined : Math.round(Number(typed.trim().replace(',', '.')) * 10);
}

/** Codes and weights as people write them: `K261123-7H4M2X 12,5; …`. */
export function othersIn(typed: string): { code: string; kg: string }[] {
  return typed
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [, code = one, kg = ''] = /^(\S+)\s+([\d.,]+)$/.exec(one) ?? [];
      return { code, kg };
    });
}

export function reasonQuestions(label: string): Question[] {
  return [{ kind: 'text', name: 'reason', label, rows: 3 }];
}

export function answerQuestions(): Question[] {
  return [{ kind: 'text', name: 'answer', label: m.trace_answer(), help: m.trace_answer_help(), rows: 3 }];
}

export function labelQuestions(locale: Locale, packs: number): Question[] {
  return [
    {
      kind: 'list',
      name: 'paper',
      label: m.trace_label_paper(),
      options: LABEL_PAPERS.map(({ code, name }) => ({ value: code, label: inLocale(name, locale) })),
      value: LABEL_PAPERS[0]!.code,
    },
    {
      kind: 'one',
      name: 'serialised',
      label: m.trace_label_numbers(),
      options: [
        { value: 'yes', label: m.trace_label_each() },
        { value: 'no', label: m.trace_label_lot_only() },
      ],
      value: 'yes',
    },
    { kind: 'line', name: 'count', label: m.trace_label_count(), size: 'short', value: String(packs) },
  ];
}

export function testQuestions(): Question[] {
  return [
    { kind: 'line', type: 'date', name: 'sampledOn', label: m.trace_test_day() },
    { kind: 'line', name: 'laboratory', label: m.trace_test_laboratory() },
    { kind: 'line', name: 'number', label: m.trace_test_number(), optional: true, size: 'middle' },
    {
      kind: 'one',
      name: 'passed',
      label: m.trace_test_result(),
      options: [
        { value: 'yes', label: m.trace_scan_test_passed() },
        { value: 'no', label: m.trace_scan_test_failed() },
      ],
    },
    { kind: 'line', type: 'date', name: 'validTo', label: m.trace_test_until(), optional: true },
  ];
}

/** An id for what a form will send: pressed twice it happens once. */
export function sendingId(): string {
  return newId();
}
