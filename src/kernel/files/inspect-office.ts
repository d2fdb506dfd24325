import { refuse } from '../errors.ts';
import { isSaneZip, zipDirectory } from './zip.ts';

/** Parts of an office file that run or carry something else: macros, controls, embedded objects. */
const ACTIVE =
  /vbaProject|vbaData|macrosheets\/|activeX\/|embeddings\/|\.bin$|\.(exe|dll|js|vbs|hta|scr|com|bat|cmd)$/i;
/** The one kind of .bin that any page set up for a printer leaves behind. */
const HARMLESS = /printerSettings\d*\.bin$/i;

/**
 * Looks into the directory of a .docx or .xlsx.
 * @throws AppError `kernel.files.office_unreadable`, `kernel.files.office_active_content` (422)
 */
export function inspectOffice(bytes: Uint8Array): void {
  const entries = zipDirectory(bytes);
  if (!isSaneZip(entries)) return refuse('kernel.files.office_unreadable', 422);
  if (entries.some(({ name }) => ACTIVE.test(name) && !HARMLESS.test(name))) {
    refuse('kernel.files.office_active_content', 422);
  }
}
