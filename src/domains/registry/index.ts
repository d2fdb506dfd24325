/** The front door of the registry room: residents, officials, who is on duty, who is away and who covers. */
export { coverOf, coveredBy, listAbsences, type Absence } from './absence.queries.ts';
export { endAbsence, recordAbsence, type NewAbsence } from './absence.actions.ts';
export { dutyWeek, onDuty, type DutyDay } from './duty.queries.ts';
export { planDuty, removeDuty, repeatDutyWeek, type NewDuty } from './duty.actions.ts';
export {
  hasWords,
  inOffice,
  OFFICIAL_UNITS,
  telLink,
  zaloLink,
  type Official,
  type OfficialUnit,
} from './official.ts';
export {
  getOfficial,
  listColleagues,
  listOfficials,
  nameOfOfficial,
  namesOfOfficials,
  officialDirectory,
  officialsOfUser,
  type DirectoryEntry,
} from './official.queries.ts';
export {
  appointOfficial,
  changeOfficial,
  endOfficial,
  linkOfficial,
  type NewOfficial,
  type OfficialChange,
} from './official.actions.ts';
export { masked, PURPOSES, type MaskedResident, type Purpose, type Resident, type Sex } from './resident.ts';
export {
  findResidentByNationalId,
  findResidentsByPhone,
  getResident,
  isResident,
  ownResident,
  searchResidents,
  type ResidentFilter,
  type ResidentPage,
} from './resident.queries.ts';
export { createResident, updateResident, type ResidentInput } from './resident.actions.ts';
export {
  addMember,
  moveOut,
  moveWithin,
  recordBirth,
  recordDeath,
  type Death,
  type Joining,
  type MovingOut,
  type MovingWithin,
} from './household/member.actions.ts';
export {
  changeHead,
  changePlace,
  openHousehold,
  type HeadChange,
  type NewHousehold,
  type PlaceChange,
} from './household/household.actions.ts';
export { RELATIONS, type Relation } from './household/household.ts';
export {
  bookOfHousehold,
  getHousehold,
  listHouseholds,
  populationByHamlet,
  type Household,
  type HouseholdFilter,
  type HouseholdLine,
  type Population,
} from './household/household.queries.ts';
export {
  householdRefs,
  isHousehold,
  ownHousehold,
  type HouseholdRef,
  type RefFilter,
} from './household/refs.queries.ts';
export {
  recordReportedFigure,
  reportedFigures,
  type NewReportedFigure,
  type ReportedFigure,
} from './figures/reported.actions.ts';
export {
  enterHouseholds,
  type EnteredHousehold,
  type EnteredPerson,
  type EnteredResult,
} from './household/enter.actions.ts';
export { enterList, forgetImport, nameColumns, resumeImport, takeInList } from './import/import.actions.ts';
export { getImport, importRows, listImports, type Import } from './import/import.queries.ts';
export {
  closeVital,
  hearVital,
  openVitals,
  vitalOfSource,
  type VitalOutcome,
} from './vital/vital.actions.ts';
export type { NamedPerson, VitalNotice } from './vital/vital.ts';
export { CONSENT_PURPOSES, type ConsentPurpose } from './consent/consent-text.ts';
export { hasConsent } from './consent/consent.queries.ts';
export { recordStay } from './stay/stay.actions.ts';
export { recordAid, recordSupport, endSupport } from './support/support.actions.ts';
export type { GroupCode, Subject } from './support/group.ts';
