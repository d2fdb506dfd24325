import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatDateTime, type Locale } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDate, localDateOf } from '#kernel/time';
import { attempt } from '../../../edge.ts';
import { beginDraft } from '../../../procedure.actions.ts';
import { draftDesk } from '../../../procedure-draft.queries.ts';
import type { ProcedureVersion } from '../../../procedure.ts';
import {
  fieldOfLawWords,
  feeWords,
  limitWords,
  onlineWords,
  procedureName,
  sourceWords,
} from '../../../words.ts';
import { changesBetween } from '../changes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { history, kept } = await draftDesk(ctx, params.code);
    const today = localDateOf(ctx.now);
    const last = history.at(-1)!;
    const current = history.find((one) => isOn(one, today)) ?? last;
    const pick = (name: string, otherwise: ProcedureVersion) =>
      history.find((one) => String(one.version) === url.searchParams.get(name)) ?? otherwise;
    const after = pick('after', last);
    const before = pick('before', history[history.indexOf(after) - 1] ?? after);
    const base = localizeHref(`/services/staff/procedures/${params.code}`);
    return {
      code: params.code,
      name: procedureName(current, ctx.locale),
      field: fieldOfLawWords(current.field),
      verified: current.verified,
      versions: history.toReversed().map((one) => versionView(one, today, ctx.locale)),
      compared: {
        before: before.version,
        after: after.version,
        changes: changesBetween(before, after, ctx.locale),
      },
      draft: kept && {
        changed: m.services_draft_changed({ when: formatDateTime(kept.changedAt, ctx.locale) }),
        changes: changesBetween(last, kept.draft, ctx.locale).length,
      },
      base,
      mayPublish: may(ctx, 'services.procedure.publish'),
      last: last.version,
      done: url.searchParams.get('done'),
      crumbs: [
        { href: localizeHref('/services/staff/procedures'), label: m.services_desk_procedures() },
        { href: url.pathname, label: params.code },
      ],
    };
  });

function isOn({ validFrom, validTo }: ProcedureVersion, day: string): boolean {
  return validFrom <= day && (validTo === null || day <= validTo);
}

/** A version with how it stands on a day. */
function versionView(version: ProcedureVersion, today: string, locale: Locale) {
  const from = formatDate(localDate(version.validFrom), locale);
  const to = version.validTo && formatDate(localDate(version.validTo), locale);
  const state = isOn(version, today) ? 'current' : version.validFrom > today ? 'coming' : 'past';
  return {
    version: version.version,
    title: m.services_version_number({ version: String(version.version) }),
    span: to ? m.services_version_span({ from, to }) : m.services_version_from({ date: from }),
    state: state as 'current' | 'coming' | 'past',
    facts: [
      limitWords(version.timeLimit, locale),
      feeWords(version.fee, locale),
      onlineWords(version.online.level),
    ],
    sources: version.sources.map(sourceWords),
    law: version.legalBasis.map(sourceWords),
    verified: version.verified,
    href: `${localizeHref(`/services/procedures/${version.code}`)}?on=${version.validFrom}`,
  };
}

export const actions: Actions = {
  begin: async ({ locals, params }) => {
    const begun = await attempt({}, () => locals.run((ctx) => beginDraft(ctx, params.code)));
    if (typeof begun !== 'boolean') return begun;
    const draft = localizeHref(`/services/staff/procedures/${params.code}/draft`);
    redirect(303, begun ? `${draft}?done=begun` : draft);
  },
};
