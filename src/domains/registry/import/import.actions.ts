/** A list of people on its way into the register: taken in, its columns named, checked, entered. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { enqueue } from '#kernel/events';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { findHamlet } from '#domain/commune';
import { expiredBefore } from '../retention/retention.ts';
import { FIELDS, findHeads, type Cell } from './columns.ts';
import { findImport } from './import.queries.ts';

const MOST_ROWS = 30_000;
const MOST_COLUMNS = 60;
const CHUNK = 1_000;

/**
 * Takes a list in: its rows are kept until it is entered, the columns are guessed from their heads.
 * @param rows as the spreadsheet has them, from its first row on
 * @returns the import's id
 * @throws AppError `registry.import.empty`, `registry.import.too_long` (422)
 */
export async function takeInList(
  ctx: Ctx,
  { fileName, rows }: { fileName: string; rows: readonly (readonly Cell[])[] },
): Promise<string> {
  const id = newId(ctx.now);
  allow(ctx, 'registry.import.run', { kind: 'import', id }, { fileName, rows: rows.length });
  if (rows.length < 2) refuse('registry.import.empty');
  if (rows.length > MOST_ROWS) refuse('registry.import.too_long', 422, { rows: MOST_ROWS });
  const heads = findHeads(rows);
  const commune_id = ctx.commune.id;
  await ctx.db
    .insertInto('registry_import')
    .values({
      commune_id,
      id,
      file_name: checked(line(200), fileName || 'xlsx'),
      state: 'columns',
      head_row: (heads?.row ?? 0) + 1,
      columns: JSON.stringify(heads?.columns ?? {}),
      on_day: localDateOf(ctx.now),
      total: rows.length,
      created_at: ctx.now,
      created_by: actorId(ctx.actor),
    })
    .execute();
  for (let at = 0; at < rows.length; at += CHUNK) {
    await ctx.db
      .insertInto('registry_import_row')
      .values(
        rows.slice(at, at + CHUNK).map((cells, index) => ({
          commune_id,
          import_id: id,
          row_no: at + index + 1,
          cells: JSON.stringify(cells.slice(0, MOST_COLUMNS)),
        })),
      )
      .execute();
  }
  return id;
}

const Naming = z.object({
  headRow: z.coerce.number().int().min(0).max(MOST_ROWS),
  columns: z.record(z.string().regex(/^\d{1,2}$/), z.enum(FIELDS)),
  on: Day,
  hamletId: optional(Id).default(null),
});
export type Naming = z.input<typeof Naming>;

/**
 * Says what the columns hold, and has the list checked by a job. Can be said again until the list is entered.
 * @throws AppError `registry.import.not_found`, `registry.import.entered_already` (409), `registry.import.no_name_column`
 */
export async function nameColumns(ctx: Ctx, id: string, input: Naming): Promise<void> {
  allow(ctx, 'registry.import.run', { kind: 'import', id });
  const found = mustExist(await findImport(ctx, id, { lock: true }), 'registry.import');
  if (found.state === 'entering' || found.state === 'done') refuse('registry.import.entered_already', 409);
  const { headRow, columns, on, hamletId } = checked(Naming, input);
  const fields = Object.values(columns);
  if (!fields.includes('full_name')) refuseField('columns', 'registry.import.no_name_column');
  if (new Set(fields).size < fields.length) refuseField('columns', 'registry.import.column_twice');
  if (on > localDateOf(ctx.now)) refuseField('on', 'registry.resident.in_future');
  if (hamletId !== null && !(await findHamlet(ctx, hamletId))) refuseField('hamletId', 'input.unknown');
  await ctx.db
    .updateTable('registry_import')
    .set({
      state: 'checking',
      head_row: headRow,
      columns: JSON.stringify(columns),
      on_day: on,
      hamlet_id: hamletId,
      progress: 0,
      worked_at: ctx.now,
    })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  await enqueue(ctx, 'registry.import.check', { import_id: id }, { key: `registry.import:${id}` });
}

/**
 * Has a checked list entered by a job: all of it or nothing, or the rows without a problem.
 * @throws AppError `registry.import.not_found`, `registry.import.not_checked` (409), `registry.import.has_problems` (409)
 */
export async function enterList(ctx: Ctx, id: string, mode: 'whole' | 'part'): Promise<void> {
  allow(ctx, 'registry.import.run', { kind: 'import', id }, { mode });
  const found = mustExist(await findImport(ctx, id, { lock: true }), 'registry.import');
  if (found.state === 'entering' || found.state === 'done') return;
  if (found.state !== 'checked') refuse('registry.import.not_checked', 409);
  const faulty = await ctx.db
    .selectFrom('registry_import_row')
    .select('row_no')
    .where('commune_id', '=', ctx.commune.id)
    .where('import_id', '=', id)
    .where('state', '=', 'faulty')
    .limit(1)
    .executeTakeFirst();
  if (mode === 'whole' && faulty) refuse('registry.import.has_problems', 409);
  await ctx.db
    .updateTable('registry_import')
    .set({ state: 'entering', mode, progress: 0, worked_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  await enqueue(ctx, 'registry.import.enter', { import_id: id }, { key: `registry.import:${id}` });
}

/** Begins the job of an import anew that stands still: what was done stays, nothing is done twice. */
export async function resumeImport(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'registry.import.run', { kind: 'import', id }, { again: true });
  const { state } = mustExist(await findImport(ctx, id), 'registry.import');
  const job = state === 'checking' ? 'registry.import.check' : 'registry.import.enter';
  if (state !== 'checking' && state !== 'entering') return;
  await enqueue(ctx, job, { import_id: id }, { key: `registry.import:${id}:${ctx.now.getTime()}` });
}

/** Forgets a list that is not being entered, with everything that stood in it. */
export async function forgetImport(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'registry.import.run', { kind: 'import', id }, { forgotten: true });
  const { state } = mustExist(await findImport(ctx, id, { lock: true }), 'registry.import');
  if (state === 'entering') refuse('registry.import.entered_already', 409);
  await forgetRows(ctx, [id]);
  await ctx.db
    .deleteFrom('registry_import')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

/** Forgets the rows of lists that have had their time (catalog/retention.json), entered or left. */
export async function sweepImports(ctx: Ctx): Promise<void> {
  allow(ctx, 'registry.import.work');
  const old = await ctx.db
    .selectFrom('registry_import')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('created_at', '<', expiredBefore('import_rows', ctx.now))
    .execute();
  await forgetRows(
    ctx,
    old.map(({ id }) => id),
  );
}

async function forgetRows(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db
    .deleteFrom('registry_import_row')
    .where('commune_id', '=', ctx.commune.id)
    .where('import_id', 'in', [...ids])
    .execute();
}
