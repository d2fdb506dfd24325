import { redirect } from '@sveltejs/kit';
import { attempt, attemptAll, textsOf, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { formatDate, formatMoney } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { thingOf } from '../../../guards.ts';
import { addMoney } from '../../../money.actions.ts';
import { addPhoto, openWorkToPhotos, removePhoto } from '../../../photo.actions.ts';
import { photoInput, photosView, takePhoto } from '../../../edge.ts';
import { inspectionInput, moneyInput, workInput } from '../../../work-form.ts';
import { changeWork, endWork, inspectWork } from '../../../work.actions.ts';
import { getWork } from '../../../work.queries.ts';
import { CONDITION_WORDS, hardenedWords, KIND_WORDS, standardStatus } from '../../../words.ts';
import type { Actions, PageServerLoad } from './$types';

/** The work with what its reader may do. */
async function workAtDesk(ctx: Ctx, id: string) {
  const found = await getWork(ctx, id);
  const allowed = (right: string) => found.work.endedOn === null && may(ctx, right, thingOf(found.work));
  const rights = { mayInspect: allowed('places.work.inspect'), mayEdit: allowed('places.work.edit') };
  return { ...found, ...rights, today: localDateOf(ctx.now) };
}

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const { work, inspections, money, photos, mayInspect, mayEdit, today } = await locals.run((ctx) =>
    workAtDesk(ctx, params.id),
  );
  const replaced = new Set(inspections.map((one) => one.replaces));
  return {
    work,
    kind: KIND_WORDS[work.kind](),
    hamlet: desk.all.find(({ value }) => value === work.hamletId)?.label ?? null,
    inUseFrom: formatDate(work.inUseFrom, locale),
    endedOn: work.endedOn && formatDate(work.endedOn, locale),
    mayInspect,
    mayEdit,
    inspections: inspections.toReversed().map((one) => ({
      id: one.id,
      on: formatDate(one.onDay, locale),
      condition: CONDITION_WORDS[one.condition](),
      status: standardStatus(one),
      hardened: hardenedWords(one, locale),
      wifi: one.wifi,
      note: one.note,
      replaced: replaced.has(one.id),
    })),
    money: money.map((one) => ({
      id: one.id,
      on: formatDate(one.onDay, locale),
      contribution: one.kind === 'contribution',
      what: one.what,
      amount: formatMoney(one.amount, locale),
      replaced: !one.counts,
    })),
    photos: photosView(photos, localizeHref(`/places/works/${work.id}/photos`), locale),
    today,
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/places/staff/works'), label: m.places_nav_works({}, { locale }) },
      { href: url.pathname, label: work.name },
    ],
  };
};

type Work = (ctx: Ctx, id: string, typed: Record<string, string>) => Promise<unknown>;

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
  change: act('change', 'saved', (ctx, id, typed) => changeWork(ctx, id, workInput(typed))),
  inspect: act('inspect', 'inspected', (ctx, id, typed) => inspectWork(ctx, id, inspectionInput(typed))),
  money: act('money', 'money', (ctx, id, typed) => addMoney(ctx, id, moneyInput(typed))),
  end: act('end', 'closed', (ctx, id, { on = '' }) => endWork(ctx, id, { on })),
  unphoto: act('unphoto', 'unphoto', (ctx, id, { photo = '' }) => removePhoto(ctx, id, photo)),
  photo: async ({ locals, request, params, url }) => {
    await locals.run((ctx) => openWorkToPhotos(ctx, params.id));
    const form = await request.formData();
    const typed = textsOf(form);
    const refused = await attemptAll(locals, 'photo', typed, async () => {
      const photo = await takePhoto(locals.files, form);
      await locals.run((ctx) => addPhoto(ctx, params.id, photo, photoInput(typed)));
    });
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=photo`);
  },
};
