import { textOf } from '../edge.ts';
import { answerTracking, trackingStatus } from './track.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const MOST = 60;

function asker({
  locals: { run, earlier, locale },
  getClientAddress,
}: Pick<RequestEvent, 'locals' | 'getClientAddress'>) {
  return { run, earlier, locale, address: getClientAddress() };
}

/** An address may carry the code of a receipt; digits of a phone never stand in an address. */
export const load: PageServerLoad = async (event) =>
  withStatus(event, await answerTracking(asker(event), event.url.searchParams.get('code') ?? ''));

/** The page shows itself whatever the answer is; its status says the same as its words. */
function withStatus(event: Pick<RequestEvent, 'locals'>, answer: Awaited<ReturnType<typeof answerTracking>>) {
  const status = trackingStatus(answer);
  if (status !== 200) event.locals.status = status;
  return answer;
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const [code, digits] = [textOf(form, 'code', MOST), textOf(form, 'last4', 4)];
    return { answer: withStatus(event, await answerTracking(asker(event), code, digits)) };
  },
};
