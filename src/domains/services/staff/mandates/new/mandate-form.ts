/** A mandate as the clerk types it from the papers on the counter. */
import { findAccount } from '#domain/identity';
import { m } from '#i18n/messages';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { toPhone } from '#kernel/phone';
import { allow } from '#kernel/rights';
import { cleanLine } from '#kernel/text';
import { endOfDay, parseLocalDate } from '#kernel/time';
import { textOf } from '../../../edge.ts';
import type { NewMandate } from '../../../mandate/mandate.actions.ts';

/** How it was proved; kept in Vietnamese, as a book would have it. */
export const EVIDENCE = [
  { value: 'certified', words: m.services_mandate_evidence_certified },
  { value: 'written', words: m.services_mandate_evidence_written },
  { value: 'said', words: m.services_mandate_evidence_said },
] as const;

const FIELDS = {
  find: 40,
  chosen: 60,
  resident: 60,
  person: 100,
  phone: 40,
  helper: 100,
  helper_phone: 40,
  scope: 200,
  evidence: 20,
  until: 10,
} as const;
export type TypedMandate = Record<keyof typeof FIELDS, string>;

export function typedMandate(form: FormData): TypedMandate {
  const entries = Object.entries(FIELDS).map(([name, most]) => [name, cleanLine(textOf(form, name, most))]);
  return Object.fromEntries(entries) as TypedMandate;
}

/** @throws AppError `input.invalid` with a code for each field at fault */
export async function readMandate(ctx: Ctx, typed: TypedMandate): Promise<NewMandate> {
  allow(ctx, 'services.mandate.record', { kind: 'mandate' });
  const wrong: Record<string, string> = {};
  for (const name of ['person', 'phone', 'helper', 'helper_phone', 'scope', 'evidence', 'until'] as const)
    if (typed[name] === '') wrong[name] = 'input.needed';
  const personPhone = toPhone(typed.phone);
  if (typed.phone && !personPhone) wrong.phone = 'input.bad_phone';
  const helper = typed.helper_phone ? await accountOf(ctx, typed.helper_phone, wrong) : undefined;
  const evidence = EVIDENCE.find(({ value }) => value === typed.evidence);
  if (typed.evidence && !evidence) wrong.evidence = 'input.unknown';
  const until = parseLocalDate(typed.until);
  if (typed.until && !until) wrong.until = 'input.wrong';
  if (Object.keys(wrong).length > 0 || !personPhone || !helper || !evidence || !until)
    throw new AppError('input.invalid', 422, {}, wrong);
  return {
    helperUserId: helper.userId,
    helperName: typed.helper,
    helperPhone: helper.phone,
    personName: typed.person,
    personPhone,
    residentId: isId(typed.resident) ? typed.resident : null,
    scope: typed.scope,
    evidence: evidence.words({}, { locale: 'vi' }),
    validTo: endOfDay(until),
  };
}

async function accountOf(ctx: Ctx, typed: string, wrong: Record<string, string>) {
  if (toPhone(typed) === undefined) {
    wrong.helper_phone = 'input.bad_phone';
    return undefined;
  }
  const account = await findAccount(ctx, typed);
  if (!account) wrong.helper_phone = 'services.mandate.no_account';
  return account;
}
