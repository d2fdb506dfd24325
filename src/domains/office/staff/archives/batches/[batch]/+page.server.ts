import { redirect } from '@sveltejs/kit';
import { listHamlets } from '#domain/commune';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, attemptAll, textsOf } from '#app/attempt';
import { may } from '#kernel/rights';
import { addScans, checkBatch, judgeScans } from '../../../../archive/archive.actions.ts';
import { getBatch } from '../../../../archive/archive.queries.ts';
import { indexItem } from '../../../../archive/item.actions.ts';
import { FAULTS } from '../../../../archive/scan.ts';
import { FAULT_WORDS } from '../../../../archive/words.ts';
import { pageIn } from '#kernel/pager';
import { pagerOf, takeScans } from '../../../../edge.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 50;

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const batch = await getBatch(ctx, params.batch);
    const here = localizeHref(`/office/staff/archives/batches/${params.batch}`);
    const page = pageIn(url.searchParams);
    const shown = batch.scans.slice((page - 1) * PER_PAGE, page * PER_PAGE);
    const free = batch.scans.filter((one) => one.item_id === null && one.verdict === 'good');
    const hamlets = await listHamlets(ctx, {});
    return {
      name: batch.name,
      state: batch.state,
      checked: batch.checked,
      total: batch.total,
      redo: batch.scans.filter(({ verdict }) => verdict === 'redo').length,
      doubtful: batch.scans.filter(({ faults }) => faults.length > 0).length,
      rows: shown.map((scan) => ({
        id: scan.id,
        position: scan.position,
        name: scan.name,
        href: `${here}/scans/${scan.id}`,
        faults: FAULTS.filter((one) => scan.faults.includes(one)).map((one) => FAULT_WORDS[one]()),
        verdict: scan.verdict ?? '',
        indexed: scan.item_id !== null,
      })),
      pager: { ...pagerOf(page, PER_PAGE, shown.length, batch.total), address: '' },
      next: free[0] ? { from: free[0].position, to: free[0].position } : null,
      hamlets: hamlets.map(({ id, name }) => ({ value: id, label: name })),
      may: { scan: may(ctx, 'office.archive.scan'), index: may(ctx, 'office.archive.index') },
      done: url.searchParams.get('done'),
      crumbs: [
        { href: localizeHref('/office/staff/archives'), label: m.office_nav_archives() },
        { href: localizeHref(`/office/staff/archives/${batch.archive_id}`), label: m.office_archive_name() },
        { href: url.pathname, label: batch.name },
      ],
    };
  });

export const actions: Actions = {
  scans: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const refused = await attemptAll(locals, 'scans', {}, async () => {
      await locals.run((ctx) => getBatch(ctx, params.batch));
      const scans = await takeScans(locals.files, form, 'scans');
      await locals.run((ctx) => addScans(ctx, params.batch, scans));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=scans`);
  },

  check: async ({ locals, params, url }) => {
    const refused = await attempt(locals, 'check', {}, (ctx) => checkBatch(ctx, params.batch));
    if (refused) return refused;
    redirect(303, localizeHref(url.pathname));
  },

  judge: async ({ locals, params, request, url }) => {
    const typed = textsOf(await request.formData());
    const ids = Object.keys(typed).flatMap((name) => /^position-(.+)$/.exec(name)?.[1] ?? []);
    const scans = ids.map((id) => ({
      id,
      position: typed[`position-${id}`],
      verdict: (typed[`verdict-${id}`] ?? null) as 'good' | 'redo' | null,
    }));
    const refused = await attempt(locals, 'judge', typed, (ctx) => judgeScans(ctx, params.batch, { scans }));
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=judge`);
  },

  index: async ({ locals, params, request, url }) => {
    const typed = textsOf(await request.formData());
    // Naming a resident opens his record; that is written down with its purpose.
    const purpose = typed.residentId ? 'dossier' : null;
    const refused = await attemptAll(locals, 'index', typed, () =>
      locals.run((ctx) => indexItem(ctx, params.batch, typed as never), { purpose }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=index`);
  },
};
