/** The front door of the producers room: producers and businesses, members, papers, craft villages, income. */
export {
  addProducer,
  changeProducer,
  endProducer,
  endStandard,
  setStandard,
  type NewProducer,
  type NewStandard,
  type ProducerInput,
} from './producer.actions.ts';
export {
  getProducer,
  listProducers,
  type ProducerFilter,
  type ProducerLine,
  type ProducerPage,
} from './producer.queries.ts';
export { KINDS, STANDARDS, type Kind, type Producer, type Standard, type StandardOnDay } from './producer.ts';
export { addMember, endMember, linkMember, type NewMember } from './member/member.actions.ts';
export {
  memberNames,
  membersOf,
  nameOfProducer,
  standardOf,
  type Member,
  type Members,
} from './member/member.queries.ts';
export type { MemberRef } from './member/member.ts';
export { addCertificate, revokeCertificate, type PaperInput } from './certificate/certificate.actions.ts';
export {
  certificatesOf,
  listCertificates,
  type CertificateFilter,
  type CertificateLine,
} from './certificate/certificate.queries.ts';
export { isValidOn, PAPER_KINDS, type Certificate, type PaperKind } from './certificate/certificate.ts';
export { recogniseCraftVillage, withdrawCraftVillage, type Recognition } from './craft/craft.actions.ts';
export { listCraftVillages } from './craft/craft.queries.ts';
export type { CraftVillage } from './craft/craft.ts';
export { recordIncome, removeIncome, type NewIncome } from './income/income.actions.ts';
export { listIncomes } from './income/income.queries.ts';
export { incomeKnownOn, type Income } from './income/income.ts';
export { giveConsent, withdrawConsent, type NewConsent } from './profile/consent.actions.ts';
export {
  phoneOnPacks,
  publicCertificates,
  publicProducers,
  publicProfile,
  type Profile,
  type PublicCertificate,
  type PublicProducer,
} from './profile/profile.queries.ts';
export {
  membershipsOf,
  standingsOf,
  type Membership,
  type Standing,
  type StandingFilter,
  type StandingPaper,
} from './standing.queries.ts';
