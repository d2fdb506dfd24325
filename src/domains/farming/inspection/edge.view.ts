/** Inspections in words, and the questions of a checklist. */
import { m } from '#i18n/messages';
import { formatDate, type Locale } from '#kernel/format';
import { localDateOf, type LocalDate } from '#kernel/time';
import type { Question } from '#ui/form/short-form.ts';
import { ANSWERS, CHECKLISTS, findChecklist, type Answer, type Checklist } from './checklist.ts';
import type { NewInspection } from './inspection.actions.ts';
import type { Inspection } from './inspection.queries.ts';

function answerWords(answer: Answer, locale: Locale): string {
  const words = { yes: m.farming_answer_yes, no: m.farming_answer_no, na: m.farming_answer_na };
  return words[answer]({}, { locale });
}

export type InspectionRow = ReturnType<typeof inspectionRow>;
export type InspectionView = ReturnType<typeof inspectionView>;

/** A line of a list; `holder` as far as the reader may know it. @param today a finding whose day is over is marked */
export function inspectionRow(one: Inspection, holder: string | null, today: LocalDate, locale: Locale) {
  const open = one.found.filter(({ closed }) => closed === null);
  return {
    id: one.id,
    title: findChecklist(one.checklist, { version: one.version })?.title[locale] ?? one.checklist,
    holder,
    day: formatDate(one.on, locale),
    inspector: one.inspector,
    found: one.found.length,
    open: open.length,
    late: open.some(({ dueOn }) => dueOn < today),
    due: open.length === 0 ? null : formatDate(open.map(({ dueOn }) => dueOn).toSorted()[0]!, locale),
  };
}

/** Everything of one. @param today an open finding whose day is over is marked */
export function inspectionView(one: Inspection, holder: string | null, today: LocalDate, locale: Locale) {
  const checklist = findChecklist(one.checklist, { version: one.version });
  const words = new Map(checklist?.items.map((item) => [item.code, item[locale]]));
  return {
    ...inspectionRow(one, holder, today, locale),
    note: one.note,
    source: checklist?.source ?? null,
    verified: checklist?.verified ?? false,
    // In the checklist's order; the database keeps none.
    answers: [...words].flatMap(([code, label]) => {
      const answer = one.answers[code];
      return answer === undefined ? [] : [{ code, label, value: answerWords(answer, locale) }];
    }),
    findings: one.found.map(({ id, item, what, dueOn, closed }) => ({
      id,
      item: words.get(item) ?? item,
      what,
      due: formatDate(dueOn, locale),
      late: closed === null && dueOn < today,
      closed: closed && { ...closed, on: formatDate(closed.on, locale) },
    })),
  };
}

/** The checklist that an address asks for (`?checklist=`) as it holds today; else the first. */
export function checklistIn(params: URLSearchParams): Checklist {
  const today = localDateOf(new Date());
  return findChecklist(params.get('checklist') ?? '', { day: today }) ?? CHECKLISTS[0]!;
}

/** Whose land is inspected; then every item with what was found. */
export function inspectionQuestions(checklist: Checklist, whose: Question, locale: Locale): Question[] {
  const options = ANSWERS.map((value) => ({ value, label: answerWords(value, locale) }));
  return [
    whose,
    {
      kind: 'line',
      type: 'date',
      name: 'on',
      label: m.farming_inspection_on(),
      value: localDateOf(new Date()),
    },
    { kind: 'line', name: 'inspector', label: m.farming_inspection_inspector() },
    ...checklist.items.flatMap((item): Question[] => [
      {
        kind: 'one',
        name: `answers.${item.code}`,
        label: item[locale],
        ...(item.level === 'major' && { help: m.farming_inspection_major() }),
        options,
      },
      {
        kind: 'line',
        name: `findings.${item.code}`,
        label: m.farming_inspection_what(),
        optional: true,
      },
    ]),
    {
      kind: 'line',
      type: 'date',
      name: 'dueOn',
      label: m.farming_inspection_due(),
      help: m.farming_inspection_due_help(),
      optional: true,
    },
    { kind: 'text', name: 'note', label: m.farming_fact_note(), rows: 3, optional: true },
  ];
}

/** The answers of a form as the verb takes them. */
export function inspectionInput(
  typed: Readonly<Record<string, string>>,
  { checklist, householdId, producerId }: Pick<NewInspection, 'checklist' | 'householdId' | 'producerId'>,
): NewInspection {
  const under = (prefix: string) =>
    Object.fromEntries(
      Object.entries(typed).flatMap(([name, value]) =>
        name.startsWith(prefix) && value !== '' ? [[name.slice(prefix.length), value]] : [],
      ),
    );
  return {
    id: typed['id'],
    householdId,
    producerId,
    checklist,
    on: typed['on'] ?? '',
    inspector: typed['inspector'] ?? '',
    answers: under('answers.') as NewInspection['answers'],
    findings: under('findings.'),
    dueOn: typed['dueOn'],
    note: typed['note'],
  };
}
