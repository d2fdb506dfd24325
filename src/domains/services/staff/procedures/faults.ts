/** What is wrong with a draft or a file, at the places that people know it by. */
import { m } from '#i18n/messages';
import { errorWords } from '../../edge.ts';
import { placeWords } from './place-words.ts';

/** Places of the draft that stand in the form under another name. */
const STANDS_AT: Readonly<Record<string, string>> = {
  'fee.rule.amount': 'fee.rule.amount.counter',
  'online.reason': 'online.reason.vi',
  'form.id': 'form',
  'form.version': 'form',
  'result.media': 'result.media.paper',
};

/** Words for each field of the draft's form, by its name. */
export function faultsByField(fields: Readonly<Record<string, string>>): Record<string, string> {
  const words = Object.entries(fields).map(([place, code]) => [
    STANDS_AT[place] ?? place,
    errorWords(formCode(place, code)),
  ]);
  return Object.fromEntries(words) as Record<string, string>;
}

/** The check speaks of types; whoever types knows texts, numbers and amounts. */
function formCode(place: string, code: string): string {
  if (code === 'input.missing') return 'input.needed';
  if (place.startsWith('fee.rule') && ['input.invalid_type', 'input.invalid_union'].includes(code))
    return 'input.bad_amount';
  if (code === 'input.invalid_type' || code === 'input.invalid_union') return 'input.not_whole';
  if (code === 'input.invalid_value') return 'input.needed';
  if (place === 'result.media') return 'input.needed';
  return code;
}

const MOST_TOLD = 40;

/** Every problem of a file, each with its place in plain words. */
export function fileProblems(fields: Readonly<Record<string, string>>): string[] {
  const all = Object.entries(fields).map(([place, code]) =>
    place === ''
      ? errorWords(code)
      : m.services_file_problem({ place: placeWords(place), what: errorWords(code) }),
  );
  const more = all.length - MOST_TOLD;
  return more > 0 ? [...all.slice(0, MOST_TOLD), m.services_file_more({ count: String(more) })] : all;
}
