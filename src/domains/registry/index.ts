import type { Ctx } from '#kernel/context';
export async function officialsOfUser(ctx: Ctx, userId: string): Promise<{ id: string }[]> {
  return ctx.db
    .selectFrom('registry_official')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', userId)
    .execute();
}
export async function coveredBy(_ctx: Ctx, _officialId: string, _day: string): Promise<string[]> {
  return [];
}
