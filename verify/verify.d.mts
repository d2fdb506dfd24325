/** Types of verify.mjs, for the page that uses it and for its tests. */
export type Key = { name: string; id: string; publicKey: Uint8Array; written: string };
export type Fault = { code: string; where: string; detail: string };
export type Head = { origin: string; size: number; root: Uint8Array; signedBy: Key[] };
export type Ask = {
  tile: (path: string) => Promise<Uint8Array>;
  consistency: (from: number, to: number) => Promise<string[]>;
};
export type Report = {
  faults: Fault[];
  checked: { index: number; kind: string; subject: string; shown: boolean }[];
  size: number | null;
  subject: string;
};
export function sha256(...parts: Uint8Array[]): Promise<Uint8Array>;
export function readKey(written: string): Promise<Key>;
export function openCheckpoint(note: string, keys: readonly Key[]): Promise<Head>;
export function followKeys(
  pinned: readonly Key[],
  served: readonly { key: string; handover: string | null }[],
): Promise<Key[]>;
export function verifyEd25519(
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean>;
export function checkBundle(
  bundle: unknown,
  how: { keys: readonly Key[]; kept?: string; proof?: string[]; ask?: Ask },
): Promise<Report>;
export function checkConsistency(
  older: Head,
  newer: Head,
  how: { ask?: Ask; proof?: string[] },
): Promise<Fault[]>;
export function auditLog(
  checkpoint: string,
  keys: readonly Key[],
  ask: Pick<Ask, 'tile'>,
  more?: { keptLeaves?: Uint8Array; kept?: string },
): Promise<{ faults: Fault[]; leaves: Uint8Array[]; size: number | null }>;
export function askServer(
  host: string,
  get?: typeof fetch,
): Ask & {
  state: () => Promise<{ checkpoint: string; keys: { key: string; handover: string | null }[] }>;
  bundle: (subject: string) => Promise<unknown>;
};
export function preHash(event: Record<string, unknown>, outer?: unknown): string;
export function eventHash(event: Record<string, unknown>): Promise<string>;
