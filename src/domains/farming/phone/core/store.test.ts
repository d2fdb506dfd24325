import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { aWork } from '../../diary/fixtures.ts';
import type { Bundle } from './bundle.ts';
import { begin, finish, send } from './outbox.ts';
import {
  addPerson,
  changePin,
  deviceId,
  dropPerson,
  listPeople,
  makeCard,
  openBy,
  wipePhone,
} from './people.ts';
import { NewerRecord } from './records.ts';
import { Store } from './store.ts';
import { digestOf, lockValue, makeKey } from './vault.ts';

/** Few enough for a test; the program's own number is held to its floor below. */
const FEW = 1_000;
const someone = (name = 'Tô Thị Mẫu') => ({ id: crypto.randomUUID(), name });
const entry = () => aWork({ plot_ids: [crypto.randomUUID()], at: '2026-11-20' });
const opened = async () => {
  const { id } = someone();
  const key = await makeKey();
  return { id, key, store: await Store.open(id, key) };
};

describe('a person’s storage', () => {
  it('gives back what was put in, after a new start, and shows nothing of it to who looks in from outside', async () => {
    const { id, key, store } = await opened();
    const item = finish(begin({ ...entry(), details: { what: 'Bón phân chuồng' } } as never, 1));
    await store.add(item);
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    await store.addPhoto('photo', bytes);
    store.close();
    const again = await Store.open(id, key);
    expect(await again.items()).toEqual([item]);
    expect(await digestOf((await again.photo('photo'))!)).toBe(await digestOf(bytes));
    again.close();
    const raw = await openDB(`xa-diary-${id}`);
    const rows = JSON.stringify(await raw.getAll('items'), (_, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
    );
    expect(rows).not.toContain('phân');
    raw.close();
  });

  it('opens for its own key only', async () => {
    const { id, store } = await opened();
    await store.add(begin(entry(), 1));
    store.close();
    const other = await Store.open(id, await makeKey());
    await expect(other.items()).rejects.toThrow('does not open');
    other.close();
  });

  it('lets no change be overtaken by another', async () => {
    const { store } = await opened();
    const item = finish(begin(entry(), 1));
    await store.add(item);
    await Promise.all(Array.from({ length: 20 }, () => store.change(item.id, send)));
    expect((await store.items())[0]!.attempts).toBe(20);
  });

  it('keeps the newer of two bundles, in whatever order they come', async () => {
    const { store } = await opened();
    const at = (serverTime: string) => ({ bundle: { serverTime } as Bundle, etag: serverTime });
    await store.keepBundle(at('2026-11-23T02:00:00Z'));
    await store.keepBundle(at('2026-11-23T01:00:00Z'));
    expect((await store.keptBundle())!.etag).toBe('2026-11-23T02:00:00Z');
  });

  it('of the first program is brought to today’s shape with everything in it', async () => {
    const { id } = someone();
    const key = await makeKey();
    const old = await openDB(`xa-diary-${id}`, 1, {
      upgrade(db) {
        db.createObjectStore('items', { keyPath: 'id' });
        db.createObjectStore('kept', { keyPath: 'name' });
      },
    });
    for (const state of ['draft', 'waiting'] as const) {
      const it = entry();
      const record = { v: 1, item: { id: it.id, seq: 1, state, entry: it } };
      await old.put('items', { id: it.id, box: await lockValue(key, record, `${id}/items/${it.id}`) });
    }
    old.close();
    const store = await Store.open(id, key);
    const items = await store.items();
    expect(items.map(({ state, attempts }) => [state, attempts]).toSorted()).toEqual([
      ['draft', 0],
      ['waiting', 1],
    ]);
    await store.addPhoto('photo', new Uint8Array([1]));
    expect(await store.photo('photo')).toEqual(new Uint8Array([1]));
  });

  it('of a newer program is left alone', async () => {
    const { id, key, store } = await opened();
    store.close();
    const raw = await openDB(`xa-diary-${id}`);
    await raw.put('items', { id: 'x', box: await lockValue(key, { v: 99 }, `${id}/items/x`) });
    raw.close();
    const again = await Store.open(id, key);
    await expect(again.items()).rejects.toBeInstanceOf(NewerRecord);
    again.close();
    (await openDB(`xa-diary-${id}`, 99)).close();
    await expect(Store.open(id, key)).rejects.toThrow();
  });

  it('lets go when a newer program wants it', async () => {
    const { id } = someone();
    const outdated = vi.fn<() => void>();
    await Store.open(id, await makeKey(), { outdated });
    (await openDB(`xa-diary-${id}`, 99)).close();
    expect(outdated).toHaveBeenCalledOnce();
  });
});

describe('the people of a phone', () => {
  it('each open their own by PIN; the phone has one name for itself', async () => {
    const [a, b] = [someone('An'), someone('Bình')];
    await addPerson(b, '222222', FEW);
    const key = (await addPerson(a, '111111', FEW))!;
    expect((await listPeople()).map(({ name }) => name)).toEqual(['An', 'Bình']);
    const store = await Store.open(a.id, key);
    await store.add(begin(entry(), 1));
    store.close();
    const right = await openBy(a.id, { pin: '111111' });
    expect(right.state).toBe('open');
    const again = await Store.open(a.id, (right as { key: CryptoKey }).key);
    expect(await again.items()).toHaveLength(1);
    again.close();
    expect((await openBy(a.id, { pin: '222222' })).state).toBe('wrong');
    expect(await deviceId()).toBe(await deviceId());
  });

  it('are not added twice: the first key stays', async () => {
    const a = someone();
    await addPerson(a, '111111', FEW);
    expect(await addPerson(a, '999999', FEW)).toBeNull();
    expect((await openBy(a.id, { pin: '111111' })).state).toBe('open');
  });

  it('have to wait after five wrong PINs, also for the right one', async () => {
    const a = someone();
    await addPerson(a, '111111', FEW);
    const now = Date.now();
    for (let n = 0; n < 4; n++)
      expect(await openBy(a.id, { pin: '000000' }, now)).toEqual({ state: 'wrong', waitMs: 0 });
    expect(await openBy(a.id, { pin: '000000' }, now)).toEqual({ state: 'wrong', waitMs: 60_000 });
    expect(await openBy(a.id, { pin: '111111' }, now + 1_000)).toEqual({ state: 'wait', waitMs: 59_000 });
    expect((await openBy(a.id, { pin: '111111' }, now + 60_000)).state).toBe('open');
    expect(await openBy(a.id, { pin: '000000' }, now + 60_000)).toEqual({ state: 'wrong', waitMs: 0 });
  });

  it('may open by a card, of which the last one made is the only one', async () => {
    const a = someone();
    await addPerson(a, '111111', FEW);
    expect(await makeCard(a.id, '000000', FEW)).toBeNull();
    const first = (await makeCard(a.id, '111111', FEW))!;
    expect((await openBy(a.id, { card: first.toLowerCase() })).state).toBe('open');
    const second = (await makeCard(a.id, '111111', FEW))!;
    expect((await openBy(a.id, { card: first })).state).toBe('wrong');
    expect((await openBy(a.id, { card: second })).state).toBe('open');
    expect((await openBy(a.id, { card: 'no code' })).state).toBe('wrong');
  });

  it('change their PIN, and keep what they wrote', async () => {
    const a = someone();
    await addPerson(a, '111111', FEW);
    expect(await changePin(a.id, '000000', '222222')).toBe(false);
    expect(await changePin(a.id, '111111', '222222')).toBe(true);
    expect((await openBy(a.id, { pin: '111111' })).state).toBe('wrong');
    expect((await openBy(a.id, { pin: '222222' })).state).toBe('open');
    const person = (await listPeople()).find(({ id }) => id === a.id)!;
    expect(person.pin.iterations).toBeGreaterThanOrEqual(600_000);
  });

  it('go from the phone with key and storage, one of them or, where it is lost, all', async () => {
    const [a, b] = [someone(), someone()];
    const store = await Store.open(a.id, (await addPerson(a, '111111', FEW))!);
    await addPerson(b, '111111', FEW);
    await store.add(begin(entry(), 1));
    await dropPerson(a.id);
    expect((await listPeople()).map(({ id }) => id)).not.toContain(a.id);
    const names = (await indexedDB.databases()).map(({ name }) => name);
    expect(names).not.toContain(`xa-diary-${a.id}`);
    await wipePhone();
    expect(await listPeople()).toEqual([]);
    expect((await openBy(b.id, { pin: '111111' })).state).toBe('wrong');
  });
});
