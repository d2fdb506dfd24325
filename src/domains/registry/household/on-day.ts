import type { Ctx } from '#kernel/context';
import type { LocalDate } from '#kernel/time';

/** Households (`h`) that exist at the end of the day, with where they lived then (`p`). Without a right of its own. */
export function householdsOn(ctx: Ctx, day: LocalDate) {
  return ctx.db
    .selectFrom('registry_household as h')
    .innerJoin('registry_household_place as p', (on) =>
      on.onRef('p.commune_id', '=', 'h.commune_id').onRef('p.household_id', '=', 'h.id'),
    )
    .where('h.commune_id', '=', ctx.commune.id)
    .where('h.opened_on', '<=', day)
    .where((eb) => eb.or([eb('h.closed_on', 'is', null), eb('h.closed_on', '>', day)]))
    .where('p.from_day', '<=', day)
    .where((eb) => eb.or([eb('p.until_day', 'is', null), eb('p.until_day', '>', day)]));
}
