/** The thread in which files of strangers are opened: whatever breaks there breaks one upload. */
import { fileTypeFromBuffer } from 'file-type';
import { refuse } from '../errors.ts';
import { serveThread } from '../threads/answer.ts';
import { inspectOffice } from './inspect-office.ts';
import { inspectPdf } from './inspect-pdf.ts';
import { MEDIA_TYPES } from './kinds.ts';
import type { AcceptedFile, FileKind, UploadRule } from './kinds.ts';
import { reducePhoto } from './photo.ts';

export interface AcceptRequest {
  readonly bytes: Uint8Array;
  readonly rule: UploadRule;
}

async function accept({ bytes, rule }: AcceptRequest): Promise<AcceptedFile> {
  const kind = await kindOf(bytes);
  if (!kind || !rule.kinds.includes(kind)) return refuse('kernel.files.type_not_allowed', 415);
  const file = { bytes, kind, type: MEDIA_TYPES[kind], pages: null, pixels: null };
  switch (kind) {
    case 'pdf':
      return { ...file, pages: inspectPdf(bytes, rule.maxPages) };
    case 'jpeg':
    case 'png': {
      const { bytes: photo, width, height } = await reducePhoto(bytes, kind);
      return { ...file, bytes: photo, kind: 'jpeg', type: MEDIA_TYPES.jpeg, pixels: { width, height } };
    }
    default:
      inspectOffice(bytes);
      return file;
  }
}

/** The kind by content; none for anything that we do not take, and for what cannot be told. */
async function kindOf(bytes: Uint8Array): Promise<FileKind | undefined> {
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const kinds = Object.keys(MEDIA_TYPES) as FileKind[];
  return kinds.find((kind) => MEDIA_TYPES[kind] === type?.mime);
}

serveThread(accept);
