/** What a commune has, and the mergers in which it took part. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import type { MergerReport, Stock } from './merger.ts';

/** Tables that a merger itself writes, or that grow by being looked at. */
const BESIDE = new Set(['commune_merger', 'commune_unit', 'commune_version']);

/** Counts what the commune has, room by room and table by table, as of now. */
export async function takeStock(ctx: Ctx): Promise<Stock> {
  allow(ctx, 'commune.merger.see');
  const counts = [];
  for (const { name, title, count, open = false } of ctx.wiring.holdings)
    counts.push({ name, title: { vi: title('vi'), en: title('en') }, count: await count(ctx), open });
  return { counts, rows: await countRows(ctx) };
}

/** Every tenant table, found by its policy, so that no room can be forgotten. */
async function countRows(ctx: Ctx): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename::text as name from pg_policies
    where schemaname = 'public' and policyname = 'tenant' order by tablename`.execute(ctx.db);
  const counted: Record<string, number> = {};
  // In rooms that work on after the closing day rows may come and go: sessions, roles that end, codes sent.
  const stays = (table: string) => !BESIDE.has(table) && !ctx.wiring.afterClosing.has(table.split('_')[0]!);
  for (const { name } of tables.filter((table) => stays(table.name))) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(name)} where commune_id = ${ctx.commune.id}`.execute(
      ctx.db,
    );
    counted[name] = rows[0]!.count;
  }
  return counted;
}

export type Merger = {
  id: string;
  role: 'successor' | 'predecessor';
  day: LocalDate;
  source: string;
  report: MergerReport;
  doneAt: Date;
};

/** The mergers in which this commune took part, newest first. */
export async function listMergers(ctx: Ctx): Promise<Merger[]> {
  allow(ctx, 'commune.merger.see');
  const rows = await ctx.db
    .selectFrom('commune_merger')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('day', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.merger_id,
    role: row.role as Merger['role'],
    day: localDate(row.day),
    source: row.source,
    report: row.report as MergerReport,
    doneAt: row.done_at,
  }));
}
