/** Procedures of a commune as versioned records: bringing the national catalogue in. */
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import type { FormDefinition } from '#kernel/forms/definition';
import { allow } from '#kernel/rights';
import type { ProcedureFile } from './procedure.ts';

/**
 * Adds the forms and published versions that the commune does not have yet; what it has stays untouched.
 * @returns how many versions were new
 */
export async function importCatalogue(
  ctx: Ctx,
  catalogue: { procedures: readonly ProcedureFile[]; forms: readonly FormDefinition[] },
): Promise<number> {
  allow(ctx, 'services.procedure.import');
  const commune_id = ctx.commune.id;
  for (const form of catalogue.forms) {
    await ctx.db
      .insertInto('services_form')
      .values({ commune_id, id: form.id, version: form.version, content: JSON.stringify(form) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const versions = catalogue.procedures.flatMap((file) => file.versions);
  if (versions.length === 0) return 0;
  const added = await ctx.db
    .insertInto('services_procedure_version')
    .values(
      versions.map((version) => ({
        commune_id,
        code: version.code,
        version: version.version,
        valid_from: version.validFrom,
        valid_to: version.validTo,
        name: version.name.vi,
        field: version.field,
        content: JSON.stringify(version),
        published_at: ctx.now,
        published_by: actorId(ctx.actor),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .execute();
  return added.length;
}
