import { redirect } from '@sveltejs/kit';
import { officeCalendar } from '#domain/commune';
import { listOfficials } from '#domain/registry';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, attemptAll, textsOf } from '#app/attempt';
import type { Locale } from '#kernel/context';
import { formatDate } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDateOf, type LocalDate } from '#kernel/time';
import { officialOptions, takeFiles } from '../../../edge.ts';
import { listFiles } from '../../../file.actions.ts';
import { publicationInput } from '../../../publication/form.ts';
import {
  addEvidence,
  changePublication,
  withdrawPublication,
} from '../../../publication/publication.actions.ts';
import { latestStart, stateOf, type Publication } from '../../../publication/publication.ts';
import { groupName } from '../../../publication/view.ts';
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
    const names = new Map(officials.map(({ id, fullName }) => [id, fullName]));
    const { locale } = ctx;
    return {
      one,
      label: publicationLabel(stateOf(calendar, one, today)),
      group: groupName(one.item, locale),
      facts: factsOf(one, { latest: latestStart(calendar, one.decidedOn), names, locale }),
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

type Around = { latest: LocalDate; names: ReadonlyMap<string, string>; locale: Locale };

function factsOf(one: Publication, { latest, names, locale }: Around) {
  const day = (date: LocalDate | null) => date && formatDate(date, locale);
  return [
    { label: m.office_publication_channels(), value: channelWords(one.channels, locale) },
    { label: m.office_publication_decided_on(), value: day(one.decidedOn) },
    { label: m.office_publication_latest(), value: day(latest) },
    { label: m.office_publication_from(), value: day(one.from) },
    { label: m.office_publication_to(), value: day(one.to) },
    { label: m.office_publication_place(), value: one.place },
    { label: m.office_publication_link(), value: one.link },
    {
      label: m.office_publication_official(),
      value: (one.officialId && names.get(one.officialId)) || null,
    },
    { label: m.office_note(), value: one.note },
  ];
}

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
