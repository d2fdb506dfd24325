/** The front door of the criteria room: sets, values, signatures, plan, pilots. */
export { catalogSets, MODEL_HAMLET, SMART_COMMUNE } from './catalog.ts';
export { beginDraft, draftSet, publishSet } from './set.actions.ts';
export { freezeBoard } from './snapshot/snapshot.actions.ts';
export { giveOpinion, openConsultation } from './opinion/consultation.actions.ts';
export { publishBoard } from './province/publish.actions.ts';
export { recordValue, signIndicator } from './assess.actions.ts';
export type { Place } from './values/line.ts';
export { addPilot, assignIndicator } from './plan.actions.ts';
export { addStep, endStep } from './plan/step.actions.ts';
export { moneyOverview } from './money/overview.queries.ts';
export { makeReport, signReport } from './report/report.actions.ts';
export { listPilots } from './plan.queries.ts';
export { findBoard } from './board.queries.ts';
export { levelsOf, totalsOf, type Board } from './board.ts';
export { indicatorsOf } from './set.ts';
export { counterEntry, enterMoney } from './money/money.actions.ts';
export { addContract, addDonor, addFund, addResult, addWork, recordThanks } from './money/setup.actions.ts';
