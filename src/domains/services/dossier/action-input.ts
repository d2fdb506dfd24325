/** What people and programs may send with each move, parsed once at the edge. */
import { z } from '@hono/zod-openapi';
import { isId } from '#kernel/ids';
import { cleanLine, cleanText } from '#kernel/text';
import type { ActionData } from './dossier.ts';
import type { MoveKind } from './moves.ts';

/** One line of words. */
const Line = z
  .string()
  .max(300, 'input.too_long')
  .transform(cleanLine)
  .pipe(z.string().min(1, 'input.needed'));
/** Words of several lines: reasons, questions. */
const Words = z
  .string()
  .max(2_000, 'input.too_long')
  .transform(cleanText)
  .pipe(z.string().min(1, 'input.needed'));
const Id = z.string().refine(isId, 'input.bad_id');
const Papers = z
  .array(z.string().regex(/^[a-z][a-z0-9_]*$/, 'services.paper.unknown'))
  .min(1, 'input.needed')
  .max(50);
/** Whole đồng, as decimal text: JSON has no exact large numbers. */
const Amount = z.string().regex(/^\d{1,12}$/, 'input.bad_amount');
const Instant = z.iso.datetime({ offset: true, error: 'input.bad_instant' });

type Inputs = {
  [K in Exclude<MoveKind, 'decide' | 'collect_fee' | 'recalculate'>]: z.ZodType<ActionData[K], unknown>;
};

/** The data of each move but those that make a number: a decision (a result) and a fee (a receipt). */
export const MOVE_INPUT: Inputs = {
  receive: z.strictObject({ note: Words.optional() }),
  decline: z.strictObject({ reason: Words, legal: Line }),
  digitise: z.strictObject({ papers: Papers }),
  assign: z.strictObject({ to: Id }),
  advance: z.strictObject({ to: Id.nullable().default(null), note: Words.optional() }),
  send_back: z.strictObject({ to: Id.nullable().default(null), reason: Words }),
  hand_over: z.strictObject({ to: Id, reason: Words }),
  unassign: z.strictObject({ reason: Words }),
  request_supplement: z.strictObject({ papers: Papers, reason: Words, by: Instant.optional() }),
  supplement: z.strictObject({ papers: Papers }),
  request_payment: z.strictObject({ amount: Amount }),
  stop: z.strictObject({ reason: Words, legal: Line }),
  resume: z.strictObject({ note: Words.optional() }),
  consult: z.strictObject({ agency: Line, question: Words, until: Instant.optional() }),
  consulted: z.strictObject({ agency: Line, answer: Words }),
  extend: z.strictObject({ reason: Words }),
  apologise: z.strictObject({ reason: Words, due: Instant }),
  withdraw: z.strictObject({ reason: Words.optional() }),
  return: z.strictObject({ way: z.enum(['counter', 'electronic', 'post']), to: Line.optional() }),
  remark: z.strictObject({ text: Words }),
};

/** A decision as it is sent; see `Decision`. */
export const DecisionInput = z.strictObject({
  outcome: z.enum(['granted', 'refused']),
  medium: z.enum(['paper', 'electronic']),
  number: Line.optional(),
  signerId: Id.nullable().default(null),
  signerName: Line,
  attachmentId: Id.nullable().default(null),
  reason: Words.optional(),
  legal: Line.optional(),
});

/** A fee as it is asked for; see `Payment`. The amount is computed, the receipt's number is ours. */
export const FeeInput = z.strictObject({
  way: z.enum(['cash', 'transfer']).default('cash'),
  exemptions: z.array(z.string().max(60)).max(20).default([]),
  quantities: z.record(z.string().max(60), z.int().min(0).max(1_000_000)).optional(),
  amount: Amount.transform(BigInt).optional(),
});

/** A move that somebody asks for: its name and whatever came with it. */
export type MoveRequest = { kind: string; data: unknown };

/** Whether `kind` is a move that people and programs may ask for. */
export function isAskedMove(kind: string): kind is keyof typeof MOVE_INPUT {
  return Object.hasOwn(MOVE_INPUT, kind);
}
