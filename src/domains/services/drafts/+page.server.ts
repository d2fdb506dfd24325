import { localizeHref } from '#i18n/runtime';
import { formatDateTime } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import { draftKey, signInHref } from '../draft/browser.ts';
import { listDrafts } from '../draft/draft.queries.ts';
import { expiryWords } from '../draft/draft-view.ts';
import { publishedOn } from '../procedure.queries.ts';
import { procedureName } from '../words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, cookies, url }) => {
  const { locale } = locals;
  const { drafts, names } = await locals.run(async (ctx) => {
    const versions = await publishedOn(ctx, localDateOf(ctx.now));
    return {
      drafts: await listDrafts(ctx, draftKey(cookies)),
      names: new Map(versions.map((version) => [version.code, procedureName(version, locale)])),
    };
  });
  return {
    saved: url.searchParams.get('saved'),
    gone: url.searchParams.has('gone'),
    signedIn: locals.actor.kind === 'person',
    signIn: signInHref(new URL(url.pathname, url)),
    drafts: drafts.map((draft) => ({
      id: draft.id,
      href: localizeHref(`/services/file/${draft.procedureCode}/${draft.id}/${draft.page ?? ''}`),
      name: names.get(draft.procedureCode) ?? draft.procedureCode,
      onBehalf: draft.onBehalf?.name ?? null,
      changed: formatDateTime(draft.changedAt, locale),
      kept: expiryWords(draft.expiresAt, locale),
    })),
  };
};
