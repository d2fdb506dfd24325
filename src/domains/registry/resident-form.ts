/** The questions about a resident, and the answers as the verbs take them. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';
import { formatPhone } from '#kernel/phone';
import type { ResidentInput } from './resident.actions.ts';
import type { Resident } from './resident.ts';

type Option = { value: string; label: string };

/** @param known the record that is changed; none for a new person */
export function residentQuestions(hamlets: readonly Option[], known?: Omit<Resident, 'id'>): Question[] {
  return [
    { kind: 'line', name: 'fullName', label: m.registry_full_name(), value: known?.fullName },
    {
      kind: 'line',
      type: 'date',
      name: 'birthDate',
      label: m.registry_birth_date(),
      value: known?.birthDate,
      optional: true,
    },
    {
      kind: 'list',
      name: 'sex',
      label: m.registry_sex(),
      options: sexOptions(),
      value: known?.sex,
      optional: true,
    },
    {
      kind: 'line',
      name: 'nationalId',
      label: m.registry_national_id(),
      help: m.registry_national_id_help(),
      size: 'middle',
      value: known?.nationalId,
      optional: true,
    },
    { kind: 'agree', name: 'idCompared', label: m.registry_id_compared() },
    ...reachQuestions(hamlets, known),
  ];
}

/** Where to find the person. */
function reachQuestions(hamlets: readonly Option[], known?: Omit<Resident, 'id'>): Question[] {
  return [
    {
      kind: 'line',
      type: 'tel',
      name: 'phone',
      label: m.registry_phone(),
      size: 'middle',
      value: known?.phone && formatPhone(known.phone),
      optional: true,
    },
    {
      kind: 'list',
      name: 'hamletId',
      label: m.registry_hamlet_label(),
      options: hamlets,
      value: known?.hamletId,
      optional: true,
    },
    {
      kind: 'line',
      name: 'address',
      label: m.registry_address(),
      help: m.registry_address_help(),
      value: known?.address,
      optional: true,
    },
    {
      kind: 'line',
      type: 'date',
      name: 'deceasedOn',
      label: m.registry_deceased_on(),
      value: known?.deceasedOn,
      optional: true,
    },
  ];
}

export function residentInput(typed: Readonly<Record<string, string>>): ResidentInput {
  const { fullName = '', birthDate, sex, nationalId, phone, hamletId, address, deceasedOn } = typed;
  return {
    fullName,
    birthDate,
    sex: (sex || null) as ResidentInput['sex'],
    nationalId,
    phone,
    hamletId,
    address,
    deceasedOn,
    idCompared: typed.idCompared === 'yes',
  };
}

export function sexOptions(): Option[] {
  return [
    { value: 'male', label: m.registry_sex_male() },
    { value: 'female', label: m.registry_sex_female() },
    { value: 'other', label: m.registry_sex_other() },
  ];
}
