import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { formatDateTime } from '#kernel/format';
import { draftKey, signInHref } from '../draft/browser.ts';
import { listDrafts } from '../draft/draft.queries.ts';
import { dueWords } from '../track/track.ts';
import { procedureName, stateLabel } from '../words.ts';
import { myDossiers } from './mine.queries.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 20;

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
  if (locals.actor.kind !== 'person') redirect(303, signInHref(url));
  const { locale } = locals;
  const asked = Number(url.searchParams.get('page'));
  const page = Number.isInteger(asked) && asked > 0 && asked < 10_000 ? asked : 1;
  const { own, drafts } = await locals.run(async (ctx) => ({
    own: await myDossiers(ctx, { offset: (page - 1) * PER_PAGE, limit: PER_PAGE }),
    drafts: await listDrafts(ctx, draftKey(cookies)),
  }));
  return {
    page,
    pages: Math.max(1, Math.ceil(own.total / PER_PAGE)),
    total: own.total,
    drafts: drafts.length,
    dossiers: own.lines.map((line) => ({
      id: line.id,
      href: localizeHref(`/services/mine/${line.id}`),
      name: procedureName(line.procedure, locale),
      code: line.code,
      state: stateLabel(line.state),
      filed: formatDateTime(line.filedAt, locale),
      due:
        line.dueAt && (line.state === 'received' || line.state === 'processing')
          ? dueWords(line.dueAt, locale)
          : null,
      onBehalf: line.onBehalf,
    })),
  };
};
