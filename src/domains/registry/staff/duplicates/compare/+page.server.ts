import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { listHamlets } from '#domain/commune';
import { formatDate } from '#kernel/format';
import { formatPhone } from '#kernel/phone';
import { comparePair } from '../../../duplicate/duplicate.queries.ts';
import { mergeResidents } from '../../../duplicate/merge.actions.ts';
import type { Resident } from '../../../resident.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const asked = (name: string) => url.searchParams.get(name) ?? '';
  const { pair, hamlets } = await locals.run(
    async (ctx) => ({
      pair: await comparePair(ctx, asked('first'), asked('second')),
      hamlets: await listHamlets(ctx, { on: 'ever' }),
    }),
    { purpose: 'correction' },
  );
  const names = new Map(hamlets.map(({ id, name }) => [id, name]));
  const shown = ({ id, fullName, birthDate, birthKnown, sex, nationalId, phone, ...one }: Resident) => ({
    id,
    name: fullName,
    born: birthDate && (birthKnown === 'year' ? birthDate.slice(0, 4) : formatDate(birthDate, locale)),
    sex,
    nationalId,
    phone: phone && formatPhone(phone),
    hamlet: (one.hamletId && names.get(one.hamletId)) || null,
    address: one.address,
    deceased: one.deceasedOn && formatDate(one.deceasedOn, locale),
    demo: one.demo,
  });
  return {
    first: shown(pair.first),
    second: shown(pair.second),
    score: pair.score,
    signs: pair.signs,
    crumbs: [
      {
        href: localizeHref('/registry/staff/duplicates'),
        label: m.registry_nav_duplicates({}, { locale }),
      },
      { href: url.pathname, label: m.registry_duplicate_compare({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  merge: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const both = ['first', 'second'].map((name) => url.searchParams.get(name) ?? '');
    const kept = both.find((id) => id === typed.keep) ?? '';
    const other = both.find((id) => id !== typed.keep) ?? '';
    const refused = await attempt(locals, 'merge', typed, (ctx) => mergeResidents(ctx, kept, other));
    if (refused) return refused;
    redirect(303, `${localizeHref('/registry/staff/duplicates')}?done=merged`);
  },
};
