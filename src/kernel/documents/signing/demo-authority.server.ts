import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { issueCertificate, newKeyHolder } from './issue.ts';
import type { CertificateTerms, KeyHolder } from './issue.ts';
import { pemOf } from './keys.server.ts';

/** A signer's certificate and key. */
export interface DemoCredential {
  /** The signer's certificate, PEM. */
  readonly certificate: string;
  /** The signer's key, PKCS #8 PEM: keep it in a file that only the service reads. */
  readonly key: string;
}

/** A test authority with its first signer: nobody outside trusts it, and its names say so. */
export interface DemoAuthority extends DemoCredential {
  /** Whom to trust in the demo, PEM. */
  readonly rootCertificate: string;
  /** The authority's own key, PKCS #8 PEM, by which further signers get their certificates. */
  readonly rootKey: string;
}

export interface DemoSigner {
  /** Who signs, such as `Chủ tịch UBND xã Tức Tranh`. */
  readonly name: string;
  readonly from: Date;
  /** Years for which the certificates hold. */
  readonly years: number;
}

const ORGANIZATION = 'Xã Số DEMO';
const ROOT = 'DEMO – Chứng thực thử nghiệm, không có giá trị pháp lý';

/** Makes a root and one signing certificate under it, both marked DEMO. Takes about half a second. */
export function makeDemoAuthority(signer: DemoSigner): DemoAuthority {
  const root = newKeyHolder(ROOT, ORGANIZATION);
  const rootCertificate = issueCertificate(root, root, { ...termOf(signer), authorityBelow: 0 });
  return {
    rootCertificate: pemOf('CERTIFICATE', rootCertificate),
    rootKey: keyPem(root),
    ...issue(root, signer),
  };
}

/** A further signer under the same root, marked DEMO. */
export function addDemoSigner({ rootKey }: DemoAuthority, signer: DemoSigner): DemoCredential {
  const privateKey = createPrivateKey(rootKey);
  const publicKey = createPublicKey(rootKey);
  return issue({ name: ROOT, organization: ORGANIZATION, privateKey, publicKey }, signer);
}

function issue(root: KeyHolder, signer: DemoSigner): DemoCredential {
  const holder = newKeyHolder(`${signer.name} (DEMO)`, ORGANIZATION);
  const certificate = issueCertificate(holder, root, { ...termOf(signer), authorityBelow: null });
  return { certificate: pemOf('CERTIFICATE', certificate), key: keyPem(holder) };
}

function termOf({ from, years }: DemoSigner): Pick<CertificateTerms, 'from' | 'until'> {
  const until = new Date(from);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  return { from, until };
}

function keyPem({ privateKey }: KeyHolder): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

/**
 * The test authority kept in a file that only the service's user can read (0600); made at the first call, the
 * same ever after, also when two processes ask at once. One of an older program, which kept no key of the root and
 * named an office instead of a person, is made anew.
 */
export async function openDemoAuthority(file: string, signer: DemoSigner): Promise<DemoAuthority> {
  const kept = await readKept(file);
  if (kept) return kept;
  const made = makeDemoAuthority(signer);
  try {
    await writeFile(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readKept(file)) ?? made;
  }
}

async function readKept(file: string): Promise<DemoAuthority | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const kept = JSON.parse(text) as Partial<DemoAuthority>;
  if (kept.rootKey !== undefined) return kept as DemoAuthority;
  await rm(file, { force: true });
  return undefined;
}
