/** Who keeps a diary on this phone: names, and keys that only their owners open. */
import { newId, normalizeCode, randomCode } from '#kernel/ids';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { dropStore } from './store.ts';
import { NO_TRIES, oneMore, waitLeft, type Tries } from './tries.ts';
import { makeKey, unwrapKey, wrapKey, type Wrapped } from './vault.ts';

/** A person of this phone. The name is what he chose to be found by. */
export type PhonePerson = { id: string; name: string; pin: Wrapped; card: Wrapped | null; tries: Tries };
type Schema = DBSchema & {
  people: { key: string; value: PhonePerson };
  phone: { key: string; value: { key: 'device'; id: string } };
};

export const PIN_FORM = /^\d{6}$/;
/** Signs of a card's code, four bits each. */
const CARD_SIGNS = 28;
const DURABLE = { durability: 'strict' } as const;

export type Opening =
  { state: 'open'; key: CryptoKey } | { state: 'wrong'; waitMs: number } | { state: 'wait'; waitMs: number };

function open(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>('xa-diary', 1, {
    upgrade(db) {
      db.createObjectStore('people', { keyPath: 'id' });
      db.createObjectStore('phone', { keyPath: 'key' });
    },
  });
}

async function using<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const db = await open();
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** Everybody on this phone, by name. */
export async function listPeople(): Promise<PhonePerson[]> {
  const people = await using((db) => db.getAll('people'));
  return people.toSorted((a, b) => a.name.localeCompare(b.name, 'vi'));
}

/** This phone's id, made at the first asking. */
export function deviceId(): Promise<string> {
  return using(async (db) => {
    const change = db.transaction('phone', 'readwrite', DURABLE);
    const known = await change.store.get('device');
    const id = known?.id ?? newId();
    if (!known) await change.store.put({ key: 'device', id });
    await change.done;
    return id;
  });
}

/**
 * Takes somebody in, under a PIN of six digits.
 * @param iterations less only in tests
 * @returns the key; null where he is on this phone already
 */
export async function addPerson(
  { id, name }: { id: string; name: string },
  pin: string,
  iterations?: number,
): Promise<CryptoKey | null> {
  const made = await makeKey();
  const wrapped = await wrapKey(made, pin, iterations);
  const person: PhonePerson = { id, name, pin: wrapped, card: null, tries: NO_TRIES };
  const added = await using(async (db) => {
    const change = db.transaction('people', 'readwrite', DURABLE);
    // Never over somebody's key: what it locks could not be read any more.
    const known = await change.store.get(id);
    if (!known) await change.store.add(person);
    await change.done;
    return !known;
  });
  return added ? unwrapKey(wrapped, pin) : null;
}

/** Opens by PIN, or by what a card says. Every look counts before it is known to be wrong. */
export async function openBy(
  id: string,
  secret: { pin: string } | { card: string },
  now = Date.now(),
): Promise<Opening> {
  return navigator.locks.request('xa-diary/tries', async () => {
    const person = await using((db) => db.get('people', id));
    if (!person) return { state: 'wrong', waitMs: 0 } as const;
    const left = waitLeft(person.tries, now);
    if (left > 0) return { state: 'wait', waitMs: left } as const;
    const tries = oneMore(person.tries, now);
    await change(id, (one) => ({ ...one, tries }));
    const key = await keyOf(person, secret);
    if (!key) return { state: 'wrong', waitMs: waitLeft(tries, now) } as const;
    await change(id, (one) => ({ ...one, tries: NO_TRIES }));
    return { state: 'open', key } as const;
  }) as Promise<Opening>;
}

async function keyOf(
  { pin, card }: PhonePerson,
  secret: { pin: string } | { card: string },
  again = false,
): Promise<CryptoKey | null> {
  if ('pin' in secret) return unwrapKey(pin, secret.pin, again);
  const code = normalizeCode(secret.card, CARD_SIGNS);
  return card && code ? unwrapKey(card, code, again) : null;
}

/**
 * Makes a personal card; an older one opens nothing from then on.
 * @returns its code, to be printed as a QR code or written down; null for a wrong PIN
 */
export async function makeCard(id: string, pin: string, iterations?: number): Promise<string | null> {
  const key = await ownKey(id, pin);
  if (!key) return null;
  const code = randomCode(CARD_SIGNS);
  const card = await wrapKey(key, code, iterations);
  await change(id, (one) => ({ ...one, card }));
  return code;
}

/** @returns false for a wrong PIN */
export async function changePin(id: string, pin: string, next: string): Promise<boolean> {
  const key = await ownKey(id, pin);
  if (!key) return false;
  const wrapped = await wrapKey(key, next);
  await change(id, (one) => ({ ...one, pin: wrapped }));
  return true;
}

async function ownKey(id: string, pin: string): Promise<CryptoKey | null> {
  // Counted like any other try.
  if ((await openBy(id, { pin })).state !== 'open') return null;
  const person = await using((db) => db.get('people', id));
  return person ? keyOf(person, { pin }, true) : null;
}

async function change(id: string, move: (person: PhonePerson) => PhonePerson): Promise<void> {
  await using(async (db) => {
    const work = db.transaction('people', 'readwrite', DURABLE);
    const person = await work.store.get(id);
    if (person) await work.store.put(move(person));
    await work.done;
  });
}

/** Takes somebody off this phone: first the key, without which the rest is noise, then the rest. */
export async function dropPerson(id: string): Promise<void> {
  await using(async (db) => {
    const work = db.transaction('people', 'readwrite', DURABLE);
    await Promise.all([work.store.delete(id), work.done]);
  });
  await dropStore(id);
}

/** The phone was reported lost: nobody's key stays on it. */
export async function wipePhone(): Promise<void> {
  const people = await listPeople();
  await using(async (db) => {
    const work = db.transaction('people', 'readwrite', DURABLE);
    await Promise.all([work.store.clear(), work.done]);
  });
  for (const { id } of people) await dropStore(id);
}
