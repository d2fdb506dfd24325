import { redirect } from '@sveltejs/kit';
import { attempt, attemptAll, textsOf, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { formatDate } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import { groupCode } from '#kernel/ids';
import { correctAddress, endAddress, moveAddress, showAddress } from '../../address.actions.ts';
import { changedInput } from '../../address-form.ts';
import { getAddress } from '../../address.queries.ts';
import { addAddressPhoto, openAddressToPhotos, removeAddressPhoto } from '../../photo.actions.ts';
import { photoInput, photosView, takePhoto } from '../../edge.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const { address, changes, photos, today } = await locals.run(async (ctx) => ({
    ...(await getAddress(ctx, params.id)),
    today: localDateOf(ctx.now),
  }));
  const names = new Map(desk.all.map(({ value, label }) => [value, label]));
  const hamletOf = (id: string) => names.get(id) ?? '';
  return {
    address,
    hamlet: hamletOf(address.hamletId),
    code: groupCode(address.code),
    issued: formatDate(address.issuedOn, locale),
    ended: address.endedOn && formatDate(address.endedOn, locale),
    mayWrite: address.endedOn === null && desk.address.some(({ value }) => value === address.hamletId),
    changes: changes.toReversed().map((change) => ({
      kind: change.kind,
      number: change.number,
      hamlet: hamletOf(change.hamletId),
      on: formatDate(change.onDay, locale),
      iso: change.onDay,
      reason: change.reason,
    })),
    photos: photosView(photos, localizeHref(`/places/staff/${address.id}/photos`), locale),
    today,
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/places/staff'), label: m.places_nav_addresses({}, { locale }) },
      { href: url.pathname, label: m.places_house({ number: address.number }, { locale }) },
    ],
  };
};

type Work = (ctx: Ctx, id: string, typed: Record<string, string>) => Promise<void>;

/** One form of the page: reads, tries, and comes back with what was done. */
function act(form: string, done: string, work: Work): Actions[string] {
  return async ({ locals, request, params, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, form, typed, (ctx) => work(ctx, params.id, typed));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=${done}`);
  };
}

export const actions: Actions = {
  move: act('move', 'changed', (ctx, id, typed) => moveAddress(ctx, id, changedInput(typed))),
  correct: act('correct', 'changed', (ctx, id, typed) => correctAddress(ctx, id, changedInput(typed))),
  show: act('show', 'changed', (ctx, id, typed) => showAddress(ctx, id, typed.shown === 'yes')),
  end: act('end', 'ended', (ctx, id, { reason = '', on }) => endAddress(ctx, id, { reason, on })),
  unphoto: act('unphoto', 'unphoto', (ctx, id, { photo = '' }) => removeAddressPhoto(ctx, id, photo)),
  photo: async ({ locals, request, params, url }) => {
    await locals.run((ctx) => openAddressToPhotos(ctx, params.id));
    const form = await request.formData();
    const typed = textsOf(form);
    const refused = await attemptAll(locals, 'photo', typed, async () => {
      const photo = await takePhoto(locals.files, form);
      await locals.run((ctx) => addAddressPhoto(ctx, params.id, photo, photoInput(typed)));
    });
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=photo`);
  },
};
