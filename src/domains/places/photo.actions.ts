import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { checked, Day, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { notToCome, thingOf } from './guards.ts';
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

/** Puts a photograph to a work. @returns its id @throws AppError `places.work.not_found`, `input.invalid` */
export async function addPhoto(
  ctx: Ctx,
  workId: string,
  photo: StoredPhoto,
  input: NewPhoto,
): Promise<string> {
  const work = await readWork(ctx, workId);
  allow(ctx, 'places.work.inspect', thingOf(work), { photo: photo.hash });
  const given = checked(NewPhoto, input);
  notToCome(ctx, given.takenOn, 'takenOn');
  if (photo.mediaType !== 'image/jpeg') refuseField('photo', 'kernel.files.type_not_allowed');
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('places_photo')
    .values({
      commune_id: ctx.commune.id,
      id,
      work_id: workId,
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
