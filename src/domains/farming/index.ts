/** The front door of the farming room: growing areas, plots, inputs, the diary and the gate before the harvest. */
export { addArea, changeArea, endArea, setCertificateScope, type AreaInput } from './area/area.actions.ts';
export { getArea, listAreas, type AreaLine } from './area/area.queries.ts';
export { AREA_CODE_FORMATS, codeFormatOf, type Area } from './area/area.ts';
export { headNames } from './plot/household.queries.ts';
export { importPlots } from './plot/import.actions.ts';
export { handOver, plant, putInArea } from './plot/link.actions.ts';
export type { PlotFilter } from './plot/lines.queries.ts';
export type { NewPlot } from './plot/new-plot.ts';
export { addPlot, changePlot, endPlot, redrawPlot } from './plot/plot.actions.ts';
export { getPlot, listPlots, plotsOfHousehold, type HeldPlot } from './plot/plot.queries.ts';
export type { Plot, PlotLine, PlotShape } from './plot/plot.ts';
export { areasM2On, standardOn, standardsOn } from './plot/standard.queries.ts';
export {
  PLOT_STANDARDS,
  weakestOf,
  type PlotStandard,
  type StandardOnDay,
  type StandardReason,
} from './plot/standard.ts';
export { recordTest, type NewTest } from './test/test.actions.ts';
export { testsOfPlot } from './test/test.queries.ts';
export { countsOn, type LabTest, type TestKind, type TestValue } from './test/test.ts';
export { importMapFile, type ImportAsked, type ImportReport } from './plot/import-file.actions.ts';
export { overlapsOf, type Neighbour } from './plot/overlap.queries.ts';
export { PRODUCTS, findProduct, type Product } from './input/product.ts';
export { recordLabel, type NewLabel } from './input/label.actions.ts';
export { listLabels, type Label } from './input/label.queries.ts';
export { addStock, type NewStock } from './input/stock.actions.ts';
export { stockOf } from './input/stock.queries.ts';
export type { StockLot } from './input/stock.ts';
export { appointTechnician, endTechnician, type NewTechnician } from './diary/technician.actions.ts';
export { listTechnicians, type Technician } from './diary/technician.queries.ts';
export {
  ENTRY_KINDS,
  GRADES,
  type EntryInput,
  type EntryKind,
  type Grade,
  type Outcome,
} from './diary/entry.ts';
export { recordEntries, type Sending } from './diary/record.actions.ts';
export { correctEntry } from './diary/correct.actions.ts';
export { settleRefusal } from './diary/settle.actions.ts';
export {
  diaryOf,
  getEntry,
  listEntries,
  type DiaryEntry,
  type EntryFilter,
} from './diary/entries.queries.ts';
export { inputsOn, type AppliedInput } from './diary/inputs.queries.ts';
export { listRefusals, type Refusal } from './diary/refusals.queries.ts';
export {
  getPicks,
  intervalsOn,
  openPicks,
  pickGate,
  type GateAnswer,
  type Pick,
  type PickFilter,
} from './diary/picks.queries.ts';
export type { Interval } from './gate/interval.ts';
export { recordInspection, closeNonconformity, type NewInspection } from './inspection/inspection.actions.ts';
export { getInspection, type Inspection } from './inspection/inspection.queries.ts';
export { CHECKLISTS } from './inspection/checklist.ts';
export { readPlotCode } from './plot/plot.ts';
export { shutOutDevice, useDevice } from './sync/device.actions.ts';
export { originOf, type Origin } from './plot/origin.queries.ts';
