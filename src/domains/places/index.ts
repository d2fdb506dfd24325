/** The front door of the places room: digital addresses of houses, public works, and their figures. */
export {
  correctAddress,
  endAddress,
  issueAddress,
  moveAddress,
  showAddress,
  type AddressChanged,
  type NewAddress,
} from './address.actions.ts';
export { addressOn, type Address, type AddressChange, type AddressState } from './address.ts';
export { getAddress, getAddressPhoto, listAddresses, type AddressFilter } from './address.queries.ts';
export { findAddresses, getFoundAddress, type Found, type FoundAddress } from './find.queries.ts';
export { importAddresses, type ImportFault, type ImportLine } from './import/import.actions.ts';
export { PLACE_MEASURES } from './measures.ts';
export { addMoney, type NewMoney } from './money.actions.ts';
export {
  addAddressPhoto,
  addPhoto,
  removeAddressPhoto,
  removePhoto,
  type NewPhoto,
  type StoredPhoto,
} from './photo.actions.ts';
export {
  addWork,
  changeWork,
  endWork,
  inspectWork,
  type NewInspection,
  type NewWork,
  type WorkInput,
} from './work.actions.ts';
export {
  getPhoto,
  getPublicWork,
  getWork,
  listPublicWorks,
  listWorks,
  type StandingWork,
  type WorkFilter,
} from './work.queries.ts';
export { inUse, standingOn, WORK_KINDS, type Inspection, type Work, type WorkKind } from './work.ts';
