import { z } from 'zod';
import { findHamlet } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, Email, Id, line, lines, optional, Phone, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { searchText } from './search-text.ts';
import { addDays, type LocalDate } from '#kernel/time';
import { KINDS, STANDARDS } from './producer.ts';
import { findProducer, lockProducer, readStandards, thingOf } from './producer.queries.ts';
import { holdsOn, overlaps } from '#kernel/span';
import { TRADES } from './trade.ts';

const Website = line(200).refine(
  (text) => /^https?:\/\/[^\s/$.?#].\S*$/i.test(text) && URL.canParse(text),
  'producers.bad_website',
);

const ProducerInput = z.object({
  kind: z.enum(KINDS),
  name: line(150),
  registrationNumber: optional(line(40)).default(null),
  hamletId: optional(Id).default(null),
  address: optional(line(200)).default(null),
  headName: optional(line(100)).default(null),
  phone: optional(Phone).default(null),
  email: optional(Email).default(null),
  website: optional(Website).default(null),
  about: optional(lines(2000)).default(null),
  aboutEn: optional(lines(2000)).default(null),
  trades: z
    .array(z.enum(TRADES as [string, ...string[]]))
    .max(6, 'input.too_big')
    .default([]),
  /** The day on which it began. */
  from: Day,
});
export type ProducerInput = z.input<typeof ProducerInput>;
type Checked = z.output<typeof ProducerInput>;

const NewProducer = ProducerInput.extend({ demo: z.boolean().default(false) });
export type NewProducer = z.input<typeof NewProducer>;

/**
 * Writes a producer into the register. @returns its id
 * @throws AppError `input.invalid`; `producers.name_taken` (409) where one of that kind and name works already
 */
export async function addProducer(ctx: Ctx, input: NewProducer): Promise<string> {
  const id = newId(ctx.now);
  const hamlet_id = typeof input.hamletId === 'string' ? input.hamletId : null;
  allow(ctx, 'producers.producer.edit', { kind: 'producer', id, hamlet_id }, { added: input.name });
  const given = checked(NewProducer, input);
  await refuseForeignHamlet(ctx, given.hamletId);
  await refuseTakenName(ctx, given);
  const slug = await freeSlug(ctx, given.name);
  await ctx.db
    .insertInto('producers_producer')
    .values({
      commune_id: ctx.commune.id,
      id,
      slug,
      demo: given.demo,
      created_at: ctx.now,
      ...columnsOf(given),
    })
    .execute();
  return id;
}

/**
 * Changes what stands in the register, if nobody else did since it was opened.
 * @param version the `version` that the official saw
 * @throws AppError `producers.producer.not_found`, `producers.changed_meanwhile` (409), `producers.name_taken` (409)
 */
export async function changeProducer(
  ctx: Ctx,
  id: string,
  input: ProducerInput,
  version: number,
): Promise<void> {
  const before = await lockProducer(ctx, id);
  allow(ctx, 'producers.producer.edit', thingOf(id, before));
  const known = mustExist(before, 'producers.producer');
  const given = checked(ProducerInput, input);
  // Also where it goes to: who has one hamlet cannot hand a producer to another.
  allow(ctx, 'producers.producer.edit', { kind: 'producer', id, hamlet_id: given.hamletId });
  await refuseForeignHamlet(ctx, given.hamletId);
  if (known.last !== null && given.from > known.last) refuseField('from', 'producers.backwards');
  if (searchText(given.name) !== searchText(known.name)) await refuseTakenName(ctx, given, id);
  const done = await ctx.db
    .updateTable('producers_producer')
    .set((eb) => ({ ...columnsOf(given), version: eb('version', '+', 1) }))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new AppError('producers.changed_meanwhile', 409);
}

const Ending = z.object({ lastDay: Day });

/**
 * Says on which day a producer worked last. Members, standards and certificates hold no longer than it does.
 * @throws AppError `producers.producer.not_found`, `producers.ended` (409)
 */
export async function endProducer(ctx: Ctx, id: string, input: z.input<typeof Ending>): Promise<void> {
  const before = await lockProducer(ctx, id);
  allow(ctx, 'producers.producer.edit', thingOf(id, before), { ended: input.lastDay });
  const producer = mustExist(before, 'producers.producer');
  const { lastDay } = checked(Ending, input);
  if (producer.last !== null) throw new AppError('producers.ended', 409);
  if (lastDay < producer.from) refuseField('lastDay', 'producers.backwards');
  await ctx.db
    .updateTable('producers_producer')
    .set((eb) => ({ last_day: lastDay, version: eb('version', '+', 1) }))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

const NewStandard = z.object({
  standard: z.enum(STANDARDS),
  from: Day,
  last: optional(Day).default(null),
  source: optional(line(300)).default(null),
});
export type NewStandard = z.input<typeof NewStandard>;

/**
 * Says by which standard a producer works from a day on; one that goes on until then ends the day before.
 * @returns the id of the span
 * @throws AppError `producers.producer.not_found`, `producers.standard_overlaps` (409)
 */
export async function setStandard(ctx: Ctx, producerId: string, input: NewStandard): Promise<string> {
  const before = await lockProducer(ctx, producerId);
  allow(ctx, 'producers.producer.edit', thingOf(producerId, before), { standard: input.standard });
  const producer = mustExist(before, 'producers.producer');
  const given = checked(NewStandard, input);
  if (given.last !== null && given.last < given.from) refuseField('last', 'producers.backwards');
  if (!holdsOn(producer, given.from)) refuseField('from', 'producers.outside');
  const all = await readStandards(ctx, producerId);
  const running = all.find((one) => one.last === null && one.from < given.from);
  if (all.some((one) => one !== running && overlaps(one, given)))
    throw new AppError('producers.standard_overlaps', 409, {}, { from: 'producers.standard_overlaps' });
  if (running) await closeStandard(ctx, running.id, given.from);
  const id = newId(ctx.now);
  const { standard, from: from_day, last: last_day, source } = given;
  await ctx.db
    .insertInto('producers_standard')
    .values({ commune_id: ctx.commune.id, id, producer_id: producerId, standard, from_day, last_day, source })
    .execute();
  return id;
}

/** Says on which day the running standard held last. @throws AppError `producers.standard.not_found` */
export async function endStandard(
  ctx: Ctx,
  producerId: string,
  input: z.input<typeof Ending>,
): Promise<void> {
  const before = await lockProducer(ctx, producerId);
  allow(ctx, 'producers.producer.edit', thingOf(producerId, before), { standard_ended: input.lastDay });
  const { lastDay } = checked(Ending, input);
  const running = (await readStandards(ctx, producerId)).find((one) => one.last === null);
  const { id, from } = mustExist(running, 'producers.standard');
  if (lastDay < from) refuseField('lastDay', 'producers.backwards');
  await ctx.db
    .updateTable('producers_standard')
    .set({ last_day: lastDay })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

async function closeStandard(ctx: Ctx, id: string, next: LocalDate): Promise<void> {
  await ctx.db
    .updateTable('producers_standard')
    .set({ last_day: addDays(next, -1) })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

/** A hamlet of another commune, or none that there is, is refused. */
export async function refuseForeignHamlet(ctx: Ctx, hamletId: string | null): Promise<void> {
  allow(ctx, 'commune.hamlet.see');
  if (hamletId !== null && !(await findHamlet(ctx, hamletId))) refuseField('hamletId', 'input.unknown');
}

async function refuseTakenName(ctx: Ctx, given: Checked, except?: string): Promise<void> {
  const rows = await ctx.db
    .selectFrom('producers_producer')
    .select(['id', 'name'])
    .where('commune_id', '=', ctx.commune.id)
    .where('kind', '=', given.kind)
    .where('last_day', 'is', null)
    .where('search_text', 'like', `${searchText(given.name)}%`)
    .execute();
  if (rows.some((row) => row.id !== except && searchText(row.name) === searchText(given.name)))
    throw new AppError('producers.name_taken', 409, {}, { name: 'producers.name_taken' });
}

async function freeSlug(ctx: Ctx, name: string): Promise<string> {
  const base =
    searchText(name)
      .replaceAll(' ', '-')
      .replace(/[^a-z0-9-]/g, '')
      .slice(0, 60) || 'co-so';
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!(await findProducer(ctx, slug))) return slug;
  }
}

function columnsOf(given: Checked) {
  const { name, headName, registrationNumber } = given;
  return {
    kind: given.kind,
    name,
    search_text: searchText(name, headName, registrationNumber),
    registration_number: registrationNumber,
    hamlet_id: given.hamletId,
    address: given.address,
    head_name: headName,
    phone: given.phone,
    email: given.email,
    website: given.website,
    about: given.about,
    about_en: given.aboutEn,
    trades: [...given.trades],
    from_day: given.from,
  };
}
