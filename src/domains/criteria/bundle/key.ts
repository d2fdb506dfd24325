/** The commune's key for evidence bundles: made from the installation's secret, the same as long as that is. */
import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from 'node:crypto';
import type { Ctx } from '#kernel/context';

const NAME = 'xa-so-criteria';
/** PKCS #8 of an Ed25519 seed, and the length of what stands before a public key in SPKI. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_HEAD = 12;

function privateKey({ wiring, commune }: Pick<Ctx, 'wiring' | 'commune'>): KeyObject {
  const secret = wiring.installation.key('criteria.bundle');
  const seed = Buffer.from(hkdfSync('sha256', secret, '', `commune ${commune.id}`, 32));
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

/** The key as people keep it on paper: `xa-so-criteria+base64`. */
export function bundleKey(ctx: Pick<Ctx, 'wiring' | 'commune'>): string {
  const der = createPublicKey(privateKey(ctx)).export({ format: 'der', type: 'spki' });
  return `${NAME}+${der.subarray(SPKI_HEAD).toString('base64')}`;
}

/** The signature over a manifest, in base64. */
export function signManifest(ctx: Pick<Ctx, 'wiring' | 'commune'>, manifest: Uint8Array): string {
  return sign(null, manifest, privateKey(ctx)).toString('base64');
}

/** Whether a signature in base64 is the commune's over these bytes. */
export function fitsManifest(
  ctx: Pick<Ctx, 'wiring' | 'commune'>,
  manifest: Uint8Array,
  signature: string,
): boolean {
  return verify(null, manifest, createPublicKey(privateKey(ctx)), Buffer.from(signature, 'base64'));
}
