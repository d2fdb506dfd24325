import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { listHamlets } from '#domain/commune';
import { attempt, typedOf } from '#app/attempt';
import { mustExist } from '#kernel/errors';
import { formatDate } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import { endStay, recordStay, type NewStay } from '../../../stay/stay.actions.ts';
import { staysOf } from '../../../stay/stay.queries.ts';
import { STAY_RULES } from '../../../stay/stay.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { found, hamlets, today } = await locals.run(async (ctx) => ({
    found: await staysOf(ctx, params.id),
    hamlets: await listHamlets(ctx, { on: 'ever' }),
    today: localDateOf(ctx.now),
  }));
  const person = mustExist(found, 'registry.resident');
  const names = new Map(hamlets.map(({ id, name }) => [id, name]));
  return {
    name: person.name,
    hamletId: person.hamletId,
    today,
    rules: STAY_RULES,
    hamlets: hamlets.map(({ id, name }) => ({ value: id, label: name })),
    stays: person.stays.map((one) => ({
      ...one,
      runs: one.from <= today && today < one.to,
      hamlet: names.get(one.hamletId) ?? '',
      from: formatDate(one.from, locale),
      to: formatDate(one.to, locale),
    })),
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/registry/staff'), label: m.registry_nav_residents({}, { locale }) },
      { href: localizeHref(`/registry/staff/${params.id}`), label: m.registry_resident({}, { locale }) },
      { href: url.pathname, label: m.registry_nav_stays({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  record: async ({ locals, params, request, url }) => {
    const typed = await typedOf(request);
    const { kind, hamletId, address, elsewhere, reason, from, to } = typed;
    const input = { kind, hamletId, address, elsewhere, reason, from, to } as NewStay;
    const refused = await attempt(locals, 'record', typed, (ctx) => recordStay(ctx, params.id, input));
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=recorded`);
  },

  end: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'end', typed, (ctx) =>
      endStay(ctx, typed.id ?? '', typed.last ?? ''),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=ended`);
  },
};
