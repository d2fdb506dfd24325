import type { Bilingual } from '../bilingual.ts';
import type { PrefillSource } from './prefill-sources.ts';

/** The questions that official forms ask about a person; `residence` is a place. */
export const PERSON_PARTS = [
  'full_name',
  'birth_date',
  'sex',
  'national_id',
  'other_id',
  'id_issued_on',
  'id_issued_by',
  'ethnicity',
  'nationality',
  'occupation',
  'hometown',
  'residence',
  'phone',
  'email',
] as const;
export type PersonPart = (typeof PERSON_PARTS)[number];

/** The 54 peoples are an open list here: forms take what the person's papers say. */
const ETHNIC_SUGGESTIONS = [
  'Kinh',
  'Tày',
  'Nùng',
  'Sán Dìu',
  'Sán Chay',
  'Dao',
  'Mông',
  'Hoa',
  'Mường',
  'Thái',
];

const MALE: Bilingual = { vi: 'Nam', en: 'Male' };
const FEMALE: Bilingual = { vi: 'Nữ', en: 'Female' };

/** Sexes as official forms offer them. */
const SEX_OPTIONS = [
  { value: 'male', label: MALE },
  { value: 'female', label: FEMALE },
];

/** A part as it would stand in a definition; what it holds beyond these is checked when the block is opened. */
interface PersonPartField {
  kind: string;
  label: Bilingual;
  prefill?: PrefillSource;
  autocomplete?: string;
  [setting: string]: unknown;
}

/** A part as a field of the form, without its id; the residence is a place and is opened further. */
export const PERSON_PART_FIELDS: Record<PersonPart, PersonPartField> = {
  full_name: {
    kind: 'text',
    label: { vi: 'Họ, chữ đệm, tên', en: 'Full name' },
    pattern: 'person_name',
    maxLength: 100,
    autocomplete: 'name',
    prefill: 'applicant.full_name',
  },
  birth_date: {
    kind: 'date',
    label: { vi: 'Ngày, tháng, năm sinh', en: 'Date of birth' },
    help: {
      vi: 'Nếu giấy tờ chỉ ghi năm sinh thì ghi năm, ví dụ 1958.',
      en: 'If the papers give only the year, write the year, for example 1958.',
    },
    partial: true,
    autocomplete: 'bday',
    prefill: 'applicant.birth_date',
  },
  sex: {
    kind: 'choice',
    label: { vi: 'Giới tính', en: 'Sex' },
    options: SEX_OPTIONS,
    autocomplete: 'sex',
    prefill: 'applicant.sex',
  },
  national_id: {
    kind: 'national_id',
    label: { vi: 'Số định danh cá nhân (số căn cước)', en: 'Personal identification number' },
    help: { vi: '12 chữ số trên thẻ căn cước.', en: 'The 12 digits on the identity card.' },
    prefill: 'applicant.national_id',
  },
  other_id: {
    kind: 'text',
    label: { vi: 'Giấy tờ tùy thân khác', en: 'Other identity paper' },
    help: {
      vi: 'Nếu không có số định danh: ghi loại giấy tờ, số, nơi cấp và ngày cấp (ví dụ hộ chiếu).',
      en: 'Without a personal number: kind of paper, number, issuing authority and date (for example a passport).',
    },
    maxLength: 200,
  },
  id_issued_on: {
    kind: 'date',
    label: { vi: 'Ngày cấp thẻ căn cước', en: 'Identity card issued on' },
    notAfter: { from: 'today' },
    prefill: 'applicant.id_issued_on',
  },
  id_issued_by: {
    kind: 'text',
    label: { vi: 'Nơi cấp thẻ căn cước', en: 'Identity card issued by' },
    maxLength: 200,
    suggestions: ['Bộ Công an', 'Cục Cảnh sát quản lý hành chính về trật tự xã hội'],
    prefill: 'applicant.id_issued_by',
  },
  ethnicity: {
    kind: 'text',
    label: { vi: 'Dân tộc', en: 'Ethnic group' },
    maxLength: 60,
    suggestions: ETHNIC_SUGGESTIONS,
    prefill: 'applicant.ethnicity',
  },
  nationality: {
    kind: 'text',
    label: { vi: 'Quốc tịch', en: 'Nationality' },
    maxLength: 60,
    suggestions: ['Việt Nam'],
    prefill: 'applicant.nationality',
  },
  occupation: { kind: 'text', label: { vi: 'Nghề nghiệp', en: 'Occupation' }, maxLength: 120 },
  hometown: {
    kind: 'text',
    label: { vi: 'Quê quán', en: 'Place of family origin' },
    help: {
      vi: 'Ghi xã, tỉnh (địa danh cũ hoặc mới đều được).',
      en: 'Commune and province; old names will do.',
    },
    maxLength: 200,
  },
  residence: {
    kind: 'place',
    label: { vi: 'Nơi cư trú', en: 'Place of residence' },
    prefill: 'applicant.residence',
  },
  phone: {
    kind: 'phone',
    label: { vi: 'Số điện thoại', en: 'Telephone' },
    autocomplete: 'tel',
    prefill: 'applicant.phone',
  },
  email: {
    kind: 'text',
    label: { vi: 'Thư điện tử', en: 'E-mail' },
    pattern: 'email',
    maxLength: 200,
    autocomplete: 'email',
    prefill: 'applicant.email',
  },
};
