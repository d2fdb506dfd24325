import { fail, redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { newId } from '#kernel/ids';
import { may } from '#kernel/rights';
import { addressOf, isNarrowed, readQueue } from '../queue/address.ts';
import { BATCH_MOVES, moveEach, type BatchResult } from '../queue/batch.ts';
import { MOST_COUNTED, workQueue } from '../queue/queue.queries.ts';
import { listFilters, removeFilter, saveFilter } from '../queue/saved-filter.actions.ts';
import { attempt, errorWords, textOf } from '../edge.ts';
import { filterOptions, pageHref, readNames, rowView, viewTabs } from './queue-view.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const queue = readQueue(url.searchParams);
    const offset = (queue.page - 1) * PER_PAGE;
    const { total, rows } = await workQueue(ctx, { ...queue, offset, limit: PER_PAGE });
    const names = await readNames(ctx);
    const shown = await Promise.all(rows.map((row) => rowView(ctx, row, names)));
    return {
      queue,
      narrowed: isNarrowed(queue),
      address: addressOf(queue),
      pages: { now: queue.page, all: Math.max(1, Math.ceil(total / PER_PAGE)) },
      from: offset + 1,
      total,
      more: total >= MOST_COUNTED,
      rows: shown,
      picked: url.searchParams.get('pick') === 'page',
      tabs: await viewTabs(ctx, queue),
      options: await filterOptions(ctx, queue, names),
      filters: await listFilters(ctx),
      batch: BATCH_MOVES.filter((kind) => may(ctx, `services.dossier.${kind}`)),
      batchId: newId(ctx.now),
      saved: url.searchParams.get('saved'),
      crumbs: [{ href: url.pathname, label: m.services_queue_title() }],
      first: pageHref(queue, 1),
    };
  });

export const actions: Actions = {
  batch: async ({ locals, request }) => {
    const form = await request.formData();
    const kind = BATCH_MOVES.find((one) => one === form.get('kind'));
    const ids = form.getAll('pick').filter((id): id is string => typeof id === 'string');
    if (!kind || ids.length === 0) return fail(422, { batch: { title: m.services_batch_nothing() } });
    const [to, reason, way] = [textOf(form, 'to', 60), textOf(form, 'reason', 500), textOf(form, 'way', 20)];
    if ((kind === 'assign' || kind === 'hand_over') && !to)
      return fail(422, { batch: { title: m.services_batch_no_officer() } });
    if (kind === 'hand_over' && !reason) return fail(422, { batch: { title: m.services_batch_no_reason() } });
    const data = { receive: {}, assign: { to }, hand_over: { to, reason }, return: { way } }[kind];
    const results = await moveEach(locals.run, ids, { kind, data }, textOf(form, 'batch', 60));
    const codes = new Map(ids.map((id) => [id, textOf(form, `code-${id}`, 40)]));
    return { batch: summaryOf(results, codes) };
  },

  save: async ({ locals, request, url }) => {
    const form = await request.formData();
    const name = textOf(form, 'name', 200);
    const query = textOf(form, 'query', 2_000);
    const saved = await attempt({ saving: name }, () =>
      locals.run((ctx) => saveFilter(ctx, { name, query })),
    );
    if ('status' in saved) return saved;
    redirect(303, `${url.pathname}?${saved.query}&saved=yes`);
  },

  remove: async ({ locals, request, url }) => {
    const form = await request.formData();
    const gone = await attempt({}, () => locals.run((ctx) => removeFilter(ctx, textOf(form, 'id', 60))));
    if (gone) return gone;
    redirect(303, `${url.pathname}?saved=removed`);
  },
};

/** What the batch did, and why not, dossier by dossier. */
function summaryOf(results: readonly BatchResult[], codes: ReadonlyMap<string, string>) {
  const refused = results.flatMap(({ id, refused: why }) =>
    why ? [{ code: codes.get(id) || id, words: errorWords(why.code, why.params) }] : [],
  );
  const done = results.length - refused.length;
  return {
    done,
    refused,
    title: done > 0 ? m.services_batch_done({ count: String(done) }) : null,
    refusedTitle: m.services_batch_refused({ count: String(refused.length) }),
  };
}
