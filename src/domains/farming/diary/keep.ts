/** Writing what was decided; the verb asked for the right. */
import { sql } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { localDateOf } from '#kernel/time';
import type { Entry, Reason } from './entry.ts';
import { entryIdOf, type Sent } from './sent.ts';

export type Refusing = {
  sent: Sent;
  codes: Reason[];
  final: boolean;
  blocks: boolean;
  /** Of the same sending: an accepted entry that takes its place. */
  openedFor?: Entry;
};

/** Writes accepted entries, and opens what they took the place of. */
export async function insertEntries(
  ctx: Ctx,
  accepted: readonly Sent[],
  deviceId: string | null,
): Promise<void> {
  if (accepted.length === 0) return;
  const commune_id = ctx.commune.id;
  const entries = accepted.map((one) => ({ ...one, entry: one.entry! }));
  await ctx.db
    .insertInto('farming_entry')
    .values(
      entries.map(({ entry, contentHash, byTechnician, remarks }) => ({
        commune_id,
        id: entry.id,
        kind: entry.kind,
        happened_at: entry.happened_at,
        happened_on: localDateOf(entry.happened_at),
        recorded_at: entry.recorded_at,
        received_at: ctx.now,
        actor: actorId(ctx.actor),
        household_id: entry.household_id,
        producer_id: entry.producer_id,
        by_technician: byTechnician,
        device_id: deviceId,
        details: JSON.stringify(entry.details),
        corrects: entry.corrects,
        voids: entry.voids,
        remarks: JSON.stringify(remarks),
        fingerprint: contentHash,
      })),
    )
    .execute();
  await ctx.db
    .insertInto('farming_entry_plot')
    .values(
      entries.flatMap(({ entry }) =>
        entry.plot_ids.map((plot_id) => ({ commune_id, entry_id: entry.id, plot_id })),
      ),
    )
    .execute();
  for (const { entry } of entries) if (entry.kind === 'spray') await settleRefused(ctx, entry);
}

/** Opens the plots that both name; when none is left the refusal is settled. */
async function settleRefused(ctx: Ctx, entry: Entry): Promise<void> {
  if (entry.instead_of === null) return;
  const opened = sql`${entry.plot_ids}::uuid[]`;
  const now = (value: unknown, column: string) =>
    sql`case when blocked_plots <@ ${opened} then ${value} else ${sql.ref(column)} end`;
  await sql`update farming_refusal set
      settled_at = ${now(sql`${ctx.now}::timestamptz`, 'settled_at')},
      settled_by = ${now(actorId(ctx.actor), 'settled_by')},
      settled_note = ${now(entry.id, 'settled_note')},
      blocked_plots = case when blocked_plots <@ ${opened} then blocked_plots
        else array(select unnest(blocked_plots) except select unnest(${opened})) end
    where commune_id = ${ctx.commune.id} and entry_id = ${entry.instead_of}
      and settled_at is null and blocked_plots && ${opened}`.execute(ctx.db);
}

/** Writes refusals; the same one that came before is written once. */
export async function insertRefusals(
  ctx: Ctx,
  refused: readonly Refusing[],
  deviceId: string | null,
): Promise<void> {
  if (refused.length === 0) return;
  await ctx.db
    .insertInto('farming_refusal')
    .values(refused.map((one) => refusalRow(ctx, one, deviceId)))
    .onConflict((conflict) =>
      conflict.columns(['commune_id', 'entry_id', 'actor', 'fingerprint']).doNothing(),
    )
    .execute();
}

function refusalRow(ctx: Ctx, { sent, codes, final, blocks, openedFor }: Refusing, deviceId: string | null) {
  const { entry } = sent;
  const left = blocks && entry ? entry.plot_ids.filter((id) => !openedFor?.plot_ids.includes(id)) : [];
  return {
    commune_id: ctx.commune.id,
    id: newId(ctx.now),
    entry_id: entryIdOf(sent),
    entry_json: sent.json,
    fingerprint: sent.contentHash,
    codes: JSON.stringify(codes),
    final,
    at: ctx.now,
    actor: actorId(ctx.actor),
    device_id: deviceId,
    household_id: entry?.household_id ?? null,
    blocked_plots: left,
    happened_at: entry?.happened_at ?? null,
    product_code: entry?.kind === 'spray' ? entry.details.product_code : null,
  };
}
