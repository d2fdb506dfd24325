/** When an official leaves: the open dossiers go back to the leaders, who give them to somebody else. */
import { notifyMany } from '#domain/notifications';
import { getOfficial } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { OPEN_STATES } from '../dossier/dossier.ts';
import { move } from '../dossier/move.actions.ts';
import { queueLink } from '../dossier/tell.ts';
import { deskRecipients } from './recipients.ts';

/** The reason as it stands in the record, which is Vietnamese. */
const LEFT = 'Cán bộ đang giải quyết đã thôi giữ nhiệm vụ.';

/** Hears `registry.official.left`. Heard twice it finds nothing left to do. */
export async function hearOfficialLeft(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  allow(ctx, 'services.desk.clear');
  const officialId = String(data.official_id ?? '');
  if (!isId(officialId)) return;
  const rows = await ctx.db
    .selectFrom('services_dossier')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('assignee_id', '=', officialId)
    .where('state', 'in', OPEN_STATES)
    .orderBy('id')
    .execute();
  for (const { id } of rows) await move(ctx, id, 'unassign', { reason: LEFT });
  if (rows.length === 0) return;
  const { fullName } = await getOfficial(ctx, officialId);
  const { leaders } = await deskRecipients(ctx);
  await notifyMany(
    ctx,
    leaders.map((to) => ({
      event: 'services.dossier.handed_over',
      key: `${officialId}:${rows[0]!.id}`,
      to,
      params: { count: rows.length, from: fullName, reason: LEFT, link: queueLink('unassigned') },
    })),
  );
}
