import { readFile, writeFile } from 'node:fs/promises';
import { issueCertificate, newKeyHolder } from './issue.ts';
import { pemOf } from './keys.server.ts';

/** A signer of a test authority: nobody outside trusts it, and its names say so. */
export interface DemoAuthority {
  /** Whom to trust in the demo, PEM. */
  readonly rootCertificate: string;
  /** The signer's certificate, PEM. */
  readonly certificate: string;
  /** The signer's key, PKCS #8 PEM: keep it in a file that only the service reads. */
  readonly key: string;
}

export interface DemoSigner {
  /** Who signs, such as `Chủ tịch UBND xã Tức Tranh`. */
  readonly name: string;
  readonly from: Date;
  /** Years for which the certificates hold. */
  readonly years: number;
}

const ORGANIZATION = 'Xã Số DEMO';

/** Makes a root and one signing certificate under it, both marked DEMO. Takes about half a second. */
export function makeDemoAuthority({ name, from, years }: DemoSigner): DemoAuthority {
  const root = newKeyHolder('DEMO – Chứng thực thử nghiệm, không có giá trị pháp lý', ORGANIZATION);
  const signer = newKeyHolder(`${name} (DEMO)`, ORGANIZATION);
  const until = new Date(from);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  const rootCertificate = issueCertificate(root, root, { from, until, authorityBelow: 0 });
  const certificate = issueCertificate(signer, root, { from, until, authorityBelow: null });
  return {
    rootCertificate: pemOf('CERTIFICATE', rootCertificate),
    certificate: pemOf('CERTIFICATE', certificate),
    key: signer.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

/**
 * The test authority kept in a file that only the service's user can read (0600); made at the first call, the
 * same ever after, also when two processes ask at once.
 */
export async function openDemoAuthority(file: string, signer: DemoSigner): Promise<DemoAuthority> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as DemoAuthority;
  const made = makeDemoAuthority(signer);
  try {
    await writeFile(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return JSON.parse(await readFile(file, 'utf8')) as DemoAuthority;
  }
}
