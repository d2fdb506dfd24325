import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { attempt, attemptAll, textsOf, typedOf } from '#app/attempt';
import { SCANS, takeFile } from '#app/take-file';
import type { Locale } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { formatDate, formatDateTime } from '#kernel/format';
import { newId } from '#kernel/ids';
import { askCorrection, withdrawCorrection } from '../../correction/correction.actions.ts';
import { CORRECTABLE, findCorrectable, type Correction } from '../../correction/correction.ts';
import { ownCorrections } from '../../correction/correction.queries.ts';
import { fieldWords, stateLabel, valueWords } from '../own-words.ts';
import { boundTo } from '../page-of.ts';
import { ownRecord } from '../records.queries.ts';
import type { Actions, PageServerLoad } from './$types';

const HERE = '/registry/own/corrections';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  boundTo(locals, url);
  const field = findCorrectable(url.searchParams.get('field'));
  const { asked, own } = await locals.run(async (ctx) => ({
    asked: await ownCorrections(ctx),
    own: await ownRecord(ctx),
  }));
  const here = localizeHref(HERE);
  return {
    done: url.searchParams.get('done'),
    accept: SCANS,
    clientId: newId(),
    fields: CORRECTABLE.map((one) => ({
      href: `${here}?field=${one}#ask`,
      label: fieldWords(one, locale),
      current: one === field,
    })),
    chosen: field
      ? { field, label: fieldWords(field, locale), stands: valueWords(field, own[field], locale) }
      : null,
    asked: asked.map((one) => requestView(one, locale)),
  };
};

function requestView(one: Correction, locale: Locale) {
  return {
    id: one.id,
    field: fieldWords(one.field, locale),
    stood: valueWords(one.field, one.stood, locale),
    wanted: valueWords(one.field, one.wanted, locale),
    reason: one.reason,
    state: stateLabel(one.state),
    open: one.state === 'open',
    asked: formatDateTime(one.askedAt, locale),
    decided: one.state !== 'withdrawn' && one.decidedAt ? formatDateTime(one.decidedAt, locale) : null,
    answer: one.answer,
    paper: one.paper ? localizeHref(`${HERE}/${one.id}/paper`) : null,
    erased: one.paperErasedAt && formatDate(one.paperErasedAt, locale),
  };
}

export const actions: Actions = {
  ask: async ({ locals, request, url }) => {
    boundTo(locals, url);
    const form = await request.formData();
    const typed = textsOf(form);
    const refused = await attemptAll(locals, 'ask', typed, async () => {
      const field = findCorrectable(typed.field) ?? refuse('input.invalid');
      // Before a file is kept: who is bound to nobody leaves nothing behind.
      await locals.run(ownRecord);
      const paper = await takeFile(form, 'paper', locals.files);
      const { wanted = '', reason = '', clientId = '' } = typed;
      await locals.run((ctx) => askCorrection(ctx, { field, wanted, reason, clientId, paper }));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(HERE)}?done=sent`);
  },

  withdraw: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'withdraw', typed, (ctx) =>
      withdrawCorrection(ctx, typed.id ?? ''),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(HERE)}?done=withdrawn`);
  },
};
