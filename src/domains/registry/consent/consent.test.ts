import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { localDate } from '#kernel/time';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { hasConsent } from '../index.ts';
import { clerk, scan, someone } from '../own/own-fixture.ts';
import { giveConsent, withdrawConsent } from './consent.actions.ts';
import { consentsOf, openConsentPaper } from './consent.queries.ts';
import { carries, CONSENT_PURPOSES, textOf, textOn, type ConsentText } from './consent-text.ts';

const world = useWorld();
const wording = textOn('news', localDate('2026-11-20'))!.version;
const news = { purpose: 'news', wording } as const;
const has = (id: string, purpose = news.purpose as 'news' | 'survey') =>
  world.as(system, (ctx) => hasConsent(ctx, id, purpose));
let khe: string, dap: string;

beforeAll(async () => {
  khe = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  dap = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Đập Tràn' }));
});

describe('a consent', () => {
  it('is not there until it is given, holds for its purpose alone, and not after it was withdrawn', async () => {
    const { id, actor } = await someone(world);
    expect(await has(id)).toBe(false);
    await world.as(actor, (ctx) => giveConsent(ctx, id, news));
    expect([await has(id), await has(id, 'survey')]).toEqual([true, false]);
    await world.as(actor, (ctx) => withdrawConsent(ctx, id, 'news'));
    expect(await has(id)).toBe(false);
    await world.as(actor, (ctx) => withdrawConsent(ctx, id, 'news'));
    await world.as(actor, (ctx) => giveConsent(ctx, id, news));
    const history = await world.as(actor, (ctx) => consentsOf(ctx, id));
    expect(history.map(({ holds, way, withdrawnAt }) => [holds, way, withdrawnAt !== null])).toEqual([
      [true, 'own', false],
      [false, 'own', true],
    ]);
  });

  it('sent twice is one, also at the same moment', async () => {
    const { id, actor } = await someone(world);
    const give = () => world.as(actor, (ctx) => giveConsent(ctx, id, news));
    await Promise.all([give(), give(), give()]);
    await give();
    expect(await world.as(actor, (ctx) => consentsOf(ctx, id))).toHaveLength(1);
  });

  it('is the person’s own, or the clerk’s with a signed paper', async () => {
    const { id, actor } = await someone(world, { hamletId: khe });
    const other = await someone(world);
    const give = (as: Parameters<typeof world.as>[0], more = {}) =>
      world.as(as, (ctx) => giveConsent(ctx, id, { ...news, ...more }));
    for (const stranger of [
      other.actor,
      citizen(),
      official('leader'),
      official('police'),
      official('hamlet_head'),
    ])
      await expect(give(stranger, { paper: scan })).rejects.toMatchObject({ code: 'refused' });
    await expect(give(anonymous)).rejects.toMatchObject({ code: 'sign_in_needed' });
    await expect(give(clerk)).rejects.toMatchObject({
      fields: { paper: 'registry.consent.paper_needed' },
    });
    expect(await has(id)).toBe(false);
    await give(clerk, { paper: scan });
    const [kept] = await world.as(actor, (ctx) => consentsOf(ctx, id));
    expect(kept).toMatchObject({ way: 'counter', holds: true, paper: scan });
    expect(await world.as(clerk, (ctx) => openConsentPaper(ctx, id, kept!.id))).toEqual(scan);
    await expect(world.as(other.actor, (ctx) => withdrawConsent(ctx, id, 'news'))).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(
      world.as(clerk, (ctx) => giveConsent(ctx, id, news), { commune: world.neighbour }),
    ).rejects.toMatchObject({ code: 'registry.resident.not_found' });
  });

  it('is seen by those who read the register, of a hamlet its head’s', async () => {
    const { id } = await someone(world, { hamletId: khe });
    const other = await someone(world);
    const see = (as: Parameters<typeof world.as>[0]) => world.as(as, (ctx) => consentsOf(ctx, id));
    const head = (hamletId: string) => official({ role: 'hamlet_head', hamletId });
    expect(await see(head(khe))).toEqual([]);
    for (const stranger of [head(dap), other.actor, citizen(), official('digital_team')])
      await expect(see(stranger)).rejects.toMatchObject({ code: 'refused' });
    const elsewhere = world.as(clerk, (ctx) => consentsOf(ctx, id), { commune: world.neighbour });
    await expect(elsewhere).rejects.toMatchObject({ status: 404 });
  });

  it('is to the text that was shown: an outdated form is refused', async () => {
    const { id, actor } = await someone(world);
    await expect(
      world.as(actor, (ctx) => giveConsent(ctx, id, { ...news, wording: '2020-01' })),
    ).rejects.toMatchObject({ code: 'registry.consent.text_changed' });
  });

  it('of somebody who has died holds no more', async () => {
    const { id, actor } = await someone(world);
    await world.as(actor, (ctx) => giveConsent(ctx, id, news));
    await world.owner.query(`update registry_resident set deceased_on = '2026-01-02' where id = $1`, [id]);
    expect(await has(id)).toBe(false);
    await expect(world.as(actor, (ctx) => giveConsent(ctx, id, news))).rejects.toMatchObject({ status: 409 });
  });

  it('follows a record that was merged into another', async () => {
    const [old, kept] = [await someone(world), await someone(world)];
    await world.as(old.actor, (ctx) => giveConsent(ctx, old.id, news));
    await world.owner.query('update registry_resident set merged_into = $2 where id = $1', [old.id, kept.id]);
    expect([await has(kept.id), await has(old.id)]).toEqual([true, true]);
    await world.as(old.actor, (ctx) => withdrawConsent(ctx, kept.id, 'news'));
    expect(await has(kept.id)).toBe(false);
  });
});

describe('the texts', () => {
  const day = localDate;
  const texts: ConsentText[] = [
    {
      version: '2026-01',
      validFrom: day('2026-01-01'),
      validTo: day('2026-03-31'),
      continues: [],
      text: { vi: 'a', en: 'a' },
    },
    {
      version: '2026-04',
      validFrom: day('2026-04-01'),
      validTo: day('2026-08-31'),
      continues: ['2026-01'],
      text: { vi: 'b', en: 'b' },
    },
    {
      version: '2026-09',
      validFrom: day('2026-09-01'),
      validTo: null,
      continues: [],
      text: { vi: 'c', en: 'c' },
    },
  ];

  it('carry an earlier agreement only where they say that they continue it', () => {
    const on = (version: string, at: string) => carries('news', version, day(at), texts);
    expect([on('2026-01', '2026-03-31'), on('2026-01', '2026-04-01'), on('2026-01', '2026-09-01')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([on('2026-04', '2026-09-01'), on('2026-09', '2026-09-01'), on('2026-09', '2025-12-31')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('stand for every purpose, one at a time', () => {
    for (const purpose of CONSENT_PURPOSES) {
      const asked = textOn(purpose, day('2026-11-23'))!;
      expect(textOf(purpose, asked.version)).toBe(asked);
    }
  });
});
