import { listHamlets } from '#domain/commune';
import { localizeHref } from '#i18n/runtime';
import { groupCode } from '#kernel/ids';
import { findAddresses } from '../find.queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const text = (name: string) => (url.searchParams.get(name) ?? '').trim().slice(0, 60);
  const asked = { q: text('q'), hamletId: text('hamlet'), number: text('number') };
  const searched = asked.q !== '' || asked.number !== '';
  const { hamlets, found } = await locals.run(async (ctx) => ({
    hamlets: await listHamlets(ctx, { on: 'ever' }),
    found: searched ? await findAddresses(ctx, asked) : [],
  }));
  const names = new Map(hamlets.map(({ id, name }) => [id, name]));
  return {
    asked,
    searched,
    hamlets: hamlets.filter(({ validTo }) => validTo === null).map(({ id, name }) => ({ id, name })),
    found: found.map((one) => ({
      href: localizeHref(`/places/address/${groupCode(one.code)}`),
      number: one.number,
      hamlet: names.get(one.hamletId) ?? '',
      code: groupCode(one.code),
      demo: one.demo,
    })),
  };
};
