/** The keys of the log: made by us, sealed in the database under a key of the installation that is not in it. */
import type { Ctx } from '#kernel/context';
import { seal, unseal } from '#kernel/seal';
import { verifierKey, verifierKeyOf, type Signer, type VerifierKey } from './note.ts';

/** A key and the time in which it signs. */
export type LogKey = {
  generation: number;
  key: VerifierKey;
  signsFrom: Date;
  /** Null while no key came after it. */
  signsUntil: Date | null;
  /** A note by the key before it that names this one. */
  handover: string | null;
};

const PURPOSE = 'trace.log.key';

/** All keys, oldest first. */
export async function listKeys(ctx: Ctx): Promise<LogKey[]> {
  const rows = await ctx.db
    .selectFrom('trace_log_key')
    .select(['generation', 'name', 'public_key', 'signs_from', 'predecessor_until', 'handover'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('generation')
    .execute();
  return rows.map((row, at) => ({
    generation: row.generation,
    key: verifierKey(row.name, row.public_key),
    signsFrom: row.signs_from,
    signsUntil: rows[at + 1]?.predecessor_until ?? null,
    handover: row.handover,
  }));
}

/** Those that sign now: one, or two while one hands over to the next. */
export async function currentSigners(ctx: Ctx, keys: readonly LogKey[]): Promise<Signer[]> {
  const current = keys.filter(({ signsUntil }) => signsUntil === null || signsUntil > ctx.now);
  if (current.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('trace_log_key')
    .select(['generation', 'name', 'sealed'])
    .where('commune_id', '=', ctx.commune.id)
    .where(
      'generation',
      'in',
      current.map(({ generation }) => generation),
    )
    .orderBy('generation')
    .execute();
  return rows.map(({ generation, name, sealed }) => {
    const seed = unseal(ctx.wiring.installation.key(PURPOSE), sealed, placeOf(ctx, generation));
    return { name, seed: Buffer.from(seed, 'base64') };
  });
}

export async function insertKey(
  ctx: Ctx,
  generation: number,
  signer: Signer,
  { predecessorUntil, handover }: { predecessorUntil: Date | null; handover: string | null },
): Promise<VerifierKey> {
  const key = verifierKeyOf(signer);
  const secret = signer.seed.toString('base64');
  await ctx.db
    .insertInto('trace_log_key')
    .values({
      commune_id: ctx.commune.id,
      generation,
      name: key.name,
      public_key: key.publicKey,
      sealed: seal(ctx.wiring.installation.key(PURPOSE), secret, placeOf(ctx, generation)),
      signs_from: ctx.now,
      predecessor_until: predecessorUntil,
      handover,
    })
    .execute();
  return key;
}

function placeOf(ctx: Ctx, generation: number): string {
  return `${ctx.commune.id}:${generation}`;
}
