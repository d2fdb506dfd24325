/** Erases what has had its time. Files that no row names any more go in the nightly sweep of the file store. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { expiredBefore } from './retention.ts';

export type Erased = {
  papers: number;
  corrections: number;
  consents: number;
  stays: number;
  supports: number;
  aid: number;
};

/** The nightly job, written down with how much went. Doing it again changes nothing. */
export async function eraseExpired(ctx: Ctx): Promise<Erased> {
  const erased: Erased = { papers: 0, corrections: 0, consents: 0, stays: 0, supports: 0, aid: 0 };
  // Filled below: the trail is written when the transaction commits.
  allow(ctx, 'registry.retention.erase', {}, erased);
  const papers = await ctx.db
    .updateTable('registry_correction')
    .set({ paper_hash: null, paper_size: null, paper_type: null, paper_name: null, paper_erased_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('paper_hash', 'is not', null)
    .where('decided_at', '<', expiredBefore('correction_paper', ctx.now))
    .executeTakeFirst();
  const corrections = await ctx.db
    .deleteFrom('registry_correction')
    .where('commune_id', '=', ctx.commune.id)
    .where('decided_at', '<', expiredBefore('correction', ctx.now))
    .executeTakeFirst();
  const consents = await ctx.db
    .deleteFrom('registry_consent')
    .where('commune_id', '=', ctx.commune.id)
    .where('withdrawn_at', '<', expiredBefore('consent', ctx.now))
    .executeTakeFirst();
  erased.papers = Number(papers.numUpdatedRows);
  erased.corrections = Number(corrections.numDeletedRows);
  erased.consents = Number(consents.numDeletedRows);
  Object.assign(erased, await eraseCare(ctx));
  return erased;
}

/** Stays, groups and aid; their rows have days, no moments. */
async function eraseCare(ctx: Ctx): Promise<Pick<Erased, 'stays' | 'supports' | 'aid'>> {
  const before = (code: 'stay' | 'support' | 'aid') => localDateOf(expiredBefore(code, ctx.now));
  const stays = await ctx.db
    .deleteFrom('registry_stay')
    .where('commune_id', '=', ctx.commune.id)
    .where('to_day', '<', before('stay'))
    .executeTakeFirst();
  const supports = await ctx.db
    .deleteFrom('registry_support')
    .where('commune_id', '=', ctx.commune.id)
    .where('until_day', '<', before('support'))
    .executeTakeFirst();
  const aid = await ctx.db
    .deleteFrom('registry_aid')
    .where('commune_id', '=', ctx.commune.id)
    .where('day', '<', before('aid'))
    .executeTakeFirst();
  return {
    stays: Number(stays.numDeletedRows),
    supports: Number(supports.numDeletedRows),
    aid: Number(aid.numDeletedRows),
  };
}
