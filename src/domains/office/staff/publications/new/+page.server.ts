import { redirect } from '@sveltejs/kit';
import { listOfficials } from '#domain/registry';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attemptAll, textsOf } from '#app/attempt';
import { localDateOf } from '#kernel/time';
import { officialOptions, takeFiles } from '../../../edge.ts';
import { publicationInput } from '../../../publication/form.ts';
import { enterPublication } from '../../../publication/publication.actions.ts';
import { openPublicationForm } from '../../../publication/publication.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    await openPublicationForm(ctx);
    const today = localDateOf(ctx.now);
    return {
      officials: officialOptions(await listOfficials(ctx, today), today),
      today,
      crumbs: [
        { href: localizeHref('/office/staff/publications'), label: m.office_nav_publications() },
        { href: url.pathname, label: m.office_publication_enter() },
      ],
    };
  });

export const actions: Actions = {
  enter: async ({ locals, request }) => {
    const form = await request.formData();
    const typed = textsOf(form, ['channels']);
    let made = '';
    const refused = await attemptAll(locals, 'enter', typed, async () => {
      await locals.run(openPublicationForm);
      const files = await takeFiles(locals.files, form, 'files');
      made = await locals.run((ctx) => enterPublication(ctx, publicationInput(typed), files));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/office/staff/publications/${made}`)}?done=entered`);
  },
};
