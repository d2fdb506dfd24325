/** How documents come into being: entered into the register of documents in, or drafted to go out. */
import type { z } from 'zod';
import { officeCalendar } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { checked } from '#kernel/input';
import { allow } from '#kernel/rights';
import { nextNumber } from '../counter.ts';
import { limitOf } from '../due.ts';
import { addFiles, type StoredFile } from '../file.actions.ts';
import { actionNow, onlyOneAtATime } from '../log.ts';
import { mustTakeWork, officialActing } from '../people.ts';
import type { DocumentAction } from './document.ts';
import { OutgoingInput, Registration } from './input.ts';
import { insertDocument, loadDocument } from './record.ts';

type Options = {
  /** Made by the sender; the same id again answers with the first one's document. */
  clientId?: string | undefined;
  files?: readonly StoredFile[];
};

/**
 * Enters a document in. Its number runs without gaps through the calendar year (NĐ 30/2020/NĐ-CP art. 15.1, 22.2).
 * @returns the id, and the number in the register
 * @throws AppError `input.invalid`, `office.file.too_many`
 */
export async function registerDocument(
  ctx: Ctx,
  input: z.input<typeof Registration>,
  { clientId, files = [] }: Options = {},
): Promise<{ id: string; number: number; year: number }> {
  allow(ctx, 'office.document.register', { kind: 'document' });
  const { due: day, dueDays: days, ...fields } = checked(Registration, input);
  const limit = limitOf(await officeCalendar(ctx), ctx.now, { day, days });
  const before = await findByClientId(ctx, clientId);
  if (before) return { id: before.id, number: before.number!, year: before.year! };
  const id = newId(ctx.now);
  const official = await officialActing(ctx);
  const taken = await nextNumber(ctx, 'in');
  const data = { ...taken, fields, ...limit };
  const action = actionNow(ctx, 'register', data, official?.id ?? null) as DocumentAction;
  await insertDocument(ctx, id, action, clientId ?? null);
  if (files.length > 0) await addFiles(ctx, id, files);
  return { id, number: taken.number, year: taken.year };
}

/**
 * Begins a document to go out. It gets its number when it is issued.
 * @throws AppError `input.invalid`, `office.official.not_in_office`, `office.document.not_found` (the one it answers)
 */
export async function draftDocument(
  ctx: Ctx,
  input: z.input<typeof OutgoingInput>,
  { clientId, files = [] }: Options = {},
): Promise<string> {
  allow(ctx, 'office.document.draft', { kind: 'document' });
  const fields = checked(OutgoingInput, input);
  await mustTakeWork(ctx, fields.signerId);
  if (fields.replyTo) await loadDocument(ctx, fields.replyTo);
  const before = await findByClientId(ctx, clientId);
  if (before) return before.id;
  const id = newId(ctx.now);
  const official = await officialActing(ctx);
  const action = actionNow(ctx, 'draft', { fields }, official?.id ?? null) as DocumentAction;
  await insertDocument(ctx, id, action, clientId ?? null);
  if (files.length > 0) await addFiles(ctx, id, files);
  return id;
}

async function findByClientId(ctx: Ctx, clientId: string | undefined) {
  if (!clientId) return undefined;
  await onlyOneAtATime(ctx, `office.document:${clientId}`);
  return ctx.db
    .selectFrom('office_document')
    .select(['id', 'number', 'year'])
    .where('commune_id', '=', ctx.commune.id)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
}
