import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { checked, Day, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { getAddress } from './address.queries.ts';
import { notToCome, thingOf } from './guards.ts';
import { readPhoto, type PhotoOf } from './photo.queries.ts';
import { readWork } from './work.queries.ts';

/** A photograph that was looked through and stored. */
export type StoredPhoto = { hash: string; size: number; mediaType: string };

const NewPhoto = z.object({
  takenOn: Day,
  caption: optional(line(200)).default(null),
  /** Nobody can be recognised on it, and everybody may see it. */
  public: z.boolean().default(false),
});
export type NewPhoto = z.input<typeof NewPhoto>;

/** Asked before a file is kept, so that whoever may not write leaves nothing behind. @throws as {@link addPhoto} */
export async function openWorkToPhotos(ctx: Ctx, workId: string): Promise<void> {
  const work = await readWork(ctx, workId);
  allow(ctx, 'places.work.inspect', thingOf(work));
}

/** Puts a photograph to a work. @returns its id @throws AppError `places.work.not_found`, `input.invalid` */
export async function addPhoto(
  ctx: Ctx,
  workId: string,
  photo: StoredPhoto,
  input: NewPhoto,
): Promise<string> {
  const work = await readWork(ctx, workId);
  allow(ctx, 'places.work.inspect', thingOf(work), { photo: photo.hash });
  return keep(ctx, { work: workId }, photo, checked(NewPhoto, input));
}

/** Takes a photograph away from a work: what should not have been shown. @throws AppError `places.photo.not_found` */
export async function removePhoto(ctx: Ctx, workId: string, id: string): Promise<void> {
  const work = await readWork(ctx, workId);
  allow(ctx, 'places.work.inspect', thingOf(work), { photo_removed: id });
  await remove(ctx, { work: workId }, id);
}

/** As {@link openWorkToPhotos}, for an address. @throws AppError `places.address.not_found` */
export async function openAddressToPhotos(ctx: Ctx, addressId: string): Promise<void> {
  const { address } = await getAddress(ctx, addressId);
  allow(ctx, 'places.address.edit', { kind: 'address', id: address.id, hamlet_id: address.hamletId });
}

/** Puts a photograph of a house or its plate to an address; for officials only. @returns its id @throws as above */
export async function addAddressPhoto(
  ctx: Ctx,
  addressId: string,
  photo: StoredPhoto,
  input: Omit<NewPhoto, 'public'>,
): Promise<string> {
  const { address } = await getAddress(ctx, addressId);
  const thing = { kind: 'address', id: address.id, hamlet_id: address.hamletId };
  allow(ctx, 'places.address.edit', thing, { photo: photo.hash });
  return keep(ctx, { address: addressId }, photo, { ...checked(NewPhoto, input), public: false });
}

/** Takes a photograph away from an address. @throws AppError `places.photo.not_found` */
export async function removeAddressPhoto(ctx: Ctx, addressId: string, id: string): Promise<void> {
  const { address } = await getAddress(ctx, addressId);
  const thing = { kind: 'address', id: address.id, hamlet_id: address.hamletId };
  allow(ctx, 'places.address.edit', thing, { photo_removed: id });
  await remove(ctx, { address: addressId }, id);
}

async function keep(
  ctx: Ctx,
  of: PhotoOf,
  photo: StoredPhoto,
  given: z.output<typeof NewPhoto>,
): Promise<string> {
  notToCome(ctx, given.takenOn, 'takenOn');
  if (photo.mediaType !== 'image/jpeg') refuseField('photo', 'kernel.files.type_not_allowed');
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('places_photo')
    .values({
      commune_id: ctx.commune.id,
      id,
      work_id: 'work' in of ? of.work : null,
      address_id: 'address' in of ? of.address : null,
      hash: photo.hash,
      size: photo.size,
      media_type: photo.mediaType,
      caption: given.caption,
      taken_on: given.takenOn,
      public: given.public,
      at: ctx.now,
      by_actor: actorId(ctx.actor),
    })
    .execute();
  return id;
}

async function remove(ctx: Ctx, of: PhotoOf, id: string): Promise<void> {
  await readPhoto(ctx, of, id);
  await ctx.db
    .deleteFrom('places_photo')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}
