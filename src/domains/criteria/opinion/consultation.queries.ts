import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import type { Taken } from './consultation.actions.ts';

export type Consultation = {
  id: string;
  title: string;
  question: string;
  closesOn: LocalDate;
  open: boolean;
};

export type Answered = { body: string; taken: Taken; shown: boolean };
export type Opinion = {
  id: string;
  consultationId: string;
  unit: string | null;
  body: string;
  /** For the desk alone. */
  author: string;
  at: Date;
  answer: Answered | null;
};

/** Every consultation, those still open first. */
export async function listConsultations(ctx: Ctx): Promise<Consultation[]> {
  allow(ctx, 'criteria.opinion.read');
  const rows = await ctx.db
    .selectFrom('criteria_consultation')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('closes_on', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => viewOf(ctx, row));
}

function viewOf(ctx: Ctx, row: Awaited<ReturnType<typeof consultationRow>>): Consultation {
  const closesOn = localDate(row.closes_on);
  const { id, title, question } = row;
  return { id, title, question, closesOn, open: closesOn >= localDateOf(ctx.now) };
}

/** What everybody may read: opinions that were answered and may be shown, without names. */
export async function shownOpinions(ctx: Ctx): Promise<Omit<Opinion, 'author'>[]> {
  allow(ctx, 'criteria.opinion.read');
  const shown = (await readOpinions(ctx)).filter(({ answer }) => answer?.shown === true);
  return shown.map(({ id, consultationId, unit, body, at, answer }) => {
    return { id, consultationId, unit, body, at, answer };
  });
}

/** A consultation with every opinion and its answer, for the desk. @throws AppError `criteria.consultation.not_found` */
export async function openOpinions(
  ctx: Ctx,
  id: string,
): Promise<{ consultation: Consultation; opinions: Opinion[] }> {
  allow(ctx, 'criteria.opinion.list', { kind: 'criteria_consultation', id });
  const consultation = viewOf(ctx, await consultationRow(ctx, id));
  return { consultation, opinions: await readOpinions(ctx, id) };
}

/** How many opinions each consultation has, and how many of them wait for an answer. */
export async function countOpinions(ctx: Ctx): Promise<Map<string, { given: number; waiting: number }>> {
  allow(ctx, 'criteria.opinion.list');
  const counts = new Map<string, { given: number; waiting: number }>();
  for (const { consultationId, answer } of await readOpinions(ctx)) {
    const { given, waiting } = counts.get(consultationId) ?? { given: 0, waiting: 0 };
    counts.set(consultationId, { given: given + 1, waiting: waiting + (answer ? 0 : 1) });
  }
  return counts;
}

async function readOpinions(ctx: Ctx, consultation?: string): Promise<Opinion[]> {
  const rows = await ctx.db
    .selectFrom('criteria_opinion')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .$if(consultation !== undefined, (query) => query.where('consultation_id', '=', consultation!))
    .orderBy('given_at')
    .orderBy('id')
    .execute();
  const answers = await answersOf(ctx);
  return rows.map((row) => ({
    id: row.id,
    consultationId: row.consultation_id,
    unit: row.unit,
    body: row.body,
    author: row.author_name,
    at: row.given_at,
    answer: answers.get(row.id) ?? null,
  }));
}

/** The latest answer to each opinion. */
async function answersOf(ctx: Ctx): Promise<Map<string, Answered>> {
  const rows = await ctx.db
    .selectFrom('criteria_opinion_answer')
    .select(['opinion_id', 'body', 'taken', 'shown'])
    .distinctOn('opinion_id')
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('opinion_id')
    .orderBy('answered_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return new Map(
    rows.map(({ opinion_id, body, taken, shown }) => [opinion_id, { body, taken: taken as Taken, shown }]),
  );
}

/** Without a right of its own. @throws AppError `criteria.consultation.not_found` (404) */
export async function consultationRow(ctx: Ctx, id: string) {
  const row = isId(id)
    ? await ctx.db
        .selectFrom('criteria_consultation')
        .selectAll()
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  return mustExist(row, 'criteria.consultation');
}
