/** A citizen's own dossiers: filed in his name by this sign-in, or filed by him for somebody. */
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { listAttachments, type Attachment } from '../attachment/attachment.queries.ts';
import { stateOf, type State } from '../dossier/dossier.ts';
import { filedForm } from '../dossier/form.queries.ts';
import { isOwn } from '../dossier/ownership.ts';
import type { Loaded } from '../dossier/record.ts';
import { viewDossier } from '../dossier/view.queries.ts';
import { getProcedureVersion } from '../procedure.queries.ts';
import type { ProcedureVersion } from '../procedure.ts';

export type OwnLine = {
  id: string;
  code: string;
  procedure: ProcedureVersion;
  state: State;
  filedAt: Date;
  dueAt: Date | null;
  /** The person it was filed for, when that was somebody else. */
  onBehalf: string | null;
};

/** Newest first; `total` counts them all. */
export async function myDossiers(
  ctx: Ctx,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ total: number; lines: OwnLine[] }> {
  allow(ctx, 'services.dossier.list_own');
  const me = actorId(ctx.actor);
  const own = ctx.db
    .selectFrom('services_dossier')
    .where('commune_id', '=', ctx.commune.id)
    .where(isOwn(ctx));
  const { total } = await own.select((q) => q.fn.countAll<bigint>().as('total')).executeTakeFirstOrThrow();
  const rows = await own
    .select(['id', 'code', 'procedure_code', 'procedure_version', 'state', 'filed_at', 'due_at'])
    .select(['helper_user_id', 'applicant_name'])
    .orderBy('filed_at', 'desc')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  const lines: OwnLine[] = [];
  for (const row of rows) {
    lines.push({
      id: row.id,
      code: row.code,
      procedure: await getProcedureVersion(ctx, row.procedure_code, row.procedure_version),
      state: stateOf(row.state),
      filedAt: row.filed_at,
      dueAt: row.due_at,
      onBehalf: row.helper_user_id === me ? row.applicant_name : null,
    });
  }
  return { total: Number(total), lines };
}

export type OwnDossier = Loaded & {
  filed: Awaited<ReturnType<typeof filedForm>>;
  /** Papers that were handed in; results only once they were decided. */
  files: Attachment[];
};

/**
 * One of the citizen's own dossiers with what was filed.
 * @throws AppError `services.dossier.not_found` (404), also for somebody else's; `sign_in_needed` (401)
 */
export async function ownDossier(ctx: Ctx, id: string): Promise<OwnDossier> {
  allow(ctx, 'services.dossier.list_own');
  await mustBeOwn(ctx, id);
  const loaded = await viewDossier(ctx, id);
  const finished = loaded.dossier.state === 'done' || loaded.dossier.state === 'returned';
  const files = await listAttachments(ctx, { dossierId: id });
  return {
    ...loaded,
    filed: await filedForm(ctx, id),
    files: files.filter((file) => file.kind === 'paper' || finished),
  };
}

/** Asked before the dossier's own right is, so that other people's look as if there were none. */
export async function mustBeOwn(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'services.dossier.list_own');
  if (!isId(id)) refuse('services.dossier.not_found', 404);
  const row = await ctx.db
    .selectFrom('services_dossier')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where(isOwn(ctx))
    .executeTakeFirst();
  mustExist(row, 'services.dossier');
}
