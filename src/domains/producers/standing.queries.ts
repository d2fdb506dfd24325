/** By which standard households and producers worked when, with the papers that may certify it; many at once. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { spanOf, type Span } from '#kernel/span';
import { localDate, type LocalDate } from '#kernel/time';
import { STANDARDS, type Standard } from './producer.ts';

/** A paper that certifies a standard; `validTo` is its last day, `revokedOn` the first on which it holds no more. */
export type StandingPaper = {
  id: string;
  validFrom: LocalDate;
  validTo: LocalDate | null;
  revokedOn: LocalDate | null;
};

/** A stretch of days on which membership, producer and standard all held. */
export type Standing = Span & {
  /** Null for the producer itself. */
  householdId: string | null;
  producerId: string;
  standard: Standard;
  papers: readonly StandingPaper[];
};

export type StandingFilter = { householdIds?: readonly string[]; producerIds?: readonly string[] };

/**
 * The standings of households as members, and of producers themselves: everybody's where no filter is given. Ids and
 * days only, neither names nor numbers, so that figures may be counted from them.
 */
export async function standingsOf(ctx: Ctx, filter: StandingFilter = {}): Promise<Standing[]> {
  allow(ctx, 'producers.figures.see');
  const all = !filter.householdIds && !filter.producerIds;
  const rows = [
    ...(all || filter.householdIds?.length ? await memberRows(ctx, filter.householdIds) : []),
    ...(all || filter.producerIds?.length ? await producerRows(ctx, filter.producerIds) : []),
  ];
  const papers = await papersOf(ctx, [...new Set(rows.map(({ producer_id }) => producer_id))]);
  return rows.flatMap((row) => {
    const from = [row.member_from, row.producer_from, row.standard_from].reduce((a, b) => (a > b ? a : b));
    const lasts = [row.member_last, row.producer_last, row.standard_last].filter((day) => day !== null);
    const last = lasts.length === 0 ? null : lasts.reduce((a, b) => (a < b ? a : b));
    if (last !== null && last < from) return [];
    const standard = row.standard as Standard;
    return [
      {
        householdId: row.household_id,
        producerId: row.producer_id,
        standard,
        from: localDate(from),
        last: last === null ? null : localDate(last),
        papers: papers.get(`${row.producer_id}/${standard}`) ?? [],
      },
    ];
  });
}

/** Days on which a household belonged to a producer, whatever its standard. */
export type Membership = Span & { householdId: string; producerId: string };

/** The memberships of households, of some producers only: ids and days, neither names nor numbers. */
export async function membershipsOf(
  ctx: Ctx,
  { householdIds, producerIds }: StandingFilter,
): Promise<Membership[]> {
  allow(ctx, 'producers.figures.see');
  let found = ctx.db
    .selectFrom('producers_member')
    .select(['household_id', 'producer_id', 'from_day', 'last_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where('household_id', 'is not', null);
  if (householdIds) found = found.where(sql<boolean>`household_id = any(${[...householdIds]}::uuid[])`);
  if (producerIds) found = found.where(sql<boolean>`producer_id = any(${[...producerIds]}::uuid[])`);
  const rows = await found.execute();
  return rows.map((row) => ({
    householdId: row.household_id!,
    producerId: row.producer_id,
    ...spanOf(row.from_day, row.last_day),
  }));
}

type Row = {
  household_id: string | null;
  producer_id: string;
  standard: string;
  member_from: string;
  member_last: string | null;
  producer_from: string;
  producer_last: string | null;
  standard_from: string;
  standard_last: string | null;
};

function standardRows(ctx: Ctx) {
  return ctx.db
    .selectFrom('producers_standard as s')
    .innerJoin('producers_producer as p', (join) =>
      join.onRef('p.commune_id', '=', 's.commune_id').onRef('p.id', '=', 's.producer_id'),
    )
    .where('s.commune_id', '=', ctx.commune.id)
    .select(['s.producer_id', 's.standard', 's.from_day as standard_from', 's.last_day as standard_last'])
    .select(['p.from_day as producer_from', 'p.last_day as producer_last']);
}

async function memberRows(ctx: Ctx, ids: readonly string[] | undefined): Promise<Row[]> {
  let found = standardRows(ctx)
    .innerJoin('producers_member as m', (join) =>
      join.onRef('m.commune_id', '=', 's.commune_id').onRef('m.producer_id', '=', 's.producer_id'),
    )
    .where('m.household_id', 'is not', null)
    .select(['m.household_id', 'm.from_day as member_from', 'm.last_day as member_last']);
  if (ids) found = found.where(sql<boolean>`m.household_id = any(${[...ids]}::uuid[])`);
  return found.execute();
}

async function producerRows(ctx: Ctx, ids: readonly string[] | undefined): Promise<Row[]> {
  let found = standardRows(ctx);
  if (ids) found = found.where(sql<boolean>`s.producer_id = any(${[...ids]}::uuid[])`);
  const rows = await found.execute();
  return rows.map((row) => ({
    ...row,
    household_id: null,
    member_from: row.producer_from,
    member_last: row.producer_last,
  }));
}

async function papersOf(ctx: Ctx, producerIds: string[]): Promise<Map<string, StandingPaper[]>> {
  if (producerIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('producers_certificate')
    .select(['id', 'producer_id', 'kind', 'valid_from', 'valid_to', 'revoked_on'])
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`producer_id = any(${producerIds}::uuid[])`)
    .where('kind', 'in', [...STANDARDS])
    .orderBy('valid_from')
    .execute();
  const day = (text: string | null) => (text === null ? null : localDate(text));
  const papers = new Map<string, StandingPaper[]>();
  for (const row of rows) {
    const key = `${row.producer_id}/${row.kind}`;
    const paper: StandingPaper = {
      id: row.id,
      validFrom: localDate(row.valid_from),
      validTo: day(row.valid_to),
      revokedOn: day(row.revoked_on),
    };
    papers.set(key, [...(papers.get(key) ?? []), paper]);
  }
  return papers;
}
