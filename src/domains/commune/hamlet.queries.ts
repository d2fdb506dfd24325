import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import { existsOn, isNamed, type Hamlet } from './hamlet.ts';

export type HamletFilter = {
  /** The day on which they must exist; today unless told. `'ever'`: ended ones too. */
  on?: LocalDate | 'ever';
  /** Part of a present or former name, accents not needed. */
  q?: string;
};

/** The hamlets in the commune's own order. A commune has some dozens, so names are compared here and not in SQL. */
export async function listHamlets(ctx: Ctx, filter: HamletFilter = {}): Promise<Hamlet[]> {
  allow(ctx, 'commune.hamlet.see');
  const on = filter.on ?? localDateOf(ctx.now);
  return (await readHamlets(ctx)).filter(
    (hamlet) => (on === 'ever' || existsOn(hamlet, on)) && (!filter.q || isNamed(hamlet, filter.q)),
  );
}

/** A hamlet by id or by the word of its address, ended ones too. */
export async function findHamlet(ctx: Ctx, idOrSlug: string): Promise<Hamlet | undefined> {
  allow(ctx, 'commune.hamlet.see');
  return (await readHamlets(ctx)).find((one) => (isId(idOrSlug) ? one.id : one.slug) === idOrSlug);
}

/** @throws AppError `commune.hamlet.not_found` (404) */
export async function getHamlet(ctx: Ctx, idOrSlug: string): Promise<Hamlet> {
  allow(ctx, 'commune.hamlet.see');
  return mustExist(await findHamlet(ctx, idOrSlug), 'commune.hamlet');
}

async function readHamlets(ctx: Ctx): Promise<Hamlet[]> {
  const rows = await ctx.db
    .selectFrom('commune_hamlet')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('position')
    .orderBy('name')
    .execute();
  const names = await ctx.db
    .selectFrom('commune_hamlet_name')
    .select(['hamlet_id', 'name', 'valid_to'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('valid_to', 'desc')
    .execute();
  const former = Map.groupBy(names, (row) => row.hamlet_id);
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    demoName: row.demo_name,
    position: row.position,
    validFrom: dateOrNull(row.valid_from),
    validTo: dateOrNull(row.valid_to),
    successorId: row.successor_id,
    hall: row.hall,
    cameFrom: row.came_from as Hamlet['cameFrom'],
    formerNames: (former.get(row.id) ?? []).map((old) => ({
      name: old.name,
      until: localDate(old.valid_to),
    })),
  }));
}

function dateOrNull(text: string | null): LocalDate | null {
  return text === null ? null : localDate(text);
}
