/** What the lots' pages share: the producers that the reader works with, and what he may do. */
import { listProducers } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { allow, hamletsWhere, may } from '#kernel/rights';

export type LotDesk = {
  /** Working producers that make or trade tea, by name; of the reader's hamlets. */
  producers: { value: string; label: string }[];
  may: Record<
    | 'weigh'
    | 'pay'
    | 'work'
    | 'undo'
    | 'export'
    | 'reply'
    | 'hold'
    | 'answer'
    | 'products'
    | 'recalls'
    | 'portal'
    | 'labels'
    | 'test',
    boolean
  >;
};

const MOST = 500;

/** Opens the desk for whoever reads lots in some hamlet at least. */
export async function openLotDesk(ctx: Ctx): Promise<LotDesk> {
  const hamlets = hamletsWhere(ctx, 'trace.lot.list');
  const hamlet_id = hamlets === 'all' ? null : (hamlets[0] ?? null);
  allow(ctx, 'trace.lot.list', { hamlet_id });
  const { items } = await listProducers(ctx, { limit: MOST });
  const here = (right: string) => may(ctx, right, { hamlet_id });
  return {
    producers: items
      .filter(({ trades }) => trades.some((trade) => trade.startsWith('tea_')))
      .map(({ id, name }) => ({ value: id, label: name })),
    may: {
      weigh: here('trace.ticket.record'),
      pay: here('trace.ticket.pay'),
      work: here('trace.step.record'),
      undo: here('trace.step.undo'),
      export: here('trace.lot.export'),
      reply: here('trace.feedback.answer'),
      hold: here('trace.hold.place'),
      answer: here('trace.lot.release'),
      products: here('trace.product.edit'),
      recalls: may(ctx, 'trace.recall.see'),
      portal: may(ctx, 'trace.portal.see'),
      labels: here('trace.label.print'),
      test: here('trace.lot.test'),
    },
  };
}
