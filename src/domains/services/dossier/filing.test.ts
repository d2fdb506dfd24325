import { beforeAll, describe, expect, it, vi } from 'vitest';
import { citizen, official, system, useWorld } from '#test/world';
import { addHamlet } from '#domain/commune';
import { CLUB, CLUB_FORM, clubFiling } from '../fixtures.ts';
import { importCatalogue } from '../procedure.actions.ts';
import { fileAtCounter, fileOnline } from './file.actions.ts';

const world = useWorld();
const clerk = official('clerk');

beforeAll(() => world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] })));

const file = (over = {}) => world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling(over)));

describe('filing', () => {
  it('gives consecutive codes to dossiers filed at the same moment', async () => {
    const now = new Date('2026-03-02T02:00:00Z');
    const filed = await Promise.all(
      Array.from({ length: 200 }, () => world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling()), { now })),
    );
    const codes = filed.map(({ code }) => code).sort();
    expect(codes).toEqual(
      Array.from({ length: 200 }, (_, at) => `H55.242-260302-${String(at + 1).padStart(4, '0')}`),
    );
  });

  it('makes one dossier of a submit repeated at the same moment', async () => {
    const filing = clubFiling();
    const filed = await Promise.all(
      Array.from({ length: 50 }, () => world.as(clerk, (ctx) => fileAtCounter(ctx, filing))),
    );
    expect(new Set(filed.map(({ id }) => id)).size).toBe(1);
    expect(filed.filter(({ again }) => !again)).toHaveLength(1);
  });

  it('refuses an answer to a question that the form does not ask', async () => {
    const answers = { ...clubFiling().answers, fullname: 'Nguyễn Thị Thử' };
    await expect(file({ answers })).rejects.toMatchObject({
      status: 422,
      fields: { 'answers.fullname': 'input.unrecognized_keys' },
    });
  });

  it('draws again when the tracking code is taken', async () => {
    const random = crypto.getRandomValues.bind(crypto);
    let kept: Uint8Array | undefined;
    let repeated = 0;
    const draw = vi.spyOn(crypto, 'getRandomValues').mockImplementation((into) => {
      random(into);
      if (!(into instanceof Uint8Array) || into.length !== 8) return into;
      if (kept && repeated === 0) {
        into.set(kept);
        repeated += 1;
      }
      kept ??= into.slice();
      return into;
    });
    const [first, second] = [await file(), await file()];
    draw.mockRestore();
    expect(repeated).toBe(1);
    expect(second.trackingCode).not.toBe(first.trackingCode);
    expect(second.code).not.toBe(first.code);
  });

  it('keeps numbers without gaps when a filing fails', async () => {
    const now = new Date('2026-03-03T02:00:00Z');
    await world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling()), { now });
    const broken = world.as(
      clerk,
      async (ctx) => {
        await fileAtCounter(ctx, clubFiling());
        throw new Error('the power went');
      },
      { now },
    );
    await expect(broken).rejects.toThrow('the power went');
    const next = await world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling()), { now });
    expect(next.code).toBe('H55.242-260303-0002');
  });

  it('counts past 9999', async () => {
    const now = new Date('2026-03-04T02:00:00Z');
    await world.owner.query(`insert into services_counter values ($1, 'dossier:H55.242', '260304', 9999)`, [
      world.commune.id,
    ]);
    const filed = await world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling()), { now });
    expect(filed.code).toBe('H55.242-260304-10000');
  });

  it('refuses wrong answers by field and changes nothing', async () => {
    const wrong = file({ answers: { full_name: '' } });
    await expect(wrong).rejects.toMatchObject({
      code: 'input.invalid',
      fields: { full_name: 'forms.required' },
    });
    await expect(file({ answers: { full_name: 'x'.repeat(81) } })).rejects.toMatchObject({
      fields: { full_name: 'forms.too_long' },
      fieldParams: { full_name: { max: 80 } },
    });
  });

  it('takes hamlets and people of this commune only', async () => {
    const hamletThere = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Phú Bắc' }), {
      commune: world.neighbour,
    });
    const hamletHere = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
    for (const hamletId of [hamletThere, '01900000-0000-7000-8000-000000000009'])
      await expect(file({ hamletId })).rejects.toMatchObject({ fields: { hamlet_id: 'input.unknown' } });
    const nobody = { ...clubFiling().applicant, residentId: '01900000-0000-7000-8000-000000000009' };
    await expect(file({ applicant: nobody })).rejects.toMatchObject({
      fields: { 'applicant.resident_id': 'input.unknown' },
    });
    expect(await file({ hamletId: hamletHere })).toMatchObject({ again: false });
  });

  it('is for the signed-in online and for clerks at the counter', async () => {
    const neighbourly = official();
    await expect(world.as(neighbourly, (ctx) => fileAtCounter(ctx, clubFiling()))).rejects.toMatchObject({
      code: 'refused',
    });
    const filed = await world.as(citizen(), (ctx) => fileOnline(ctx, clubFiling()));
    expect(filed.code).toMatch(/^H55\.242-\d{6}-\d{4}$/);
    await expect(
      world.as({ kind: 'anonymous' }, (ctx) => fileOnline(ctx, clubFiling())),
    ).rejects.toMatchObject({ status: 401 });
  });
});
