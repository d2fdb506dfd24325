import { redirect } from '@sveltejs/kit';
import { officeCalendar } from '#domain/commune';
import { listOfficials } from '#domain/registry';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, attemptAll, textsOf } from '#app/attempt';
import { formatDate } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { officialOptions, takeFiles } from '../../../edge.ts';
import { listFiles } from '../../../file.actions.ts';
import { publicationInput } from '../../../publication/form.ts';
import { itemOf } from '../../../publication/items.ts';
import {
  addEvidence,
  changePublication,
  withdrawPublication,
} from '../../../publication/publication.actions.ts';
import { latestStart, stateOf } from '../../../publication/publication.ts';
import { getPublication } from '../../../publication/publication.queries.ts';
import { channelWords, publicationLabel } from '../../../publication/words.ts';
import { fileLines } from '../../../words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const one = await getPublication(ctx, params.id);
    const calendar = await officeCalendar(ctx);
    const today = localDateOf(ctx.now);
    const officials = await listOfficials(ctx, 'ever');
    const { locale } = ctx;
    const group = itemOf(one.item);
    return {
      one,
      label: publicationLabel(stateOf(calendar, one, today)),
      group: `${group.number}. ${group.name[locale]}`,
      facts: [
        { label: m.office_publication_channels(), value: channelWords(one.channels, locale) },
        { label: m.office_publication_decided_on(), value: formatDate(one.decidedOn, locale) },
        {
          label: m.office_publication_latest(),
          value: formatDate(latestStart(calendar, one.decidedOn), locale),
        },
        { label: m.office_publication_from(), value: one.from && formatDate(one.from, locale) },
        { label: m.office_publication_to(), value: one.to && formatDate(one.to, locale) },
        { label: m.office_publication_place(), value: one.place },
        { label: m.office_publication_link(), value: one.link },
        {
          label: m.office_publication_official(),
          value: officials.find(({ id }) => id === one.officialId)?.fullName ?? null,
        },
        { label: m.office_note(), value: one.note },
      ],
      files: fileLines(
        await listFiles(ctx, params.id),
        localizeHref(`/office/staff/publications/${params.id}/files`),
      ),
      officials: officialOptions(officials, today),
      mayEdit: may(ctx, 'office.publication.edit') && !one.withdrawn,
      done: url.searchParams.get('done'),
      crumbs: [
        { href: localizeHref('/office/staff/publications'), label: m.office_nav_publications() },
        { href: url.pathname, label: one.title },
      ],
    };
  });

export const actions: Actions = {
  change: async ({ locals, params, request, url }) => {
    const { seen, ...typed } = textsOf(await request.formData(), ['channels']);
    const refused = await attempt(locals, 'change', typed, (ctx) =>
      changePublication(ctx, params.id, publicationInput(typed), Number(seen)),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=changed`);
  },

  evidence: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const refused = await attemptAll(locals, 'evidence', {}, async () => {
      await locals.run((ctx) => getPublication(ctx, params.id));
      const files = await takeFiles(locals.files, form, 'files');
      await locals.run((ctx) => addEvidence(ctx, params.id, files));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=evidence`);
  },

  withdraw: async ({ locals, params, request, url }) => {
    const { seen } = textsOf(await request.formData());
    const refused = await attempt(locals, 'withdraw', {}, (ctx) =>
      withdrawPublication(ctx, params.id, Number(seen)),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=withdrawn`);
  },
};
