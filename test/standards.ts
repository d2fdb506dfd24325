/** Where tests find the standards' own files: beside the project, or where STANDARDS_DIR says. No copy is kept in it. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a test that was left out says. */
export const WITHOUT_STANDARDS =
  ' (left out: no folder shared/standards beside the project, and STANDARDS_DIR is not set)';

/** The path of a file of the standards, or nothing where the folder is not there. */
export function standardsFile(name: string): string | null {
  if (process.env.STANDARDS_DIR) return existing(join(process.env.STANDARDS_DIR, name));
  for (let at = process.cwd(); at !== dirname(at); at = dirname(at)) {
    const found = existing(join(at, 'shared', 'standards', name));
    if (found) return found;
  }
  return null;
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}
