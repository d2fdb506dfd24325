/**
 * Signed notes (C2SP signed-note, signature type 0x01 = Ed25519) and the checkpoints that are written as such
 * (C2SP tlog-checkpoint): origin, number of leaves, root.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

const ED25519 = 1;
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
/** A note with more lines is not read: nothing of ours is signed by so many. */
const MOST_SIGNATURES = 32;

/** Whose signature is believed. */
export type VerifierKey = { name: string; id: Buffer; publicKey: Buffer };
/** A name and the 32 secret bytes of an Ed25519 key. */
export type Signer = { name: string; seed: Buffer };

/** The first four bytes of SHA-256(name || LF || 0x01 || public key). */
function keyIdOf(name: string, publicKey: Buffer): Buffer {
  const hash = createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([ED25519]))
    .update(publicKey);
  return hash.digest().subarray(0, 4);
}

/** @throws Error for a name with spaces or `+`, which no line of a note can hold */
export function verifierKey(name: string, publicKey: Buffer): VerifierKey {
  if (!/^[^\s+]+$/u.test(name) || publicKey.length !== 32) throw new Error('not a key of a signed note');
  return { name, publicKey, id: keyIdOf(name, publicKey) };
}

/** The public half of a signer. */
export function verifierKeyOf({ name, seed }: Signer): VerifierKey {
  const spki = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return verifierKey(name, spki.subarray(SPKI_HEAD.length));
}

/** `name+hex of the id+base64`, the form in which keys are pinned. */
export function writeVerifierKey({ name, id, publicKey }: VerifierKey): string {
  const material = Buffer.concat([Buffer.from([ED25519]), publicKey]).toString('base64');
  return `${name}+${id.toString('hex')}+${material}`;
}

/** @throws Error when the text is no Ed25519 key, or its id is not that of its bytes */
export function readVerifierKey(text: string): VerifierKey {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/u.exec(text);
  const material = Buffer.from(found?.[3] ?? '', 'base64');
  if (!found || material[0] !== ED25519) throw new Error('not an Ed25519 key of a signed note');
  const key = verifierKey(found[1]!, material.subarray(1));
  if (key.id.toString('hex') !== found[2]) throw new Error('the id of the key does not fit its bytes');
  return key;
}

/** @param text ends with a line feed; no other control character @throws Error for a text that no note can hold */
export function signNote(text: string, signers: readonly Signer[]): string {
  if (!isNoteText(text)) throw new Error('not a text for a signed note');
  const lines = signers.map((signer) => {
    const { id } = verifierKeyOf(signer);
    const signature = sign(null, Buffer.from(text), privateKey(signer.seed));
    return `— ${signer.name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** The text of a note and those of the given keys that signed it; signatures of other keys are passed over. */
export type OpenedNote = { text: string; signedBy: VerifierKey[] };

/** @throws Error when it is no note, a given key's signature is wrong, or none of the keys signed */
export function openNote(note: string, keys: readonly VerifierKey[]): OpenedNote {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  if (end < 0 || !isNoteText(text) || lines.pop() !== '' || lines.length > MOST_SIGNATURES)
    throw new Error('not a signed note');
  const signedBy: VerifierKey[] = [];
  for (const line of lines) {
    const [, name, encoded = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
    const bytes = Buffer.from(encoded, 'base64');
    // Only one way of writing the same bytes: otherwise a changed sign could go unseen.
    if (!name || bytes.length < 5 || bytes.toString('base64') !== encoded)
      throw new Error('not a signature line');
    const key = keys.find((one) => one.name === name && one.id.equals(bytes.subarray(0, 4)));
    if (!key) continue;
    if (!verify(null, Buffer.from(text), publicKeyObject(key), bytes.subarray(4)))
      throw new Error(`the signature of ${name} is wrong`);
    signedBy.push(key);
  }
  if (signedBy.length === 0) throw new Error('none of the known keys signed');
  return { text, signedBy };
}

/** How a log stood: so many leaves, under this root. */
export type TreeHead = { origin: string; size: number; root: Buffer };

/** The three lines of a checkpoint. */
export function checkpointText({ origin, size, root }: TreeHead): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** @param text the text of an opened note @throws Error when it is no checkpoint */
export function readCheckpoint(text: string): TreeHead {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const bytes = Buffer.from(root, 'base64');
  if (
    !origin ||
    !/^(?:0|[1-9]\d{0,15})$/.test(size) ||
    bytes.length !== 32 ||
    bytes.toString('base64') !== root
  )
    throw new Error('not a checkpoint');
  return { origin, size: Number(size), root: bytes };
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !/[\p{Cc}--\n]/v.test(text);
}

function privateKey(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
}

function publicKeyObject({ publicKey }: VerifierKey): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
}
