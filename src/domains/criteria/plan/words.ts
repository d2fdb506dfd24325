/** The plan in words. */
import { m } from '#i18n/messages';
import type { Tone } from '#ui/types.ts';
import type { PlanState, Risk } from './plan.ts';

const STATES: Record<PlanState, typeof m.criteria_plan_doing> = {
  late: m.criteria_late,
  nobody: m.criteria_nobody,
  doing: m.criteria_plan_doing,
  waiting: m.criteria_status_waiting,
  reached: m.criteria_plan_reached,
};

export function planStateWords(state: PlanState): string {
  return STATES[state]();
}

const RISK_WORDS: Record<Risk, { tone: Tone; words: typeof m.criteria_risk_low }> = {
  low: { tone: 'ok', words: m.criteria_risk_low },
  medium: { tone: 'warn', words: m.criteria_risk_medium },
  high: { tone: 'bad', words: m.criteria_risk_high },
};

export function riskView(risk: Risk): { tone: Tone; label: string } {
  const { tone, words } = RISK_WORDS[risk];
  return { tone, label: words() };
}
