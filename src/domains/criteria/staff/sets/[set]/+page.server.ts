import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { errorWords } from '#app/words';
import { formatDate, type Locale } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { indicatorsOf, type SetFile } from '../../../set.ts';
import { beginDraft, draftFaults, dropDraft, editSet, publishSet } from '../../../set.actions.ts';
import { getVersions, type SetVersion } from '../../../set.queries.ts';
import { headRow } from '../../../exchange/write.ts';
import { readHead } from '../../../exchange/lines.ts';
import { refuseTyped } from '../../../forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** One set: its versions, and the draft line by line with what keeps it from being published. */
export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const versions = await getVersions(ctx, params.set);
    const [newest] = versions as [SetVersion];
    const draft = newest.from === null ? newest : null;
    const base = localizeHref(`/criteria/staff/sets/${params.set}`);
    return {
      code: params.set,
      base,
      title: newest.set.title[ctx.locale],
      source: newest.set.source,
      verified: newest.set.verified,
      versions: versions.map((one, at) => versionView(one, versions[at + 1], base, ctx.locale)),
      head: draft && headRow(draft.set),
      tree: treeOf((draft ?? newest).set, ctx.locale),
      faults: draft ? faultList(draftFaults(draft.set, ctx.wiring.measures), draft.set, ctx.locale) : [],
      today: localDateOf(ctx.now),
      group: String(newest.group),
      mayPublish: may(ctx, 'criteria.set.publish'),
      done: url.searchParams.get('done') !== null,
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: localizeHref('/criteria/staff/sets'), label: m.criteria_sets({}, ctx) },
        { href: url.pathname, label: params.set },
      ],
    };
  });

function versionView(one: SetVersion, older: SetVersion | undefined, base: string, locale: Locale) {
  const file = (as: string) => `${base}/file?version=${one.version}&as=${as}`;
  return {
    version: String(one.version),
    title:
      one.from === null
        ? m.criteria_draft_version({ version: String(one.version) }, { locale })
        : m.criteria_version_from(
            { version: String(one.version), date: formatDate(one.from, locale) },
            { locale },
          ),
    lines: String(indicatorsOf(one.set).length),
    xlsx: file('xlsx'),
    json: file('json'),
    compare: older ? `${base}/compare?before=${older.version}&after=${one.version}` : null,
  };
}

/** The lines with their depth, in order. */
function treeOf(set: SetFile, locale: Locale) {
  return set.themes.flatMap((theme) => [
    { code: theme.code, text: theme.text[locale], level: 'theme' as const },
    ...theme.objectives.flatMap((objective) => [
      { code: objective.code, text: objective.text[locale], level: 'objective' as const },
      ...objective.indicators.map(({ code, text }) => ({
        code,
        text: text[locale],
        level: 'indicator' as const,
      })),
    ]),
  ]);
}

/** Faults with the line that they are of. */
function faultList(faults: Record<string, string>, set: SetFile, locale: Locale) {
  return Object.entries(faults).map(([place, code]) => {
    let at: unknown = set;
    let line = '';
    for (const key of place.split('.')) {
      at = (at as Record<string, unknown> | undefined)?.[key];
      line = (at as { code?: string } | undefined)?.code ?? line;
    }
    return `${line || (at === undefined ? place : set.code)}: ${errorWords(code, {}, locale)}`;
  });
}

export const actions: Actions = {
  begin: async ({ locals, params, url }) => {
    const refused = await attempt(locals, 'begin', {}, (ctx) => beginDraft(ctx, params.set));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=1`);
  },

  drop: async ({ locals, params }) => {
    const refused = await attempt(locals, 'drop', {}, (ctx) => dropDraft(ctx, params.set));
    if (refused) return refused;
    redirect(303, localizeHref('/criteria/staff/sets'));
  },

  head: async ({ locals, params, request, url }) => {
    const typed = { ...(await typedOf(request)), code: params.set };
    const refused = await attempt(locals, 'head', typed, (ctx) => {
      const head = readHead(typed);
      return head.read ? editSet(ctx, params.set, { do: 'head', head: head.read }) : refuseTyped(head.faults);
    });
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=1`);
  },

  publish: async ({ locals, params, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'publish', typed, (ctx) =>
      publishSet(ctx, params.set, { from: typed.from ?? '', group: typed.group }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=1`);
  },
};
