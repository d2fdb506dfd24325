import { beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '#kernel/context';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { fileAtCounter } from './dossier/file.actions.ts';
import { loadDossier } from './dossier/record.ts';
import { CLUB, CLUB_FORM, clubFiling } from './fixtures.ts';
import { printFile } from './exchange.ts';
import {
  beginDraft,
  dropDraft,
  importCatalogue,
  importDraft,
  publishDraft,
  saveDraft,
} from './procedure.actions.ts';
import { draftDesk, editableProcedures, findDraft, procedureHistory } from './procedure-draft.queries.ts';
import { draftFrom } from './procedure-history.ts';
import { findProcedureOn } from './procedure.queries.ts';
import { ProcedureFile } from './procedure.ts';

const world = useWorld();
const admin = official('admin');
const now = new Date('2026-03-10T09:00:00+07:00');
const at = { now };
const { code } = CLUB;
const club = CLUB.versions[0]!;
const shorter = { ...draftFrom(club), timeLimit: { ...club.timeLimit!, amount: 2 } };

beforeAll(async () => {
  for (const commune of [world.commune, world.neighbour]) {
    await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }), {
      commune,
    });
  }
});

describe('editing a procedure', () => {
  it('is for administrators alone', async () => {
    for (const actor of [anonymous, citizen(), official('leader', 'clerk')]) {
      for (const verb of [
        (ctx: Ctx) => saveDraft(ctx, code, shorter),
        (ctx: Ctx) => publishDraft(ctx, code, '2026-05-01'),
        (ctx: Ctx) => dropDraft(ctx, code),
        (ctx: Ctx) => editableProcedures(ctx),
        (ctx: Ctx) => procedureHistory(ctx, code),
        (ctx: Ctx) => beginDraft(ctx, code),
        (ctx: Ctx) => importDraft(ctx, printFile(CLUB), true),
        (ctx: Ctx) => draftDesk(ctx, code),
      ]) {
        const tried = world.as(actor, (ctx) => verb(ctx) as Promise<unknown>, at);
        await expect(tried).rejects.toMatchObject({ status: actor === anonymous ? 401 : 403 });
      }
    }
  });

  it('refuses what is no draft by its places, another code, an unknown procedure, a day not ahead', async () => {
    const save = (as: string, input: unknown) => world.as(admin, (ctx) => saveDraft(ctx, as, input), at);
    await expect(save(code, { ...shorter, name: { vi: '', en: 'x' } })).rejects.toMatchObject({
      code: 'input.invalid',
      fields: { 'name.vi': expect.any(String) as string },
    });
    for (const hostile of [null, [], 'x', { ...shorter, steps: [] }, { ...shorter, script: '<script>' }])
      await expect(save(code, hostile)).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(save('9.999999', shorter)).rejects.toMatchObject({ code: 'services.procedure.other_code' });
    await expect(save('9.999999', { ...shorter, code: '9.999999' })).rejects.toMatchObject({ status: 404 });
    await save(code, shorter);
    for (const day of ['2026-03-10', '2026-01-01'])
      await expect(world.as(admin, (ctx) => publishDraft(ctx, code, day), at)).rejects.toMatchObject({
        code: 'services.procedure.not_ahead',
      });
    await expect(world.as(admin, (ctx) => publishDraft(ctx, code, 'mai'), at)).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });

  it('publishes from a day on; what was filed keeps its version, the neighbour its own', async () => {
    const filed = await world.as(official('clerk'), (ctx) => fileAtCounter(ctx, clubFiling()), at);
    await world.as(admin, (ctx) => saveDraft(ctx, code, shorter), at);
    const published = await world.as(admin, (ctx) => publishDraft(ctx, code, '2026-04-01'), at);
    expect(published).toMatchObject({ version: 2, validFrom: '2026-04-01', validTo: null });
    await world.as(
      admin,
      async (ctx) => {
        expect(await findDraft(ctx, code)).toBeUndefined();
        expect((await findProcedureOn(ctx, code, '2026-03-31'))?.version).toBe(1);
        expect((await findProcedureOn(ctx, code, '2026-04-01'))?.timeLimit?.amount).toBe(2);
        const history = await procedureHistory(ctx, code);
        expect(history.map(({ validTo }) => validTo)).toEqual(['2026-03-31', null]);
        expect(ProcedureFile.safeParse({ code, versions: history }).success).toBe(true);
        const { procedure } = await loadDossier(ctx, filed.id);
        expect([procedure.version, procedure.timeLimit?.amount]).toEqual([1, 5]);
      },
      at,
    );
    const later = { now: new Date('2026-04-02T09:00:00+07:00') };
    const next = await world.as(official('clerk'), (ctx) => fileAtCounter(ctx, clubFiling()), later);
    await world.as(admin, async (ctx) => {
      expect((await loadDossier(ctx, next.id)).procedure.version).toBe(2);
    });
    const theirs = await world.as(admin, (ctx) => procedureHistory(ctx, code), { commune: world.neighbour });
    expect(theirs).toHaveLength(1);
  });

  it('lists what is in force, what is to come, and the day on which the next may begin', async () => {
    const [list, desk] = await world.as(
      admin,
      async (ctx) => [await editableProcedures(ctx), await draftDesk(ctx, code)] as const,
      at,
    );
    expect(list).toMatchObject([
      { code, current: { version: 1 }, next: { version: 2, validFrom: '2026-04-01' }, hasDraft: false },
    ]);
    expect(desk).toMatchObject({ kept: null, earliest: '2026-04-02' });
    const onceMore = { ...shorter, timeLimit: { ...shorter.timeLimit, amount: 1 } };
    await world.as(admin, (ctx) => saveDraft(ctx, code, onceMore), at);
    const early = world.as(admin, (ctx) => publishDraft(ctx, code, '2026-04-01'), at);
    await expect(early).rejects.toMatchObject({ status: 409 });
    await world.as(admin, (ctx) => dropDraft(ctx, code), at);
  });

  it('shows a past day with the last day that its version has by now', async () => {
    const past = await world.as(citizen(), (ctx) => findProcedureOn(ctx, code, '2026-03-20'), at);
    expect(past).toMatchObject({ version: 1, validTo: '2026-03-31' });
  });

  it('refuses to publish the same again', async () => {
    await world.as(admin, (ctx) => saveDraft(ctx, code, shorter), at);
    await expect(world.as(admin, (ctx) => publishDraft(ctx, code, '2026-05-01'), at)).rejects.toMatchObject({
      status: 409,
    });
  });
});

describe('a draft that two people write', () => {
  const save = (seen: string | null, amount: number, minute: string) =>
    world.as(
      admin,
      (ctx) => saveDraft(ctx, code, { ...shorter, timeLimit: { ...shorter.timeLimit, amount } }, { seen }),
      { now: new Date(`2026-03-10T10:${minute}:00+07:00`) },
    );
  const seenNow = async () =>
    (await world.as(admin, (ctx) => draftDesk(ctx, code), at)).kept?.changedAt.toISOString() ?? null;

  it('is not overwritten, nor published, by who has not seen it', async () => {
    await world.as(admin, (ctx) => dropDraft(ctx, code), at);
    await save(null, 4, '01');
    const first = await seenNow();
    await save(first, 6, '02');
    const moved = { code: 'services.procedure.draft_moved_on', status: 409 };
    await expect(save(first, 7, '03')).rejects.toMatchObject(moved);
    await expect(save(null, 7, '03')).rejects.toMatchObject(moved);
    const publish = (seen: string | null) =>
      world.as(admin, (ctx) => publishDraft(ctx, code, '2026-06-01', { seen }), at);
    await expect(publish(first)).rejects.toMatchObject(moved);
    expect((await world.as(admin, (ctx) => findDraft(ctx, code), at))?.timeLimit?.amount).toBe(6);
    await save(await seenNow(), 7, '04');
  });

  it('is begun once, from the newest version', async () => {
    expect(await world.as(admin, (ctx) => beginDraft(ctx, code), at)).toBe(false);
    await world.as(admin, (ctx) => dropDraft(ctx, code), at);
    expect(await world.as(admin, (ctx) => beginDraft(ctx, code), at)).toBe(true);
    expect((await world.as(admin, (ctx) => findDraft(ctx, code), at))?.timeLimit?.amount).toBe(2);
  });

  it('comes from a file, but not over another draft unless told so, and never unknown or broken', async () => {
    const bring = (text: string, replace = false) =>
      world.as(admin, (ctx) => importDraft(ctx, text, replace), at);
    await expect(bring(printFile(CLUB))).rejects.toMatchObject({ code: 'services.procedure.draft_exists' });
    expect((await bring(printFile(CLUB), true)).timeLimit?.amount).toBe(5);
    expect(await world.as(admin, (ctx) => procedureHistory(ctx, code), at)).toHaveLength(2);
    const other = printFile(CLUB).replaceAll(code, '9.000009');
    await expect(bring(other)).rejects.toMatchObject({ code: 'services.procedure.file_unknown' });
    const broken = printFile(CLUB).replaceAll('"share": 20', '"share": 21');
    await expect(bring(broken, true)).rejects.toMatchObject({
      code: 'services.procedure.file_invalid',
      fields: { 'versions.0.steps': 'services.procedure.steps_not_whole' },
    });
  });

  it('asks for a form that the commune has, and that asks what its papers depend on', async () => {
    const card = club.papers[0]!;
    const papers = [{ ...card, condition: { op: 'present', field: 'no_such_question' } }];
    for (const [change, wrong] of [
      [{ form: { id: 'club', version: 9 } }, 'form_unknown'],
      [{ papers }, 'form_lacks'],
    ] as const)
      await expect(
        world.as(admin, (ctx) => saveDraft(ctx, code, { ...shorter, ...change }), at),
      ).rejects.toMatchObject({ fields: { form: `services.procedure.${wrong}` } });
    await world.as(admin, (ctx) => dropDraft(ctx, code), at);
  });
});

describe('a later file', () => {
  const commune = () => ({ commune: world.neighbour });
  const closing = (lastDay: string) =>
    ProcedureFile.parse({
      code,
      versions: [
        { ...club, validTo: lastDay },
        { ...club, ...shorter, version: 2, validFrom: '2026-07-01' },
      ],
    });
  const bring = (file: ProcedureFile) =>
    world.as(system, (ctx) => importCatalogue(ctx, { procedures: [file], forms: [] }), commune());

  it('is refused whole where it would end a version before dossiers filed on it', async () => {
    await world.as(official('clerk'), (ctx) => fileAtCounter(ctx, clubFiling()), {
      ...commune(),
      now: new Date('2026-06-20T09:00:00+07:00'),
    });
    await expect(bring(closing('2026-05-31'))).rejects.toMatchObject({
      code: 'services.procedure.before_filed',
    });
    const history = await world.as(admin, (ctx) => procedureHistory(ctx, code), commune());
    expect(history.map(({ validTo }) => validTo)).toEqual([null]);
  });

  it('closes the version that was open, once, and adds the next', async () => {
    expect(await bring(closing('2026-06-30'))).toBe(1);
    expect(await bring(closing('2026-06-25'))).toBe(0);
    const history = await world.as(admin, (ctx) => procedureHistory(ctx, code), commune());
    expect(history.map(({ validTo }) => validTo)).toEqual(['2026-06-30', null]);
  });
});
