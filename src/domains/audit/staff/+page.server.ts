import { fail } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { errorWords } from '#app/words';
import { isAppError } from '#kernel/errors';
import { formatDateTime } from '#kernel/format';
import { canonicalJson } from '#kernel/audit';
import type { Locale } from '#kernel/context';
import { may } from '#kernel/rights';
import { eraseAuditDetail } from '../erase.actions.ts';
import { listAudit, type AuditFilter, type AuditRow } from '../trail.queries.ts';
import type { Actions, PageServerLoad } from './$types';

const LAST_PAGE = 2_000;
const OUTCOMES = ['done', 'seen', 'refused'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  const filter = filterOf(url.searchParams);
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), LAST_PAGE);
  const found = await locals.run(async (ctx) => ({
    ...(await listAudit(ctx, filter, page)),
    mayErase: may(ctx, 'audit.detail.erase'),
  }));
  return {
    filter,
    mayErase: found.mayErase,
    lines: found.rows.map((row) => lineOf(row, locals.locale)),
    newer: page > 1 ? addressOf(url, page - 1) : null,
    older: found.more && page < LAST_PAGE ? addressOf(url, page + 1) : null,
    crumbs: [{ href: url.pathname, label: m.audit_title({}, { locale: locals.locale }) }],
  };
};

export const actions: Actions = {
  erase: async ({ locals, request }) => {
    const form = await request.formData();
    const input = { entryId: String(form.get('entry') ?? ''), reason: String(form.get('reason') ?? '') };
    try {
      await locals.run((ctx) => eraseAuditDetail(ctx, input));
      return { erased: true as const };
    } catch (thrown) {
      if (!isAppError(thrown) || thrown.status === 401 || thrown.status === 403) throw thrown;
      return fail(thrown.status, { message: errorWords(thrown.code, thrown.params, locals.locale) });
    }
  },
};

/** What of the address is a filter; anything else in it is ignored. */
function filterOf(query: URLSearchParams): AuditFilter {
  const text = (name: string) => query.get(name)?.trim().slice(0, 200) || undefined;
  const outcome = OUTCOMES.find((known) => known === query.get('outcome'));
  return {
    from: text('from'),
    to: text('to'),
    action: text('action'),
    outcome,
    actorId: text('actor'),
    subjectId: text('subject'),
  };
}

function addressOf(url: URL, page: number): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('page', String(page));
  return `?${query}`;
}

function lineOf(row: AuditRow, locale: Locale) {
  return {
    id: row.id,
    when: formatDateTime(row.at, locale),
    who: whoOf(row, locale),
    action: row.action,
    outcome: row.outcome as (typeof OUTCOMES)[number],
    about: [row.subjectKind, row.subjectId].filter(Boolean).join(' '),
    purpose: row.purpose ?? '',
    detail: row.detail === null ? null : canonicalJson(row.detail),
    erased: row.erased,
  };
}

function whoOf({ actorKind, actorId }: AuditRow, locale: Locale): string {
  const id = (actorId ?? '').replace(/^(api|system):/, '');
  if (actorKind === 'person') return m.audit_kind_person({ id }, { locale });
  if (actorKind === 'api') return m.audit_kind_api({ id }, { locale });
  if (actorKind === 'system') return m.audit_kind_system({ id }, { locale });
  return m.audit_kind_anonymous({}, { locale });
}
