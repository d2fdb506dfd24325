#!/usr/bin/env node
// @ts-nocheck – plain JavaScript for Node 18; its types for our own tests stand in evidence.d.mts
/**
 * Checks an evidence bundle of a criteria set without its server, a network or an account. One file, no dependency; it
 * shares no code with the server:
 *
 *   node evidence.mjs BUNDLE.zip --key KEY
 *
 * KEY is the commune's key for bundles (xa-so-criteria+base64), or a file that holds it: get it from paper or a person,
 * not from the bundle. Every part that was altered is named; the numbers are counted again from their lists.
 * Exit codes: 0 all is right · 1 something was altered or does not agree · 2 asked in a wrong way.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const KEY = /^xa-so-criteria\+([A-Za-z0-9+/]{43}=)$/;
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const MANIFEST = 'manifest.json';
const SIGNATURE = 'manifest.sig';
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Reads `xa-so-criteria+base64`. */
export function readKey(written) {
  const found = KEY.exec(String(written).trim());
  if (!found) throw new Error('not a key for evidence bundles');
  const der = Buffer.concat([SPKI, Buffer.from(found[1], 'base64')]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

/* ---------- the archive: stored parts, written in one fixed way ---------- */

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});
function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** The parts in their order, as far as the archive can be read. */
function partsOf(zip) {
  const parts = [];
  let at = 0;
  while (at + 30 <= zip.length && zip.readUInt32LE(at) === 0x04034b50) {
    const size = zip.readUInt32LE(at + 18);
    const data = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
    if (data + size > zip.length) break;
    const name = zip.subarray(at + 30, at + 30 + zip.readUInt16LE(at + 26)).toString('utf8');
    parts.push({ name, bytes: zip.subarray(data, data + size), from: at, to: data + size });
    at = data + size;
  }
  return { parts, end: at };
}

/** The archive as it must be for these parts: no byte of it is free. */
function written(parts) {
  const locals = [];
  const directory = [];
  let at = 0;
  for (const { name, bytes } of parts) {
    const named = Buffer.from(name, 'utf8');
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800, 2);
    head.writeUInt16LE(0x21, 8);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(bytes.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(named.length, 22);
    locals.push(Buffer.from('504b0304', 'hex'), head, named, bytes);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from('504b01021400', 'hex'), head, place, named);
    at += 30 + named.length + bytes.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, listed, end]);
}

function archiveFaults(zip, { parts, end }) {
  const right = written(parts);
  if (right.equals(zip)) return [];
  let at = 0;
  while (at < zip.length && zip[at] === right[at]) at += 1;
  const part = parts.find(({ from, to }) => from <= at && at < to);
  const where = part ? part.name : at >= end ? 'the directory of the archive' : 'the archive';
  return [{ part: where, fault: `byte ${at} of the archive is not as it must be` }];
}

/* ---------- the manifest, its signature, and what it names ---------- */

function manifestFaults(parts, key) {
  const manifest = parts.find(({ name }) => name === MANIFEST);
  const signature = parts.find(({ name }) => name === SIGNATURE);
  if (!manifest || !signature)
    return { faults: [{ part: manifest ? SIGNATURE : MANIFEST, fault: 'is missing' }], named: null };
  const bytes = Buffer.from(signature.bytes.toString('latin1').trim(), 'base64');
  const signed = bytes.length === 64 && verify(null, manifest.bytes, key, bytes);
  const faults = signed
    ? []
    : [{ part: MANIFEST, fault: `was not signed like this by this key (${SIGNATURE})` }];
  try {
    return { faults, named: JSON.parse(manifest.bytes.toString('utf8')) };
  } catch {
    return { faults: [...faults, { part: MANIFEST, fault: 'cannot be read' }], named: null };
  }
}

function partFaults(parts, named) {
  const faults = [];
  const files = Array.isArray(named.files) ? named.files : [];
  for (const { path, sha256: hash, size } of files) {
    const part = parts.find(({ name }) => name === path);
    if (!part) faults.push({ part: path, fault: 'is missing' });
    else if (part.bytes.length !== size || sha256(part.bytes) !== hash)
      faults.push({ part: path, fault: 'was altered: its hash is not the one that was signed' });
  }
  const order = [MANIFEST, SIGNATURE, ...files.map(({ path }) => path)];
  for (const [at, { name }] of parts.entries())
    if (!order.includes(name)) faults.push({ part: name, fault: 'was added: the manifest does not name it' });
    else if (order[at] !== name) faults.push({ part: name, fault: 'does not stand in its place' });
  return faults;
}

/* ---------- the numbers, counted again ---------- */

function countFaults(parts) {
  const part = parts.find(({ name }) => name === 'snapshot.json');
  let snapshot;
  try {
    snapshot = JSON.parse(part.bytes.toString('utf8'));
  } catch {
    return [{ part: 'snapshot.json', fault: 'cannot be read' }];
  }
  const faults = [];
  const wrong = (fault) => faults.push({ part: 'snapshot.json', fault });
  const lines = snapshot.board.themes.flatMap(({ objectives }) =>
    objectives.flatMap((one) => one.indicators),
  );
  const reached = lines.filter(({ status }) => status === 'reached').length;
  if (snapshot.totals.indicators.reached !== reached || snapshot.totals.indicators.all !== lines.length)
    wrong(`${reached} of ${lines.length} indicators are reached, another total is told`);
  for (const { indicator, status, value, signatures } of lines) {
    if (status === 'reached' && !signatures.some(({ stage }) => stage !== 'self'))
      wrong(`${indicator.code} is reached and nobody signed`);
    const { parts: share } = value;
    if (share && Math.abs((share.numerator / share.denominator) * 100 - value.value) > 1e-6)
      wrong(`${indicator.code} is not its numerator by its denominator`);
  }
  for (const { name, computed, numerator, denominator, most } of snapshot.measures) {
    for (const [list, number] of [
      [numerator, computed.numerator],
      [denominator, computed.denominator],
    ]) {
      if (!list) continue;
      const listed = list.records.length;
      if (list.total !== number || listed !== Math.min(list.total, most))
        wrong(`${name} says ${number}, its list has ${listed} of ${list.total}`);
    }
  }
  return faults;
}

/** Everything that is wrong with a bundle; an empty list where all is right. @param key as `readKey` gives it */
export function checkBundle(zip, key) {
  const archive = partsOf(zip);
  const faults = archiveFaults(zip, archive);
  const { faults: unsigned, named } = manifestFaults(archive.parts, key);
  faults.push(...unsigned);
  if (named) faults.push(...partFaults(archive.parts, named));
  if (faults.length === 0) faults.push(...countFaults(archive.parts));
  return { faults, parts: archive.parts.map(({ name }) => name), about: named };
}

function main([file, option, given]) {
  if (!file || option !== '--key' || !given || !existsSync(file)) {
    console.error('node evidence.mjs BUNDLE.zip --key KEY');
    return 2;
  }
  let key;
  try {
    key = readKey(existsSync(given) ? readFileSync(given, 'utf8') : given);
  } catch (thrown) {
    console.error(String(thrown.message));
    return 2;
  }
  const { faults, parts, about } = checkBundle(readFileSync(file), key);
  for (const { part, fault } of faults) console.log(`ALTERED  ${part}: ${fault}`);
  if (faults.length > 0) return 1;
  console.log(`RIGHT  ${about.commune}, ${about.set}, as of ${about.asOf}, signed by ${about.signer}`);
  console.log(`${parts.length} parts, each as it was signed; every number is the count of its list`);
  return 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));
