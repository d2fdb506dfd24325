import { describe, expect, it } from 'vitest';
import type { AuditNote } from './audit.ts';
import { Recent } from './recent.ts';

const NOON = new Date('2024-03-31T12:00:00+07:00');
const commune = { id: 1, slug: 'x', name: 'X', agencyCode: 'H1', demo: true };
const deed: AuditNote = { action: 'a.b.c', outcome: 'done', subjectKind: null, subjectId: null, detail: {} };
const begin = (recent: Recent, more: { now?: Date; trail?: AuditNote[]; id?: number } = {}) =>
  recent.during({
    commune: { ...commune, id: more.id ?? 1 },
    now: more.now ?? NOON,
    trail: more.trail ?? [],
  });
let count = 0;
const next = () => Promise.resolve((count += 1));

describe('what was worked out a moment ago', () => {
  it('is given again within a second, to the same commune, under the same key', async () => {
    const recent = new Recent();
    const first = await begin(recent)('key', next);
    expect(await begin(recent)('key', next)).toBe(first);
    expect(await begin(recent, { now: new Date(+NOON + 1000) })('key', next)).toBe(first);
    expect(await begin(recent, { id: 2 })('key', next)).not.toBe(first);
    expect(await begin(recent)('other', next)).not.toBe(first);
    expect(await begin(recent, { now: new Date(+NOON + 1001) })('key', next)).not.toBe(first);
  });

  it('is worked out anew as soon as something was written', async () => {
    const recent = new Recent();
    const first = await begin(recent)('key', next);
    recent.wrote(2);
    expect(await begin(recent)('key', next)).toBe(first);
    recent.wrote(1);
    const second = await begin(recent)('key', next);
    expect(second).not.toBe(first);
    expect(await begin(recent)('key', next)).toBe(second);
  });

  it('is never given to the transaction that writes, nor taken from it', async () => {
    const recent = new Recent();
    const first = await begin(recent)('key', next);
    const own = await begin(recent, { trail: [deed] })('key', next);
    expect(own).not.toBe(first);
    expect(await begin(recent)('key', next)).toBe(first);
  });

  it('is not kept where something was written while it was worked out', async () => {
    const recent = new Recent();
    const during = begin(recent);
    recent.wrote(1);
    const early = await during('key', next);
    expect(await begin(recent)('key', next)).not.toBe(early);
  });

  it('forgets the oldest', async () => {
    const recent = new Recent();
    const first = await begin(recent)('key', next);
    for (let at = 0; at < 400; at += 1) await begin(recent)(`key ${at}`, next);
    expect(await begin(recent)('key', next)).not.toBe(first);
  });
});
