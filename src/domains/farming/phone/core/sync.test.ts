import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aWork } from '../../diary/fixtures.ts';
import { begin, finish, isUnsettled, type Item } from './outbox.ts';
import { Commune, isBad, Killed, Phone, type Weather } from './sync-fixture.ts';
import type { End } from './ask.ts';
import { sync } from './sync.ts';

let seq = 0;
function written(what: string, { draft = false, photo = false } = {}): Item {
  seq += 1;
  const base = aWork({ plot_ids: [crypto.randomUUID()], at: '2026-11-20', id: crypto.randomUUID() });
  const item = begin({ ...base, details: { what } } as Item['entry'], seq);
  const taken = { size: 5, digest: 'd', takenAt: '2026-11-20T00:00:00Z', done: false, refused: null };
  const photos = photo ? [{ id: crypto.randomUUID(), ...taken }] : [];
  return { ...(draft ? item : finish(item)), photos };
}

function put(phone: Phone, item: Item): Item {
  phone.put(item);
  for (const { id } of item.photos) phone.photos.set(id, new Uint8Array([1, 2, 3, 4, 9]));
  return item;
}

/** One life of the phone. */
async function live(phone: Phone, life = Infinity): Promise<End | 'killed'> {
  phone.life = life;
  try {
    const end = await sync(phone.ports());
    // Dead is dead, whatever the program made of it.
    return phone.life < 0 ? 'killed' : end;
  } catch (thrown) {
    if (thrown instanceof Killed) return 'killed';
    throw thrown;
  }
}

/** Nothing lost, nothing doubled, nothing said that is not so. */
function check(phone: Phone, commune: Commune, all: readonly Item[]): void {
  expect(commune.taken).toBe(commune.kept.size);
  for (const { id, entry, state } of all) {
    const item = phone.items.get(id);
    if (!item) expect(commune.kept.has(id), 'went from the phone, so the commune has it').toBe(true);
    if (item?.state === 'saved') expect(commune.kept.has(id)).toBe(true);
    if (commune.kept.has(id)) expect(commune.kept.get(id)).toEqual(entry);
    if (state === 'draft') expect(item).toMatchObject({ state: 'draft', entry });
  }
}

/** After calm: everything finished was answered. */
function checkEnd(phone: Phone, commune: Commune, all: readonly Item[]): void {
  check(phone, commune, all);
  for (const { id, entry, state, photos } of all.filter((item) => item.state !== 'draft')) {
    expect(commune.kept.has(id), state).toBe(!isBad(entry));
    const item = phone.items.get(id);
    if (isBad(entry)) expect(item && isUnsettled(item, [...phone.items.values()])).toBe(true);
    else expect(item, 'shown by the commune, so kept there').toBeUndefined();
    for (const photo of photos)
      expect(commune.photos.get(`/anh/${id}/${photo.id}`)?.length).toBe(isBad(entry) ? undefined : 5);
  }
}

describe('a sync', () => {
  it('may die at every single step', async () => {
    let life = 0;
    let end: End | 'killed' = 'killed';
    for (; end === 'killed'; life++) {
      const commune = new Commune();
      const phone = new Phone(commune);
      const all = [
        written('a', { photo: true }),
        written('x'),
        written('b', { draft: true }),
        written('c'),
      ].map((item) => put(phone, item));
      end = await live(phone, life);
      check(phone, commune, all);
      expect(await live(phone)).toBe('done');
      await live(phone);
      checkEnd(phone, commune, all);
    }
    expect(life, 'steps that it died at').toBeGreaterThan(40);
  });

  it('loses and doubles nothing in any weather, killed anywhere, replayed doubled and reversed', async () => {
    const weather = fc.constantFrom<Weather>(
      'fine',
      'request lost',
      'answer lost',
      'doubled',
      'commune down',
    );
    const what = fc.record({ bad: fc.boolean(), draft: fc.boolean(), photo: fc.boolean() });
    const day = fc.record({
      entries: fc.array(what, { maxLength: 3 }),
      life: fc.option(fc.nat(60), { nil: Infinity }),
      weather: fc.array(weather, { maxLength: 6 }),
      replay: fc.constantFrom('none', 'doubled', 'reversed'),
      signedIn: fc.boolean(),
      skew: fc.integer({ min: -3e10, max: 3e10 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 6 }), async (days) => {
        const commune = new Commune();
        const phone = new Phone(commune);
        const all: Item[] = [];
        for (const { entries, life, replay, signedIn, ...how } of days) {
          for (const { bad, ...kind } of entries) all.push(put(phone, written(bad ? 'x' : 'good', kind)));
          Object.assign(phone, how);
          commune.signedIn = signedIn ? phone.person : null;
          await live(phone, life);
          commune.signedIn = phone.person;
          const again = replay === 'none' ? [] : replay === 'doubled' ? phone.air : phone.air.toReversed();
          for (const asked of again) commune.answer(asked);
          check(phone, commune, all);
        }
        phone.weather = [];
        for (let calm = 0; calm < 3; calm++) expect(await live(phone)).toBe('done');
        checkEnd(phone, commune, all);
      }),
      { numRuns: 300 },
    );
  });

  it('of two windows at once doubles nothing', async () => {
    const commune = new Commune();
    const phone = new Phone(commune);
    const all = ['a', 'b', 'x'].map((what) => put(phone, written(what, { photo: true })));
    await Promise.all([live(phone), live(phone)]);
    await live(phone);
    checkEnd(phone, commune, all);
  });

  it('tells why it ended, and keeps everything', async () => {
    const commune = new Commune();
    const phone = new Phone(commune);
    const item = put(phone, written('a'));
    commune.signedIn = null;
    expect(await live(phone)).toBe('signed_out');
    commune.signedIn = 'somebody else';
    expect(await live(phone)).toBe('other_person');
    commune.signedIn = phone.person;
    commune.shutOut = true;
    expect(await live(phone)).toBe('shut_out');
    commune.shutOut = false;
    phone.weather = ['request lost'];
    expect(await live(phone)).toBe('offline');
    phone.weather = ['commune down'];
    expect(await live(phone)).toBe('busy');
    expect(phone.items.get(item.id)).toEqual(item);
    expect(commune.taken).toBe(0);
  });

  it('does not let one entry that nobody can read keep the others back', async () => {
    const commune = new Commune();
    const phone = new Phone(commune);
    const [good, bad] = [put(phone, written('a')), put(phone, written('too large'))];
    const ports = phone.ports();
    const ask: typeof ports.ask = async (path, init) =>
      String(init?.body).includes('too large')
        ? new Response(JSON.stringify({ code: 'farming.sync.too_large', params: {} }), { status: 413 })
        : ports.ask(path, init);
    expect(await sync({ ...ports, ask })).toBe('done');
    expect(commune.kept.has(good.id)).toBe(true);
    expect(phone.items.get(bad.id)).toMatchObject({
      state: 'refused',
      codes: [{ code: 'farming.sync.too_large' }],
    });
  });

  it('on a full phone still carries away what waits, which makes room', async () => {
    const commune = new Commune();
    const phone = new Phone(commune);
    const all = [put(phone, written('a', { photo: true })), put(phone, written('x'))];
    const ports = phone.ports();
    const full = new DOMException('no room', 'QuotaExceededError');
    const store = { ...ports.store, keepBundle: () => Promise.reject(full) };
    expect(await sync({ ...ports, store })).toBe('full');
    checkEnd(phone, commune, all);
    const broken = { ...ports.store, keepBundle: () => Promise.reject(new Error('damaged')) };
    await expect(sync({ ...ports, store: broken })).rejects.toThrow('damaged');
    expect(await live(phone)).toBe('done');
  });

  it('hears from every answer how wrong the clock is', async () => {
    const commune = new Commune();
    const phone = new Phone(commune);
    const ports = phone.ports();
    phone.skew = 3_600_000;
    const heard: number[] = [];
    const ask: typeof ports.ask = async (path, init) => {
      const answer = await ports.ask(path, init);
      answer.headers.set('date', new Date(Date.UTC(2026, 10, 23)).toUTCString());
      return answer;
    };
    expect(await sync({ ...ports, ask, clock: (ahead) => heard.push(ahead) })).toBe('done');
    expect(new Set(heard)).toEqual(new Set([3_600_000]));
  });

  it('forgets not what took the place of a refused one: it would stand there unsettled again', async () => {
    const commune = new Commune();
    const phone = new Phone(commune);
    const refused = put(phone, written('x'));
    await live(phone);
    const next = written('a');
    phone.put({ ...next, entry: { ...next.entry, instead_of: refused.id } });
    for (let calm = 0; calm < 3; calm++) expect(await live(phone)).toBe('done');
    expect(commune.kept.has(next.id)).toBe(true);
    const items = [...phone.items.values()];
    expect(isUnsettled(phone.items.get(refused.id)!, items)).toBe(false);
  });

  it('believes nobody who only looks like the commune', async () => {
    const phone = new Phone(new Commune());
    const item = put(phone, written('a'));
    const portal = () => Promise.resolve(new Response('<html>Wi-Fi</html>'));
    expect(await sync({ ...phone.ports(), ask: portal })).toBe('busy');
    expect(phone.items.get(item.id)).toEqual(item);
  });
});
