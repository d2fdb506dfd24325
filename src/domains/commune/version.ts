/** Copies in memory of what changes seldom and is asked all the time, each good for one version of it. */
import type { Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';

/** What has a version: the office calendar, and what every page shows of the commune. */
export type Subject = 'calendar' | 'site';
type Versions = ReadonlyMap<Subject, string>;

/** The versions that a transaction has seen: asked once, until it changes something itself. */
const seen = new WeakMap<Ctx, Promise<Versions>>();
const copies = new Map<string, { version: string; value: unknown }>();

/**
 * Gives the copy of the current version, or reads and keeps a new one. The version is a row that changes in
 * the same transaction as the thing, so several processes agree and a rolled back change leaves no trace.
 */
export async function keptCopy<T>(ctx: Ctx, subject: Subject, read: () => Promise<T>): Promise<T> {
  const version = (await versionsOf(ctx)).get(subject);
  // A commune that was not set up has no version: nothing to keep.
  if (version === undefined) return read();
  const key = `${ctx.commune.id}/${subject}`;
  const copy = copies.get(key);
  if (copy?.version === version) return copy.value as T;
  const value = await read();
  copies.set(key, { version, value });
  return value;
}

/** To be called with every change: copies of the subject are read anew. */
export async function bumpVersion(ctx: Ctx, subject: Subject): Promise<void> {
  const version = newId();
  await ctx.db
    .insertInto('commune_version')
    .values({ commune_id: ctx.commune.id, subject, version })
    .onConflict((conflict) => conflict.columns(['commune_id', 'subject']).doUpdateSet({ version }))
    .execute();
  seen.delete(ctx);
}

function versionsOf(ctx: Ctx): Promise<Versions> {
  let asked = seen.get(ctx);
  if (!asked) {
    asked = readVersions(ctx);
    seen.set(ctx, asked);
  }
  return asked;
}

async function readVersions(ctx: Ctx): Promise<Versions> {
  const rows = await ctx.db
    .selectFrom('commune_version')
    .select(['subject', 'version'])
    .where('commune_id', '=', ctx.commune.id)
    .execute();
  return new Map(rows.map(({ subject, version }) => [subject as Subject, version]));
}
