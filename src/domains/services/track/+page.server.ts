import { textOf } from '../edge.ts';
import { answerTracking } from './track.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const MOST = 60;

function asker({
  locals: { run, locale },
  getClientAddress,
}: Pick<RequestEvent, 'locals' | 'getClientAddress'>) {
  return { run, locale, address: getClientAddress() };
}

/** An address may carry the code of a receipt; digits of a phone never stand in an address. */
export const load: PageServerLoad = (event) =>
  answerTracking(asker(event), event.url.searchParams.get('code') ?? '');

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    return {
      answer: await answerTracking(asker(event), textOf(form, 'code', MOST), textOf(form, 'last4', 4)),
    };
  },
};
