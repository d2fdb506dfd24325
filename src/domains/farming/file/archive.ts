/** Files inside a zip, unpacked within limits. */
import { unzipSync } from 'fflate';
import { zipDirectory } from '#kernel/files/zip';
import { refuseFile } from './fault.ts';

const MOST_FILES = 500;
const MOST_BYTES = 60_000_000;

export type Archive = {
  /** Their names, folders of the system's own left out. */
  names: string[];
  /** @throws AppError `farming.file.bad_zip` with the file's name */
  open: (name: string) => Uint8Array;
};

/** @throws AppError `farming.file.bad_zip`, `farming.file.too_large` */
export function openArchive(bytes: Uint8Array): Archive {
  const entries = zipDirectory(bytes);
  if (!entries || entries.length === 0) return refuseFile('bad_zip', { name: '–' });
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (entries.length > MOST_FILES || size > MOST_BYTES)
    refuseFile('too_large', { most: MOST_BYTES / 1_000_000 });
  const names = entries.map(({ name }) => name).filter((name) => !/(^|\/)(__MACOSX\/|\._)|\/$/.test(name));
  return { names, open: (name) => unpack(bytes, name) };
}

function unpack(bytes: Uint8Array, name: string): Uint8Array {
  try {
    const found = unzipSync(bytes, {
      filter: (file) => file.name === name && file.originalSize <= MOST_BYTES,
    })[name];
    if (found) return found;
  } catch {
    // What is wrong with it is not told by the library; which file it is, is.
  }
  return refuseFile('bad_zip', { name: name.slice(0, 80) });
}
