/** The front door of the farming room: growing areas and plots. */
export { addArea, changeArea, endArea, setCertificateScope, type AreaInput } from './area/area.actions.ts';
export { getArea, listAreas, type AreaLine } from './area/area.queries.ts';
export { AREA_CODE_FORMATS, codeFormatOf, type Area } from './area/area.ts';
export { importPlots } from './plot/import.actions.ts';
export { handOver, plant, putInArea } from './plot/link.actions.ts';
export type { PlotFilter } from './plot/lines.queries.ts';
export type { NewPlot } from './plot/new-plot.ts';
export { addPlot, changePlot, endPlot, redrawPlot } from './plot/plot.actions.ts';
export { getPlot, listPlots, plotsOfHousehold, type HeldPlot } from './plot/plot.queries.ts';
export type { Plot, PlotLine, PlotShape } from './plot/plot.ts';
export { areaM2On, standardOn, standardsOn } from './plot/standard.queries.ts';
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
