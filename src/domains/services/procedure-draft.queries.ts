/** Procedures as their editors see them: the history, the draft, what was filed. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { addDays, localDateOf } from '#kernel/time';
import { ProcedureDraft, ProcedureVersion } from './procedure.ts';

/**
 * Every published version, oldest first, each with its last day as it stands now.
 * @throws AppError `services.procedure.not_found` (404)
 */
export async function procedureHistory(ctx: Ctx, code: string): Promise<ProcedureVersion[]> {
  allow(ctx, 'services.procedure.edit', { kind: 'procedure', id: code });
  const rows = await ctx.db
    .selectFrom('services_procedure_version')
    .select(['content', 'valid_to'])
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .orderBy('version')
    .execute();
  mustExist(rows[0], 'services.procedure');
  return rows.map((row) => ProcedureVersion.parse({ ...(row.content as object), validTo: row.valid_to }));
}

/** The draft, if one is being written. */
export async function findDraft(ctx: Ctx, code: string): Promise<ProcedureDraft | undefined> {
  allow(ctx, 'services.procedure.edit', { kind: 'procedure', id: code });
  const row = await ctx.db
    .selectFrom('services_procedure_draft')
    .select('content')
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .executeTakeFirst();
  return row && ProcedureDraft.parse(row.content);
}

/** The last day on which a dossier of the procedure, or of one version, was filed; null for none. */
export async function lastDayFiled(ctx: Ctx, code: string, version?: number): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('services_dossier')
    .select((q) => q.fn.max('filed_at').as('at'))
    .where('commune_id', '=', ctx.commune.id)
    .where('procedure_code', '=', code)
    .$if(version !== undefined, (q) => q.where('procedure_version', '=', version!))
    .executeTakeFirst();
  return row?.at ? localDateOf(row.at) : null;
}

export type EditableProcedure = {
  code: string;
  name: string;
  version: number;
  validFrom: string;
  validTo: string | null;
  hasDraft: boolean;
};

/** All procedures by their latest version, with whether a draft is being written. */
export async function editableProcedures(ctx: Ctx): Promise<EditableProcedure[]> {
  allow(ctx, 'services.procedure.edit');
  const rows = await ctx.db
    .selectFrom('services_procedure_version as v')
    .leftJoin('services_procedure_draft as d', (join) =>
      join.onRef('d.commune_id', '=', 'v.commune_id').onRef('d.code', '=', 'v.code'),
    )
    .distinctOn('v.code')
    .select(['v.code', 'v.version', 'v.valid_from', 'v.valid_to', 'd.changed_at'])
    .select(sql<string>`v.content -> 'name' ->> ${ctx.locale}`.as('name'))
    .where('v.commune_id', '=', ctx.commune.id)
    .orderBy('v.code')
    .orderBy('v.version', 'desc')
    .execute();
  return rows.map((row) => ({
    code: row.code,
    name: row.name,
    version: row.version,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    hasDraft: row.changed_at !== null,
  }));
}

/** The day that a publication may begin at the earliest: tomorrow, and after whatever was filed. */
export async function earliestDay(ctx: Ctx, code: string): Promise<string> {
  const tomorrow = addDays(localDateOf(ctx.now), 1);
  const filed = await lastDayFiled(ctx, code);
  return filed !== null && filed >= tomorrow ? addDays(tomorrow, 1) : tomorrow;
}
