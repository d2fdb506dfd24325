import { fail, redirect, type ActionFailure } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { PURPOSES, type Purpose } from '#domain/registry';
import { qrSvg } from '#kernel/documents/qr';
import { AppError, isAppError } from '#kernel/errors';
import { groupCode, newId } from '#kernel/ids';
import { theRuntime } from '#app/runtime';
import { mayAddResult } from '../../attachment/attachment.actions.ts';
import { digitisePaper } from '../../attachment/digitise.actions.ts';
import { viewDossier } from '../../dossier/view.queries.ts';
import { attempt, errorWords, textOf } from '../../edge.ts';
import { renewSlip } from '../../rating/slip.actions.ts';
import { PURPOSE_WORDS } from '../desk-words.ts';
import { takeResultFile, takeScan } from '../../attachment/take.server.ts';
import { fileIn, givenOf } from '../upload.server.ts';
import { act } from './act.ts';
import { dossierPage } from './dossier-page.ts';
import type { RefusedMove } from './refused.ts';
import { isFormMove, MOVE_TITLES } from './move-fields.ts';
import { typedIn } from './read-move.ts';
import type { Actions, PageServerLoad } from './$types';

/** Why the person's data is opened; without a purpose it stays masked. */
function purposeIn(url: URL): Purpose | null {
  return PURPOSES.find((one) => one === url.searchParams.get('purpose')) ?? null;
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const purpose = purposeIn(url);
  const open = purpose !== null;
  return locals.run(
    async (ctx) => {
      const done = url.searchParams.get('done') ?? '';
      return {
        ...(await dossierPage(ctx, params.id, open)),
        purpose: purpose && PURPOSE_WORDS[purpose](),
        purposes: PURPOSES.map((value) => ({ value, label: PURPOSE_WORDS[value]() })),
        scanId: newId(ctx.now),
        filed: done === 'filed' || done === 'received' ? done : null,
        done: isFormMove(done) ? MOVE_TITLES[done]() : done === 'scan' ? m.services_paper_scan() : null,
      };
    },
    { purpose },
  );
};

export const actions: Actions = {
  move: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const kind = textOf(form, 'kind', 40);
    const typed = typedIn(form);
    if (!isFormMove(kind))
      return refusedMove(new AppError('services.dossier.no_such_move', 422), kind, typed);
    try {
      const file = kind === 'decide' ? fileIn(form, 'file') : undefined;
      if (file) await locals.run((ctx) => mayAddResult(ctx, params.id));
      const roots = typed.medium?.[0] === 'paper' ? null : await theRuntime().trustedRoots();
      const rule = { roots, now: new Date(), field: 'file' };
      const result = file ? await takeResultFile(locals.files, await givenOf(file), rule) : null;
      await locals.run((ctx) => act(ctx, params.id, { kind, typed }, result));
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      return refusedMove(thrown, kind, typed);
    }
    redirect(303, afterwards(url, kind));
  },

  scan: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const paper = textOf(form, 'paper', 60);
    const file = fileIn(form, 'scan');
    const clientId = textOf(form, 'client', 60);
    const taken = await attempt({ scan: paper }, async () => {
      if (!file) throw new AppError('input.invalid', 422, {}, { scan: 'kernel.files.empty' });
      await locals.run((ctx) => viewDossier(ctx, params.id));
      const stored = await takeScan(locals.files, await givenOf(file), 'scan');
      await locals.run((ctx) =>
        digitisePaper(ctx, params.id, { paper, name: file.name, file: stored }, { clientId }),
      );
    });
    if (taken) return taken;
    redirect(303, afterwards(url, 'scan'));
  },

  slip: async ({ locals, params, url }) => {
    const renewed = await attempt({}, () => locals.run((ctx) => renewSlip(ctx, params.id)));
    if (typeof renewed !== 'string') return renewed;
    const href = localizeHref(`/services/rate/${renewed}`, { locale: 'vi' });
    return { slip: { code: groupCode(renewed), href, qr: qrSvg(`${url.origin}${href}`) } };
  },
};

/** Back to the page, with what was recorded, and as open as it was. */
function afterwards(url: URL, kind: string): string {
  const purpose = purposeIn(url);
  const query = new URLSearchParams({ done: kind, ...(purpose && { purpose }) });
  return `${localizeHref(url.pathname)}?${query}`;
}

function refusedMove(
  { code, params, status, fields }: AppError,
  kind: string,
  typed: Record<string, string[]>,
): ActionFailure<{ move: RefusedMove }> {
  const words = Object.entries(fields).map(([name, wrong]) => [name, errorWords(wrong, params)] as const);
  return fail(status, {
    move: { kind, words: errorWords(code, params), fields: Object.fromEntries(words), typed },
  });
}
