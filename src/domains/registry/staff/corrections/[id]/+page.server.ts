import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attemptAll, typedOf } from '#app/attempt';
import { formatDate, formatDateTime } from '#kernel/format';
import { approveCorrection, refuseCorrection } from '../../../correction/correction.actions.ts';
import { getCorrection } from '../../../correction/correction.queries.ts';
import { fieldWords, stateLabel, valueWords } from '../../../own/own-words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Stands beside each view and change in the audit record, which the person reads. */
const WHY = { purpose: 'correction' };

/** Opening a request is a view of the person's record: to correct it. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { correction, resident } = await locals.run((ctx) => getCorrection(ctx, params.id), WHY);
  const { field, state, stood, wanted, askedAt, decidedAt, paper, paperErasedAt } = correction;
  const words = (value: string | null) => valueWords(field, value, locale, { masked: false });
  const open = state === 'open';
  return {
    id: params.id,
    done: url.searchParams.get('done'),
    open,
    field: fieldWords(field, locale),
    byHousehold: field === 'address',
    mayDisagree: field === 'sex' || field === 'birthDate' || field === 'nationalId',
    person: { id: resident.id, name: resident.fullName, demo: resident.demo },
    state: stateLabel(state),
    stands: words(open ? resident[field] : stood),
    wanted: words(wanted),
    reason: correction.reason,
    answer: correction.answer,
    asked: formatDateTime(askedAt, locale),
    decided: decidedAt && formatDateTime(decidedAt, locale),
    paper: paper && localizeHref(`/registry/staff/corrections/${params.id}/paper`),
    erased: paperErasedAt && formatDate(paperErasedAt, locale),
    crumbs: [
      {
        href: localizeHref('/registry/staff/corrections'),
        label: m.registry_corrections_nav({}, { locale }),
      },
      { href: url.pathname, label: fieldWords(field, locale) },
    ],
  };
};

export const actions: Actions = {
  approve: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const refused = await attemptAll(locals, 'approve', typed, () =>
      locals.run((ctx) => approveCorrection(ctx, params.id, { idCompared: typed.idCompared === 'yes' }), WHY),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(`/registry/staff/corrections/${params.id}`)}?done=approved`);
  },

  refuse: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const refused = await attemptAll(locals, 'refuse', typed, () =>
      locals.run((ctx) => refuseCorrection(ctx, params.id, { answer: typed.answer ?? '' }), WHY),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(`/registry/staff/corrections/${params.id}`)}?done=refused`);
  },
};
