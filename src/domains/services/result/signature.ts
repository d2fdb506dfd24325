/** Whose signature a result bears: pure. */
import type { AcceptedSignature } from '#kernel/files/accept-signed.server';
import { words } from '#kernel/text';

/** What the certificates of the demo's own authority bear behind the name. */
const DEMO = 'demo';

/**
 * Whether one of the signatures is that person's own: the certificate's name, without accents and case, is the
 * full name. On a document of the administration the office's seal follows the person's signature
 * (NĐ 30/2020/NĐ-CP): so any of them counts, not the last alone.
 */
export function isSignedBy({ signatures }: AcceptedSignature, fullName: string): boolean {
  const wanted = words(fullName).join(' ');
  return wanted !== '' && signatures.some(({ name }) => holder(name) === wanted);
}

function holder(name: string): string {
  const said = words(name);
  return (said.at(-1) === DEMO ? said.slice(0, -1) : said).join(' ');
}

/** The names in the certificates, as people read them. */
export function signedNames({ signatures }: AcceptedSignature): string {
  return [...new Set(signatures.map(({ name }) => name))].join(', ');
}
