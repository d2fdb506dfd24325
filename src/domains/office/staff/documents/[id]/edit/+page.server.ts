import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, textsOf } from '#app/attempt';
import { newId } from '#kernel/ids';
import { openDraft, viewDocument } from '../../../../document/document.queries.ts';
import { actOnDocument } from '../../../../document/move.actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { document, row } = await viewDocument(ctx, params.id);
    const back = localizeHref(`/office/staff/documents/${params.id}`);
    return {
      ...(await openDraft(ctx, null)),
      incoming: document.incoming,
      outgoing: document.outgoing,
      seen: String(row.last_seq),
      clientId: newId(),
      crumbs: [
        { href: localizeHref('/office/staff/documents'), label: m.office_nav_documents() },
        { href: back, label: row.summary },
        { href: url.pathname, label: m.office_edit() },
      ],
    };
  });

export const actions: Actions = {
  save: async ({ locals, params, request }) => {
    const { clientId, seen, kind, ...typed } = textsOf(await request.formData());
    const move = kind === 'edit' ? 'edit' : 'correct';
    const refused = await attempt(locals, 'save', typed, (ctx) =>
      actOnDocument(ctx, params.id, move, typed, { clientId, seen: Number(seen) || undefined }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(`/office/staff/documents/${params.id}`)}?done=${move}`);
  },
};
