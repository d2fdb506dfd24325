/** Reading imports: where they stand, what was found in which cell. */
import { sql, type Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import type { RegistryImport } from '#kernel/schema';
import { localDate, type LocalDate } from '#kernel/time';
import type { Cell, Columns } from './columns.ts';
import type { Finding, Person } from './read-list.ts';

export type ImportState = 'columns' | 'checking' | 'checked' | 'entering' | 'done';
export type RowState = 'raw' | 'skipped' | 'faulty' | 'new' | 'joins' | 'same' | 'done';

export type Import = {
  id: string;
  fileName: string;
  state: ImportState;
  headRow: number;
  columns: Columns;
  hamletId: string | null;
  on: LocalDate;
  mode: 'whole' | 'part' | null;
  /** Rows below the heads. */
  total: number;
  progress: number;
  workedAt: Date | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** How many rows of each kind. */
export type ImportCounts = Record<RowState, number>;

export type ImportRow = {
  row: number;
  cells: Cell[];
  person: Person | null;
  findings: Finding[];
  state: RowState;
  residentId: string | null;
};

/** Imports, newest first. */
export async function listImports(ctx: Ctx): Promise<Import[]> {
  allow(ctx, 'registry.import.see', { kind: 'import' });
  const rows = await ctx.db
    .selectFrom('registry_import')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute();
  return rows.map(importOf);
}

/** One import with the numbers of its rows. @throws AppError `registry.import.not_found` (404) */
export async function getImport(ctx: Ctx, id: string): Promise<Import & { counts: ImportCounts }> {
  allow(ctx, 'registry.import.see', { kind: 'import', id });
  const found = mustExist(await findImport(ctx, id), 'registry.import');
  const rows = await ctx.db
    .selectFrom('registry_import_row')
    .select((eb) => ['state', eb.fn.countAll<bigint>().as('rows')])
    .where('commune_id', '=', ctx.commune.id)
    .where('import_id', '=', id)
    .groupBy('state')
    .execute();
  const counts: ImportCounts = { raw: 0, skipped: 0, faulty: 0, new: 0, joins: 0, same: 0, done: 0 };
  for (const row of rows) counts[row.state as RowState] = Number(row.rows);
  return { ...found, counts };
}

/** For the room's verbs, without a right of its own. */
export async function findImport(ctx: Ctx, id: string, { lock = false } = {}): Promise<Import | undefined> {
  if (!isId(id)) return undefined;
  let asked = ctx.db
    .selectFrom('registry_import')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id);
  if (lock) asked = asked.forUpdate();
  const row = await asked.executeTakeFirst();
  return row && importOf(row);
}

export type RowFilter = 'faulty' | 'noted' | 'all' | 'first';

/** Rows of an import in the list's order; `first` are the raw rows at the top, heads included. */
export async function importRows(
  ctx: Ctx,
  id: string,
  { show, offset = 0, limit = 50 }: { show: RowFilter; offset?: number; limit?: number },
): Promise<{ rows: ImportRow[]; total: number }> {
  allow(ctx, 'registry.import.see', { kind: 'import', id }, { rows: show, offset });
  let found = ctx.db
    .selectFrom('registry_import_row')
    .where('commune_id', '=', ctx.commune.id)
    .where('import_id', '=', id);
  if (show === 'faulty') found = found.where('state', '=', 'faulty');
  if (show === 'noted') found = found.where(sql<boolean>`jsonb_array_length(coalesce(findings, '[]')) > 0`);
  if (show === 'all') found = found.where('state', '<>', 'skipped');
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found.selectAll().orderBy('row_no').offset(offset).limit(limit).execute();
  return {
    total: Number(total),
    rows: rows.map((row) => ({
      row: row.row_no,
      cells: row.cells as Cell[],
      person: row.person as Person | null,
      findings: (row.findings ?? []) as Finding[],
      state: row.state as RowState,
      residentId: row.resident_id,
    })),
  };
}

function importOf(row: Selectable<RegistryImport>): Import {
  return {
    id: row.id,
    fileName: row.file_name,
    state: row.state as ImportState,
    headRow: row.head_row,
    columns: row.columns as Columns,
    hamletId: row.hamlet_id,
    on: localDate(row.on_day),
    mode: row.mode as Import['mode'],
    total: row.total,
    progress: row.progress,
    workedAt: row.worked_at,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

/** How a list is to be entered; for its job. */
export async function importMode(ctx: Ctx, id: string): Promise<Import['mode']> {
  allow(ctx, 'registry.import.work', { kind: 'import', id });
  return (await findImport(ctx, id))?.mode ?? null;
}
