#!/usr/bin/env node
// @ts-nocheck – plain JavaScript for Node 18 and browsers; its types for our own tests stand in verify.d.mts
/**
 * Checks a commune's public log without trusting its server. One file, no dependency, no account; it shares no
 * code with the server. It runs from an empty folder:
 *
 *   node verify.mjs https://HOST CODE --key KEY [--checkpoint FILE] [--keep FILE]
 *       everything the log says of a lot (or of an event, by its hash)
 *   node verify.mjs --bundle FILE --key KEY [--checkpoint FILE] [--proof FILE]
 *       the same without a network, from the saved answer of /api/v1/log/proof?subject=CODE
 *   node verify.mjs consistency https://HOST --from FILE [--to FILE] --key KEY [--proof FILE]
 *       whether what stood in the log on one day still stands there on another
 *   node verify.mjs audit https://HOST --key KEY [--keep FOLDER]
 *       every entry and every tile of the log, also against what was kept in FOLDER before
 *
 * KEY is the log's key (name+id+base64), or a file that holds it: get it from paper or a person, not from the
 * server that is to be checked. FILE of --checkpoint is a checkpoint that was kept; --keep keeps the one of today.
 * Exit codes: 0 all is right · 1 something was altered · 2 asked in a wrong way · 3 the server did not answer.
 */

const text = new TextEncoder();
const node = (name) => import(/* @vite-ignore */ `node:${name}`);
let crypto_ = globalThis.crypto;
const subtle = async () => (crypto_ ??= (await node('crypto')).webcrypto).subtle;

/* ---------- bytes ---------- */

const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));
const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function fromBase64(encoded) {
  const bytes = Uint8Array.from(atob(String(encoded)), (sign) => sign.charCodeAt(0));
  if (toBase64(bytes) !== encoded) throw new Error('not base64');
  return bytes;
}

export async function sha256(...parts) {
  return new Uint8Array(await (await subtle()).digest('SHA-256', join(...parts)));
}

/* ---------- the tree of RFC 6962 ---------- */

const leafHash = (entry) => sha256(Uint8Array.of(0), entry);
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

async function rootOf(hashes) {
  if (hashes.length === 0) return sha256();
  let row = hashes;
  while (row.length > 1) {
    const above = [];
    for (let at = 0; at < row.length; at += 2)
      above.push(at + 1 < row.length ? await nodeHash(row[at], row[at + 1]) : row[at]);
    row = above;
  }
  return row[0];
}

/** RFC 9162, 2.1.3.2: the root that a leaf and its path lead to; null for a path of the wrong length. */
export async function rootFromInclusion(index, size, leaf, proof) {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  let [place, last, root] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      root = await nodeHash(sibling, root);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else root = await nodeHash(root, sibling);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

/** RFC 9162, 2.1.4.2: whether the newer tree begins with the whole older one. */
export async function isConsistent(older, newer, proof) {
  if (older.size > newer.size) return false;
  if (older.size === 0) return proof.length === 0 && same(older.root, await sha256());
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root);
  const path = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : [...proof];
  if (path.length === 0) return false;
  let [place, last] = [older.size - 1, newer.size - 1];
  while (place % 2 === 1) [place, last] = [(place - 1) / 2, Math.floor(last / 2)];
  let [left, right] = [path[0], path[0]];
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      left = await nodeHash(sibling, left);
      right = await nodeHash(sibling, right);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else right = await nodeHash(right, sibling);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(left, older.root) && same(right, newer.root);
}

/* ---------- signed notes and checkpoints (C2SP) ---------- */

/** Reads `name+id+base64`. */
export async function readKey(written) {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/u.exec(String(written).trim());
  const material = found && fromBase64(found[3]);
  if (!found || material[0] !== 1) throw new Error('not an Ed25519 key of a signed note');
  const [, name, id] = found;
  if (hexOf((await sha256(text.encode(`${name}\n`), material)).slice(0, 4)) !== id)
    throw new Error('the id of the key does not fit its bytes');
  return { name, id, publicKey: material.slice(1), written: found[0] };
}

/** The text of a note that at least one of the keys signed. @throws Error saying what is wrong */
export async function openNote(note, keys) {
  const end = note.lastIndexOf('\n\n');
  const body = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  if (end < 0 || lines.pop() !== '' || lines.length > 32) throw new Error('not a signed note');
  const signedBy = [];
  for (const line of lines) {
    const found = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
    if (!found) throw new Error('not a signature line');
    const bytes = fromBase64(found[2]);
    const key = keys.find((one) => one.name === found[1] && one.id === hexOf(bytes.slice(0, 4)));
    if (!key) continue;
    if (!(await isSigned(key.publicKey, bytes.slice(4), text.encode(body))))
      throw new Error(`the signature of ${key.name} is wrong`);
    signedBy.push(key);
  }
  if (signedBy.length === 0) throw new Error('none of the keys that you trust signed it');
  return { body, signedBy };
}

/** Origin, number of leaves and root of a checkpoint that one of the keys signed. */
export async function openCheckpoint(note, keys) {
  const { body, signedBy } = await openNote(note, keys);
  const [origin, size, root] = body.split('\n');
  const bytes = fromBase64(root ?? '');
  if (!origin || !/^(?:0|[1-9]\d{0,15})$/.test(size ?? '') || bytes.length !== 32)
    throw new Error('not a checkpoint');
  if (signedBy.some(({ name }) => name !== origin)) throw new Error('it is signed in another log’s name');
  return { origin, size: Number(size), root: bytes, signedBy };
}

/** The pinned keys, and those that they handed over to, one after the other. */
export async function followKeys(pinned, served) {
  const trusted = [...pinned];
  for (const { key, handover } of served ?? []) {
    if (!handover || trusted.some(({ written }) => written === key)) continue;
    const next = await readKey(key);
    const opened = await openNote(handover, trusted).catch(() => null);
    const [name, word, named] = opened?.body.split('\n') ?? [];
    if (word === 'handover' && named === next.written && name === next.name) trusted.push(next);
  }
  return trusted;
}

/* ---------- Ed25519 (RFC 8032): by the platform, or by ourselves where it cannot ---------- */

async function isSigned(publicKey, signature, message) {
  if (signature.length !== 64) return false;
  try {
    const crypto = await subtle();
    const key = await crypto.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.verify('Ed25519', key, signature, message);
  } catch (thrown) {
    if (thrown?.name !== 'NotSupportedError') return false;
    return verifyEd25519(publicKey, signature, message);
  }
}

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (value, by = P) => ((value % by) + by) % by;
function power(base, exponent) {
  let [result, factor] = [1n, mod(base)];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = mod(result * factor);
    factor = mod(factor * factor);
  }
  return result;
}
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_1 = power(2n, (P - 1n) / 4n);
const littleEndian = (bytes) => BigInt(`0x${hexOf([...bytes].reverse())}`);

function pointOf(bytes) {
  const number = littleEndian(bytes);
  const sign = number >> 255n;
  const y = number & (2n ** 255n - 1n);
  if (y >= P) return null;
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x - square) !== 0n) x = mod(x * ROOT_OF_MINUS_1);
  if (mod(x * x - square) !== 0n || (x === 0n && sign === 1n)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * t2 * D);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(scalar, point) {
  let [sum, factor] = [[0n, 1n, 1n, 0n], point];
  for (let left = scalar; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, factor);
    factor = add(factor, factor);
  }
  return sum;
}

/** For platforms without Ed25519. */
export async function verifyEd25519(publicKey, signature, message) {
  const base = pointOf(fromHex(`58${'66'.repeat(31)}`));
  const [key, commitment] = [pointOf(publicKey), pointOf(signature.slice(0, 32))];
  const scalar = littleEndian(signature.slice(32));
  if (!key || !commitment || scalar >= ORDER) return false;
  const digest = await (await subtle()).digest('SHA-512', join(signature.slice(0, 32), publicKey, message));
  const challenge = mod(littleEndian(new Uint8Array(digest)), ORDER);
  const [left, right] = [times(scalar, base), add(commitment, times(challenge, key))];
  return (
    mod(left[0] * right[2] - right[0] * left[2]) === 0n && mod(left[1] * right[2] - right[1] * left[2]) === 0n
  );
}

/* ---------- what a leaf says ---------- */

/** The bytes of a log entry. */
const entryOf = ({ kind, hash, digest }) =>
  text.encode(`xa-so-log/1\n${kind}\n${hash}\n${digest === undefined ? '' : `${digest}\n`}`);

/** JSON with sorted keys and no spaces. */
export function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(',')}}`;
}

/** Whether what is shown of an item is what its leaf commits to: null where nothing is shown. */
async function shownFits({ hash, digest, event, opening }) {
  if (event !== undefined) {
    // The hash of the standard first: it says what happened; the digest then sees every byte.
    if (!(await eventHash(event)).includes(hash)) return false;
    return digest === undefined || hexOf(await sha256(text.encode(canonicalJson(event)))) === digest;
  }
  if (opening === undefined) return null;
  return hexOf(await sha256(fromBase64(opening.salt), text.encode(opening.content))) === hash;
}

/* ---------- checking a bundle ---------- */

const fault = (code, where, detail = '') => ({ code, where, detail });

/**
 * Checks everything that the log says of a subject.
 * @param ask `{ tile(path), consistency(from, to) }` where the server can be asked more; without it some faults are
 * named less exactly
 * @param kept the text of a checkpoint that was kept earlier
 * @returns the faults found, and what was checked
 */
export async function checkBundle(bundle, { keys, kept, proof, ask }) {
  const report = { faults: [], checked: [], size: null, subject: bundle?.subject ?? '' };
  let head;
  let trusted;
  try {
    trusted = await followKeys(keys, bundle.keys);
    head = await openCheckpoint(bundle.checkpoint, trusted);
    report.size = head.size;
  } catch (thrown) {
    report.faults.push(fault('checkpoint_altered', 'checkpoint', thrown.message));
    return report;
  }
  if (kept) report.faults.push(...(await againstKept(kept, head, trusted, { ask, proof })));
  if (bundle.format !== 'xa-so-proof/1')
    report.faults.push(fault('other_format', 'bundle', 'it is not written as this verifier reads it'));
  if (!Array.isArray(bundle.items) || bundle.items.length === 0)
    report.faults.push(fault('nothing_logged', 'bundle', 'the log says nothing of it'));
  else if (!isTold(bundle))
    report.faults.push(fault('other_subject', 'bundle', `nothing in it tells of ${bundle.subject}`));
  for (const item of bundle.items ?? []) {
    const found = await checkItem(item, head, ask).catch((thrown) => ({
      code: 'item_unreadable',
      detail: thrown.message,
    }));
    if (found.code)
      report.faults.push(
        fault(found.code, `entry ${item?.index} (${item?.kind} ${item?.subject})`, found.detail),
      );
    else
      report.checked.push({ index: item.index, kind: item.kind, subject: item.subject, shown: found.shown });
  }
  return report;
}

/** Whether something that is shown tells of the subject: by its code, its address, its own id or its place. */
function isTold({ subject, items }) {
  const shown = items.filter((item) => item?.event !== undefined || item?.opening !== undefined);
  // The hash of a whole event cannot be made of what strangers read of it.
  if (shown.length === 0 || /^ni:/.test(subject)) return true;
  const code = String(subject).split('/').pop();
  const words = [code, unescapedPart(code)].map((word) => JSON.stringify(word).slice(1, -1));
  return shown.some(({ event, opening, subject: place }) => {
    const told = event === undefined ? String(opening?.content) : canonicalJson(event);
    return place === subject || words.some((word) => told.includes(word));
  });
}

function unescapedPart(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Kinds that anybody may read at any time: what is missing of them was taken away. */
const ALWAYS_SHOWN = ['epcis_event', 'lot'];

async function checkItem(item, head, ask) {
  const { index, kind, hash } = item;
  const isHash = (value) => /^[0-9a-f]{64}$/.test(value);
  if (!isHash(hash) || !isHash(item.digest ?? hash) || !/^[a-z_]{2,40}$/.test(kind))
    return { code: 'leaf_altered' };
  const shown = await shownFits(item);
  if (shown === false)
    return {
      code: item.event === undefined ? 'content_altered' : 'event_altered',
      detail: 'it does not have the hash that was logged',
    };
  if (shown === null && ALWAYS_SHOWN.includes(kind))
    return { code: 'not_shown', detail: 'it was public when it was logged, and is not shown now' };
  if (kind === 'lot' && JSON.parse(item.opening.content).code !== item.subject)
    return { code: 'content_altered', detail: 'it tells of another lot' };
  const leaf = await leafHash(entryOf(item));
  const root = await rootFromInclusion(index, head.size, leaf, item.proof.map(fromBase64));
  if (root && same(root, head.root)) return { shown: shown === true };
  const stored = await storedLeaf(index, head.size, ask);
  if (!stored) return { code: 'leaf_or_proof_altered', detail: 'its proof does not lead to the signed root' };
  return same(stored, leaf)
    ? {
        code: 'proof_altered',
        detail: 'the proof does not lead to the signed root; the entry stands in its tile',
      }
    : { code: 'leaf_altered', detail: 'another entry stands in this place of the log' };
}

async function storedLeaf(index, size, ask) {
  if (!ask || !(index < size)) return null;
  const tile = Math.floor(index / 256);
  const width = Math.min(256, size - tile * 256);
  const bytes = await ask.tile(tilePath(0, tile, width)).catch(() => null);
  return bytes && bytes.slice((index % 256) * 32, (index % 256) * 32 + 32);
}

async function againstKept(kept, head, keys, { ask, proof }) {
  let before;
  try {
    before = await openCheckpoint(kept, keys);
  } catch (thrown) {
    return [fault('kept_checkpoint_altered', 'the kept checkpoint', thrown.message)];
  }
  if (before.origin !== head.origin)
    return [fault('other_log', 'checkpoint', `${before.origin} was kept, this is ${head.origin}`)];
  return checkConsistency(before, head, { ask, proof });
}

/** Whether the older head still holds; `proof` (base64 list) or `ask` gives the proof. */
export async function checkConsistency(older, newer, { ask, proof }) {
  const where = `between ${older.size} and ${newer.size} entries`;
  if (older.size > newer.size)
    return [fault('log_shrank', where, `the log had ${older.size} entries and now shows ${newer.size}`)];
  try {
    const trivial = older.size === newer.size || older.size === 0;
    const path = trivial ? [] : (proof ?? (await ask?.consistency(older.size, newer.size)));
    if (!path) return [fault('no_consistency_proof', where, 'give --proof, or let the server be asked')];
    const right = await isConsistent(older, newer, path.map(fromBase64));
    return right
      ? []
      : [
          fault(
            'log_rewritten',
            where,
            'the log no longer begins with what it held then (or the proof was altered)',
          ),
        ];
  } catch (thrown) {
    return [fault('consistency_unreadable', where, thrown.message)];
  }
}

/* ---------- the whole log ---------- */

export function tilePath(level, index, width) {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g);
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width < 256 ? `.p/${width}` : ''}`;
}

const cut = (bytes) =>
  Array.from({ length: Math.floor(bytes.length / 32) }, (_, at) => bytes.slice(at * 32, at * 32 + 32));

function entriesOf(bytes) {
  const entries = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at] * 256 + bytes[at + 1];
    // A length that reaches behind the end is none: what lies there would pass as the entry.
    if (!(at + 2 + length <= bytes.length)) break;
    entries.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

/**
 * Recomputes the whole log from its entries and names every entry and tile that does not fit.
 * @param keptLeaves leaf hashes that were kept earlier, 32 bytes each @param kept a kept checkpoint
 */
export async function auditLog(note, keys, ask, { keptLeaves, kept, say = () => {} } = {}) {
  const faults = [];
  let head;
  try {
    head = await openCheckpoint(note, keys);
  } catch (thrown) {
    return { faults: [fault('checkpoint_altered', 'checkpoint', thrown.message)], leaves: [], size: null };
  }
  const leaves = [];
  for (let tile = 0; tile * 256 < head.size; tile += 1) {
    const width = Math.min(256, head.size - tile * 256);
    const bundle = entriesOf(await ask.tile(tilePath('entries', tile, width)));
    const own = await Promise.all(bundle.map(leafHash));
    if (own.length !== width)
      faults.push(
        fault('bundle_altered', tilePath('entries', tile, width), `it holds ${own.length} entries`),
      );
    for (let at = 0; at < width; at += 1) leaves.push(own[at] ?? new Uint8Array(32));
    say(`${leaves.length} of ${head.size} entries`);
  }
  for (let level = 0, row = leaves; row.length > 0; level += 1) {
    const above = [];
    for (let tile = 0; tile * 256 < row.length; tile += 1) {
      const part = row.slice(tile * 256, tile * 256 + 256);
      faults.push(...(await compareTile(level, tile, part, ask)));
      if (part.length === 256) above.push(await rootOf(part));
    }
    row = above;
  }
  const kepts = cut(keptLeaves ?? new Uint8Array());
  for (const [at, leaf] of kepts.entries())
    if (!leaves[at] || !same(leaf, leaves[at]))
      faults.push(fault('entry_rewritten', `entry ${at}`, 'it is not the one that was kept'));
  if (!same(await rootOf(leaves), head.root))
    faults.push(fault('root_differs', 'checkpoint', 'the entries do not lead to the signed root'));
  if (kept) {
    const before = await openCheckpoint(kept, keys).catch(
      (thrown) => void faults.push(fault('kept_checkpoint_altered', 'the kept checkpoint', thrown.message)),
    );
    if (before && before.size > head.size)
      faults.push(
        fault('log_shrank', 'checkpoint', `${before.size} entries were kept, ${head.size} are shown`),
      );
    else if (before && !same(await rootOf(leaves.slice(0, before.size)), before.root))
      faults.push(
        fault(
          'log_rewritten',
          `the first ${before.size} entries`,
          'they do not lead to the root that was kept',
        ),
      );
  }
  return { faults, leaves, size: head.size };
}

async function compareTile(level, index, expected, ask) {
  const path = tilePath(level, index, expected.length);
  const stored = cut(await ask.tile(path));
  if (stored.length !== expected.length)
    return [fault('tile_altered', path, `it holds ${stored.length} hashes`)];
  const span = 256 ** level;
  return expected.flatMap((hash, at) => {
    if (same(hash, stored[at])) return [];
    const first = (index * 256 + at) * span;
    const which = span === 1 ? `entry ${first}` : `entries ${first} to ${first + span - 1}`;
    return [
      fault(
        'tile_altered',
        path,
        `its hash ${at} is not that of ${which}: the tile or the entries were altered`,
      ),
    ];
  });
}

/* ---------- asking a server ---------- */

/** @param get stands in for `fetch` in tests */
export function askServer(host, get = globalThis.fetch) {
  const base = String(host).replace(/\/+$/, '');
  const answer = async (path) => {
    const response = await get(base + path).catch((cause) => {
      throw Object.assign(new Error(`${base} does not answer`), { cause, unreachable: true });
    });
    if (!response.ok)
      throw Object.assign(new Error(`${base}${path} answers ${response.status}`), {
        status: response.status,
        unreachable: response.status >= 500,
      });
    return response;
  };
  const json = async (path) => (await answer(path)).json();
  return {
    state: () => json('/api/v1/log'),
    bundle: (subject) => json(`/api/v1/log/proof?subject=${encodeURIComponent(subject)}`),
    consistency: async (from, to) => (await json(`/api/v1/log/consistency?from=${from}&to=${to}`)).proof,
    tile: async (path) => new Uint8Array(await (await answer(`/nhat-ky-cong-khai/${path}`)).arrayBuffer()),
  };
}

/* ---------- the event hash of CBV 2.0, section 8.9, written anew ---------- */

const CBV = 'https://ref.gs1.org/cbv/';
const GS1 = 'https://gs1.org/voc/';
const WORDS = {
  BizStep: `${CBV}BizStep-`,
  Disp: `${CBV}Disp-`,
  BTT: `${CBV}BTT-`,
  SDT: `${CBV}SDT-`,
  Comp: `${CBV}Comp-`,
  GS1,
};
const URN_WORDS = { bizstep: 'BizStep', disp: 'Disp', btt: 'BTT', sdt: 'SDT', er: 'ER' };
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const listOf = (value) => (Array.isArray(value) ? value : [value]);
/** By code point, as the bytes of UTF-8 would be ordered. */
function byCode(a, b) {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1)
    if (left[at] !== right[at]) return left[at].codePointAt(0) - right[at].codePointAt(0);
  return left.length - right.length;
}
const sorted = (parts) => parts.sort(byCode).join('');

/** `ni:///sha-256;…?ver=CBV2.0` of an event that carries its `@context`. */
export async function eventHash(event) {
  return `ni:///sha-256;${hexOf(await sha256(text.encode(preHash(event))))}?ver=CBV2.0`;
}

/** The text that is hashed. @param outer the context of the document around it */
export function preHash(event, outer = []) {
  const spaces = {
    epcis: 'https://ref.gs1.org/epcis/',
    cbv: CBV,
    gs1: GS1,
    cbvmda: 'urn:epcglobal:cbv:mda:',
  };
  for (const part of [...listOf(outer), ...listOf(event['@context'] ?? [])])
    for (const [prefix, space] of isObject(part) ? Object.entries(part) : []) {
      const address = isObject(space) ? space['@id'] : space;
      if (typeof address === 'string' && !prefix.startsWith('@')) spaces[prefix] = address;
    }

  const plain = (value) =>
    typeof value === 'boolean'
      ? String(value)
      : identity(decimalOf(typeof value === 'string' ? fullWord(spread(value.trim())) : value));
  /** The namespace of a prefix; `//` behind the colon makes an address of it, whatever the prefix. */
  const spaceOf = (value, colon) =>
    colon > 0 && !value.startsWith('//', colon + 1) && Object.hasOwn(spaces, value.slice(0, colon))
      ? spaces[value.slice(0, colon)]
      : undefined;
  const spread = (value) => {
    const colon = value.indexOf(':');
    const space = spaceOf(value, colon);
    return space === undefined ? value : space + value.slice(colon + 1);
  };
  const field = (value) => (name) =>
    value[name] === undefined
      ? ''
      : sorted(
          listOf(value[name])
            .filter((one) => one !== null && typeof one !== 'object')
            .map((one) => pair(name, plain(one))),
        );
  const word = (value, kind) => (name) =>
    value[name] === undefined
      ? ''
      : sorted(
          listOf(value[name]).map((one) =>
            pair(name, plain(/^[A-Za-z_]+$/.test(one.trim()) ? WORDS[kind] + one.trim() : one)),
          ),
        );
  const pair = (name, value) => (value === '' ? '' : `${name}=${value}`);
  const headed = (name, content) => (content === '' ? '' : name + content);
  const others = (value, known) =>
    sorted(
      Object.keys(value)
        .filter((name) => !known.includes(name) && name !== 'rdfs:comment' && name !== 'comment')
        .flatMap((name) => extension(fullName(name), value[name])),
    );
  const extension = (name, value) => {
    if (value === null) return [];
    if (Array.isArray(value)) return value.flatMap((one) => extension(name, one));
    if (isObject(value)) return [name + others(value, ['@context'])];
    const written = plain(value);
    return [written === '' ? name : `${name}=${written}`];
  };
  const fullName = (name) => {
    const colon = name.indexOf(':');
    if (colon < 0) return name;
    const space = spaceOf(name, colon);
    if (space !== undefined) return `{${space}}${name.slice(colon + 1)}`;
    const border = Math.max(name.lastIndexOf('/'), name.lastIndexOf('#'), name.lastIndexOf(':'));
    return /^(?:urn:|[a-z][a-z0-9+.-]*:\/\/)/i.test(name)
      ? `{${name.slice(0, border + 1)}}${name.slice(border + 1)}`
      : name;
  };
  /** Some fields in their order, then whatever else stands there. */
  const parts = (value, order) =>
    order.map(([name, write]) => write(name)).join('') +
    others(
      value,
      order.map(([name]) => name),
    );
  const members = (name, one) =>
    event[name] === undefined ? '' : headed(name, sorted(listOf(event[name]).map(one)));
  const time = (value) => (name) => (value[name] === undefined ? '' : pair(name, utc(value[name])));

  const epcs = (name) => members(name, (one) => pair('epc', plain(one)));
  const amounts = (name) =>
    members(
      name,
      (one) =>
        `quantityElement${parts(
          one,
          ['epcClass', 'quantity', 'uom'].map((part) => [part, field(one)]),
        )}`,
    );
  const typed = (of, kind) => (name) =>
    members(name, (one) =>
      parts(one, [
        ['type', word(one, kind)],
        [of, field(one)],
      ]),
    );
  const place = (name) =>
    isObject(event[name]) ? headed(name, parts(event[name], [['id', field(event[name])]])) : '';
  const persistent = (name) =>
    isObject(event[name])
      ? headed(
          name,
          parts(event[name], [
            ['set', word(event[name], 'Disp')],
            ['unset', word(event[name], 'Disp')],
          ]),
        )
      : '';
  const fields = (value, names) => names.map((name) => [name, field(value)]);
  const DEVICE = ['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'];
  const metadata = (value) =>
    parts(value, [
      ...['time', 'startTime', 'endTime'].map((name) => [name, time(value)]),
      ...fields(value, DEVICE),
    ]);
  const report = (value) =>
    parts(value, [
      ['type', word(value, 'GS1')],
      ['exception', word(value, 'GS1')],
      ...fields(value, DEVICE),
      ['time', time(value)],
      ...fields(value, ['microorganism', 'chemicalSubstance', 'value']),
      ['component', word(value, 'Comp')],
      ...fields(value, [
        'stringValue',
        'booleanValue',
        'hexBinaryValue',
        'uriValue',
        'minValue',
        'maxValue',
        'meanValue',
        'sDev',
        'percRank',
        'percValue',
        'uom',
        'coordinateReferenceSystem',
      ]),
    ]);
  const sensors = (name) =>
    members(name, (one) =>
      headed(
        'sensorElement',
        parts(one, [
          ['sensorMetadata', (part) => (isObject(one[part]) ? headed(part, metadata(one[part])) : '')],
          [
            'sensorReport',
            (part) =>
              one[part] === undefined
                ? ''
                : sorted(listOf(one[part]).map((value) => headed(part, report(value)))),
          ],
        ]),
      ),
    );
  const ilmd = (name) => (isObject(event[name]) ? headed(name, others(event[name], [])) : '');

  const order = [
    ['eventTime', time(event)],
    ['eventTimeZoneOffset', field(event)],
    ['certificationInfo', field(event)],
    ['epcList', epcs],
    ['parentID', field(event)],
    ['inputEPCList', epcs],
    ['childEPCs', epcs],
    ['quantityList', amounts],
    ['childQuantityList', amounts],
    ['inputQuantityList', amounts],
    ['outputEPCList', epcs],
    ['outputQuantityList', amounts],
    ['action', field(event)],
    ['transformationID', field(event)],
    ['bizStep', word(event, 'BizStep')],
    ['disposition', word(event, 'Disp')],
    ['persistentDisposition', persistent],
    ['readPoint', place],
    ['bizLocation', place],
    ['bizTransactionList', typed('bizTransaction', 'BTT')],
    ['destinationList', typed('destination', 'SDT')],
    ['sourceList', typed('source', 'SDT')],
    ['sensorElementList', sensors],
    ['ilmd', ilmd],
  ];
  const outside = ['@context', 'type', 'recordTime', 'eventID', 'errorDeclaration'];
  const written = order.map(([name, write]) => write(name)).join('');
  return `eventType=${spread(event.type)}${written}${others(event, [...outside, ...order.map(([name]) => name)])}`;
}

/** A number without sign of plus, needless zeros or exponent; other texts as they are. */
function decimalOf(value) {
  let written = String(value);
  const long = typeof value === 'number' && /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(written);
  if (long) {
    const [, sign, whole, fraction = '', exponent] = long;
    const digits = whole + fraction;
    written =
      Number(exponent) < 0
        ? `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
        : sign + digits.padEnd(1 + Number(exponent), '0');
  }
  const [, sign, whole, fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(written) ?? [];
  if (whole === undefined) return written;
  const decimals = fraction.replace(/0+$/, '');
  const digits = whole.replace(/^0+(?=\d)/, '') + (decimals && `.${decimals}`);
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}

/** In UTC with three decimals; the third is rounded up when the fourth is 5 to 9. */
function utc(value) {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i.exec(String(value).trim());
  if (!found) return String(value).trim();
  const [, moment, fraction = '', zone] = found;
  const millis = Number(fraction.slice(0, 3).padEnd(3, '0')) + ((fraction[3] ?? '0') >= '5' ? 1 : 0);
  // A leap second is the first of the next minute.
  const [start, leap] = moment.endsWith(':60') ? [moment.replace(/60$/, '59'), 1_000] : [moment, 0];
  return new Date(Date.parse(start.toUpperCase() + zone.toUpperCase()) + leap + millis).toISOString();
}

/** `urn:epcglobal:cbv:bizstep:x` as an address. */
function fullWord(value) {
  const [, kind, name] = /^urn:epcglobal:cbv:([a-z]+):(.+)$/.exec(value) ?? [];
  return kind && Object.hasOwn(URN_WORDS, kind) ? `${CBV}${URN_WORDS[kind]}-${name}` : value;
}

/* One spelling of one thing: EPC URNs and Digital Links as the finest key on id.gs1.org. */

const KEY_SHAPES = {
  '00': [/^\d{18}$/],
  '01': [/^\d{14}$/, '235', '21', '10'],
  253: [/^\d{13}.{0,17}$/],
  255: [/^\d{13,25}$/],
  401: [/^\d{4}.{0,26}$/],
  402: [/^\d{17}$/],
  414: [/^\d{13}$/, '254'],
  417: [/^\d{13}$/],
  8003: [/^\d{14}.{0,16}$/],
  8004: [/^\d{4}.{0,26}$/],
  8006: [/^\d{18}$/, '21', '10'],
  8010: [/^\d{4}[#\-/0-9A-Z]{0,26}$/, '8011'],
  8017: [/^\d{18}$/],
  8018: [/^\d{18}$/],
};
const OLD_NAMES = {
  sscc: '00',
  gtin: '01',
  gdti: '253',
  gcn: '255',
  ginc: '401',
  gsin: '402',
  gln: '414',
  party: '417',
  grai: '8003',
  giai: '8004',
  itip: '8006',
  cpid: '8010',
  gsrnp: '8017',
  gsrn: '8018',
  lot: '10',
  ser: '21',
  cpv: '22',
};
/** Percent signs where a link needs them (GS1 Digital Link). */
const encoded = (value) =>
  encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'))
    .replace(/[!()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3B', ';')
    .replaceAll('%3D', '=');

function identity(value) {
  if (value.startsWith('urn:epc:')) return linkOfUrn(value) ?? value;
  const path = /^https?:\/\/[^/?#]+(\/[^?#]*)/i.exec(value)?.[1];
  return (path && finestKey(path.replace(/\/$/, '').split('/'))) ?? value;
}

function finestKey(segments) {
  const qualifiers = {};
  for (let at = segments.length - 2; at >= 1; at -= 2) {
    const ai = OLD_NAMES[segments[at]] ?? segments[at];
    let value;
    try {
      value = decodeURIComponent(segments[at + 1]);
    } catch {
      return undefined;
    }
    if (value === '') return undefined;
    if (Object.hasOwn(KEY_SHAPES, ai)) {
      const [shape, ...finest] = KEY_SHAPES[ai];
      const key = ai === '01' && /^(?:\d{8}|\d{12,13})$/.test(value) ? value.padStart(14, '0') : value;
      const best = finest.find((one) => qualifiers[one] !== undefined);
      if (!shape.test(key)) return undefined;
      return `https://id.gs1.org/${ai}/${encoded(key)}${best ? `/${best}/${encoded(qualifiers[best])}` : ''}`;
    }
    if (!/^(?:10|21|22|235|254|7040|8011|8019)$/.test(ai)) return undefined;
    qualifiers[ai] = value;
  }
  return undefined;
}

/** A number with its check digit behind it. */
function checked(digits) {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return digits + ((10 - (sum % 10)) % 10);
}

const signs = (most) => new RegExp(`^[!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]{1,${most}}$`);
/** By scheme: the key, how many digits prefix and reference have together, how a serial is joined and what it may be. */
const SCHEMES = {
  sgtin: { key: '01', digits: 13, item: true, join: '/21/', serial: signs(20) },
  lgtin: { key: '01', digits: 13, item: true, join: '/10/', serial: signs(20) },
  upui: { key: '01', digits: 13, item: true, join: '/235/', serial: signs(28) },
  itip: { key: '8006', digits: 13, item: true, pieces: true, join: '/21/', serial: signs(20) },
  sscc: { key: '00', digits: 17, item: true },
  sgln: { key: '414', digits: 12, join: '/254/', serial: signs(20), none: '0' },
  pgln: { key: '417', digits: 12 },
  grai: { key: '8003', digits: 12, lead: '0', join: '', serial: signs(16) },
  gdti: { key: '253', digits: 12, join: '', serial: signs(17) },
  sgcn: { key: '255', digits: 12, join: '', serial: /^\d{1,12}$/ },
  gsrn: { key: '8018', digits: 17 },
  gsrnp: { key: '8017', digits: 17 },
  gsin: { key: '402', digits: 16 },
  giai: { key: '8004', whole: signs(30) },
  ginc: { key: '401', whole: signs(30) },
  cpi: { key: '8010', whole: /^[#\-/0-9A-Z]{1,30}$/, join: '/8011/', serial: /^(?:0|[1-9]\d{0,11})$/ },
};

/** The link of an EPC, of a class or of a pattern of one class; nothing when it breaks a rule of its scheme. */
function linkOfUrn(urn) {
  const [, kind, name, body = ''] = /^urn:epc:(id|class|idpat):([a-z]+):(.+)$/.exec(urn) ?? [];
  const scheme = name && Object.hasOwn(SCHEMES, name) ? SCHEMES[name] : undefined;
  if (!scheme || (kind === 'class') !== (name === 'lgtin')) return undefined;
  const any = kind === 'idpat';
  if (any && scheme.join === undefined) return undefined;
  const path = scheme.digits ? ofDigits(scheme, body, any) : ofSigns(scheme, body, any);
  return path && `https://id.gs1.org/${scheme.key}/${path}`;
}

function ofDigits({ digits, item, lead = '', pieces, join, serial, none }, body, any) {
  const [, a, b, ...rest] = /^(\d{6,12})\.(\d*)((?:\..*)?)$/.exec(body) ?? [];
  if (a === undefined || a.length + b.length !== digits || (item && b === '')) return undefined;
  let key = checked(lead + (item ? b[0] + a + b.slice(1) : a + b));
  let tail = rest[0];
  if (pieces) {
    const [whole, piece, total] = /^\.(\d\d)\.(\d\d)(?=\.)/.exec(tail) ?? [];
    if (!whole || piece === '00' || total === '00' || piece > total) return undefined;
    key += piece + total;
    tail = tail.slice(whole.length);
  }
  if (join === undefined) return tail === '' ? key : undefined;
  if (any) return tail === '.*' ? key : undefined;
  const value = unescaped(tail.slice(1));
  if (value !== undefined && value === none) return key;
  return value !== undefined && serial.test(value) ? key + join + encoded(value) : undefined;
}

function ofSigns({ whole, join, serial }, body, any) {
  const [dot, last] = [body.indexOf('.'), join ? body.lastIndexOf('.') : body.length];
  const reference = unescaped(body.slice(dot + 1, last));
  if (!/^\d{6,12}\./.test(body) || last <= dot || reference === undefined) return undefined;
  const key = body.slice(0, dot) + reference;
  const tail = body.slice(last + 1);
  if (!whole.test(key)) return undefined;
  if (!join) return encoded(key);
  if (any) return tail === '*' ? encoded(key) : undefined;
  return serial.test(tail) ? encoded(key) + join + tail : undefined;
}

/** Signs of a URN's part (Tag Data Standard), percent signs read. */
function unescaped(part) {
  const allowed =
    /^(?:%(?:2[1-9A-F]|3[0-9A-F]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9A])|[!'()*+,.\-0-9:;=#/A-Z_a-z])+$/i;
  return allowed.test(part) ? decodeURIComponent(part) : undefined;
}

/* ---------- command line ---------- */

function readArguments(args) {
  const found = { plain: [] };
  for (let at = 0; at < args.length; at += 1) {
    const [, name, value] = /^--([a-z]+)(?:=(.*))?$/.exec(args[at]) ?? [];
    if (!name) found.plain.push(args[at]);
    else if (!['key', 'checkpoint', 'keep', 'bundle', 'proof', 'from', 'to'].includes(name))
      throw usage(`unknown --${name}`);
    else found[name] = value ?? args[(at += 1)] ?? '';
  }
  return found;
}

const usage = (message) => Object.assign(new Error(message), { usage: true });

async function run(args) {
  const fs = await node('fs/promises');
  const found = readArguments(args);
  const read = (file) =>
    fs.readFile(file, 'utf8').catch(() => {
      throw usage(`${file} cannot be read`);
    });
  const [first = '', second] = found.plain;
  const command = ['audit', 'consistency'].includes(first) ? first : 'lot';
  const host = command === 'lot' ? first : second;
  const ask = host ? askServer(host) : undefined;
  if (!found.key) throw usage(await withoutKey(ask));
  const written = /\+/.test(found.key) ? found.key : await read(found.key);
  const keys = await Promise.all(
    written
      .split('\n')
      .filter((line) => line.trim())
      .map(readKey),
  ).catch((thrown) => {
    throw usage(thrown.message);
  });
  const kept = found.checkpoint && (await read(found.checkpoint));
  const proof = found.proof && proofOf(await read(found.proof));
  if (command === 'lot') return lot({ found, keys, kept, proof, ask, read, fs });
  if (!ask) throw usage(`${command} needs the address of the server`);
  if (command === 'audit') return audit({ found, keys, ask, fs });
  return consistency({ found, keys, proof, ask, read });
}

function proofOf(content) {
  const parsed = JSON.parse(content);
  return Array.isArray(parsed) ? parsed : parsed.proof;
}

async function withoutKey(ask) {
  const state = await ask?.state().catch(() => null);
  const key = state?.keys?.at(-1)?.key;
  const shown = key
    ? ` The server itself shows ${key}: compare it with what stands on paper, then give it.`
    : '';
  return `--key is needed: without a key from elsewhere the server could tell you anything.${shown}`;
}

async function lot({ found, keys, kept, proof, ask, read, fs }) {
  const subject = found.plain[1];
  if (!found.bundle && !subject) throw usage('which lot? Give its code, or --bundle FILE');
  const bundle = found.bundle ? JSON.parse(await read(found.bundle)) : await ask.bundle(subject);
  const report = await checkBundle(bundle, { keys, kept, proof, ask });
  if (subject && bundle.subject !== subject)
    report.faults.push(fault('other_subject', 'bundle', `it tells of ${bundle.subject}`));
  for (const { index, kind, subject: of, shown } of report.checked)
    console.log(
      `✓ entry ${index}: ${kind} ${of}${shown ? ', shown as it was logged' : ', logged (what it holds is not public)'}`,
    );
  if (found.keep && report.faults.length === 0) await fs.writeFile(found.keep, bundle.checkpoint);
  return tell(
    report.faults,
    `${report.checked.length} entries of ${bundle.subject} stand in a log of ${report.size}${kept ? ', which still holds all that was kept' : ''}`,
  );
}

async function consistency({ found, keys, proof, ask, read }) {
  if (!found.from) throw usage('consistency needs --from FILE, a checkpoint that was kept');
  const state = await ask.state();
  const trusted = await followKeys(keys, state.keys);
  const faults = [];
  const open = async (note, where) =>
    openCheckpoint(note, trusted).catch(
      (thrown) => void faults.push(fault('checkpoint_altered', where, thrown.message)),
    );
  const older = await open(await read(found.from), found.from);
  const newer = await open(
    found.to ? await read(found.to) : state.checkpoint,
    found.to ?? 'the server’s checkpoint',
  );
  if (older && newer && older.origin !== newer.origin)
    faults.push(fault('other_log', 'checkpoint', `${older.origin}, ${newer.origin}`));
  else if (older && newer) faults.push(...(await checkConsistency(older, newer, { ask, proof })));
  return tell(faults, `all ${older?.size} entries of then stand unchanged among the ${newer?.size} of now`);
}

async function audit({ found, keys, ask, fs }) {
  const state = await ask.state();
  const files = found.keep && { leaves: `${found.keep}/leaves`, checkpoint: `${found.keep}/checkpoint` };
  const keptLeaves = files && (await fs.readFile(files.leaves).catch(() => undefined));
  const kept = files && (await fs.readFile(files.checkpoint, 'utf8').catch(() => undefined));
  const trusted = await followKeys(keys, state.keys);
  const report = await auditLog(state.checkpoint, trusted, ask, {
    keptLeaves: keptLeaves && new Uint8Array(keptLeaves),
    kept,
  });
  if (files && report.faults.length === 0) {
    await fs.mkdir(found.keep, { recursive: true });
    await fs.writeFile(files.leaves, join(...report.leaves));
    await fs.writeFile(files.checkpoint, state.checkpoint);
  }
  return tell(
    report.faults,
    `all ${report.size} entries lead to the signed root${kept ? ', and none of those kept before was altered' : ''}`,
  );
}

function tell(faults, right) {
  for (const { code, where, detail } of faults.slice(0, 100))
    console.log(`✗ ${where}: ${code}${detail ? ` – ${detail}` : ''}`);
  if (faults.length > 100) console.log(`✗ … and ${faults.length - 100} more`);
  console.log(faults.length === 0 ? `✓ ${right}` : `✗ ${faults.length} found: do not rely on it`);
  return faults.length === 0 ? 0 : 1;
}

/* ---------- in a page ---------- */

/**
 * Takes over a form that asks for a lot's code (the page /kiem-chung): the check is made here, in the reader's own
 * browser. Key and checkpoint of the first good check are remembered; from then on the server is held to them.
 */
function mount(form) {
  const words = JSON.parse(form.dataset.words);
  const area = document.getElementById(form.dataset.verify);
  const parts = (name) => area.querySelector(`[data-state="${name}"]`);
  const say = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  const show = (state, lines) => {
    for (const part of area.querySelectorAll('[data-state]')) part.hidden = part.dataset.state !== state;
    const list = area.querySelector('[data-lines]');
    list.replaceChildren(
      ...lines.map((line) => Object.assign(document.createElement('li'), { textContent: line })),
    );
    list.hidden = lines.length === 0;
  };
  const remembered = (name) => {
    try {
      return localStorage.getItem(`xa-so-log-${name}`) ?? undefined;
    } catch {
      return undefined;
    }
  };
  const remember = (name, value) => {
    try {
      localStorage.setItem(`xa-so-log-${name}`, value);
    } catch {
      // A browser that keeps nothing checks without memory.
    }
  };
  const check = async () => {
    const subject = form.elements.ma.value.trim();
    if (!subject) return;
    show('busy', []);
    const typed = form.elements.khoa.value.trim();
    const pinned = typed || remembered('key') || form.dataset.key;
    const kept = remembered('checkpoint');
    const ask = askServer(location.origin);
    const bundle = await ask.bundle(subject);
    const report = await checkBundle(bundle, { keys: [await readKey(pinned)], kept, ask });
    if (bundle.subject !== subject) report.faults.push(fault('other_subject', 'bundle'));
    const kindOf = (kind) => words.kinds[kind] ?? kind;
    const right = report.checked.map(({ index, kind, shown }) =>
      say(shown ? words.shown : words.logged, { index, kind: kindOf(kind) }),
    );
    const wrong = report.faults.map(({ code, where }) => {
      const [, index] = /^entry (\d+)/.exec(where) ?? [];
      return (words.faults[code] ?? code) + (index ? ` (${say(words.entry, { index })})` : '');
    });
    if (wrong.length === 0) {
      remember('key', pinned);
      remember('checkpoint', bundle.checkpoint);
    }
    show(wrong.length === 0 ? 'right' : 'wrong', [...wrong, ...right]);
  };
  const checked = () =>
    check().catch((thrown) =>
      show(thrown.status === 404 ? 'unknown' : 'unreachable', thrown.status ? [] : [thrown.message]),
    );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void checked();
  });
  if (form.elements.ma.value.trim()) void checked();
}

async function isMain() {
  if (typeof process === 'undefined' || !process.versions?.node || !process.argv[1]) return false;
  const [{ realpathSync }, { fileURLToPath }] = [await node('fs'), await node('url')];
  return realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
}

if (typeof document !== 'undefined') {
  const form = document.querySelector('form[data-verify]');
  if (form) mount(form);
} else if (await isMain()) {
  process.exitCode = await run(process.argv.slice(2)).catch((thrown) => {
    console.error(thrown.usage || thrown.unreachable || thrown.status ? thrown.message : thrown);
    return thrown.usage ? 2 : 3;
  });
}
