/** What the pages with photographs share: the form, taking one in, handing one out. */
import { m } from '#i18n/messages';
import { AppError, isAppError } from '#kernel/errors';
import { acceptUpload } from '#kernel/files/accept.server';
import type { UploadRule } from '#kernel/files/kinds';
import type { FileStore } from '#kernel/files/store';
import { formatDate, type Locale } from '#kernel/format';
import type { NewPhoto, StoredPhoto } from './photo.actions.ts';
import type { Photo } from './photo.queries.ts';

/** Photographs come out as JPEG of at most 2000 pixels without their place and time. */
const PHOTO: UploadRule = { kinds: ['jpeg', 'png'], maxBytes: 20_000_000, maxPages: 1 };

/** Looks through the form's photograph and keeps it. @throws AppError `input.invalid` with the reason at the field */
export async function takePhoto(store: FileStore, form: FormData): Promise<StoredPhoto> {
  const sent = form.get('photo');
  if (!(sent instanceof File) || sent.size === 0)
    throw new AppError('input.invalid', 422, {}, { photo: 'input.missing' });
  try {
    const { bytes, type: mediaType } = await acceptUpload(new Uint8Array(await sent.arrayBuffer()), PHOTO);
    return { ...(await store.put(bytes)), mediaType };
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.status === 503) throw thrown;
    throw new AppError('input.invalid', 422, thrown.params, { photo: thrown.code });
  }
}

export function photoInput(typed: Readonly<Record<string, string>>): NewPhoto {
  return { takenOn: typed.takenOn ?? '', caption: typed.caption, public: typed.public === 'yes' };
}

/** The bytes with the headers under which a browser draws and does nothing else. */
export async function photoResponse(store: FileStore, photo: { hash: string; mediaType: string }) {
  return new Response(await store.open(photo.hash as Parameters<FileStore['open']>[0]), {
    headers: {
      'content-type': photo.mediaType,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  });
}

/** @param base the public address under which the photographs stand */
export function photosView(photos: readonly Photo[], base: string, locale: Locale) {
  return photos.map(({ id, caption, takenOn, public: open }) => ({
    id,
    src: `${base}/${id}`,
    caption,
    taken: m.places_photo_taken({ date: formatDate(takenOn, locale) }),
    kept: !open,
  }));
}
