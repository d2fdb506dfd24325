import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { emit, enqueue } from '#kernel/events';
import { newId } from '#kernel/ids';
import { checked, Day, Email, Id, line, optional, Phone, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { foldText } from '#kernel/text';
import { addDays, localDateOf, startOfDay, type LocalDate } from '#kernel/time';
import { findHamlet } from '#domain/commune';
import { OFFICIAL_UNITS, type Official } from './official.ts';
import { findOfficial } from './official.queries.ts';

const OfficialInput = z.object({
  fullName: line(100),
  post: line(120),
  postEn: optional(line(120)).default(null),
  unit: z.enum(OFFICIAL_UNITS),
  phone: optional(Phone).default(null),
  zalo: optional(Phone).default(null),
  email: optional(Email).default(null),
  hamletId: optional(Id).default(null),
  /** Stands in the public directory. */
  public: z.boolean().default(true),
  position: z.int().min(0).max(10_000).default(0),
});

export const NewOfficial = OfficialInput.extend({
  userId: optional(line(100)).default(null),
  termFrom: Day,
  termTo: optional(Day).default(null),
  demo: z.boolean().default(false),
});
export type NewOfficial = z.input<typeof NewOfficial>;
export type OfficialChange = z.input<typeof OfficialInput>;

/**
 * Writes an official into the register for one term. @returns the id
 * @throws AppError `input.invalid`: a term that ends before it begins, a hamlet of another commune
 */
export async function appointOfficial(ctx: Ctx, input: NewOfficial): Promise<string> {
  const id = newId(ctx.now);
  allow(
    ctx,
    'registry.official.edit',
    { kind: 'official', id },
    { appointed: input.fullName, post: input.post },
  );
  const given = checked(NewOfficial, input);
  if (given.termTo !== null && given.termTo < given.termFrom)
    refuseField('termTo', 'registry.official.term_backwards');
  await refuseForeignHamlet(ctx, given.hamletId);
  await ctx.db
    .insertInto('registry_official')
    .values({
      commune_id: ctx.commune.id,
      id,
      user_id: given.userId,
      term_from: given.termFrom,
      term_to: given.termTo,
      demo: given.demo,
      ...columnsOf(given),
    })
    .execute();
  if (given.termTo !== null) await tellAtEnd(ctx, id, given.termTo);
  return id;
}

/** Changes what stands in the register; the term has its own verb. @throws AppError `registry.official.not_found` */
export async function changeOfficial(ctx: Ctx, id: string, input: OfficialChange): Promise<void> {
  allow(ctx, 'registry.official.edit', { kind: 'official', id });
  const given = checked(OfficialInput, input);
  mustExist(await findOfficial(ctx, id), 'registry.official');
  await refuseForeignHamlet(ctx, given.hamletId);
  await update(ctx, id, columnsOf(given));
}

/** Says which sign-in the official has, or that there is none. */
export async function linkOfficial(ctx: Ctx, id: string, userId: string | null): Promise<void> {
  allow(ctx, 'registry.official.edit', { kind: 'official', id }, { user: userId });
  mustExist(await findOfficial(ctx, id), 'registry.official');
  await update(ctx, id, { user_id: userId });
}

const Leaving = z.object({ leavesOn: optional(Day).default(null) });

/**
 * Ends a term. From `leavesOn` (today unless told) the official is out of office: gone from the directory and
 * the roster, covering nobody. `registry.official.left` is told then, at once or on that day.
 * @throws AppError `registry.official.not_found`; `input.invalid` when the term had not begun
 */
export async function endOfficial(ctx: Ctx, id: string, input: z.input<typeof Leaving> = {}): Promise<void> {
  allow(ctx, 'registry.official.edit', { kind: 'official', id }, { leavesOn: input.leavesOn ?? null });
  const leavesOn = checked(Leaving, input).leavesOn ?? localDateOf(ctx.now);
  const official = mustExist(await findOfficial(ctx, id), 'registry.official');
  if (leavesOn < official.termFrom) refuseField('leavesOn', 'registry.official.term_backwards');
  const lastDay = addDays(leavesOn, -1);
  await update(ctx, id, { term_to: lastDay, left_told_at: null });
  await ctx.db
    .deleteFrom('registry_duty')
    .where('commune_id', '=', ctx.commune.id)
    .where('official_id', '=', id)
    .where('day', '>', lastDay)
    .execute();
  if (leavesOn <= localDateOf(ctx.now)) await tellLeft(ctx, { id });
  else await tellAtEnd(ctx, id, lastDay);
}

/** The job that waits for the end of a term; says nothing when the term was changed meanwhile, or it was told. */
export async function tellLeft(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  allow(ctx, 'registry.official.tell_left', { kind: 'official', id: String(data.id) });
  const told = await ctx.db
    .updateTable('registry_official')
    .set({ public: false, left_told_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', String(data.id))
    .where('term_to', '<', localDateOf(ctx.now))
    .where('left_told_at', 'is', null)
    .returning(['id', 'user_id', 'term_to', 'unit'])
    .executeTakeFirst();
  if (!told) return;
  const { id, user_id, term_to: last_day, unit } = told;
  await emit(ctx, 'registry.official.left', { official_id: id, user_id, last_day, unit });
}

/** Queues {@link tellLeft} for the first moment after the term; a changed term replaces the waiting job. */
async function tellAtEnd(ctx: Ctx, id: string, lastDay: LocalDate): Promise<void> {
  const at = startOfDay(addDays(lastDay, 1));
  await enqueue(ctx, 'registry.official.tell_left', { id }, { at, key: `registry.official.left:${id}` });
}

function columnsOf(given: z.output<typeof OfficialInput>) {
  return {
    full_name: given.fullName,
    search_text: foldText(given.fullName),
    post: given.post,
    post_en: given.postEn,
    unit: given.unit,
    phone: given.phone,
    zalo: given.zalo,
    email: given.email,
    hamlet_id: given.hamletId,
    public: given.public,
    position: given.position,
  };
}

type Columns = Partial<ReturnType<typeof columnsOf>> & {
  user_id?: Official['userId'];
  term_to?: LocalDate;
  left_told_at?: null;
};

async function update(ctx: Ctx, id: string, columns: Columns): Promise<void> {
  await ctx.db
    .updateTable('registry_official')
    .set(columns)
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

async function refuseForeignHamlet(ctx: Ctx, hamletId: string | null): Promise<void> {
  if (hamletId !== null && !(await findHamlet(ctx, hamletId))) refuseField('hamletId', 'input.unknown');
}
