/** Procedures as their editors see them: the history, the draft, what was filed. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { addDays, localDate, localDateOf } from '#kernel/time';
import { ProcedureDraft, ProcedureVersion } from './procedure.ts';

/**
 * Every published version, oldest first, each with its last day as it stands now.
 * @throws AppError `services.procedure.not_found` (404)
 */
export async function procedureHistory(ctx: Ctx, code: string): Promise<ProcedureVersion[]> {
  allow(ctx, 'services.procedure.open_drafts', { kind: 'procedure', id: code });
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
  allow(ctx, 'services.procedure.open_drafts', { kind: 'procedure', id: code });
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

/** A draft with when and by whom it was last saved. */
export type KeptDraft = { draft: ProcedureDraft; changedAt: Date; changedBy: string };

/** What editors need around a draft: the published versions, the draft, the first day it may hold from. */
export type DraftDesk = { history: ProcedureVersion[]; kept: KeptDraft | null; earliest: string };

/** @throws AppError `services.procedure.not_found` (404) */
export async function draftDesk(ctx: Ctx, code: string): Promise<DraftDesk> {
  allow(ctx, 'services.procedure.open_drafts', { kind: 'procedure', id: code });
  const history = await procedureHistory(ctx, code);
  const row = await ctx.db
    .selectFrom('services_procedure_draft')
    .select(['content', 'changed_at', 'changed_by'])
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .executeTakeFirst();
  const kept = row && {
    draft: ProcedureDraft.parse(row.content),
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  };
  return { history, kept: kept ?? null, earliest: earliestDay(ctx, history) };
}

/** Tomorrow, or the day after the last published version begins or ends, whichever is later. */
function earliestDay(ctx: Ctx, history: readonly ProcedureVersion[]): string {
  const today = localDateOf(ctx.now);
  const last = history.at(-1);
  const taken = last ? (last.validTo ?? last.validFrom) : today;
  return addDays(localDate(taken > today ? taken : today), 1);
}

/** A procedure in the editors' list. */
export type EditableProcedure = Pick<
  ProcedureVersion,
  'code' | 'otherCodes' | 'name' | 'synonyms' | 'field'
> & {
  /** Of the version in force, or of the one to come when none is. */
  verified: boolean;
  current: { version: number; validFrom: string } | null;
  /** Published, not in force yet. */
  next: { version: number; validFrom: string } | null;
  hasDraft: boolean;
};

type VersionLine = Pick<
  EditableProcedure,
  'code' | 'otherCodes' | 'name' | 'synonyms' | 'field' | 'verified'
> & {
  version: number;
  validFrom: string;
  validTo: string | null;
};

/** All procedures as they are now, with what is to come and whether a draft is being written. */
export async function editableProcedures(ctx: Ctx): Promise<EditableProcedure[]> {
  allow(ctx, 'services.procedure.open_drafts');
  const lines = await versionLines(ctx);
  const drafts = await ctx.db
    .selectFrom('services_procedure_draft')
    .select('code')
    .where('commune_id', '=', ctx.commune.id)
    .execute();
  const drafted = new Set(drafts.map(({ code }) => code));
  const today = localDateOf(ctx.now);
  return [...Map.groupBy(lines, ({ code }) => code).values()].map((versions) => {
    const current = versions.find((one) => isOn(one, today));
    const next = versions.find((one) => one.validFrom > today);
    const { version: _number, validFrom: _from, validTo: _to, ...shown } = current ?? versions.at(-1)!;
    const day = (one: VersionLine | undefined) =>
      one ? { version: one.version, validFrom: one.validFrom } : null;
    return { ...shown, current: day(current), next: day(next), hasDraft: drafted.has(shown.code) };
  });
}

function isOn({ validFrom, validTo }: VersionLine, day: string): boolean {
  return validFrom <= day && (validTo === null || day <= validTo);
}

/** What the list shows of every version, without reading the whole content. */
async function versionLines(ctx: Ctx): Promise<VersionLine[]> {
  const rows = await ctx.db
    .selectFrom('services_procedure_version')
    .select(['code', 'version', 'valid_from', 'valid_to'])
    .select(
      sql<Omit<VersionLine, 'code' | 'version' | 'validFrom' | 'validTo'>>`jsonb_build_object(
        'name', content -> 'name', 'synonyms', content -> 'synonyms', 'field', content -> 'field',
        'otherCodes', content -> 'otherCodes', 'verified', content -> 'verified')`.as('shown'),
    )
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('code')
    .orderBy('version')
    .execute();
  return rows.map(({ code, version, valid_from, valid_to, shown }) => ({
    ...shown,
    code,
    version,
    validFrom: valid_from,
    validTo: valid_to,
  }));
}

/** A form that a procedure may ask for. */
export type KnownForm = { id: string; version: number; title: string };

/** Every form of the commune, each in its newest version first. */
export async function knownForms(ctx: Ctx): Promise<KnownForm[]> {
  allow(ctx, 'services.procedure.open_drafts');
  return ctx.db
    .selectFrom('services_form')
    .select(['id', 'version'])
    .select(sql<string>`content -> 'title' ->> ${ctx.locale}`.as('title'))
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('id')
    .orderBy('version', 'desc')
    .execute();
}
