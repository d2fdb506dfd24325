/** The front door of the commune room: what the commune is, when it is open, what it announces. */
export {
  ANNOUNCEMENT_KINDS,
  earliestDowntime,
  inLanguage,
  isCurrent,
  type Announcement,
  type AnnouncementKind,
} from './announcement.ts';
export {
  expireAnnouncement,
  publishAnnouncement,
  rewordAnnouncement,
  type NewAnnouncement,
} from './announcement.actions.ts';
export { getAnnouncement, listAnnouncements } from './announcement.queries.ts';
export {
  expectedHolidays,
  HolidayDay,
  loadAnnouncedHolidays,
  loadHolidays,
  missingHolidays,
  parseHolidays,
  type ExpectedHoliday,
} from './calendar.ts';
export { existsOn, isNamed, type Hamlet } from './hamlet.ts';
export { addHamlet, endHamlet, renameHamlet, type NewHamlet } from './hamlet.actions.ts';
export { findHamlet, getHamlet, listHamlets } from './hamlet.queries.ts';
export { importBoundaries, setHall } from './boundary/boundary.actions.ts';
export {
  hamletFigures,
  listBoundaries,
  publishedBeside,
  type Beside,
  type HamletFigure,
} from './boundary/boundary.queries.ts';
export {
  confirmationOf,
  differences,
  MergerPlan,
  openWork,
  type MergerPlanInput,
  type MergerReport,
  type PredecessorStock,
} from './merger/merger.ts';
export {
  broughtNames,
  closeIntoSuccessor,
  foundFromPredecessors,
  type BroughtHamlet,
} from './merger/merger.actions.ts';
export { listMergers, takeStock } from './merger/merger.queries.ts';
export {
  letterOfChange,
  queueRecomputing,
  readCalendarChange,
  readRecomputing,
  type CalendarChange,
} from './calendar-change.ts';
export { listOfficeHours, listSpecialDays, officeCalendar } from './office-calendar.ts';
export { removeOfficeHours, setOfficeHours, type NewOfficeHours } from './office-hours.actions.ts';
export { officeNow, type OfficeNow } from './office-now.ts';
export { hoursLines, officeLine } from './office-words.ts';
export { setUpCommune, type CommuneSetUp } from './set-up.actions.ts';
export { changeSettings } from './setting.actions.ts';
export { communeSettings, communeSite } from './setting.queries.ts';
export type { Settings, SettingsInput } from './setting.ts';
export {
  adoptNationalDays,
  recordSpecialDay,
  recordSpecialDays,
  removeSpecialDay,
  type NewSpecialDay,
} from './special-day.actions.ts';
export { listUnits } from './unit.queries.ts';
export { figuresOn, searchUnits, type Box, type CatalogueUnit, type Figure } from './unit-catalogue.ts';
export { communeBox, findCatalogueUnits, getCatalogueUnit } from './unit-catalogue.queries.ts';
export { placeOf, unitOn, type Unit } from './unit.ts';
