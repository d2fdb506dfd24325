/** Whose signatures count on electronic results: the authorities named by the operator, and in a demo its own. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  openDemoAuthority,
  type DemoAuthority,
  type DemoSigner,
} from '#kernel/documents/signing/demo-authority.server';
import { certificatesOf } from '#kernel/documents/signing/keys.server';
import type { Communes } from './communes.ts';
import type { Config } from './config.ts';

const DEMO_FROM = new Date('2022-01-01T00:00:00Z');
const DEMO_YEARS = 25;
/** The invented chairman of the demo commune, in whose name its first certificate is (demo/officials.ts). */
const DEMO_CHAIRMAN = 'Hoàng Đức Mẫn';

/** The terms of a certificate of the demo's authority. */
export function demoSigner(name: string): DemoSigner {
  return { name, from: DEMO_FROM, years: DEMO_YEARS };
}

/** The demo's test authority with the chairman as its signer; made at the first call, kept beside the data for its owner only. */
export function demoAuthority(config: Pick<Config, 'dataDir'>): Promise<DemoAuthority> {
  return openDemoAuthority(join(config.dataDir, 'demo-authority.json'), demoSigner(DEMO_CHAIRMAN));
}

/**
 * Root certificates (DER) to trust: those in the PEM file `TRUSTED_ROOTS`, and where only demo communes are
 * served the demo's own.
 * @throws Error when the file cannot be read
 */
export async function trustedRoots(
  config: Pick<Config, 'dataDir' | 'trustedRootsFile'>,
  communes: Pick<Communes, 'onlyDemo'>,
): Promise<Uint8Array[]> {
  const named = config.trustedRootsFile
    ? certificatesOf(await readFile(config.trustedRootsFile, 'utf8'))
    : [];
  if (!(await communes.onlyDemo())) return named;
  return [...named, ...certificatesOf((await demoAuthority(config)).rootCertificate)];
}
