/** The desk's words: states, fields of law, roles, limits and fees as people say them, in the reader's language. */
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import { formatMoney, formatNumber, type Locale } from '#kernel/format';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';
import type { State } from './dossier/dossier.ts';
import type { Amount, Fee } from './fee-rule.ts';
import type { PaperRequired, ProcedureVersion, Step, TimeLimit } from './procedure.ts';

const STATE_WORDS: Record<State, () => string> = {
  registered: m.services_state_registered,
  received: m.services_state_received,
  not_received: m.services_state_not_received,
  processing: m.services_state_processing,
  supplement: m.services_state_supplement,
  payment: m.services_state_payment,
  withdrawn: m.services_state_withdrawn,
  stopped: m.services_state_stopped,
  done: m.services_state_done,
  returned: m.services_state_returned,
};

/** The national name of a state. */
export function stateWords(state: State): string {
  return STATE_WORDS[state]();
}

const STATE_LOOKS: Record<State, { tone: Tone; icon: IconName }> = {
  registered: { tone: 'info', icon: 'send' },
  received: { tone: 'ok', icon: 'receive' },
  not_received: { tone: 'bad', icon: 'error' },
  processing: { tone: 'ok', icon: 'clock' },
  supplement: { tone: 'warn', icon: 'file' },
  payment: { tone: 'warn', icon: 'money' },
  withdrawn: { tone: 'info', icon: 'stop' },
  stopped: { tone: 'warn', icon: 'pause' },
  done: { tone: 'ok', icon: 'check' },
  returned: { tone: 'ok', icon: 'check' },
};

/** Word, icon and colour of a state, for a `StatusLabel`. */
export function stateLabel(state: State): { tone: Tone; icon: IconName; label: string } {
  return { ...STATE_LOOKS[state], label: stateWords(state) };
}

const FIELD_WORDS: Record<ProcedureVersion['field'], () => string> = {
  civil_status: m.services_field_civil_status,
  certification: m.services_field_certification,
  residence: m.services_field_residence,
  household_business: m.services_field_household_business,
  social_protection: m.services_field_social_protection,
  adoption: m.services_field_adoption,
  construction: m.services_field_construction,
};

/** The field of law as citizens look for it. */
export function fieldOfLawWords(field: ProcedureVersion['field']): string {
  return FIELD_WORDS[field]();
}

const ROLE_WORDS: Record<Step['role'], () => string> = {
  clerk: m.services_role_clerk,
  specialist: m.services_role_specialist,
  leader: m.services_role_leader,
  police_officer: m.services_role_police_officer,
  police_leader: m.services_role_police_leader,
  records_clerk: m.services_role_records_clerk,
};

/** Who does a step. */
export function stepRoleWords(role: Step['role']): string {
  return ROLE_WORDS[role]();
}

const PAPER_KIND_WORDS: Record<PaperRequired['kind'], () => string> = {
  original: m.services_paper_original,
  copy: m.services_paper_copy,
  shown: m.services_paper_shown,
  form: m.services_paper_form,
};

/** In which way a paper is given. */
export function paperKindWords(kind: PaperRequired['kind']): string {
  return PAPER_KIND_WORDS[kind]();
}

/** A duration of the law in a few words: "3 ngày làm việc", "trong ngày". */
export function durationWords({ amount, unit }: Pick<TimeLimit, 'amount' | 'unit'>, locale: Locale): string {
  const params = { amount: formatNumber(amount, { locale }) };
  switch (unit) {
    case 'same_day':
      return m.services_limit_same_day();
    case 'working_days':
      return m.services_limit_working_days(params);
    case 'working_hours':
      return m.services_limit_working_hours(params);
    case 'hours':
      return m.services_limit_hours(params);
    case 'calendar_days':
      return m.services_limit_days(params);
  }
}

/** The limit of a procedure in a few words; what the law leaves open is said so. */
export function limitWords(limit: TimeLimit | null, locale: Locale): string {
  return limit ? durationWords(limit, locale) : m.services_limit_open();
}

/** What it costs, in a few words; the verbatim text stands on the procedure's page. */
export function feeWords(fee: Pick<Fee, 'rule' | 'exemptions'>, locale: Locale): string {
  const { rule } = fee;
  if (!rule)
    return fee.exemptions.some((one) => one.percent === 100)
      ? m.services_fee_often_free()
      : m.services_fee_by_council();
  switch (rule.kind) {
    case 'free':
      return m.services_fee_free();
    case 'fixed':
      return fixedWords(rule.amount, locale);
    case 'by_quantity':
      return m.services_fee_each({ amount: formatMoney(least(rule.amount), locale) });
    case 'by_page':
      return m.services_fee_from({
        amount: formatMoney(BigInt(Math.min(...rule.tiers.map((tier) => tier.each))), locale),
      });
  }
}

/** The amount, or the one of filing online where that is another. */
function fixedWords(amount: Amount, locale: Locale): string {
  if (typeof amount === 'number') return formatMoney(BigInt(amount), locale);
  if (amount.online === 0) return m.services_fee_free_online();
  return m.services_fee_online({ amount: formatMoney(BigInt(amount.online), locale) });
}

function least(amount: Amount): bigint {
  return BigInt(typeof amount === 'number' ? amount : Math.min(amount.counter, amount.online));
}

const ONLINE_WORDS: Record<ProcedureVersion['online']['level'], () => string> = {
  full: m.services_online_full,
  partial: m.services_online_partial,
  counter: m.services_online_counter,
};

/** How much of it goes online. */
export function onlineWords(level: ProcedureVersion['online']['level']): string {
  return ONLINE_WORDS[level]();
}

/** The line under a procedure's name in a list. */
export function procedureFacts(version: ProcedureVersion, locale: Locale): string {
  return [
    limitWords(version.timeLimit, locale),
    feeWords(version.fee, locale),
    onlineWords(version.online.level),
  ].join(' · ');
}

/** Where a rule stands: the text, and the article in it. */
export function sourceWords(source: { text: string; article: string | null }): string {
  return source.article ? `${source.text}, ${source.article}` : source.text;
}

/** The procedure's name. */
export function procedureName(version: Pick<ProcedureVersion, 'name'>, locale: Locale): string {
  return inLocale(version.name, locale);
}
