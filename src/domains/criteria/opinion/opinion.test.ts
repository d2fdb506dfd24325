/** Consultations and comments through their verbs, and who may do and read what. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Ctx } from '#kernel/context';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { catalogSets, SMART_COMMUNE } from '../catalog.ts';
import { draftSet, publishSet } from '../set.actions.ts';
import { commentIndicator, commentsOf } from './comment.ts';
import { answerOpinion, giveOpinion, openConsultation } from './consultation.actions.ts';
import { countOpinions, listConsultations, openOpinions, shownOpinions } from './consultation.queries.ts';

const world = useWorld();
const leader = official('leader');
const NOW = { now: new Date('2024-03-31T09:00:00+07:00'), silent: true };
const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, now = NOW.now) =>
  world.as(actor, work, { ...NOW, now });
const refused = { code: /sign_in_needed|refused/ };
const ASKED = { title: 'Đường và đèn', question: 'Xóm còn thiếu gì?', closesOn: '2024-04-30' };
let consultation: string;
const give = (actor: Actor, body: string, unit: string | null = null) =>
  as(actor, (ctx) => giveOpinion(ctx, consultation, { body, unit }));

beforeAll(async () => {
  await as(system, async (ctx) => {
    await draftSet(ctx, catalogSets()[0]!);
    await publishSet(ctx, SMART_COMMUNE, { from: '2023-06-01' });
  });
  consultation = await as(leader, (ctx) => openConsultation(ctx, ASKED));
});

describe('a consultation', () => {
  it('collects opinions, and shows everybody those that were answered, without names', async () => {
    const lamp = await give(citizen(), 'Đèn ở ngã ba hỏng');
    const road = await give(official('hamlet_head'), 'Đường nên mở rộng', 'Chi hội Phụ nữ');
    await give(citizen(), 'Chưa ai trả lời');
    const answer = (id: string, shown: boolean) =>
      as(leader, (ctx) => answerOpinion(ctx, id, { body: 'Xã sẽ làm', taken: 'taken', shown }));
    await answer(lamp, true);
    await answer(road, false);
    const told = await as(anonymous, shownOpinions);
    expect(told.map(({ body }) => body)).toEqual(['Đèn ở ngã ba hỏng']);
    expect(JSON.stringify(told)).not.toContain('Người dân Thử');
    const desk = await as(official('clerk'), (ctx) => openOpinions(ctx, consultation));
    expect(desk.opinions.map(({ author, unit }) => [author, unit])).toEqual([
      ['Người dân Thử', null],
      ['Cán bộ Thử', 'Chi hội Phụ nữ'],
      ['Người dân Thử', null],
    ]);
    expect((await as(leader, countOpinions)).get(consultation)).toEqual({ given: 3, waiting: 1 });
    await answer(lamp, false);
    expect(await as(anonymous, shownOpinions)).toEqual([]);
  });

  it('takes opinions to the end of its last day', async () => {
    const at = (day: string, time: string) => new Date(`${day}T${time}+07:00`);
    const late = (when: Date) =>
      as(citizen(), (ctx) => giveOpinion(ctx, consultation, { body: 'Muộn' }), when);
    await late(at('2024-04-30', '23:59:00'));
    await expect(late(at('2024-05-01', '00:00:00'))).rejects.toMatchObject({
      code: 'criteria.consultation.closed',
    });
    const [found] = await as(anonymous, listConsultations, at('2024-05-01', '00:00:00'));
    expect(found).toMatchObject({ title: ASKED.title, open: false });
    const past = as(leader, (ctx) => openConsultation(ctx, { ...ASKED, closesOn: '2024-03-30' }));
    await expect(past).rejects.toMatchObject({ fields: { closesOn: 'criteria.consultation.day_past' } });
  });

  it('is opened by leaders, answered by leaders and specialists, read whole at the desk', async () => {
    const id = await give(citizen(), 'Ai được trả lời?');
    for (const actor of [anonymous, citizen(), official('clerk'), official('auditor')]) {
      await expect(as(actor, (ctx) => openConsultation(ctx, ASKED))).rejects.toMatchObject(refused);
      const answer = { body: 'Không', taken: 'not_taken', shown: true } as const;
      await expect(as(actor, (ctx) => answerOpinion(ctx, id, answer))).rejects.toMatchObject(refused);
    }
    await expect(give(anonymous, 'Không tên')).rejects.toMatchObject({ code: 'sign_in_needed' });
    for (const actor of [anonymous, citizen(), official('hamlet_head')])
      await expect(as(actor, (ctx) => openOpinions(ctx, consultation))).rejects.toMatchObject(refused);
  });
});

describe('a comment', () => {
  it('is written by officials and inspectors under an indicator that exists', async () => {
    const place = { set: SMART_COMMUNE, indicator: '2.1.1' };
    await as(official('auditor'), (ctx) => commentIndicator(ctx, place, { body: 'Cần ảnh' }));
    await as(official('clerk'), (ctx) => commentIndicator(ctx, place, { body: 'Đã bổ sung' }));
    const found = await as(leader, (ctx) => commentsOf(ctx, place));
    expect(found.map(({ body }) => body)).toEqual(['Cần ảnh', 'Đã bổ sung']);
    const nowhere = { ...place, indicator: '9.9.9' };
    await expect(as(leader, (ctx) => commentIndicator(ctx, nowhere, { body: 'x' }))).rejects.toMatchObject({
      status: 404,
    });
    for (const actor of [anonymous, citizen(), official('hamlet_head')]) {
      await expect(as(actor, (ctx) => commentIndicator(ctx, place, { body: 'x' }))).rejects.toMatchObject(
        refused,
      );
      await expect(as(actor, (ctx) => commentsOf(ctx, place))).rejects.toMatchObject(refused);
    }
  });
});
