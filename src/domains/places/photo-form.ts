/** The questions about a photograph. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';

/** @param today what stands in the day at first @param mayBePublic works' photographs may be shown to everybody */
export function photoQuestions(today: string, mayBePublic: boolean): Question[] {
  const open: Question = { kind: 'agree', name: 'public', label: m.places_photo_public() };
  return [
    {
      kind: 'files',
      name: 'photo',
      label: m.places_photo_file(),
      accept: '.jpg,.jpeg,.png,image/jpeg,image/png',
      rules: m.places_photo_rules(),
    },
    { kind: 'line', type: 'date', name: 'takenOn', label: m.places_photo_day(), value: today },
    { kind: 'line', name: 'caption', label: m.places_photo_caption(), optional: true },
    ...(mayBePublic ? [open] : []),
  ];
}
