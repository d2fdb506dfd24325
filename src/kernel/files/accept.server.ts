import { refuse } from '../errors.ts';
import { runInThread } from '../threads/pool.server.ts';
import type { ThreadKind } from '../threads/pool.server.ts';
import type { AcceptRequest } from './accept.thread.ts';
import type { AcceptedFile, UploadRule } from './kinds.ts';

const FILES: ThreadKind = {
  name: 'files',
  file: 'src/kernel/files/accept.thread.ts',
  maxTasks: 16,
  timeoutMs: 30_000,
  idleMs: 20_000,
  limits: { maxOldGenerationSizeMb: 512 },
};

/**
 * Looks through an upload before it is stored. PDFs with scripts, started programs, embedded files or
 * encryption are refused, and office files with macros; photos are written anew as JPEG of at most
 * 2000 pixels, upright, without their EXIF (place, time, camera).
 * @throws AppError with a code of `kernel.files.*`: `empty`, `too_large` (413), `type_not_allowed` (415),
 * `pdf_unreadable`, `pdf_encrypted`, `pdf_active_content`, `pdf_too_many_pages`, `image_unreadable`,
 * `image_too_many_pixels`, `office_unreadable`, `office_active_content` (422); `kernel.threads.*` (503)
 */
export async function acceptUpload(bytes: Uint8Array, rule: UploadRule): Promise<AcceptedFile> {
  if (bytes.length === 0) refuse('kernel.files.empty', 422);
  if (bytes.length > rule.maxBytes) {
    refuse('kernel.files.too_large', 413, { megabytes: Math.floor(rule.maxBytes / 1_000_000) });
  }
  return runInThread<AcceptedFile>(FILES, { bytes, rule } satisfies AcceptRequest);
}
