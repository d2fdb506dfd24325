/** What communes published, read across communes; never one of their own tables. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow, may } from '#kernel/rights';
import { fitsManifest } from '../bundle/key.ts';
import type { Reach } from './publish.actions.ts';
import type { PublishedBody } from './published.ts';

export type Publication = PublishedBody & {
  id: string;
  communeId: number;
  reach: Reach;
  live: boolean;
  signerName: string | null;
  publishedAt: Date;
};

/** The commune's own latest publication of each set; `body` is null where it withdrew. */
export async function lastPublished(ctx: Ctx) {
  const rows = await ctx.db
    .selectFrom('criteria_published')
    .selectAll()
    .distinctOn('set_code')
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('set_code')
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    set: row.set_code,
    reach: row.reach as Reach,
    live: row.live,
    body: row.body === null ? null : (JSON.parse(row.body) as PublishedBody),
    signerName: row.signer_name,
    publishedAt: row.published_at,
  }));
}

/** What this commune has published, for the desk. */
export async function ownPublished(ctx: Ctx) {
  allow(ctx, 'criteria.board.work');
  return lastPublished(ctx);
}

/** The latest board of a set that each commune published to everybody. */
export async function listPublished(ctx: Ctx, set: string): Promise<Publication[]> {
  allow(ctx, 'criteria.province.see');
  return readPublished(ctx, set, 'public');
}

/**
 * The latest board of a set that each commune published at all, for the province's own site.
 * @throws AppError `criteria.province.not_found` (404) on the site of a commune
 */
export async function reviewPublished(ctx: Ctx, set: string): Promise<Publication[]> {
  allow(ctx, 'criteria.province.review', { kind: 'criteria_set', id: set });
  mustExist(isProvince(ctx) || null, 'criteria.province');
  await sql`set local app.province = 'yes'`.execute(ctx.db);
  return readPublished(ctx, set, 'province');
}

/** Whether the reader may see what was published to the province alone. */
export function mayReview(ctx: Ctx): boolean {
  return isProvince(ctx) && may(ctx, 'criteria.province.review');
}

/** The operator names the province's sites (PROVINCE_SITES): no commune can make itself one. */
function isProvince(ctx: Ctx): boolean {
  const { provinceSites = [] } = (ctx.wiring.installation.settings('criteria') ?? {}) as {
    provinceSites?: readonly string[];
  };
  return provinceSites.includes(ctx.commune.slug);
}

/**
 * Publications by id: they never change, so only new ones are read and checked. That is what makes the cost of the page
 * grow with what changed, not with what is stored.
 */
const known = new Map<string, Publication | null>();
const MOST_KNOWN = 5000;

async function readPublished(ctx: Ctx, set: string, reach: Reach): Promise<Publication[]> {
  const heads = await headsOf(ctx, set, reach);
  const news = heads.filter(({ id }) => !known.has(id));
  if (known.size + news.length > MOST_KNOWN) known.clear();
  await learn(ctx, known.size === 0 ? heads : news);
  return heads.flatMap(({ id }) => known.get(id) ?? []);
}

/** One probe of an index for each commune, whatever lies behind its latest publication. */
async function headsOf(ctx: Ctx, set: string, reach: Reach) {
  const wanted = reach === 'public' ? sql`and p.reach = 'public'` : sql``;
  const { rows } = await sql<{ commune_id: number; id: string }>`
    select p.commune_id, p.id from commune c cross join lateral (
      select commune_id, id from criteria_published p
      where p.commune_id = c.id and p.set_code = ${set} ${wanted}
      order by p.published_at desc, p.id desc limit 1) p
    where c.closed_from is null order by c.name, c.id`.execute(ctx.db);
  return rows;
}

/** Reads publications that are not known yet. One whose signature does not fit, or that was withdrawn, is known as nothing. */
async function learn(ctx: Ctx, heads: readonly { commune_id: number; id: string }[]): Promise<void> {
  if (heads.length === 0) return;
  const rows = await ctx.db
    .selectFrom('criteria_published')
    .selectAll()
    .where(
      'commune_id',
      'in',
      heads.map((head) => head.commune_id),
    )
    .where(
      'id',
      'in',
      heads.map(({ id }) => id),
    )
    .execute();
  for (const row of rows) {
    const commune = { ...ctx.commune, id: row.commune_id };
    const fits = fitsManifest({ wiring: ctx.wiring, commune }, Buffer.from(row.body ?? ''), row.signature);
    const found = fits && row.body !== null ? (JSON.parse(row.body) as PublishedBody) : null;
    known.set(
      row.id,
      found && {
        ...found,
        id: row.id,
        communeId: row.commune_id,
        reach: row.reach as Reach,
        live: row.live,
        signerName: row.signer_name,
        publishedAt: row.published_at,
      },
    );
  }
}
