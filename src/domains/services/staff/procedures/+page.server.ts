import { fail, redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { inLocale } from '#kernel/bilingual';
import { isAppError, type AppError } from '#kernel/errors';
import { formatDate, type Locale } from '#kernel/format';
import { localDate } from '#kernel/time';
import { errorWords } from '../../edge.ts';
import { FIELDS_OF_LAW } from '../../procedure.ts';
import { importDraft } from '../../procedure.actions.ts';
import { editableProcedures, type EditableProcedure } from '../../procedure-draft.queries.ts';
import { searchProcedures } from '../../search-procedures.ts';
import { fieldOfLawWords } from '../../words.ts';
import { fileIn } from '../upload.server.ts';
import { fileProblems } from './faults.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 50;
const LONGEST_QUERY = 200;
/** A larger file is no procedure; it is not even read. */
const MOST_BYTES = 4_000_000;
const SHOWS = ['draft', 'unverified', 'coming'] as const;
type Show = (typeof SHOWS)[number];

export const load: PageServerLoad = async ({ locals, url }) => {
  const query = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST_QUERY);
  const field = FIELDS_OF_LAW.find((one) => one === url.searchParams.get('field'));
  const show = SHOWS.find((one) => one === url.searchParams.get('show'));
  const all = await locals.run((ctx) => editableProcedures(ctx));
  const found = query === '' ? all : searchProcedures(all, query).map((hit) => hit.procedure);
  const shown = found.filter((one) => (!field || one.field === field) && (!show || isShown(one, show)));
  const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), pages);
  const first = (page - 1) * PER_PAGE;
  return {
    query,
    rows: shown.slice(first, first + PER_PAGE).map((one) => rowOf(one, locals.locale)),
    total: shown.length,
    narrowed: query !== '' || field !== undefined || show !== undefined,
    address: new URLSearchParams({ q: query, field: field ?? '', show: show ?? '' }).toString(),
    page,
    pages,
    first: first + 1,
    fields: FIELDS_OF_LAW.map((one) => ({
      value: one,
      label: fieldOfLawWords(one),
      selected: one === field,
    })),
    shows: SHOWS.map((one) => ({ value: one, label: SHOW_WORDS[one](), selected: one === show })),
    counts: { all: all.length, drafts: all.filter(({ hasDraft }) => hasDraft).length },
    crumbs: [{ href: url.pathname, label: m.services_desk_procedures() }],
  };
};

const SHOW_WORDS: Record<Show, () => string> = {
  draft: m.services_show_draft,
  unverified: m.services_show_unverified,
  coming: m.services_show_coming,
};

function isShown(one: EditableProcedure, show: Show): boolean {
  return { draft: one.hasDraft, unverified: !one.verified, coming: one.next !== null }[show];
}

function rowOf(one: EditableProcedure, locale: Locale) {
  const day = (version: EditableProcedure['current']) =>
    version && {
      number: m.services_version_number({ version: String(version.version) }),
      from: m.services_version_from({ date: formatDate(localDate(version.validFrom), locale) }),
    };
  return {
    code: one.code,
    href: localizeHref(`/services/staff/procedures/${one.code}`),
    name: inLocale(one.name, locale),
    field: fieldOfLawWords(one.field),
    current: day(one.current),
    next: day(one.next),
    verified: one.verified,
    draft: one.hasDraft ? localizeHref(`/services/staff/procedures/${one.code}/draft`) : null,
    file: localizeHref(`/services/staff/procedures/${one.code}/file`),
  };
}

export const actions: Actions = {
  bring: async ({ locals, request }) => {
    const form = await request.formData();
    const file = fileIn(form, 'file');
    const replace = form.get('replace') === 'yes';
    if (!file) return notTaken(422, errorWords('kernel.files.empty'), []);
    if (file.size > MOST_BYTES) return notTaken(413, errorWords('input.too_large'), []);
    const text = await file.text();
    let code: string;
    try {
      ({ code } = await locals.run((ctx) => importDraft(ctx, text, replace)));
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      const problems = fileProblems(thrown.fields);
      const title = problems.length > 0 ? m.services_file_refused() : errorWords(thrown.code, thrown.params);
      return notTaken(thrown.status, title, problems);
    }
    redirect(303, `${localizeHref(`/services/staff/procedures/${code}/draft`)}?done=brought`);
  },
};

function notTaken(status: AppError['status'], title: string, problems: string[]) {
  return fail(status, { bring: { title, problems } });
}
