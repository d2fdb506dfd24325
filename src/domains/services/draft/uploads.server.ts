/** Takes posted files in: looked through, photos reduced, stored, then put to their paper. */
import { acceptUpload } from '#kernel/files/accept.server';
import { MEDIA_TYPES, type FileKind } from '#kernel/files/kinds';
import type { FileStore } from '#kernel/files/store';
import type { RawRecord } from '#kernel/forms/values';
import type { StoredFile } from '../attachment/attachment.actions.ts';
import { refusalOf } from '../edge.ts';

export type Upload = { key: string; file: File };

/** What a form sent, apart: answers by name, files that are not empty. */
export function readPosted(form: FormData): { raw: RawRecord; uploads: Upload[] } {
  const raw = new Map<string, string | string[]>();
  const uploads: Upload[] = [];
  for (const [key, value] of form) {
    if (typeof value !== 'string') {
      if (value.size > 0) uploads.push({ key, file: value });
      continue;
    }
    const before = raw.get(key);
    raw.set(key, before === undefined ? value : [before, value].flat());
  }
  return { raw: Object.fromEntries(raw), uploads };
}

export type UploadLimits = { accept: readonly string[]; maxBytes: number; maxPages: number };

/** @throws AppError `kernel.files.*` with what is wrong with it */
export async function store(files: FileStore, file: File, limits: UploadLimits): Promise<StoredFile> {
  const kinds = (Object.keys(MEDIA_TYPES) as FileKind[]).filter((kind) =>
    limits.accept.includes(MEDIA_TYPES[kind]),
  );
  const rule = { kinds, maxBytes: limits.maxBytes, maxPages: limits.maxPages };
  const accepted = await acceptUpload(new Uint8Array(await file.arrayBuffer()), rule);
  const { hash, size } = await files.put(accepted.bytes);
  return { hash, size, mediaType: accepted.type, pages: accepted.pages };
}

/** Tries each upload; what is wrong with which, in words that name the file. */
export async function storeAll(
  uploads: readonly Upload[],
  take: (upload: Upload) => Promise<void>,
): Promise<{ key: string; name: string; words: string }[]> {
  const refused: { key: string; name: string; words: string }[] = [];
  for (const upload of uploads) {
    try {
      await take(upload);
    } catch (thrown) {
      const { refused: why } = refusalOf(thrown);
      refused.push({ key: upload.key, name: upload.file.name.slice(0, 100), words: why.words });
    }
  }
  return refused;
}

/** A stored file as an answer to a request: never run, never sniffed, in nobody's cache. */
export async function fileResponse(
  files: FileStore,
  file: { hash: string; mediaType: string; name: string },
): Promise<Response> {
  const name = encodeURIComponent(file.name.replaceAll(/[^\p{L}\p{N} ._-]/gu, '_'));
  return new Response(await files.open(file.hash as Parameters<FileStore['open']>[0]), {
    headers: {
      'content-type': file.mediaType,
      'content-disposition': `inline; filename*=UTF-8''${name}`,
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'private, no-store',
    },
  });
}
