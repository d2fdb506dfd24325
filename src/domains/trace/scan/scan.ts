/** Counting scans without a word of who scans, and telling a copied code by them. Pure. */
import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';
import data from '../catalog/scan-limits.json' with { type: 'json' };

const Limits = z.object({ days: z.int(), mostScans: z.int(), mostPlaces: z.int() });
export const SCAN_LIMITS = Limits.parse(data);

/** As many marks as a signed 64-bit number has room for. */
const MARKS = 63;

/**
 * One of 63 marks for the network that somebody scans from: its first 16 bits (IPv4) or 32 (IPv6), under a key. Millions
 * share a mark; from the marks no address can be read.
 */
export function markOf(address: string, key: Buffer): bigint {
  return markOfNetwork(networkOf(address), key);
}

/** The same, with the marks of the networks that were met kept in mind. */
export function marksUnder(key: Buffer): (address: string) => bigint {
  const known = new Map<string, bigint>();
  return (address) => {
    const network = networkOf(address);
    const mark = known.get(network) ?? markOfNetwork(network, key);
    if (known.size < MOST_NETWORKS) known.set(network, mark);
    return mark;
  };
}

const MOST_NETWORKS = 4_096;

function networkOf(address: string): string {
  return (isIP(address) === 4 ? address.split('.') : expanded(address)).slice(0, 2).join('.');
}

function markOfNetwork(network: string, key: Buffer): bigint {
  const hash = createHmac('sha256', key).update(network).digest();
  return 1n << BigInt(hash.readUInt32BE(0) % MARKS);
}

/** The groups of an IPv6 address; of one that carries an IPv4 address, those of it. */
function expanded(address: string): string[] {
  const mapped = /^::ffff:(\d+\.\d+)\.\d+\.\d+$/i.exec(address)?.[1];
  if (mapped) return mapped.split('.');
  const [front = '', back] = address.toLowerCase().split('::', 2);
  const head = front === '' ? [] : front.split(':');
  const tail = back === undefined || back === '' ? [] : back.split(':');
  return [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0'), ...tail];
}

/** How many marks are set. */
export function countMarks(marks: bigint): number {
  return marks.toString(2).replaceAll(/[^1]/g, '').length;
}

/** What was scanned of one pack within the days that are looked at. */
export type Scans = { scans: number; marks: bigint };

/** Whether a pack's number is looked up so often, or from so many places, that it may have been copied. */
export function isSuspicious({ scans, marks }: Scans, limits = SCAN_LIMITS): boolean {
  return scans > limits.mostScans || countMarks(marks) > limits.mostPlaces;
}

/** `vi` unless English is asked for by name, or liked better (RFC 9110, 12.5.4). */
export function languageOf(asked: string | null, accepted: string): 'vi' | 'en' {
  if (asked === 'en' || asked === 'vi') return asked;
  const liking = (language: string) =>
    Math.max(
      0,
      ...accepted.split(',').map((part) => {
        const [tag = '', ...more] = part.trim().toLowerCase().split(';');
        const q = more.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((one) => one !== undefined);
        return tag === language || tag.startsWith(`${language}-`) ? Number(q ?? 1) : 0;
      }),
    );
  return liking('en') > liking('vi') ? 'en' : 'vi';
}
