/** The questions about an address, and the answers as the verbs take them. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';
import type { Address } from './address.ts';
import type { AddressChanged } from './address.actions.ts';

type Option = { value: string; label: string };

/** @param known the address that is changed; none for a new one */
export function addressQuestions(hamlets: readonly Option[], known?: Address): Question[] {
  return [
    {
      kind: 'list',
      name: 'hamletId',
      label: m.places_hamlet(),
      options: hamlets,
      value: known?.hamletId ?? (hamlets.length === 1 ? hamlets[0]!.value : ''),
    },
    {
      kind: 'line',
      name: 'number',
      label: m.places_number(),
      help: m.places_number_help(),
      size: 'short',
      value: known?.number,
    },
    {
      kind: 'line',
      name: 'place',
      label: m.places_place(),
      help: m.places_place_help(),
      value: known && `${known.lat.toFixed(6)}, ${known.lng.toFixed(6)}`,
    },
  ];
}

export function dayQuestion(): Question {
  return {
    kind: 'line',
    type: 'date',
    name: 'on',
    label: m.places_on_day(),
    help: m.places_on_day_help(),
    optional: true,
  };
}

export function reasonQuestion(): Question {
  return { kind: 'line', name: 'reason', label: m.places_reason() };
}

export function changedInput(typed: Readonly<Record<string, string>>): AddressChanged {
  const { hamletId = '', number = '', place = '', reason = '', on } = typed;
  return { hamletId, number, place, reason, on };
}
