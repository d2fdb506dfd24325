/** Tracking as strangers meet it: nothing private, guesses run out, right codes never do. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunInCommune } from '#kernel/manifest';
import { groupCode } from '#kernel/ids';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { fileOnline, type Filed } from '../dossier/file.actions.ts';
import { move } from '../dossier/move.actions.ts';
import { clubFiling, CLUB, CLUB_FORM } from '../fixtures.ts';
import { importCatalogue } from '../procedure.actions.ts';
import { trackForStranger, trackView } from './track.ts';

const world = useWorld();
const run: RunInCommune = (work) => world.as(anonymous, work);
const lookUp = (code: string, lastFour: string, address: string) =>
  trackForStranger({ run, earlier: () => Promise.resolve([]) }, { code, lastFour }, address);
const notFound = { code: 'services.track.not_found', status: 404 };
let filed: Filed;

beforeAll(async () => {
  await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }));
  filed = await world.as(citizen(), (ctx) => fileOnline(ctx, clubFiling()));
});

describe('tracking', () => {
  it('takes the short code however it is typed, and the dossier code with four digits', async () => {
    for (const typed of [filed.trackingCode, groupCode(filed.trackingCode).toLowerCase()])
      expect((await lookUp(typed, '', '192.0.2.1')).code).toBe(filed.code);
    expect((await lookUp(filed.code, '0001', '192.0.2.1')).code).toBe(filed.code);
    await expect(lookUp(filed.code, '', '192.0.2.1')).rejects.toMatchObject(notFound);
    await expect(lookUp(filed.code, '0002', '192.0.2.1')).rejects.toMatchObject(notFound);
  });

  it('shows no name, no phone, no reason and no paper', async () => {
    const clerk = official('clerk');
    const other = await world.as(citizen(), (ctx) => fileOnline(ctx, clubFiling()));
    await world.as(clerk, (ctx) => move(ctx, other.id, 'receive', { note: 'bí mật' }));
    await world.as(clerk, (ctx) =>
      move(ctx, other.id, 'request_supplement', { papers: ['card'], reason: 'bí mật' }),
    );
    const view = trackView(await lookUp(other.trackingCode, '', '192.0.2.2'), 'vi');
    const shown = JSON.stringify(view);
    for (const secret of ['Ánh', '900000001', 'bí mật', 'Thẻ', other.id]) expect(shown).not.toContain(secret);
    expect(view.todo).not.toBeNull();
    expect(view.course.find((entry) => entry.state === 'stopped')).toBeDefined();
  });

  it('limits wrong tries by address; right ones cost nothing', async () => {
    for (let times = 0; times < 100; times += 1) await lookUp(filed.trackingCode, '', '192.0.2.3');
    for (let times = 0; times < 60; times += 1)
      await expect(lookUp('XXXXXXXX', '', '192.0.2.3')).rejects.toMatchObject(notFound);
    await expect(lookUp('XXXXXXXX', '', '192.0.2.3')).rejects.toMatchObject({
      code: 'too_many_requests',
      status: 429,
    });
    await expect(lookUp(filed.trackingCode, '', '192.0.2.4')).resolves.toBeDefined();
  });

  it('takes a thousand guesses at once for what they are', async () => {
    const other = await world.as(citizen(), (ctx) => fileOnline(ctx, clubFiling()));
    const guesses = Array.from({ length: 200 }, (_, at) => {
      const digits = at === 150 ? '0001' : String(2_000 + at);
      return lookUp(other.code, digits, `203.0.113.${at % 8}`).catch((thrown: { status: number }) => thrown);
    });
    const answers = await Promise.all(guesses);
    expect(answers.filter((one) => 'code' in one && one.code === other.code)).toEqual([]);
    expect(answers.filter((one) => 'status' in one && one.status === 404)).toHaveLength(20);
  });

  it('limits guesses of four digits for one dossier, from however many addresses', async () => {
    const other = await world.as(citizen(), (ctx) => fileOnline(ctx, clubFiling()));
    for (let times = 0; times < 20; times += 1) {
      const wrong = lookUp(other.code, String(1_000 + times), `198.51.100.${times}`);
      await expect(wrong).rejects.toMatchObject(notFound);
    }
    await expect(lookUp(other.code, '0001', '198.51.100.99')).rejects.toMatchObject({ status: 429 });
    await expect(lookUp(other.trackingCode, '', '198.51.100.99')).resolves.toBeDefined();
  });
});
