import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, textsOf } from '#app/attempt';
import { formatDate } from '#kernel/format';
import { may } from '#kernel/rights';
import { startBatch } from '../../../archive/archive.actions.ts';
import { getArchive } from '../../../archive/archive.queries.ts';
import { progressOf } from '../../../archive/scan.ts';
import { archiveKind, retentionWords } from '../../../archive/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const archive = await getArchive(ctx, params.id);
    const { done, remaining } = progressOf(archive);
    return {
      name: archive.name,
      kind: archiveKind(archive.kind),
      closed: archive.closed,
      done,
      facts: [
        { label: m.office_archive_place(), value: archive.place },
        { label: m.office_archive_span(), value: `${archive.from_year}–${archive.to_year}` },
        { label: m.office_archive_expected(), value: String(archive.expected) },
        { label: m.office_archive_indexed(), value: String(archive.items) },
        { label: m.office_archive_remaining(), value: String(remaining) },
        { label: m.office_archive_scans(), value: String(archive.scans) },
        { label: m.office_archive_retention(), value: retentionWords(archive.retention_years) },
        { label: m.office_note(), value: archive.note },
      ],
      batches: archive.batches.map((batch) => ({
        id: batch.id,
        href: localizeHref(`/office/staff/archives/batches/${batch.id}`),
        name: batch.name,
        day: formatDate(batch.made_at, ctx.locale),
        total: batch.total,
        indexed: batch.indexed,
        state: batch.state,
      })),
      indexHref: `${localizeHref('/office/staff/archives')}?archive=${params.id}`,
      mayScan: may(ctx, 'office.archive.scan'),
      saved: url.searchParams.has('done'),
      crumbs: [
        { href: localizeHref('/office/staff/archives'), label: m.office_nav_archives() },
        { href: url.pathname, label: archive.name },
      ],
    };
  });

export const actions: Actions = {
  batch: async ({ locals, params, request }) => {
    const typed = textsOf(await request.formData());
    let made = '';
    const refused = await attempt(locals, 'batch', typed, async (ctx) => {
      made = await startBatch(ctx, params.id, typed.name ?? '');
    });
    if (refused) return refused;
    redirect(303, localizeHref(`/office/staff/archives/batches/${made}`));
  },
};
