import { createHash } from 'node:crypto';
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import type { FileHash } from '#kernel/files/store';
import { isId } from '#kernel/ids';
import { checked, Id } from '#kernel/input';
import { allow, type Thing } from '#kernel/rights';
import { holderThing } from '../diary/writer.queries.ts';

/** Bytes of a photo as a phone sends it. */
export const MOST_PHOTO_BYTES = 12_000_000;
/** Photos of one entry. */
const MOST_PHOTOS = 10;

const Begun = z.object({
  entryId: Id,
  id: Id,
  size: z.int().min(1, 'input.too_small').max(MOST_PHOTO_BYTES, 'input.too_big'),
  /** SHA-256 of all its bytes. */
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'input.invalid'),
  takenAt: z.date().nullable().default(null),
  lat: z.number().min(-90).max(90).nullable().default(null),
  lng: z.number().min(-180).max(180).nullable().default(null),
});
export type Begun = z.input<typeof Begun>;

export type PhotoState = { offset: number; size: number; complete: boolean };

/** How far a photo has come. @throws AppError `farming.photo.not_found` */
export async function photoState(ctx: Ctx, entryId: string, id: string): Promise<PhotoState> {
  const thing = await entryThing(ctx, entryId);
  allow(ctx, 'farming.diary.write', thing);
  return mustExist(await readState(ctx, entryId, id), 'farming.photo');
}

/**
 * Takes the next piece of a photo. What came before is not asked for again; a piece that begins elsewhere is refused.
 * @throws AppError `farming.entry.not_found`; `farming.photo.offset` (409) with where to go on; `farming.photo.other`
 *   (409) for the same id with another photo; `farming.photo.too_many`; `input.invalid`
 */
export async function takePiece(ctx: Ctx, input: Begun, offset: number, bytes: Buffer): Promise<PhotoState> {
  const thing = await entryThing(ctx, input.entryId);
  allow(ctx, 'farming.diary.write', thing, { photo: input.id });
  const given = checked(Begun, input);
  await begin(ctx, given);
  const state = mustExist(await readState(ctx, given.entryId, given.id), 'farming.photo');
  if (state.complete) return state;
  if (state.size !== given.size || state.digest !== given.digest)
    throw new AppError('farming.photo.other', 409);
  if (offset !== state.offset) throw new AppError('farming.photo.offset', 409, { offset: state.offset });
  if (offset + bytes.length > state.size) throw new AppError('farming.photo.too_long', 422);
  if (bytes.length > 0)
    await ctx.db
      .insertInto('farming_photo_piece')
      .values({ commune_id: ctx.commune.id, photo_id: given.id, at_byte: offset, bytes })
      .execute();
  return { ...state, offset: offset + bytes.length };
}

/**
 * All bytes of a photo that has come whole; where they are not the ones that were announced it begins anew.
 * @returns null where they are not
 */
export async function wholePhoto(ctx: Ctx, entryId: string, id: string): Promise<Buffer | null> {
  const thing = await entryThing(ctx, entryId);
  allow(ctx, 'farming.diary.write', thing);
  const state = mustExist(await readState(ctx, entryId, id), 'farming.photo');
  const rows = await ctx.db
    .selectFrom('farming_photo_piece')
    .select('bytes')
    .where('commune_id', '=', ctx.commune.id)
    .where('photo_id', '=', id)
    .orderBy('at_byte')
    .execute();
  const bytes = Buffer.concat(rows.map((row) => row.bytes as Buffer));
  if (createHash('sha256').update(bytes).digest('hex') === state.digest) return bytes;
  await dropPieces(ctx, id);
  return null;
}

/** Names the file in which the photo is kept, and lets its pieces go. */
export async function keepPhoto(
  ctx: Ctx,
  entryId: string,
  id: string,
  file: { hash: FileHash; size: number; type: string },
): Promise<void> {
  const thing = await entryThing(ctx, entryId);
  allow(ctx, 'farming.diary.write', thing, { photo: id });
  mustExist(await readState(ctx, entryId, id), 'farming.photo');
  await ctx.db
    .updateTable('farming_photo')
    .set({ hash: file.hash, kept_size: file.size, type: file.type, kept_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('hash', 'is', null)
    .execute();
  await dropPieces(ctx, id);
}

/** A photo that turned out to be none: its pieces go, so that it may be sent again. */
export async function dropPhoto(ctx: Ctx, entryId: string, id: string): Promise<void> {
  const thing = await entryThing(ctx, entryId);
  allow(ctx, 'farming.diary.write', thing, { dropped: id });
  mustExist(await readState(ctx, entryId, id), 'farming.photo');
  await dropPieces(ctx, id);
}

async function dropPieces(ctx: Ctx, id: string): Promise<void> {
  await ctx.db
    .deleteFrom('farming_photo_piece')
    .where('commune_id', '=', ctx.commune.id)
    .where('photo_id', '=', id)
    .execute();
}

/** Whose entry it is; who may not write there learns nothing of it. */
async function entryThing(ctx: Ctx, entryId: string): Promise<Thing> {
  const entry = isId(entryId)
    ? await ctx.db
        .selectFrom('farming_entry')
        .select(['household_id', 'producer_id'])
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', entryId)
        .executeTakeFirst()
    : undefined;
  return holderThing(ctx, { householdId: entry?.household_id, producerId: entry?.producer_id });
}

async function begin(ctx: Ctx, given: z.output<typeof Begun>): Promise<void> {
  const photos = await ctx.db
    .selectFrom('farming_photo')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('entry_id', '=', given.entryId)
    .execute();
  if (photos.some(({ id }) => id === given.id)) return;
  if (photos.length >= MOST_PHOTOS) throw new AppError('farming.photo.too_many', 422, { most: MOST_PHOTOS });
  await ctx.db
    .insertInto('farming_photo')
    .values({
      commune_id: ctx.commune.id,
      id: given.id,
      entry_id: given.entryId,
      size: given.size,
      digest: given.digest,
      taken_at: given.takenAt,
      lat: given.lat === null ? null : String(given.lat),
      lng: given.lng === null ? null : String(given.lng),
      begun_at: ctx.now,
      actor: actorId(ctx.actor),
    })
    .onConflict((conflict) => conflict.columns(['commune_id', 'id']).doNothing())
    .execute();
}

async function readState(
  ctx: Ctx,
  entryId: string,
  id: string,
): Promise<(PhotoState & { digest: string }) | undefined> {
  if (!isId(entryId) || !isId(id)) return undefined;
  const photo = await ctx.db
    .selectFrom('farming_photo')
    .select(['size', 'digest', 'hash'])
    .where('commune_id', '=', ctx.commune.id)
    .where('entry_id', '=', entryId)
    .where('id', '=', id)
    // One piece after the other.
    .forUpdate()
    .executeTakeFirst();
  if (!photo) return undefined;
  const complete = photo.hash !== null;
  return {
    size: photo.size,
    digest: photo.digest,
    complete,
    offset: complete ? photo.size : await cameBytes(ctx, id),
  };
}

async function cameBytes(ctx: Ctx, id: string): Promise<number> {
  const { came } = await ctx.db
    .selectFrom('farming_photo_piece')
    .select((eb) =>
      eb.fn.coalesce(eb.fn.sum<bigint>(eb.fn<number>('length', ['bytes'])), eb.lit(0)).as('came'),
    )
    .where('commune_id', '=', ctx.commune.id)
    .where('photo_id', '=', id)
    .executeTakeFirstOrThrow();
  return Number(came);
}
