/** What the verbs of documents are given. */
import { z } from 'zod';
import { Day, Id, line, lines, optional } from '#kernel/input';
import { DISPATCH_WAYS } from './document.ts';
import { TYPE_CODES, URGENCIES } from './kinds.ts';

const Type = z.string().refine((code) => TYPE_CODES.includes(code), 'input.unknown');

/** A list typed one a line, or given as a list. */
function listed(most: number, longest: number) {
  return z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => (typeof given === 'string' ? given.split('\n') : given))
    .transform((given) => given.filter((one) => one.trim() !== ''))
    .pipe(z.array(line(longest)).max(most, 'input.too_big'));
}

/** A day, or a number of working days; both empty means no limit. */
export const Due = {
  due: optional(Day).default(null),
  dueDays: optional(
    z.coerce
      .number('office.due.bad_days')
      .int('office.due.bad_days')
      .min(1, 'office.due.bad_days')
      .max(365, 'office.due.bad_days'),
  ).default(null),
};

export const IncomingInput = z.object({
  type: Type,
  symbol: optional(line(60)).default(null),
  sender: line(200),
  issuedOn: optional(Day).default(null),
  summary: lines(1000),
  urgency: z.enum(URGENCIES).default('normal'),
});

export const Registration = IncomingInput.extend(Due);

export const OutgoingInput = z.object({
  type: Type,
  summary: lines(1000),
  urgency: z.enum(URGENCIES).default('normal'),
  unitSign: line(12).refine((sign) => /^[\p{L}\d-]+$/u.test(sign), 'input.unknown'),
  addressees: listed(20, 200),
  grounds: listed(20, 500),
  body: lines(20_000),
  copies: listed(20, 200),
  signerId: Id,
  replyTo: optional(Id).default(null),
});

const Note = z.object({ note: lines(2000) });
const MaybeNote = z.object({ note: optional(lines(2000)).default(null) });
const Ids = z.array(Id).max(60, 'input.too_big').default([]);

/** What each move asks for; moves that ask for nothing are not here. */
export const MOVE_INPUTS = {
  correct: IncomingInput,
  route: z.object({ handler: Id, with: Ids, informed: Ids, note: MaybeNote.shape.note, ...Due }),
  finish: Note,
  reopen: Note,
  remark: Note,
  edit: OutgoingInput,
  submit: MaybeNote,
  send_back: Note,
  discard: Note,
  dispatch: z.object({ way: z.enum(DISPATCH_WAYS), note: MaybeNote.shape.note }),
} as const;
