/** Published procedures and their forms, as a dossier needs them. */
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { FormDefinition } from '#kernel/forms/definition';
import { allow } from '#kernel/rights';
import { ProcedureVersion } from './procedure.ts';

/** What was published never changes but for its last day (a column), so its content is parsed once per process. */
const parsed = new Map<string, ProcedureVersion>();
const forms = new Map<string, FormDefinition>();
const MOST_KEPT = 5_000;

/** The version valid on a local day, or undefined when the procedure did not exist then. */
export async function findProcedureOn(
  ctx: Ctx,
  code: string,
  day: string,
): Promise<ProcedureVersion | undefined> {
  allow(ctx, 'services.procedure.see');
  const row = await ctx.db
    .selectFrom('services_procedure_version')
    .select(['version', 'valid_to'])
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .where('valid_from', '<=', day)
    .where((or) => or.or([or('valid_to', 'is', null), or('valid_to', '>=', day)]))
    .executeTakeFirst();
  return row && endingOn(await getProcedureVersion(ctx, code, row.version), row.valid_to);
}

/** With the last day as it stands now: a later publication has perhaps ended it since. */
function endingOn(version: ProcedureVersion, validTo: string | null): ProcedureVersion {
  return version.validTo === validTo ? version : { ...version, validTo };
}

/** One published version. @throws AppError `services.procedure.not_found` */
export async function getProcedureVersion(
  ctx: Ctx,
  code: string,
  version: number,
): Promise<ProcedureVersion> {
  allow(ctx, 'services.procedure.see');
  const key = `${ctx.commune.id}/${code}/${version}`;
  const known = parsed.get(key);
  if (known) return known;
  const row = await ctx.db
    .selectFrom('services_procedure_version')
    .select('content')
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .where('version', '=', version)
    .executeTakeFirst();
  return keep(parsed, key, ProcedureVersion.parse(mustExist(row, 'services.procedure').content));
}

/** The form of a procedure's version. @throws AppError `services.form.not_found` */
export async function getForm(ctx: Ctx, id: string, version: number): Promise<FormDefinition> {
  const key = `${ctx.commune.id}/${id}/${version}`;
  const known = forms.get(key);
  if (known) return known;
  const row = await ctx.db
    .selectFrom('services_form')
    .select('content')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return keep(forms, key, FormDefinition.parse(mustExist(row, 'services.form').content));
}

/** Every version valid on a local day, by name. */
export async function publishedOn(ctx: Ctx, day: string): Promise<ProcedureVersion[]> {
  allow(ctx, 'services.procedure.see');
  const valid = ctx.db
    .selectFrom('services_procedure_version')
    .where('commune_id', '=', ctx.commune.id)
    .where('valid_from', '<=', day)
    .where((or) => or.or([or('valid_to', 'is', null), or('valid_to', '>=', day)]));
  const rows = await valid.select(['code', 'version', 'valid_to']).orderBy('code').execute();
  const known = rows.flatMap((row) => {
    const version = parsed.get(`${ctx.commune.id}/${row.code}/${row.version}`);
    return version ? [endingOn(version, row.valid_to)] : [];
  });
  if (known.length === rows.length) return known;
  const contents = await valid.select(['code', 'version', 'valid_to', 'content']).orderBy('code').execute();
  return contents.map((row) => {
    const key = `${ctx.commune.id}/${row.code}/${row.version}`;
    return endingOn(keep(parsed, key, ProcedureVersion.parse(row.content)), row.valid_to);
  });
}

function keep<T>(map: Map<string, T>, key: string, value: T): T {
  if (map.size >= MOST_KEPT) map.clear();
  map.set(key, value);
  return value;
}
