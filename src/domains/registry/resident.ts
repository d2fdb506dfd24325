/** A resident in the commune's register. */
import { maskId, maskPhone } from '#kernel/mask';
import type { LocalDate } from '#kernel/time';

export const SEXES = ['male', 'female', 'other'] as const;
export type Sex = (typeof SEXES)[number];

export type Resident = {
  id: string;
  fullName: string;
  birthDate: LocalDate | null;
  /** Of many elders only the year is known; the date is then 1 January. */
  birthKnown: 'day' | 'year';
  sex: Sex | null;
  /** Personal identification number, 12 digits. */
  nationalId: string | null;
  /** In +84 form. */
  phone: string | null;
  hamletId: string | null;
  /** House and lane inside the hamlet. */
  address: string | null;
  deceasedOn: LocalDate | null;
  demo: boolean;
  /** Counts the changes. */
  version: number;
};

/** A resident as lists show one: enough to tell people of one name apart, not enough to misuse. */
export type MaskedResident = Pick<Resident, 'id' | 'fullName' | 'sex' | 'hamletId' | 'demo'> & {
  birthYear: number | null;
  nationalId: string | null;
  phone: string | null;
  deceased: boolean;
};

export function masked(resident: Resident): MaskedResident {
  const { id, fullName, sex, hamletId, demo, birthDate, nationalId, phone, deceasedOn } = resident;
  return {
    id,
    fullName,
    sex,
    hamletId,
    demo,
    birthYear: birthDate === null ? null : Number(birthDate.slice(0, 4)),
    nationalId: nationalId && maskId(nationalId),
    phone: phone && maskPhone(phone),
    deceased: deceasedOn !== null,
  };
}

/**
 * What a personal identification number says (NĐ 137/2015/NĐ-CP art. 13): the province or country of birth
 * registration, the century and sex (0 male and 1 female of 1900–1999, 2 and 3 of 2000–2099 …), the year.
 */
export function readIdNumber(nationalId: string): {
  province: string;
  sex: 'male' | 'female';
  birthYear: number;
} {
  const sign = Number(nationalId[3]);
  return {
    province: nationalId.slice(0, 3),
    sex: sign % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(sign / 2) * 100 + Number(nationalId.slice(4, 6)),
  };
}

/** Whether the number agrees with what is known of the person; what is not known agrees. */
export function agreesWithId(person: Pick<Resident, 'nationalId' | 'birthDate' | 'sex'>): boolean {
  if (person.nationalId === null) return true;
  const { sex, birthYear } = readIdNumber(person.nationalId);
  const sexAgrees = person.sex === null || person.sex === 'other' || person.sex === sex;
  return sexAgrees && (person.birthDate === null || Number(person.birthDate.slice(0, 4)) === birthYear);
}

/** Why a person's record is opened; written beside the view in the audit record. */
export const PURPOSES = ['dossier', 'own_request', 'correction', 'inspection', 'visit'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The purpose that an address names, if it is one. */
export function findPurpose(text: string | null): Purpose | undefined {
  return PURPOSES.find((purpose) => purpose === text);
}
