import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, attemptAll, textsOf } from '#app/attempt';
import { newId } from '#kernel/ids';
import { localDateOf } from '#kernel/time';
import { linkedDocuments, viewDocument } from '../../../document/document.queries.ts';
import { actOnDocument, attachToDocument, receiptOfDocument } from '../../../document/move.actions.ts';
import { FORM_MOVES } from '../../../document/moves.ts';
import { timelineOf } from '../../../document/timeline.ts';
import { aroundWork, officialOptions, takeFiles } from '../../../edge.ts';
import { listFiles } from '../../../file.actions.ts';
import { fileLines } from '../../../words.ts';
import { taskLinks } from '../../../task/links.queries.ts';
import { factsOf, headOf, linksOf, peopleOf } from './view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { id } = params;
    await receiptOfDocument(ctx, id);
    const viewed = await viewDocument(ctx, id);
    const around = await aroundWork(ctx);
    const { names, officials } = around;
    const links = await linkedDocuments(ctx, id, viewed.row.reply_to);
    return {
      id,
      head: headOf(viewed, around),
      facts: factsOf(viewed, around),
      incoming: viewed.document.incoming,
      outgoing: viewed.document.outgoing,
      people: peopleOf(viewed, officials, ctx.locale),
      links: linksOf(links, ctx.locale),
      tasks: await taskLinks(ctx, { kind: 'document', id, title: viewed.row.summary }),
      files: fileLines(await listFiles(ctx, id), localizeHref(`/office/staff/documents/${id}/files`)),
      course: timelineOf(viewed.actions, names, ctx.locale),
      moves: viewed.moves.filter((kind) => kind !== 'edit' && kind !== 'correct'),
      mayEdit: viewed.moves.includes('edit') || viewed.moves.includes('correct'),
      mayAttach: viewed.mayAttach,
      officials: officialOptions(officials, localDateOf(ctx.now)),
      seen: String(viewed.row.last_seq),
      clientId: newId(),
      done: url.searchParams.get('done'),
      crumbs: [
        { href: localizeHref('/office/staff/documents'), label: m.office_nav_documents() },
        { href: url.pathname, label: headOf(viewed, around).title },
      ],
    };
  });

export const actions: Actions = {
  move: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const { kind: asked, clientId, seen, ...typed } = textsOf(form, ['with', 'informed']);
    const kind = FORM_MOVES.find((one) => one === asked) ?? 'remark';
    const list = (text: string | undefined) => (text ? text.split(',') : []);
    const input = { ...typed, with: list(typed.with), informed: list(typed.informed) };
    const refused = await attempt(locals, `move-${kind}`, typed, (ctx) =>
      actOnDocument(ctx, params.id, kind, input, { clientId, seen: Number(seen) || undefined }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=${kind}`);
  },

  attach: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const { clientId } = textsOf(form);
    const refused = await attemptAll(locals, 'attach', {}, async () => {
      await locals.run((ctx) => viewDocument(ctx, params.id));
      const files = await takeFiles(locals.files, form, 'files');
      await locals.run((ctx) => attachToDocument(ctx, params.id, files, { clientId }));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=attach`);
  },
};
