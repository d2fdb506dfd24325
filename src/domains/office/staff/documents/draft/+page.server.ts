import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, textsOf } from '#app/attempt';
import { newId } from '#kernel/ids';
import { openDraft } from '../../../document/document.queries.ts';
import { draftDocument } from '../../../document/register.actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const reply = url.searchParams.get('reply');
  const opened = await locals.run((ctx) => openDraft(ctx, reply));
  return {
    ...opened,
    clientId: newId(),
    crumbs: [
      { href: localizeHref('/office/staff/documents'), label: m.office_nav_documents() },
      { href: url.pathname, label: m.office_document_draft() },
    ],
  };
};

export const actions: Actions = {
  draft: async ({ locals, request }) => {
    const { clientId, ...typed } = textsOf(await request.formData());
    let made = '';
    const refused = await attempt(locals, 'draft', typed, async (ctx) => {
      made = await draftDocument(ctx, typed as never, { clientId });
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/office/staff/documents/${made}`)}?done=draft`);
  },
};
