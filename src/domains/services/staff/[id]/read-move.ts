/** Reads a move's form back into the data that the move takes. */
import { officeCalendar } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { readMoney } from '#kernel/forms/formats';
import { closingTime } from '#kernel/office-time';
import { parseLocalDate } from '#kernel/time';
import type { MoveField } from './move-fields.ts';

/** Everything typed into a form but its files, to show it again: a refusal loses nothing. */
export function typedIn(form: FormData): Record<string, string[]> {
  const typed: Record<string, string[]> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') (typed[name] ??= []).push(value.slice(0, 5_000));
  }
  return typed;
}

/**
 * The answers by the names of the fields; what may be left empty and is, is left out.
 * @throws AppError `input.invalid` with a code for each field that is empty or makes no sense
 */
export async function readFields(
  ctx: Ctx,
  fields: readonly MoveField[],
  typed: Readonly<Record<string, string[]>>,
): Promise<Record<string, unknown>> {
  const data: Record<string, unknown> = {};
  const wrong: Record<string, string> = {};
  for (const field of fields) {
    const given = (typed[field.name] ?? []).map((text) => text.trim()).filter((text) => text !== '');
    if (given.length === 0) {
      if (!field.optional && field.as !== 'exemptions' && field.as !== 'file')
        wrong[field.name] = 'input.needed';
      continue;
    }
    const value = await readField(ctx, field, given);
    if (value === undefined) wrong[field.name] = WRONG[field.as] ?? 'input.wrong';
    else data[field.name] = value;
  }
  if (Object.keys(wrong).length > 0) throw new AppError('input.invalid', 422, {}, wrong);
  return data;
}

const WRONG: Partial<Record<MoveField['as'], string>> = {
  day: 'services.apology.closed_then',
  money: 'input.bad_amount',
};

async function readField(ctx: Ctx, field: MoveField, given: readonly string[]): Promise<unknown> {
  switch (field.as) {
    case 'papers':
    case 'exemptions':
      return given;
    case 'money':
      return readMoney(given[0]!);
    case 'day': {
      const day = parseLocalDate(given[0]!);
      const closing = day && closingTime(await officeCalendar(ctx), day);
      return closing?.toISOString();
    }
    default:
      return given[0];
  }
}
