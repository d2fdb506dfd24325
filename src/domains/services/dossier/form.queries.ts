/** The form as it was filed, with the definition of its day. For verbs and queries that have asked for their right. */
import type { Ctx } from '#kernel/context';
import type { FormDefinition } from '#kernel/forms/definition';
import type { FormValues } from '#kernel/forms/values';
import { mustExist } from '#kernel/errors';
import { getForm } from '../procedure.queries.ts';

/** @throws AppError `services.form.not_found` */
export async function filedForm(
  ctx: Ctx,
  dossierId: string,
): Promise<{ form: FormDefinition; values: FormValues }> {
  const row = await ctx.db
    .selectFrom('services_dossier_form')
    .select(['form_id', 'form_version', 'answers'])
    .where('commune_id', '=', ctx.commune.id)
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst();
  const filed = mustExist(row, 'services.form');
  return {
    form: await getForm(ctx, filed.form_id, filed.form_version),
    values: filed.answers as FormValues,
  };
}
