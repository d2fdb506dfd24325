/** Whose a dossier is: the applicant's own sign-in, and the helper's who filed it for as long as a mandate holds. */
import { sql, type SqlBool } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';

/** In a query of `services_dossier`: whether the person's mandate for the helper still holds now. */
export function helperHolds(ctx: Ctx) {
  return sql<boolean>`(services_dossier.helper_user_id is not null and exists (
    select from services_mandate m
    where m.commune_id = ${ctx.commune.id} and m.helper_user_id = services_dossier.helper_user_id
      and m.person_phone = services_dossier.applicant_phone and m.ended_at is null and m.valid_to > ${ctx.now}))`;
}

/** In a query of `services_dossier`: whether it is the actor's own. */
export function isOwn(ctx: Ctx) {
  const me = actorId(ctx.actor);
  return sql<SqlBool>`(services_dossier.applicant_user_id = ${me}
    or (services_dossier.helper_user_id = ${me} and ${helperHolds(ctx)}))`;
}
