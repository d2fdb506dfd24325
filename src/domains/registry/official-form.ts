/** The questions about an official, and the answers as the verbs take them. */
import { m } from '#i18n/messages';
import { getLocale } from '#i18n/runtime';
import type { Question } from '#ui/form/short-form.ts';
import { formatPhone } from '#kernel/phone';
import type { OfficialChange } from './official.actions.ts';
import { OFFICIAL_UNITS, type Official } from './official.ts';
import { unitWords } from './unit-words.ts';

type Option = { value: string; label: string };

/** @param known the official that is changed; none for a new one */
export function officialQuestions(hamlets: readonly Option[], known?: Omit<Official, 'id'>): Question[] {
  return [
    { kind: 'line', name: 'fullName', label: m.registry_full_name(), value: known?.fullName },
    { kind: 'line', name: 'post', label: m.registry_post(), value: known?.post },
    { kind: 'line', name: 'postEn', label: m.registry_post_en(), value: known?.postEn, optional: true },
    { kind: 'list', name: 'unit', label: m.registry_unit(), options: units(), value: known?.unit },
    {
      kind: 'list',
      name: 'hamletId',
      label: m.registry_hamlet_label(),
      help: m.registry_official_hamlet_help(),
      options: hamlets,
      value: known?.hamletId,
      optional: true,
    },
    ...reachQuestions(known),
  ];
}

/** How to reach the official, and where the entry stands. */
function reachQuestions(known?: Omit<Official, 'id'>): Question[] {
  const phone = (number: string | null | undefined) => number && formatPhone(number);
  return [
    {
      kind: 'line',
      type: 'tel',
      name: 'phone',
      label: m.registry_phone(),
      size: 'middle',
      value: phone(known?.phone),
      optional: true,
    },
    {
      kind: 'line',
      type: 'tel',
      name: 'zalo',
      label: m.registry_zalo_number(),
      size: 'middle',
      value: phone(known?.zalo),
      optional: true,
    },
    {
      kind: 'line',
      type: 'email',
      name: 'email',
      label: m.registry_email(),
      value: known?.email,
      optional: true,
    },
    {
      kind: 'line',
      name: 'position',
      label: m.registry_position(),
      help: m.registry_position_help(),
      size: 'short',
      value: String(known?.position ?? 0),
    },
    {
      kind: 'agree',
      name: 'public',
      label: m.registry_public(),
      value: (known?.public ?? true) ? 'yes' : '',
    },
  ];
}

export function officialInput(typed: Readonly<Record<string, string>>): OfficialChange {
  const { fullName = '', post = '', postEn, phone, zalo, email, hamletId } = typed;
  const position = /^\d{1,5}$/.test(typed.position ?? '') ? Number(typed.position) : -1;
  const unit = typed.unit as OfficialChange['unit'];
  return {
    fullName,
    post,
    postEn,
    unit,
    phone,
    zalo,
    email,
    hamletId,
    position,
    public: typed.public === 'yes',
  };
}

function units(): Option[] {
  return OFFICIAL_UNITS.map((unit) => ({ value: unit, label: unitWords(unit, getLocale()) }));
}
