/** Photographs, of whatever they are. What may be seen is asked by those who know the work or the address. */
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { localDate, type LocalDate } from '#kernel/time';

/** What is on the photograph. */
export type PhotoOf = { work: string } | { address: string };
export type Photo = { id: string; caption: string | null; takenOn: LocalDate; public: boolean };

const MOST = 60;

/** The newest first. */
export async function photosOf(ctx: Ctx, of: PhotoOf, publicOnly: boolean): Promise<Photo[]> {
  let query = selectOf(ctx, of).select(['id', 'caption', 'taken_on', 'public']);
  if (publicOnly) query = query.where('public', '=', true);
  const rows = await query.orderBy('taken_on', 'desc').orderBy('id', 'desc').limit(MOST).execute();
  return rows.map(({ taken_on: takenOn, ...photo }) => ({ ...photo, takenOn: localDate(takenOn) }));
}

/** Where the bytes are. @throws AppError `places.photo.not_found` (404) */
export async function readPhoto(ctx: Ctx, of: PhotoOf, id: string) {
  const found = isId(id)
    ? await selectOf(ctx, of)
        .select(['hash', 'media_type as mediaType', 'public'])
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  return mustExist(found, 'places.photo');
}

function selectOf(ctx: Ctx, of: PhotoOf) {
  const query = ctx.db.selectFrom('places_photo').where('commune_id', '=', ctx.commune.id);
  return 'work' in of ? query.where('work_id', '=', of.work) : query.where('address_id', '=', of.address);
}
