/** One's own dossiers through the verbs: what is shown, what may be done, and that other people's are not there. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Ctx } from '#kernel/context';
import { appointOfficial } from '#domain/registry';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { decideDossier } from '../dossier/decide.actions.ts';
import { fileOnline } from '../dossier/file.actions.ts';
import { move } from '../dossier/move.actions.ts';
import { AN_OFFICIAL, clubFiling, CLUB, CLUB_FORM } from '../fixtures.ts';
import { importCatalogue } from '../procedure.actions.ts';
import { receiptOf } from '../papers/receipt-of-dossier.ts';
import { answerSlip, openSlip } from '../rating/slip.actions.ts';
import { ownCourse } from './course.ts';
import { ownSlip, supplyPapers, withdrawOwn } from './mine.actions.ts';
import { myDossiers, ownDossier } from './mine.queries.ts';

const world = useWorld();
const clerk = official('clerk', 'leader');
const notFound = { code: 'services.dossier.not_found', status: 404 };
const file = (mark: string) => ({ hash: mark.repeat(64), size: 900, mediaType: 'image/jpeg', pages: null });

let someone = '';

beforeAll(async () => {
  await world.as(system, (ctx: Ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }));
  someone = await world.as(system, (ctx) => appointOfficial(ctx, AN_OFFICIAL));
});

async function filed(actor: Actor): Promise<string> {
  return (await world.as(actor, (ctx) => fileOnline(ctx, clubFiling()))).id;
}

async function asked(actor: Actor): Promise<string> {
  const id = await filed(actor);
  await world.as(clerk, (ctx) => move(ctx, id, 'receive', {}));
  await world.as(clerk, (ctx) => move(ctx, id, 'request_supplement', { papers: ['card'], reason: 'Ảnh mờ' }));
  return id;
}

describe('one’s own dossiers', () => {
  it('are listed newest first; nobody else’s is there, in either commune', async () => {
    const me = citizen();
    const [first, second] = [await filed(me), await filed(me)];
    const page = { offset: 0, limit: 20 };
    const { total, lines } = await world.as(me, (ctx) => myDossiers(ctx, page));
    expect([total, lines.map((line) => line.id)]).toEqual([2, [second, first]]);
    expect((await world.as(citizen(), (ctx) => myDossiers(ctx, page))).total).toBe(0);
    await expect(world.as(anonymous, (ctx) => myDossiers(ctx, page))).rejects.toMatchObject({ status: 401 });
    for (const [actor, id, commune] of [
      [citizen(), first, world.commune],
      [me, first, world.neighbour],
      [me, 'nonsense', world.commune],
      [clerk, first, world.commune],
    ] as const)
      await expect(world.as(actor, (ctx) => ownDossier(ctx, id!), { commune })).rejects.toMatchObject(
        notFound,
      );
  });

  it('tell the citizen what concerns him and keep the office’s own moves out', async () => {
    const me = citizen();
    const id = await asked(me);
    await world.as(clerk, (ctx) => move(ctx, id, 'remark', { text: 'nội bộ' }));
    const own = await world.as(me, (ctx) => ownDossier(ctx, id));
    const course = ownCourse(own.actions, own.procedure, 'vi');
    expect(course).toHaveLength(3);
    expect(course.at(-1)).toMatchObject({ note: 'Thẻ. Ảnh mờ', state: 'stopped' });
    expect(JSON.stringify(course)).not.toContain('nội bộ');
  });
});

it('the receipt names to the citizen who received the dossier', async () => {
  const me = citizen();
  const id = await filed(me);
  const receiver = official('clerk');
  const post = { ...AN_OFFICIAL, fullName: 'Người Tiếp Nhận', userId: receiver.userId };
  await world.as(system, (ctx) => appointOfficial(ctx, post));
  await world.as(receiver, (ctx) => move(ctx, id, 'receive', {}));
  const paper = await world.as(me, async (ctx) =>
    receiptOf(ctx, await ownDossier(ctx, id), 'https://xa.example', ['given']),
  );
  expect(JSON.stringify(paper)).toContain('Người Tiếp Nhận');
});

describe('supplying papers', () => {
  it('takes all that was asked for, once, and starts the clock anew', async () => {
    const me = citizen();
    const id = await asked(me);
    const supply = [{ paperCode: 'card', name: 'the.jpg', file: file('b') }];
    await expect(world.as(me, (ctx) => supplyPapers(ctx, id, []))).rejects.toMatchObject({
      code: 'services.supplement.incomplete',
    });
    await expect(
      world.as(me, (ctx) => supplyPapers(ctx, id, [...supply, { ...supply[0]!, paperCode: 'gold' }])),
    ).rejects.toMatchObject({ code: 'services.paper.unknown' });
    await expect(world.as(citizen(), (ctx) => supplyPapers(ctx, id, supply))).rejects.toMatchObject(notFound);
    for (let times = 0; times < 2; times += 1) await world.as(me, (ctx) => supplyPapers(ctx, id, supply));
    const own = await world.as(me, (ctx) => ownDossier(ctx, id));
    expect(own.dossier.state).toBe('received');
    expect(own.files.map((one) => one.paperCode)).toEqual(['card']);
    expect(own.actions.filter((action) => action.kind === 'supplement')).toHaveLength(1);
  });

  it('is refused when nothing was asked for', async () => {
    const me = citizen();
    const id = await filed(me);
    await expect(world.as(me, (ctx) => supplyPapers(ctx, id, []))).rejects.toMatchObject({ status: 409 });
  });
});

describe('taking back and rating', () => {
  it('withdraws one’s own, and nobody else’s', async () => {
    const me = citizen();
    const id = await filed(me);
    await expect(world.as(citizen(), (ctx) => withdrawOwn(ctx, id, undefined))).rejects.toMatchObject(
      notFound,
    );
    const { dossier } = await world.as(me, (ctx) => withdrawOwn(ctx, id, 'Không cần nữa'));
    expect(dossier.state).toBe('withdrawn');
  });

  it('opens the slip of one’s own finished dossier; the earlier link ends, and a used slip opens no more', async () => {
    const me = citizen();
    const id = await filed(me);
    await expect(world.as(me, (ctx) => ownSlip(ctx, id))).rejects.toMatchObject({
      code: 'services.slip.not_open',
    });
    await world.as(clerk, (ctx) => move(ctx, id, 'receive', {}));
    await world.as(clerk, (ctx) => move(ctx, id, 'assign', { to: someone }));
    await world.as(clerk, (ctx) =>
      decideDossier(ctx, id, {
        outcome: 'granted',
        medium: 'paper',
        signerId: null,
        signerName: 'Chủ tịch',
        attachmentId: null,
      }),
    );
    const first = await world.as(me, (ctx) => ownSlip(ctx, id));
    await expect(world.as(citizen(), (ctx) => ownSlip(ctx, id))).rejects.toMatchObject(notFound);
    const second = await world.as(me, (ctx) => ownSlip(ctx, id));
    await expect(world.as(anonymous, (ctx) => openSlip(ctx, first))).rejects.toMatchObject({ status: 404 });
    const slip = { scores: { time: 2 as const }, comment: null, way: 'link' as const };
    await world.as(anonymous, (ctx) => answerSlip(ctx, second, slip));
    await expect(world.as(me, (ctx) => ownSlip(ctx, id))).rejects.toMatchObject({ status: 409 });
  });
});
