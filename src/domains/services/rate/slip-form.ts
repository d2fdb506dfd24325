/** The slip as a form: six questions, three faces each. */
import { m } from '#i18n/messages';
import { SLIP_QUESTIONS, type SlipAnswers, type SlipQuestion } from '../rating/slip.actions.ts';
import { textOf } from '../edge.ts';

type Words = (params?: object, options?: { locale: 'vi' | 'en' }) => string;

const QUESTION_WORDS: Record<SlipQuestion, Words> = {
  time: m.services_slip_time,
  contacts: m.services_slip_contacts,
  information: m.services_slip_information,
  attitude: m.services_slip_attitude,
  result: m.services_slip_result,
  online: m.services_slip_online,
};

/** A question as it stands on paper, which is Vietnamese. */
export function slipQuestionWords(question: SlipQuestion): string {
  return QUESTION_WORDS[question]({}, { locale: 'vi' });
}

/** Questions in their order, each with what was chosen before the page came back. */
export function slipQuestions(chosen: SlipAnswers = {}) {
  return SLIP_QUESTIONS.map((name) => ({
    name,
    label: QUESTION_WORDS[name](),
    chosen: chosen[name] ?? null,
  }));
}

/** The answers of a posted slip; what is not 0, 1 or 2 was not answered. */
export function readSlip(form: FormData): SlipAnswers {
  const answers: SlipAnswers = {};
  for (const name of SLIP_QUESTIONS) {
    const score = textOf(form, name, 1);
    if (score === '0' || score === '1' || score === '2') answers[name] = Number(score) as 0 | 1 | 2;
  }
  return answers;
}
