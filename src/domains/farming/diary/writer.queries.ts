/** For whom somebody keeps a diary: for the own household, as technician for members of a producer, by a role. */
import { sql } from 'kysely';
import { ownHousehold } from '#domain/registry';
import { membershipsOf } from '#domain/producers';
import { actorId, type Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { may, type Thing } from '#kernel/rights';
import { holdsOn } from '#kernel/span';
import { localDateOf } from '#kernel/time';

export type Writer = {
  /** The household of the register that the sign-in is bound to. */
  household: string | null;
  /** Households and producers that the actor looks after as a technician today. */
  lookedAfter: ReadonlySet<string>;
};

/** Who writes, as far as some households and producers are concerned. Without a right of its own. */
export async function readWriter(
  ctx: Ctx,
  asked: { households: readonly string[]; producers: readonly string[] },
): Promise<Writer> {
  const { actor } = ctx;
  if (actor.kind !== 'person') return { household: null, lookedAfter: new Set() };
  const own = actor.residentId === null ? null : await ownHousehold(ctx);
  return { household: own?.id ?? null, lookedAfter: await lookedAfter(ctx, asked) };
}

/** The producers for whose members the actor keeps diaries today. */
export async function producersLookedAfter(ctx: Ctx): Promise<Set<string>> {
  if (ctx.actor.kind !== 'person') return new Set();
  const today = localDateOf(ctx.now);
  const rows = await ctx.db
    .selectFrom('farming_technician')
    .select('producer_id')
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', actorId(ctx.actor))
    .where('from_day', '<=', today)
    .where(sql<boolean>`(last_day is null or last_day >= ${today})`)
    .execute();
  return new Set(rows.map((row) => row.producer_id));
}

async function lookedAfter(
  ctx: Ctx,
  { households, producers }: { households: readonly string[]; producers: readonly string[] },
): Promise<Set<string>> {
  const today = localDateOf(ctx.now);
  const mine = await producersLookedAfter(ctx);
  if (mine.size === 0) return new Set();
  const members = await membershipsOf(ctx, {
    householdIds: [...new Set(households)],
    producerIds: [...mine],
  });
  return new Set([
    ...members.filter((one) => holdsOn(one, today)).map(({ householdId }) => householdId),
    ...producers.filter((id) => mine.has(id)),
  ]);
}

/** What rights look at: a diary, whose it is, and where. */
export function diaryThing(ctx: Ctx, writer: Writer, holder: string | null, hamletId: string | null): Thing {
  const mine = holder !== null && (writer.household === holder || writer.lookedAfter.has(holder));
  const owners = mine ? [actorId(ctx.actor)] : [];
  return { kind: 'diary', ...(holder !== null && { id: holder }), hamlet_id: hamletId, owners };
}

/** Whether the actor may write into the diary of a household or producer on a plot of that hamlet. */
export function mayWrite(ctx: Ctx, writer: Writer, holder: string | null, hamletId: string): boolean {
  return may(ctx, 'farming.diary.write', diaryThing(ctx, writer, holder, hamletId));
}

/** Whose diary is meant: a household, or a producer by itself. */
export type Holder = { householdId?: string | null | undefined; producerId?: string | null | undefined };

/** The diary of a holder as rights look at it; in the hamlet where it works a plot. */
export async function holderThing(ctx: Ctx, { householdId, producerId }: Holder): Promise<Thing> {
  const holder = householdId ?? producerId ?? null;
  const writer = await readWriter(ctx, {
    households: householdId ? [householdId] : [],
    producers: producerId ? [producerId] : [],
  });
  return diaryThing(ctx, writer, holder, await hamletOf(ctx, holder));
}

/** The hamlet of the plot that the holder took over last. */
async function hamletOf(ctx: Ctx, holder: string | null): Promise<string | null> {
  if (holder === null || !isId(holder)) return null;
  const { rows } = await sql<{ hamlet_id: string }>`select p.hamlet_id from farming_plot_holder h
    join farming_plot p on p.commune_id = h.commune_id and p.id = h.plot_id
    where h.commune_id = ${ctx.commune.id} and (h.household_id = ${holder} or h.producer_id = ${holder})
    order by h.from_day desc, p.id limit 1`.execute(ctx.db);
  return rows[0]?.hamlet_id ?? null;
}
