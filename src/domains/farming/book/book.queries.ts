/** What stands in a VietGAP or organic book, of one household or of the members of one producer. */
import { sql } from 'kysely';
import { memberNames, membershipsOf, nameOfProducer, standingsOf } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { allow, hamletsWhere } from '#kernel/rights';
import { localDateOf, type LocalDate } from '#kernel/time';
import { isOpen, holdersOf } from '../diary/access.ts';
import { readEntries, type DiaryEntry } from '../diary/entries.queries.ts';
import { diaryThing, producersLookedAfter, readWriter, type Writer } from '../diary/writer.queries.ts';
import { phiOf, untilOf } from '../gate/interval.ts';
import { readLabels } from '../diary/read-book.queries.ts';
import { readStockOf } from '../input/stock.queries.ts';
import type { StockLot } from '../input/stock.ts';
import { headNames } from '../plot/household.queries.ts';
import { readLines } from '../plot/lines.queries.ts';
import type { PlotLine } from '../plot/plot.ts';
import { readStandards } from '../plot/standard.queries.ts';
import type { PlotStandard } from '../plot/standard.ts';
import { readInspections, type Inspection } from '../inspection/inspection.queries.ts';
import { periodsOf, type Period } from './period.ts';

/** Whose book: a household, or a producer with its members. */
export type Subject = { householdId: string } | { producerId: string };

export type Book = {
  subject: string;
  plots: readonly (PlotLine & { holder: string | null; standard: PlotStandard })[];
  stock: readonly (StockLot & { holder: string | null })[];
  entries: readonly BookEntry[];
  inspections: readonly Inspection[];
};
export type BookEntry = DiaryEntry & {
  holder: string | null;
  /** Of a spraying: days until the harvest, and the first day on which may be picked. */
  phiDays: number | null;
  harvestFrom: LocalDate | null;
};

/** Entries of one book; more is no book. */
const MOST = 20_000;

/** Whose diaries a book of this subject holds, after asking for the right to read them. */
async function open(ctx: Ctx, subject: Subject) {
  const producerId = 'producerId' in subject && isId(subject.producerId) ? subject.producerId : null;
  const members = producerId ? await membershipsOf(ctx, { producerIds: [producerId] }) : [];
  const households =
    'householdId' in subject ? [subject.householdId].filter(isId) : members.map((one) => one.householdId);
  const writer = await readWriter(ctx, { households, producers: producerId ? [producerId] : [] });
  const hamlets = hamletsWhere(ctx, 'farming.diary.see');
  const holder = producerId ?? households[0] ?? null;
  const hamlet = hamlets === 'all' ? null : (hamlets[0] ?? null);
  allow(ctx, 'farming.diary.see', diaryThing(ctx, writer, holder, hamlet), { book: holder });
  return { producerId, members, households, writer, access: { hamlets, holders: holdersOf(writer) } };
}

/** The periods for which a book can be had, the newest first. */
export async function bookPeriods(ctx: Ctx, subject: Subject): Promise<Period[]> {
  const { producerId, households } = await open(ctx, subject);
  const standings = await standingsOf(
    ctx,
    producerId ? { producerIds: [producerId] } : { householdIds: households },
  );
  return periodsOf(standings, localDateOf(ctx.now));
}

/** Everything of the period that counts, the oldest first. Members count for the days on which they belonged. */
export async function readBookOf(
  ctx: Ctx,
  subject: Subject,
  { from, to }: Pick<Period, 'from' | 'to'>,
): Promise<Book> {
  const { producerId, members, households, writer, access } = await open(ctx, subject);
  const holders = [...new Set([...households, ...(producerId ? [producerId] : [])])];
  const names = await namesOf(ctx, { producerId, households, writer });
  const nameOf = (one: { householdId: string | null; producerId: string | null }) =>
    names.get(one.householdId ?? one.producerId ?? '') ?? null;
  const found = (await entriesOf(ctx, holders, { from, to })).filter(
    (one) =>
      isOpen(
        access,
        one,
        one.plots.map(({ hamletId }) => hamletId),
      ) && belonged(members, producerId, one),
  );
  const labels = await readLabels(ctx);
  const entries = found.map((one): BookEntry => {
    const code = one.kind === 'spray' ? String(one.details['product_code']) : null;
    return {
      ...one,
      holder: nameOf(one),
      phiDays: code === null ? null : phiOf(code, labels),
      harvestFrom: code === null ? null : untilOf(one.happenedAt, code, labels),
    };
  });
  const plots = await plotsOf(ctx, holders, { to, hamlets: access.hamlets, own: access.holders });
  const shown = new Set(plots.flatMap((one) => one.householdId ?? one.producerId ?? []));
  const stock = (await readStockOf(ctx, [...shown])).filter(
    ({ boughtOn }) => from <= boughtOn && boughtOn <= to,
  );
  return {
    subject: producerId
      ? await nameOfProducer(ctx, producerId, { lookedAfter: access.holders.includes(producerId) })
      : (names.get(households[0] ?? '') ?? ''),
    plots: plots.map((one) => ({ ...one, holder: nameOf(one) })),
    stock: stock.toReversed().map((one) => ({ ...one, holder: nameOf(one) })),
    entries,
    inspections: await inspectionsOf(ctx, [...shown], { from, to }),
  };
}

/** Whether the entry's household was a member on its day; the producer's own entries always count. */
function belonged(
  members: Awaited<ReturnType<typeof membershipsOf>>,
  producerId: string | null,
  { householdId, happenedOn }: DiaryEntry,
): boolean {
  if (producerId === null || householdId === null) return true;
  return members.some(
    (one) =>
      one.householdId === householdId &&
      one.from <= happenedOn &&
      (one.last === null || happenedOn <= one.last),
  );
}

async function entriesOf(
  ctx: Ctx,
  holders: readonly string[],
  { from, to }: Pick<Period, 'from' | 'to'>,
): Promise<DiaryEntry[]> {
  const mine = sql`any(${[...holders]}::uuid[])`;
  const counts = sql`e.commune_id = ${ctx.commune.id} and not e.voids and c.id is null
    and e.happened_on between ${from} and ${to} and (e.household_id = ${mine} or e.producer_id = ${mine})`;
  return (await readEntries(ctx, counts, sql`limit ${MOST}`)).toReversed();
}

function inspectionsOf(
  ctx: Ctx,
  holders: readonly string[],
  { from, to }: Pick<Period, 'from' | 'to'>,
): Promise<Inspection[]> {
  return readInspections(
    ctx,
    sql`i.commune_id = ${ctx.commune.id} and i.inspected_on between ${from} and ${to}
      and coalesce(i.household_id, i.producer_id) = any(${[...holders]}::uuid[])`,
  );
}

type Narrowed = { to: LocalDate; hamlets: 'all' | readonly string[]; own: readonly string[] };

/** The plots on the last day of the period, as far as the reader sees them. */
async function plotsOf(ctx: Ctx, holders: readonly string[], { to, hamlets, own }: Narrowed) {
  const mine = sql`any(${[...holders]}::uuid[])`;
  const { rows } = await sql<{ plot_id: string }>`select distinct plot_id from farming_plot_holder
    where commune_id = ${ctx.commune.id} and (household_id = ${mine} or producer_id = ${mine})
      and from_day <= ${to} and (last_day is null or last_day >= ${to})`.execute(ctx.db);
  const ids = rows.map((row) => row.plot_id);
  const lines = (await readLines(ctx, { ids, on: to })).filter(
    (one) =>
      hamlets === 'all' ||
      hamlets.includes(one.hamletId) ||
      own.includes(one.householdId ?? one.producerId ?? ''),
  );
  const standards = await readStandards(
    ctx,
    lines.map(({ id }) => id),
    to,
  );
  return lines.map((one) => ({ ...one, standard: standards.get(one.id)?.standard ?? ('none' as const) }));
}

type Named = { producerId: string | null; households: readonly string[]; writer: Writer };

/** Names as far as the reader may know them: by the register, of the members that he looks after, the own one. */
async function namesOf(ctx: Ctx, { producerId, households, writer }: Named): Promise<Map<string, string>> {
  const known = await headNames(
    ctx,
    households.map((householdId) => ({ householdId })),
  );
  if (known.size > 0) return known;
  const names = new Map<string, string>();
  const looked = households.filter((id) => writer.lookedAfter.has(id));
  if (looked.length > 0) {
    const mine = [...(await producersLookedAfter(ctx))].filter(
      (id) => producerId === null || id === producerId,
    );
    for (const [id, name] of await memberNames(ctx, mine, { lookedAfter: true })) names.set(id, name);
  }
  if (writer.household !== null && ctx.actor.kind === 'person') names.set(writer.household, ctx.actor.name);
  return names;
}
