import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { foldText } from '#kernel/text';
import type { LocalDate } from '#kernel/time';
import { findHamlet } from '#domain/commune';
import { isInVietNam, readPoint } from './address.ts';
import { centreOf } from './centre.queries.ts';
import { notToCome, thingOf } from './guards.ts';
import { CONDITIONS, inUse, SURFACES, WORK_KINDS, type Work } from './work.ts';
import { readWork } from './work.queries.ts';

const WorkInput = z.object({
  name: line(150),
  hamletId: optional(Id).default(null),
  /** A point (`21.7223, 105.7703`) or a location code. */
  place: optional(z.string().max(100, 'input.too_big')).default(null),
});
export type WorkInput = z.input<typeof WorkInput>;

const NewWork = WorkInput.extend({
  kind: z.enum(WORK_KINDS),
  inUseFrom: Day,
  demo: z.boolean().default(false),
});
export type NewWork = z.input<typeof NewWork>;

/** Writes a public work into the register. @returns its id @throws AppError `input.invalid` */
export async function addWork(ctx: Ctx, input: NewWork): Promise<string> {
  const id = newId(ctx.now);
  allow(
    ctx,
    'places.work.edit',
    { kind: 'work', id, hamlet_id: input.hamletId ?? null },
    { added: input.name },
  );
  const given = checked(NewWork, input);
  notToCome(ctx, given.inUseFrom, 'inUseFrom');
  await ctx.db
    .insertInto('places_work')
    .values({
      commune_id: ctx.commune.id,
      id,
      kind: given.kind,
      in_use_from: given.inUseFrom,
      demo: given.demo,
      ...(await columnsOf(ctx, given)),
    })
    .execute();
  return id;
}

/** Changes what a work is called and where it is; how it stands is told by inspections. @throws AppError `places.work.not_found` */
export async function changeWork(ctx: Ctx, id: string, input: WorkInput): Promise<void> {
  const work = await readWork(ctx, id);
  allow(ctx, 'places.work.edit', thingOf(work), { name: input.name });
  const given = checked(WorkInput, input);
  await update(ctx, id, await columnsOf(ctx, given));
}

const Ending = z.object({ on: Day });

/** Takes a work out of use from a day on; it stays in the register. @throws AppError `places.work.ended` (409) */
export async function endWork(ctx: Ctx, id: string, input: z.input<typeof Ending>): Promise<void> {
  const work = await readWork(ctx, id);
  allow(ctx, 'places.work.edit', thingOf(work), { ended: input.on });
  const { on } = checked(Ending, input);
  if (work.endedOn !== null) refuse('places.work.ended', 409);
  notToCome(ctx, on, 'on');
  if (on <= work.inUseFrom) refuseField('on', 'places.work.before_use');
  await update(ctx, id, { ended_on: on });
}

const NewInspection = z.object({
  onDay: Day,
  condition: z.enum(CONDITIONS),
  /** It meets the standard of its kind. */
  atStandard: z.boolean(),
  /** Metres, for roads. */
  lengthM: optional(z.int().min(1).max(1_000_000)).default(null),
  hardenedM: optional(z.int().min(0).max(1_000_000)).default(null),
  surface: optional(z.enum(SURFACES)).default(null),
  /** Free wifi, for halls and schools. */
  wifi: optional(z.boolean()).default(null),
  note: optional(lines(1000)).default(null),
  /** An earlier inspection that was entered wrongly and shall no longer count. */
  replaces: optional(Id).default(null),
});
export type NewInspection = z.input<typeof NewInspection>;

/**
 * Adds how a work stood on a day; inspections are never changed. @returns its id
 * @throws AppError `places.work.not_found`; `input.invalid`: a road without its length, more hardened than long,
 * a day on which the work was not in use, a replaced inspection of another work
 */
export async function inspectWork(ctx: Ctx, workId: string, input: NewInspection): Promise<string> {
  const work = await readWork(ctx, workId);
  allow(ctx, 'places.work.inspect', thingOf(work), { on: input.onDay });
  const given = checked(NewInspection, input);
  notToCome(ctx, given.onDay, 'onDay');
  if (!inUse(work, given.onDay)) refuseField('onDay', 'places.work.not_in_use');
  const road = roadFigures(work, given);
  if (given.replaces !== null) await refuseBadReplaced(ctx, workId, given.replaces);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('places_inspection')
    .values({
      commune_id: ctx.commune.id,
      id,
      work_id: workId,
      on_day: given.onDay,
      condition: given.condition,
      at_standard: given.atStandard,
      ...road,
      wifi: work.kind === 'hall' || work.kind === 'school' ? given.wifi : null,
      note: given.note,
      replaces: given.replaces,
      at: ctx.now,
      by_actor: actorId(ctx.actor),
    })
    .execute();
  return id;
}

function roadFigures(work: Work, given: z.output<typeof NewInspection>) {
  if (work.kind !== 'road') return { length_m: null, hardened_m: null, surface: null };
  if (given.lengthM === null) refuseField('lengthM', 'input.missing');
  if (given.hardenedM === null) refuseField('hardenedM', 'input.missing');
  if (given.hardenedM > given.lengthM) refuseField('hardenedM', 'places.work.harder_than_long');
  return { length_m: given.lengthM, hardened_m: given.hardenedM, surface: given.surface };
}

async function refuseBadReplaced(ctx: Ctx, workId: string, replaces: string): Promise<void> {
  const found = await ctx.db
    .selectFrom('places_inspection as i')
    .leftJoin('places_inspection as r', (join) =>
      join.onRef('r.commune_id', '=', 'i.commune_id').onRef('r.replaces', '=', 'i.id'),
    )
    .select(['i.id', 'r.id as by'])
    .where('i.commune_id', '=', ctx.commune.id)
    .where('i.work_id', '=', workId)
    .where('i.id', '=', replaces)
    .executeTakeFirst();
  if (!found || found.by !== null) refuseField('replaces', 'input.unknown');
}

async function columnsOf(ctx: Ctx, given: z.output<typeof WorkInput>) {
  if (given.hamletId !== null && !(await findHamlet(ctx, given.hamletId)))
    refuseField('hamletId', 'input.unknown');
  const point = given.place === null ? null : readPoint(given.place, await centreOf(ctx));
  if (point === undefined) refuseField('place', 'places.bad_place');
  if (point !== null && !isInVietNam(point)) refuseField('place', 'places.not_in_viet_nam');
  return {
    name: given.name,
    search_text: foldText(given.name),
    hamlet_id: given.hamletId,
    lat: point?.lat ?? null,
    lng: point?.lng ?? null,
  };
}

type Columns = Partial<Awaited<ReturnType<typeof columnsOf>>> & { ended_on?: LocalDate };

async function update(ctx: Ctx, id: string, columns: Columns): Promise<void> {
  await ctx.db
    .updateTable('places_work')
    .set(columns)
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}
