import { fail, redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { isAppError } from '#kernel/errors';
import { formatDate } from '#kernel/format';
import { allow } from '#kernel/rights';
import { addDays, addMonths, localDateOf } from '#kernel/time';
import { recordMandate } from '../../../mandate/mandate.actions.ts';
import { refusalOf } from '../../../edge.ts';
import { applicantOf, findPerson } from '../../person.ts';
import { EVIDENCE, readMandate, typedMandate } from './mandate-form.ts';
import type { Actions, PageServerLoad } from './$types';

const LIST = '/services/staff/mandates';
const PURPOSE = { purpose: 'dossier' };
const USUAL_MONTHS = 6;

export const load: PageServerLoad = ({ locals, url }) =>
  locals.run(async (ctx) => {
    allow(ctx, 'services.mandate.record', { kind: 'mandate' });
    const today = localDateOf(ctx.now);
    return {
      evidence: EVIDENCE.map(({ value, words }) => ({ value, label: words() })),
      days: {
        first: addDays(today, 1),
        last: addDays(today, 365),
        usual: addMonths(today, USUAL_MONTHS),
        lastWords: formatDate(addDays(today, 365), ctx.locale),
      },
      crumbs: [
        { href: localizeHref(LIST), label: m.services_nav_mandates() },
        { href: url.pathname, label: m.services_mandate_new() },
      ],
    };
  });

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const form = await request.formData();
    const typed = typedMandate(form);
    const nothing = { typed, found: null, refused: null };
    try {
      if (form.get('go') === 'find') {
        const found = await locals.run((ctx) => findPerson(ctx, typed.find, typed.chosen), PURPOSE);
        if (found.kind !== 'one') return { ...nothing, found };
        const { resident, name, phone } = applicantOf(found.resident);
        return {
          ...nothing,
          typed: { ...typed, resident, person: name, phone },
          found: { kind: 'one' as const, name },
        };
      }
      await locals.run(async (ctx) => recordMandate(ctx, await readMandate(ctx, typed)));
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      const { status, refused } = refusalOf(thrown);
      return fail(status, { ...nothing, refused });
    }
    redirect(303, `${localizeHref(LIST)}?done=recorded`);
  },
};
