import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new folder in the system's temporary one that the service user can enter, so that an embedded server's data
 * lies inside it and goes with it.
 */
export function temporaryDataDir(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `xa-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}
