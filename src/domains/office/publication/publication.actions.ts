/** The register of publications: entered, begun, ended, withdrawn. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDate, localDateOf } from '#kernel/time';
import { addFiles, type StoredFile } from '../file.actions.ts';
import { mustTakeWork } from '../people.ts';
import { CHANNEL_CODES, ITEM_CODES } from './items.ts';
import { mayEndOn } from './publication.ts';

export const PublicationInput = z.object({
  item: z.string().refine((code) => ITEM_CODES.includes(code), 'input.unknown'),
  title: line(300),
  channels: z
    .array(z.string().refine((code) => CHANNEL_CODES.includes(code), 'input.unknown'))
    .min(1, 'office.publication.no_channel'),
  decidedOn: Day,
  from: optional(Day).default(null),
  to: optional(Day).default(null),
  place: optional(line(300)).default(null),
  link: optional(
    line(500).refine((text) => /^https?:\/\//.test(text), 'office.publication.bad_link'),
  ).default(null),
  officialId: optional(Id).default(null),
  note: optional(lines(1000)).default(null),
});
export type PublicationInput = z.input<typeof PublicationInput>;

/**
 * Enters a publication, also one that is still to begin. @returns its id
 * @throws AppError `input.invalid`, `office.file.too_many`
 */
export async function enterPublication(
  ctx: Ctx,
  input: PublicationInput,
  files: readonly StoredFile[] = [],
): Promise<string> {
  allow(ctx, 'office.publication.edit', { kind: 'publication' });
  const columns = await columnsOf(ctx, input);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('office_publication')
    .values({
      commune_id: ctx.commune.id,
      id,
      made_at: ctx.now,
      made_by: actorId(ctx.actor),
      ...columns,
    })
    .execute();
  if (files.length > 0) await addFiles(ctx, id, files);
  return id;
}

/**
 * Changes an entry of the register. @param seen the version that the form was opened with
 * @throws AppError `office.publication.not_found`, `office.publication.changed_meanwhile` (409), `input.invalid`
 */
export async function changePublication(
  ctx: Ctx,
  id: string,
  input: PublicationInput,
  seen: number,
): Promise<void> {
  allow(ctx, 'office.publication.edit', { kind: 'publication', id });
  await touch(ctx, id, seen, await columnsOf(ctx, input));
}

/** Takes back an entry made by mistake; it stays readable. @throws AppError like {@link changePublication} */
export async function withdrawPublication(ctx: Ctx, id: string, seen: number): Promise<void> {
  allow(ctx, 'office.publication.edit', { kind: 'publication', id }, { withdrawn: true });
  await touch(ctx, id, seen, { withdrawn_at: ctx.now });
}

/** Adds evidence (photographs of the board, scans of the minutes). @throws AppError `office.publication.not_found` */
export async function addEvidence(ctx: Ctx, id: string, files: readonly StoredFile[]): Promise<void> {
  allow(ctx, 'office.publication.edit', { kind: 'publication', id }, { evidence: files.length });
  mustExist(await versionOf(ctx, id), 'office.publication');
  await addFiles(ctx, id, files);
}

async function columnsOf(ctx: Ctx, input: PublicationInput) {
  const given = checked(PublicationInput, input);
  if (given.from && given.from < given.decidedOn) refuseField('from', 'office.publication.before_decision');
  if (given.to && !given.from) refuseField('from', 'input.missing');
  if (given.to && given.from && given.to < given.from) refuseField('to', 'office.publication.ends_before');
  // Luật 10/2022/QH15 art. 13: a posting is not to be taken away before its thirty days.
  const board = given.channels.includes('board') && !ctx.silent;
  const today = localDateOf(ctx.now);
  if (board && given.from && given.to && given.to > today && given.to < mayEndOn(localDate(given.from)))
    refuseField('to', 'office.publication.too_short');
  if (given.officialId) await mustTakeWork(ctx, given.officialId);
  return {
    item: given.item,
    title: given.title,
    channels: given.channels,
    decided_on: given.decidedOn,
    from_day: given.from,
    to_day: given.to,
    place: given.place,
    link: given.link,
    official_id: given.officialId,
    note: given.note,
  };
}

type Columns = Partial<Awaited<ReturnType<typeof columnsOf>>> & { withdrawn_at?: Date };

async function touch(ctx: Ctx, id: string, seen: number, columns: Columns): Promise<void> {
  const version = mustExist(await versionOf(ctx, id), 'office.publication');
  if (version !== seen) refuse('office.publication.changed_meanwhile', 409);
  await ctx.db
    .updateTable('office_publication')
    .set({ ...columns, version: seen + 1 })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

async function versionOf(ctx: Ctx, id: string): Promise<number | undefined> {
  if (!isId(id)) return undefined;
  const row = await ctx.db
    .selectFrom('office_publication')
    .select('version')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row?.version;
}
