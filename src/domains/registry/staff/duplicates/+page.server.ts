import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDateTime, formatNumber } from '#kernel/format';
import { listDuplicates, listMerges } from '../../duplicate/duplicate.queries.ts';
import { notTheSame, undoMerge } from '../../duplicate/merge.actions.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), 400);
  const offset = (page - 1) * PER_PAGE;
  const { found, merges } = await locals.run(async (ctx) => ({
    found: await listDuplicates(ctx, { offset, limit: PER_PAGE }),
    merges: await listMerges(ctx),
  }));
  return {
    pairs: found.items,
    count: formatNumber(found.total, { locale }),
    page,
    pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
    first: offset + 1,
    merges: merges.map(({ id, kept, mergedName, at, undoneAt }) => ({
      id,
      kept,
      mergedName,
      at: formatDateTime(at, locale),
      undone: undoneAt !== null,
    })),
    done: url.searchParams.get('done'),
    crumbs: [{ href: url.pathname, label: m.registry_nav_duplicates({}, { locale }) }],
  };
};

export const actions: Actions = {
  apart: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'apart', typed, (ctx) =>
      notTheSame(ctx, typed.first ?? '', typed.second ?? ''),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/registry/staff/duplicates')}?done=apart`);
  },

  undo: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'undo', typed, (ctx) => undoMerge(ctx, typed.id ?? ''));
    if (refused) return refused;
    redirect(303, `${localizeHref('/registry/staff/duplicates')}?done=undone`);
  },
};
