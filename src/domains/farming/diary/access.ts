/** Who reads diaries: holders their own, technicians their members', officials everywhere or in their hamlets. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow, hamletsWhere } from '#kernel/rights';
import { diaryThing, readWriter, type Holder, type Writer } from './writer.queries.ts';

/** Hamlets whose diaries are open to the reader, and those of holders that are open wherever they work. */
export type Access = { hamlets: 'all' | readonly string[]; holders: readonly string[] };

/** Asks for the right to read a holder's diary, or all that the reader may see where none is named. */
export async function diaryAccess(ctx: Ctx, { householdId, producerId }: Holder = {}): Promise<Access> {
  const holder = householdId ?? producerId ?? null;
  const writer = await readWriter(ctx, {
    households: householdId ? [householdId] : [],
    producers: producerId ? [producerId] : [],
  });
  const hamlets = hamletsWhere(ctx, 'farming.diary.see');
  const hamlet = hamlets === 'all' ? null : (hamlets[0] ?? null);
  const thing = diaryThing(ctx, writer, holder ?? writer.household, hamlet);
  allow(ctx, 'farming.diary.see', thing);
  const mine = holder ?? writer.household;
  return { hamlets, holders: mine !== null && thing.owners?.length ? [mine] : [] };
}

/** Whether an entry is open to a reader. */
export function isOpen(
  { hamlets, holders }: Access,
  entry: { householdId: string | null; producerId: string | null },
  hamletIds: readonly string[],
): boolean {
  if (hamlets === 'all' || hamletIds.some((id) => hamlets.includes(id))) return true;
  const holder = entry.householdId ?? entry.producerId;
  return holder !== null && holders.includes(holder);
}

/** The same for rows of entries (`e`). */
export function openRows(ctx: Ctx, { hamlets, holders }: Access): RawBuilder<unknown> {
  if (hamlets === 'all') return sql`true`;
  return sql`(e.household_id = any(${[...holders]}::uuid[]) or e.producer_id = any(${[...holders]}::uuid[])
    or exists (select 1 from farming_entry_plot x
      join farming_plot p on p.commune_id = x.commune_id and p.id = x.plot_id
      where x.commune_id = ${ctx.commune.id} and x.entry_id = e.id and p.hamlet_id = any(${[...hamlets]}::uuid[])))`;
}

/** All holders that a writer reads and writes for. */
export function holdersOf({ household, lookedAfter }: Writer): string[] {
  return [...lookedAfter, ...(household === null ? [] : [household])];
}
