import { fail, redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { errorWords } from '#app/words';
import { isAppError } from '#kernel/errors';
import { formatDate, type Locale } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import type { CellFault } from '../../exchange/cells.ts';
import { readHead } from '../../exchange/lines.ts';
import { readSetFile } from '../../exchange/file.server.ts';
import { draftSet, startSet } from '../../set.actions.ts';
import { listSets, type SetVersion } from '../../set.queries.ts';
import { refuseTyped } from '../../forms.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_BYTES = 5_000_000;

/** Every set that the commune keeps, with the version in force and the draft. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const versions = await listSets(ctx);
    const today = localDateOf(ctx.now);
    const codes = [...new Set(versions.map(({ set }) => set.code))].toSorted();
    return {
      sets: codes.map((code) =>
        setRow(
          versions.filter((one) => one.set.code === code),
          today,
          ctx.locale,
        ),
      ),
      done: url.searchParams.get('done') !== null,
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: url.pathname, label: m.criteria_sets({}, ctx) },
      ],
    };
  });

function setRow(versions: readonly SetVersion[], today: string, locale: Locale) {
  const newest = versions[0]!;
  const current = versions.find(({ from }) => from !== null && from <= today);
  return {
    code: newest.set.code,
    title: newest.set.title[locale],
    href: localizeHref(`/criteria/staff/sets/${newest.set.code}`),
    verified: newest.set.verified,
    current: current
      ? m.criteria_version_from(
          { version: String(current.version), date: formatDate(current.from, locale) },
          { locale },
        )
      : '–',
    draft: newest.from === null,
  };
}

export const actions: Actions = {
  start: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'start', typed, (ctx) => {
      const head = readHead(typed);
      return head.read ? startSet(ctx, head.read) : refuseTyped(head.faults);
    });
    if (refused) return refused;
    redirect(303, localizeHref(`/criteria/staff/sets/${typed.code}`));
  },

  bring: async ({ locals, request }) => {
    const file = (await request.formData()).get('file');
    if (!(file instanceof File) || file.size === 0 || file.size > MOST_BYTES)
      return fail(422, { bring: [], words: errorWords('criteria.sheet.no_file', {}, locals.locale) });
    const bytes = new Uint8Array(await file.arrayBuffer());
    let code = '';
    try {
      const found = await locals.run(async (ctx) => {
        const read = await readSetFile(bytes, ctx.wiring.measures);
        if (read.set) await draftSet(ctx, read.set);
        return read;
      });
      if (!found.set) return fail(422, { bring: faultViews(found.faults, locals.locale), words: null });
      code = found.set.code;
    } catch (thrown) {
      if (!isAppError(thrown) || thrown.status !== 422) throw thrown;
      return fail(422, { bring: [], words: errorWords(thrown.code, thrown.params, locals.locale) });
    }
    redirect(303, `${localizeHref(`/criteria/staff/sets/${code}`)}?done=brought`);
  },
};

function faultViews(faults: readonly CellFault[], locale: Locale) {
  return faults.map(({ cell, code, said }) => ({ cell, said, what: errorWords(code, {}, locale) }));
}
