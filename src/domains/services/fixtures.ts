/** A chess club's membership as a procedure: nothing of any law, so that tests show the rules and not the law. */
import { FormDefinition } from '#kernel/forms/definition';
import { ProcedureFile } from './procedure.ts';
import type { Filing } from './dossier/file.actions.ts';

const both = (text: string) => ({ vi: text, en: text });
const source = { text: 'Điều lệ câu lạc bộ', article: null, mark: 'MS' as const };

export const CLUB_FORM = FormDefinition.parse({
  id: 'club',
  version: 1,
  title: both('Gia nhập câu lạc bộ cờ'),
  verified: false,
  sources: [],
  pages: [
    {
      id: 'member',
      title: both('Thành viên'),
      fields: [{ kind: 'text', id: 'full_name', label: both('Họ và tên'), required: true, maxLength: 80 }],
    },
  ],
});

const version = {
  code: '9.000001',
  layer: 'L1',
  name: both('Gia nhập câu lạc bộ cờ'),
  synonyms: ['chơi cờ'],
  otherCodes: [],
  field: 'civil_status',
  agency: 'commune_committee',
  whoMayFile: both('Mọi người'),
  receivedFromAnywhere: true,
  legalBasis: [source],
  timeLimit: {
    amount: 5,
    unit: 'working_days',
    cutoff: '15:00',
    extendedBy: { amount: 3, unit: 'working_days', when: both('Ủy viên đi vắng'), source },
    text: both('5 ngày'),
    source,
  },
  fee: { text: both('Miễn phí'), rule: { kind: 'free' }, exemptions: [], source },
  online: { level: 'full', reason: null, source },
  papers: [
    {
      code: 'card',
      name: both('Thẻ'),
      kind: 'copy',
      count: 1,
      required: true,
      when: null,
      condition: null,
      digitisable: true,
    },
  ],
  form: { id: 'club', version: 1 },
  steps: [
    { code: 'receive', name: both('Tiếp nhận'), role: 'clerk', share: 20 },
    { code: 'examine', name: both('Thẩm định'), role: 'specialist', share: 60 },
    { code: 'sign', name: both('Ký'), role: 'leader', share: 20 },
  ],
  result: { name: both('Thẻ hội viên'), media: ['paper', 'electronic'], template: null, validity: null },
  verified: false,
  sources: [source],
  version: 1,
  validFrom: '2022-01-01',
  validTo: null,
};

export const CLUB = ProcedureFile.parse({ code: version.code, versions: [version] });

/** Somebody who may be given work. */
export const AN_OFFICIAL = {
  fullName: 'Nguyễn Văn Mẫu',
  post: 'Công chức Một cửa',
  unit: 'one_stop',
  termFrom: '2020-01-01',
} as const;

let filings = 0;

/** A filing that is right; every call a new one. */
export function clubFiling(over: Partial<Filing> = {}): Filing {
  filings += 1;
  return {
    procedureCode: CLUB.code,
    answers: { full_name: 'Nguyễn Thị Ánh' },
    applicant: { name: 'Nguyễn Thị Ánh', phone: '+84900000001', userId: null, residentId: null },
    hamletId: null,
    papers: { card: 'electronic' },
    draftId: null,
    clientId: `filing-${filings}`,
    ...over,
  };
}
