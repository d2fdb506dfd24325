/** A survey through its verbs: the draw, the visits, and that what was said leads to nobody. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { createResident, openHousehold } from '#domain/registry';
import type { Actor, Ctx } from '#kernel/context';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { drawSample } from './draw.ts';
import { drawSurvey, recordVisit } from './survey.actions.ts';
import { listSurveys, surveyHouseholds, surveyResults } from './survey.queries.ts';

const world = useWorld();
const leader = official('leader');
const clerk = official('clerk');
const NOW = { now: new Date('2024-03-31T09:00:00+07:00'), silent: true };
const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, more = NOW) => world.as(actor, work, more);
const ASKED = { title: 'Hài lòng về xã thông minh', question: 'Bà con hài lòng đến mức nào?' };
const draw = (size: number, actor: Actor = leader) =>
  as(actor, (ctx) => drawSurvey(ctx, { ...ASKED, size, closesOn: '2024-04-30' }));
const visit = (survey: string, household: string, score: number | null, actor: Actor = clerk) =>
  as(actor, (ctx) =>
    recordVisit(ctx, survey, household, { outcome: score === null ? 'not_met' : 'answered', score }),
  );
const sample = (survey: string) => as(clerk, (ctx) => surveyHouseholds(ctx, survey));
const results = (survey: string) => as(leader, (ctx) => surveyResults(ctx, survey));

beforeAll(async () => {
  await as(system, async (ctx) => {
    for (const [name, count] of [
      ['Khe Cốc', 14],
      ['Đồng Tâm', 3],
      ['Tân Thái', 9],
    ] as const) {
      const hamletId = await addHamlet(ctx, { name });
      for (let at = 0; at < count; at += 1) {
        const head = await createResident(ctx, {
          fullName: `Chủ Hộ ${'ABCDEGHIKLMNOP'[at]}`,
          birthDate: '1980-01-01',
        });
        await openHousehold(ctx, { hamletId, on: '2020-01-01', head: { residentId: head } });
      }
    }
  });
});

describe('a survey', () => {
  it('draws a sample that anybody draws again from what it keeps', async () => {
    const id = await draw(10);
    const drawn = await sample(id);
    expect(drawn.length).toBe(10);
    const { rows } = await world.owner.query('select seed, frame from criteria_survey where id = $1', [id]);
    expect(rows[0].frame.length).toBe(26);
    expect(drawSample(rows[0].frame, rows[0].seed, 10)).toEqual(drawn.map((one) => one.id));
    expect(await results(id)).toMatchObject({ drawHolds: true, visits: { open: 10 }, whole: null });
    const other = await sample(await draw(10));
    expect(other.map((one) => one.id)).not.toEqual(drawn.map((one) => one.id));
    await expect(draw(27)).rejects.toMatchObject({ code: 'criteria.survey.too_few' });
  });

  it('tells the whole with its margin, and no hamlet under five', async () => {
    const id = await draw(26);
    for (const [at, { id: household }] of (await sample(id)).entries())
      await visit(id, household, at % 4 === 0 ? 2 : 5);
    const found = await results(id);
    expect(found.visits).toEqual({ answered: 26, refused: 0, not_met: 0, open: 0 });
    expect(found.whole).toMatchObject({ answers: 26, content: 19 });
    const told = found.hamlets.map(({ name, result }) => [name, result === null]);
    // With the smallest alone hidden, the whole without the others would tell it.
    expect(told).toEqual([
      ['Khe Cốc', false],
      ['Đồng Tâm', true],
      ['Tân Thái', true],
    ]);
  });

  it('is answered once by a household, and not met is tried again', async () => {
    const id = await draw(5);
    const [first, second] = await sample(id);
    await visit(id, first!.id, null);
    await visit(id, first!.id, 4);
    await expect(visit(id, first!.id, 1)).rejects.toMatchObject({ code: 'criteria.survey.answered' });
    await expect(visit(id, second!.id, 6)).rejects.toMatchObject({ code: 'input.invalid' });
    const noScore = as(clerk, (ctx) => recordVisit(ctx, id, second!.id, { outcome: 'answered' }));
    await expect(noScore).rejects.toMatchObject({ fields: { score: 'criteria.survey.score' } });
    const late = { ...NOW, now: new Date('2024-05-01T09:00:00+07:00') };
    const after = as(clerk, (ctx) => recordVisit(ctx, id, second!.id, { outcome: 'refused' }), late);
    await expect(after).rejects.toMatchObject({ code: 'criteria.survey.closed' });
  });

  it('leaves no way from an answer to its household: neither row, nor trail', async () => {
    const id = await draw(5);
    const [first] = await sample(id);
    await visit(id, first!.id, 3);
    const { rows } = await world.owner.query('select * from criteria_survey_answer where survey_id = $1', [
      id,
    ]);
    expect(Object.keys(rows[0]).sort()).toEqual(['commune_id', 'hamlet_id', 'id', 'score', 'survey_id']);
    const trail = await world.owner.query(
      `select subject_id, detail from audit_entry e left join audit_detail d on d.entry_id = e.id
       where action = 'criteria.survey.record'`,
    );
    expect(JSON.stringify(trail.rows)).not.toContain(first!.id);
  });

  it('is drawn by leaders and specialists, recorded at the desk, read by officials', async () => {
    const id = await draw(5, official('specialist'));
    for (const actor of [anonymous, citizen(), official('auditor'), clerk])
      await expect(draw(5, actor)).rejects.toMatchObject({ code: /sign_in_needed|refused/ });
    for (const actor of [anonymous, citizen(), official('auditor')])
      await expect(as(actor, (ctx) => surveyHouseholds(ctx, id))).rejects.toMatchObject({
        code: /sign_in_needed|refused/,
      });
    expect((await as(official('auditor'), listSurveys)).length).toBeGreaterThan(0);
    for (const actor of [anonymous, citizen()])
      await expect(as(actor, (ctx) => surveyResults(ctx, id))).rejects.toMatchObject({
        code: /sign_in_needed|refused/,
      });
  });
});
