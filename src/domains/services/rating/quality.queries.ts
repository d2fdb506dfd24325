/** The quality of a quarter: the nine indices by desk, unit and official, and the groups of QĐ 766/QĐ-TTg. */
import { sql, type SqlBool } from 'kysely';
import { officeCalendar } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import type { MeasureQuestion } from '#kernel/measures';
import { allow, may } from '#kernel/rights';
import { localDateOf, quarterRange, type Quarter } from '#kernel/time';
import { actionsBefore } from '../figures/due-on.ts';
import { decided, endOf, filedOnline, late, overdue, received } from '../figures/dossier-parts.ts';
import { count } from '../figures/dossier-measures.ts';
import { handlerOf } from '../figures/handler.ts';
import { MEASURES } from '../figures/measures.ts';
import { getProcedureVersion } from '../procedure.queries.ts';
import { factsOf, pointsOfSlip } from './facts.ts';
import { componentsOf, type Component } from './groups.ts';
import {
  pointsOfDossier,
  pointsOfOffice,
  type AgencyGrade,
  type IndexPoints,
  type OfficerGrade,
} from './indices.ts';
import { deskScore, officerScore, type Score } from './score.ts';
import { ownOfficials, seeRatingOf } from './see.ts';
import type { SlipAnswers } from './slip.actions.ts';

export type Quality = {
  question: MeasureQuestion;
  desk: Score<AgencyGrade>;
  units: Map<string, Score<OfficerGrade>>;
  /** Everybody's for leaders; an official sees his own alone. */
  officers: Map<string, Score<OfficerGrade>>;
  components: Component[];
};

/** The question of a quarter: to its end, or to today while it runs. */
export function quarterQuestion(now: Date, quarter: Quarter): MeasureQuestion {
  const { first, last } = quarterRange(quarter);
  const today = localDateOf(now);
  return { asOf: last < today ? last : today, from: first, scope: 'commune' };
}

/** @throws AppError `refused` (403) for those who are no officials */
export async function qualityOf(ctx: Ctx, question: MeasureQuestion): Promise<Quality> {
  allow(ctx, 'services.figures.see_work');
  const dossiers = await ratedDossiers(ctx, question);
  const slips = await slipsOf(ctx, question);
  const byUnit = (unit: string) => ({
    dossiers: dossiers.filter((one) => one.unit === unit).map(({ points }) => points),
    slips: slips.filter((one) => one.unit === unit).map(({ points }) => points),
  });
  const whole = { dossiers: dossiers.map(({ points }) => points), slips: slips.map(({ points }) => points) };
  const units = [...new Set(dossiers.map(({ unit }) => unit))].sort();
  return {
    question,
    desk: deskScore(whole, pointsOfOffice(await officeFacts(ctx, question))),
    units: new Map(units.map((unit) => [unit, officerScore(byUnit(unit))])),
    officers: await officerScores(ctx, dossiers, slips),
    components: await components766(ctx, question),
  };
}

type Rated = { handler: string | null; unit: string; points: IndexPoints };

async function ratedDossiers(ctx: Ctx, question: MeasureQuestion): Promise<Rated[]> {
  const query = await decided(ctx, question);
  const rows = await query.select(['d.id', 'd.procedure_code', 'd.procedure_version']).execute();
  const ids = rows.map((row) => row.id);
  const actions = await actionsBefore(ctx, ids, endOf(question));
  const calendar = await officeCalendar(ctx);
  const rated: Rated[] = [];
  for (const row of rows) {
    const procedure = await getProcedureVersion(ctx, row.procedure_code, row.procedure_version);
    const own = actions.get(row.id)!;
    const points = pointsOfDossier(factsOf(own, procedure, calendar));
    rated.push({ handler: handlerOf(own), unit: procedure.agency, points });
  }
  return rated;
}

async function slipsOf(ctx: Ctx, question: MeasureQuestion): Promise<Rated[]> {
  const rows = await ctx.db
    .selectFrom('services_rating')
    .select(['official_id', 'unit', 'scores'])
    .where('commune_id', '=', ctx.commune.id)
    .where('rated_on', '>=', question.from!)
    .where('rated_on', '<=', question.asOf)
    .execute();
  return rows.map((row) => ({
    handler: row.official_id,
    unit: row.unit,
    points: pointsOfSlip(row.scores as SlipAnswers),
  }));
}

async function officerScores(ctx: Ctx, dossiers: readonly Rated[], slips: readonly Rated[]) {
  const handlers = [...new Set(dossiers.flatMap(({ handler }) => handler ?? []))];
  const all = may(ctx, 'services.rating.see');
  const own = all ? [] : await ownOfficials(ctx);
  const shown = handlers.filter((id) => all || own.includes(id));
  const scores = new Map<string, Score<OfficerGrade>>();
  for (const id of shown) {
    await seeRatingOf(ctx, id);
    const mine = (list: readonly Rated[]) =>
      list.filter((one) => one.handler === id).map((one) => one.points);
    scores.set(id, officerScore({ dossiers: mine(dossiers), slips: mine(slips) }));
  }
  return scores;
}

/** Indices 6 and 8 have no source yet: what is posted on the wall, and complaints. */
async function officeFacts(ctx: Ctx, question: MeasureQuestion) {
  const law = await ctx.db
    .selectFrom('services_procedure_version')
    .select((q) => [
      q.fn.countAll<bigint>().as('all'),
      sql<bigint>`count(*) filter (where content -> 'online' ->> 'level' <> 'counter')`.as('online'),
    ])
    .where('commune_id', '=', ctx.commune.id)
    .where('valid_from', '<=', question.asOf)
    .where(sql<SqlBool>`(valid_to is null or valid_to >= ${question.asOf})`)
    .executeTakeFirstOrThrow();
  const online = await count(await filedOnline(ctx, question));
  const all = await count(await received(ctx, question));
  const notAtCounter = sql<SqlBool>`d.channel <> 'counter'`;
  const lateOnline = await count((await late(ctx, question)).where(notAtCounter));
  const overdueOnline = await count((await overdue(ctx, question)).where(notAtCounter));
  const procedures = Number(law.all);
  return {
    // Whatever this program knows is received and returned at the one-stop desk.
    atDesk: procedures > 0 ? 1 : null,
    publishedPosted: null,
    publishedOnline: null,
    complaintsHandled: null,
    online:
      procedures > 0 && all > 0
        ? {
            procedures: Number(law.online) / procedures,
            dossiers: online / all,
            overdue: lateOnline + overdueOnline > 0,
          }
        : null,
  };
}

async function components766(ctx: Ctx, question: MeasureQuestion): Promise<Component[]> {
  const share = async (name: string) => {
    const measure = MEASURES.find((one) => one.name === name)!;
    return (await measure.compute(ctx, question)).value;
  };
  return componentsOf({
    progress: await share('services.dossiers.progress_share'),
    electronicResult: await share('services.dossiers.electronic_result_share'),
    digitised: await share('services.dossiers.digitised_share'),
    content: await share('services.satisfaction.content_share'),
  });
}
