import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attemptAll, textsOf } from '#app/attempt';
import { newId } from '#kernel/ids';
import { openRegister } from '../../../document/document.queries.ts';
import { registerDocument } from '../../../document/register.actions.ts';
import { takeFiles } from '../../../edge.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  await locals.run(openRegister);
  return {
    clientId: newId(),
    crumbs: [
      { href: localizeHref('/office/staff/documents'), label: m.office_nav_documents() },
      { href: url.pathname, label: m.office_document_register() },
    ],
  };
};

export const actions: Actions = {
  register: async ({ locals, request }) => {
    const form = await request.formData();
    const { clientId, ...typed } = textsOf(form);
    let made = '';
    const refused = await attemptAll(locals, 'register', typed, async () => {
      await locals.run(openRegister);
      const files = await takeFiles(locals.files, form, 'files');
      const options = { clientId, files };
      const { id } = await locals.run((ctx) => registerDocument(ctx, typed as never, options));
      made = id;
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/office/staff/documents/${made}`)}?done=register`);
  },
};
