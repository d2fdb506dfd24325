/**
 * ZBar as an independent reader of our codes. It comes with the Debian package zbar-tools, which the test command
 * installs when it may; where it is missing the tests that need it say so and are left out.
 */
import { spawnSync } from 'node:child_process';

/** Whether `zbarimg` is installed. */
export function hasZbar(): boolean {
  return spawnSync('zbarimg', ['--version']).error === undefined;
}

/** What to add to the name of a test that needs it. */
export function needsZbar(): string {
  return hasZbar() ? '' : ' (left out: zbarimg of zbar-tools is not installed)';
}
