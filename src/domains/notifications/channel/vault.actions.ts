/**
 * Tokens that a provider hands out, encrypted by a key outside the database. Zalo's refresh tokens work
 * once: whoever exchanges one first claims it, so that two processes never burn the same token.
 */
import { createHash } from 'node:crypto';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { seal, unseal } from '#kernel/seal';

const PURPOSE = 'notifications.vault';
/** A claim older than this was left by a process that died. */
const CLAIM_MS = 60_000;

export type Tokens = { access: string; refresh: string; expiresAt: Date };
type Kept = {
  access: string;
  refresh: string;
  /** Hash of the configured token it all began with. */ seed: string;
};

/**
 * The tokens kept under a name, if they descend from this configured token: when the operator writes a new
 * one, what was kept before is dead.
 */
export async function findTokens(ctx: Ctx, name: string, configured: string): Promise<Tokens | null> {
  allow(ctx, 'notifications.vault.use');
  const row = await ctx.db
    .selectFrom('notifications_vault')
    .select(['sealed', 'expires_at'])
    .where('commune_id', '=', ctx.commune.id)
    .where('name', '=', name)
    .executeTakeFirst();
  if (!row || row.sealed.length === 0) return null;
  const kept = open(ctx, name, row.sealed);
  if (kept === null || kept.seed !== seedOf(configured)) return null;
  return { access: kept.access, refresh: kept.refresh, expiresAt: row.expires_at ?? new Date(0) };
}

/** Claims the exchange. @returns false while somebody else is at it */
export async function claimExchange(ctx: Ctx, name: string): Promise<boolean> {
  allow(ctx, 'notifications.vault.use');
  const stale = new Date(ctx.now.getTime() - CLAIM_MS);
  const claimed = await ctx.db
    .insertInto('notifications_vault')
    .values({
      commune_id: ctx.commune.id,
      name,
      sealed: Buffer.alloc(0),
      refreshing_since: ctx.now,
      changed_at: ctx.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['commune_id', 'name'])
        .doUpdateSet({ refreshing_since: ctx.now })
        .where((eb) =>
          eb.or([
            eb('notifications_vault.refreshing_since', 'is', null),
            eb('notifications_vault.refreshing_since', '<', stale),
          ]),
        ),
    )
    .returning('name')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** Keeps what was handed out (null: nothing was) and ends the claim. */
export async function endExchange(
  ctx: Ctx,
  name: string,
  configured: string,
  tokens: Tokens | null,
): Promise<void> {
  allow(ctx, 'notifications.vault.use');
  const kept: Kept | null = tokens && {
    access: tokens.access,
    refresh: tokens.refresh,
    seed: seedOf(configured),
  };
  await ctx.db
    .updateTable('notifications_vault')
    .set({
      refreshing_since: null,
      changed_at: ctx.now,
      ...(kept && tokens
        ? { sealed: seal(keyOf(ctx), JSON.stringify(kept), placeOf(ctx, name)), expires_at: tokens.expiresAt }
        : {}),
    })
    .where('commune_id', '=', ctx.commune.id)
    .where('name', '=', name)
    .execute();
}

/** What was sealed, or null where the installation's secret has changed since. */
function open(ctx: Ctx, name: string, sealed: Buffer): Kept | null {
  try {
    return JSON.parse(unseal(keyOf(ctx), sealed, placeOf(ctx, name))) as Kept;
  } catch {
    return null;
  }
}

function keyOf(ctx: Ctx): Buffer {
  return ctx.wiring.installation.key(PURPOSE);
}

function placeOf(ctx: Ctx, name: string): string {
  return `${ctx.commune.id}:${name}`;
}

function seedOf(configured: string): string {
  return createHash('sha256').update(configured).digest('base64url');
}
