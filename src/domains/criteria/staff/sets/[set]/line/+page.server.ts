import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { mustExist, refuse } from '#kernel/errors';
import { levelOf, lineIn, type Edit, type Line } from '../../../../edit.ts';
import { readLine } from '../../../../exchange/lines.ts';
import { lineRow } from '../../../../exchange/write.ts';
import { refuseTyped } from '../../../../forms.ts';
import { editSet } from '../../../../set.actions.ts';
import { getVersions } from '../../../../set.queries.ts';
import type { Actions, PageServerLoad } from './$types';

const LEVELS = ['theme', 'objective', 'indicator'] as const;

/** One line of the draft, or an empty one under a heading. */
export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const [newest] = await getVersions(ctx, params.set);
    if (newest?.from !== null) return refuse('criteria.set.no_draft', 409);
    const code = url.searchParams.get('code');
    const line = code === null ? null : mustExist(lineIn(newest.set, code), 'criteria.line');
    const base = localizeHref(`/criteria/staff/sets/${params.set}`);
    return {
      code,
      under: url.searchParams.get('under'),
      level: line ? levelOf(line) : levelIn(url),
      now: line && lineRow(line),
      base,
      crumbs: [
        { href: localizeHref('/criteria/staff/sets'), label: m.criteria_sets({}, ctx) },
        { href: base, label: params.set },
        { href: url.pathname, label: code ?? m.criteria_line_new({}, ctx) },
      ],
    };
  });

function levelIn(url: URL): Line['level'] {
  const asked = url.searchParams.get('level');
  return LEVELS.find((one) => one === asked) ?? 'indicator';
}

export const actions: Actions = {
  save: async ({ locals, params, request, url }) => {
    const typed = await typedOf(request);
    const level = LEVELS.find((one) => one === typed.level) ?? 'indicator';
    const code = url.searchParams.get('code');
    const under = url.searchParams.get('under');
    const refused = await attempt(locals, 'line', typed, (ctx) => {
      const { read, faults } = readLine(level, typed);
      if (!read) return refuseTyped(faults);
      const edit: Edit = code === null ? { do: 'add', under, ...read } : { do: 'change', code, ...read };
      return editSet(ctx, params.set, edit);
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/criteria/staff/sets/${params.set}`)}?done=1`);
  },

  move: async ({ locals, params, request, url }) => {
    const typed = await typedOf(request);
    const code = url.searchParams.get('code') ?? '';
    const edit: Edit =
      typed.do === 'remove' ? { do: 'remove', code } : { do: 'move', code, up: typed.do === 'up' };
    const refused = await attempt(locals, 'move', typed, (ctx) => editSet(ctx, params.set, edit));
    if (refused) return refused;
    redirect(303, `${localizeHref(`/criteria/staff/sets/${params.set}`)}?done=1`);
  },
};
