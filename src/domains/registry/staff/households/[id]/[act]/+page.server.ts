import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { listHamlets } from '#domain/commune';
import { mustExist, refuse } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { localDateOf } from '#kernel/time';
import { findAct } from '../../../../household/act.ts';
import { actWords } from '../../../../household/household-words.ts';
import { performAct } from '../../../../household/perform.actions.ts';
import { getHousehold } from '../../../../household/household.queries.ts';
import { getResident } from '../../../../resident.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { locale } = locals;
  const { may } = await parent();
  if (!may.writeHouseholds) refuse('refused', 403);
  const act = mustExist(findAct(params.act), 'page');
  const person = act === 'join' ? url.searchParams.get('person') : null;
  const { household, hamlets, joining, today } = await locals.run(
    async (ctx) => ({
      household: await getHousehold(ctx, params.id),
      hamlets: await listHamlets(ctx),
      joining: person ? await getResident(ctx, person) : null,
      today: localDateOf(ctx.now),
    }),
    { purpose: 'correction' },
  );
  const { number, people, place } = household;
  return {
    act,
    number,
    clientId: newId(),
    facts: {
      members: people.map(({ id, fullName, relation }) => ({ id, name: fullName, relation })),
      hamlets: hamlets.map(({ id, name }) => ({ value: id, label: name })),
      place,
      today,
      joining: joining && { id: joining.id, name: joining.fullName },
    },
    crumbs: [
      { href: localizeHref('/registry/staff/households'), label: m.registry_nav_households({}, { locale }) },
      {
        href: localizeHref(`/registry/staff/households/${params.id}`),
        label: m.registry_household({ number }, { locale }),
      },
      { href: url.pathname, label: actWords(act).title },
    ],
  };
};

export const actions: Actions = {
  record: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const act = mustExist(findAct(params.act), 'page');
    const refused = await attempt(locals, 'record', typed, (ctx) => performAct(ctx, params.id, act, typed));
    if (refused) return refused;
    redirect(303, `${localizeHref(`/registry/staff/households/${params.id}`)}?done=recorded`);
  },
};
