/** What the actions of a finished dossier say for the indices of TT 01/2018/TT-VPCP art. 13. Pure. */
import type { Calendar } from '#kernel/office-time';
import { localDateOf } from '#kernel/time';
import { dueTimes } from '../dossier/clock.ts';
import { foldDossier, type Action } from '../dossier/dossier.ts';
import type { ProcedureVersion } from '../procedure.ts';
import { pointsOfDossier, type IndexPoints, type RatingFacts } from './indices.ts';
import type { SlipAnswers } from './slip.actions.ts';

type Law = Pick<ProcedureVersion, 'timeLimit' | 'steps'>;

/** The facts of one decided dossier. Its attitude index comes from slips, which lead to no dossier. */
export function factsOf(actions: readonly Action[], law: Law, calendar: Calendar): RatingFacts {
  const asked = actions.filter(({ kind }) => kind === 'request_supplement' || kind === 'apologise').length;
  return {
    timeliness: timelinessOf(actions, law, calendar),
    unitsLate: unitsLateOf(actions, law, calendar),
    // Each request for papers and each new appointment is one more time that the citizen has to come or call.
    contacts: asked,
    // The desk asks other agencies itself (NĐ 61/2018 art. 8): online the citizen goes to none, else to the desk.
    agencies: foldDossier(actions).channel === 'counter' ? 1 : 0,
    attitude: null,
  };
}

function timelinessOf(actions: readonly Action[], law: Law, calendar: Calendar): RatingFacts['timeliness'] {
  const dossier = foldDossier(actions);
  const { due } = dueTimes(dossier, law, calendar);
  if (!due || !dossier.finishedAt) return null;
  if (dossier.finishedAt > due) return 'late';
  return localDateOf(dossier.finishedAt) < localDateOf(due) ? 'early' : 'on_time';
}

/** Steps that were sent on, or ended by the decision, after their part of the limit. */
function unitsLateOf(actions: readonly Action[], law: Law, calendar: Calendar): number | null {
  if (!law.timeLimit) return null;
  let late = 0;
  for (const [at, action] of actions.entries()) {
    if (action.kind !== 'advance' && action.kind !== 'decide') continue;
    const { stepDue } = dueTimes(foldDossier(actions.slice(0, at)), law, calendar);
    if (stepDue && action.at > stepDue) late += 1;
  }
  return late;
}

/**
 * Index 7 out of a slip: a complaint about the attitude 0; content with it and with the time 2; else 1. The
 * slip's own answer on time stands for the timeliness, because a slip leads to no dossier.
 */
export function pointsOfSlip({ attitude, time }: SlipAnswers): IndexPoints {
  if (attitude === undefined) return {};
  const said = (['complaint', 'fair', 'good'] as const)[attitude];
  const timeliness = time === undefined ? null : (['late', 'on_time', 'early'] as const)[time];
  const points = pointsOfDossier({
    timeliness,
    unitsLate: null,
    contacts: null,
    agencies: null,
    attitude: said,
  })[7];
  return points === undefined ? {} : { 7: points };
}
