/** A spraying that became known late is told to everybody concerned: growers, who wrote, the group's technicians. */
import { sql } from 'kysely';
import { z } from 'zod';
import { accountsOfResidents } from '#domain/identity';
import { notifyMany, type Recipient } from '#domain/notifications';
import { membershipsOf } from '#domain/producers';
import { getHousehold, getResident } from '#domain/registry';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { checked, Day } from '#kernel/input';
import { allow } from '#kernel/rights';
import { holdsOn } from '#kernel/span';
import { localDateOf } from '#kernel/time';

/** `farming.interval.extended`. `until`: the first day on which may be picked again; null: not known. */
const Extended = z.object({
  entry_id: z.string().min(1),
  plot_ids: z.array(z.string()),
  from: Day,
  until: Day.nullable(),
  pick_ids: z.array(z.string()).default([]),
});

/**
 * Tells, each once: the households of the picks and of the spraying (their bound sign-ins, else the head's
 * telephone), whoever wrote these entries, and the technicians who keep their diaries. Lots that were made of the leaf
 * are held, and their producers told, by the room above. @returns how many were told
 */
export async function tellOfInterval(ctx: Ctx, data: Record<string, unknown>): Promise<number> {
  allow(ctx, 'farming.interval.tell');
  const { entry_id, plot_ids, from, until, pick_ids } = checked(Extended, data);
  const { writers, households, producers } = await concerned(ctx, [entry_id, ...pick_ids]);
  const people = new Set([...writers, ...(await techniciansOf(ctx, households, producers))]);
  const phones = new Set<string>();
  for (const household of households) await addGrowers(ctx, household, people, phones);
  const to: Recipient[] = [
    ...[...people].map((userId) => ({ userId })),
    ...[...phones].map((phone) => ({ phone })),
  ];
  const params = {
    plots: await codesOf(ctx, plot_ids),
    from,
    until,
    picks: pick_ids.length,
    link: localizeHref('/farming/diary', { locale: 'vi' }),
  };
  const key = `${entry_id}:${until ?? ''}`;
  const told = await notifyMany(
    ctx,
    to.map((one) => ({ event: 'farming.interval.extended' as const, key, to: one, params })),
  );
  return told.filter(({ id }) => id !== null).length;
}

type Row = { actor: string; household_id: string | null; producer_id: string | null };

/** Of entries that were taken, and of a refused spraying. */
async function concerned(ctx: Ctx, ids: readonly string[]) {
  const known = sql`any(${ids.filter(isId)}::uuid[])`;
  const { rows } = await sql<Row>`
    select actor, household_id, producer_id from farming_entry
      where commune_id = ${ctx.commune.id} and id = ${known}
    union select actor, household_id, null from farming_refusal
      where commune_id = ${ctx.commune.id} and entry_id = ${known}`.execute(ctx.db);
  return {
    writers: rows.map(({ actor }) => actor).filter(isId),
    households: [...new Set(rows.flatMap(({ household_id }) => household_id ?? []))],
    producers: rows.flatMap(({ producer_id }) => producer_id ?? []),
  };
}

/** Whoever keeps the diaries of these households and producers today. */
async function techniciansOf(
  ctx: Ctx,
  householdIds: readonly string[],
  producerIds: readonly string[],
): Promise<string[]> {
  const today = localDateOf(ctx.now);
  const belonging = (await membershipsOf(ctx, { householdIds })).filter((one) => holdsOn(one, today));
  const of = [...producerIds, ...belonging.map(({ producerId }) => producerId)];
  const { rows } = await sql<{ user_id: string }>`select distinct user_id from farming_technician
    where commune_id = ${ctx.commune.id} and producer_id = any(${of}::uuid[])
      and from_day <= ${today} and (last_day is null or last_day >= ${today})`.execute(ctx.db);
  return rows.map(({ user_id }) => user_id);
}

/** The household's people who can sign in; where nobody can, its head by telephone. */
async function addGrowers(ctx: Ctx, household: string, people: Set<string>, phones: Set<string>) {
  const { people: members } = await getHousehold(ctx, household);
  const accounts = await accountsOfResidents(
    ctx,
    members.map(({ id }) => id),
  );
  for (const userId of accounts) people.add(userId);
  const head = members.find(({ relation }) => relation === 'head');
  if (accounts.length > 0 || !head) return;
  const { phone } = await getResident(ctx, head.id);
  if (phone) phones.add(phone);
}

async function codesOf(ctx: Ctx, plotIds: readonly string[]): Promise<string> {
  const { rows } = await sql<{ code: string }>`select code from farming_plot
    where commune_id = ${ctx.commune.id} and id = any(${plotIds.filter(isId)}::uuid[]) order by code`.execute(
    ctx.db,
  );
  return rows.map(({ code }) => code).join(', ');
}
