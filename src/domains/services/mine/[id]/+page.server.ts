import { fail, redirect } from '@sveltejs/kit';
import { listHamlets } from '#domain/commune';
import { localizeHref } from '#i18n/runtime';
import { actorId } from '#kernel/context';
import { CITIZEN_UPLOAD, MEDIA_TYPES } from '#kernel/files/kinds';
import { signInHref, toSignIn } from '../../draft/browser.ts';
import { readPosted, store, type Upload } from '../../draft/uploads.server.ts';
import { attempt, refusalOf, textOf } from '../../edge.ts';
import { ownDossierView } from '../dossier-view.ts';
import { ownSlip, supplyPapers, withdrawOwn, type Supply } from '../mine.actions.ts';
import { mustBeOwn, ownDossier } from '../mine.queries.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const LIMITS = {
  accept: CITIZEN_UPLOAD.kinds.map((kind) => MEDIA_TYPES[kind]),
  maxBytes: CITIZEN_UPLOAD.maxBytes,
  maxPages: CITIZEN_UPLOAD.maxPages,
};
const MOST_FILES_AT_ONCE = 20;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  try {
    return await locals.run(async (ctx) => {
      const own = await ownDossier(ctx, params.id);
      const hamlets = await listHamlets(ctx, { on: 'ever' });
      const view = ownDossierView(own, {
        locale: locals.locale,
        me: actorId(ctx.actor),
        origin: url.origin,
        hamletNames: new Map(hamlets.map(({ id, name }) => [id, name])),
      });
      return {
        dossier: view,
        justFiled: url.searchParams.has('filed'),
        supplied: url.searchParams.has('supplied'),
      };
    });
  } catch (thrown) {
    return toSignIn(thrown, url);
  }
};

/** Stores what was sent for each paper, after it is sure that the dossier is the sender's own. */
async function suppliesOf(event: RequestEvent, uploads: readonly Upload[]): Promise<Supply[]> {
  const { locals, params } = event;
  await locals.run((ctx) => mustBeOwn(ctx, params.id));
  const supplies: Supply[] = [];
  for (const { key, file } of uploads.slice(0, MOST_FILES_AT_ONCE)) {
    const stored = await store(locals.files, file, LIMITS);
    supplies.push({ paperCode: key, name: file.name, file: stored });
  }
  return supplies;
}

export const actions: Actions = {
  supply: async (event) => {
    const { locals, params, request, url } = event;
    if (locals.actor.kind !== 'person') redirect(303, signInHref(new URL(url.pathname, url)));
    const { uploads } = readPosted(await request.formData());
    const done = await attempt({ at: 'supply' as const }, async () => {
      const supplies = await suppliesOf(event, uploads);
      return locals.run((ctx) => supplyPapers(ctx, params.id, supplies));
    });
    if (!('row' in done)) return done;
    redirect(303, `${localizeHref(`/services/mine/${params.id}`)}?supplied`);
  },

  withdraw: async ({ locals, params, request }) => {
    const reason = textOf(await request.formData(), 'reason', 2_000).trim();
    try {
      await locals.run((ctx) => withdrawOwn(ctx, params.id, reason || undefined));
    } catch (thrown) {
      const { status, refused } = refusalOf(thrown);
      return fail(status, { at: 'withdraw' as const, refused });
    }
    redirect(303, localizeHref(`/services/mine/${params.id}`));
  },

  rate: async ({ locals, params }) => {
    const token = await attempt({ at: 'rate' as const }, () => locals.run((ctx) => ownSlip(ctx, params.id)));
    if (typeof token !== 'string') return token;
    redirect(303, localizeHref(`/services/rate/${token}`));
  },
};
