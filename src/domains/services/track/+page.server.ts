import { refusalOf, textOf } from '../edge.ts';
import { trackForStranger, trackView } from './track.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const MOST = 60;

/** An address may carry the code of a receipt; digits of a phone never stand in an address. */
export const load: PageServerLoad = async (event) => {
  const code = (event.url.searchParams.get('code') ?? '').slice(0, MOST);
  return code === '' ? { code, found: null, refused: null, codeOfDossier: false } : answer(event, code, '');
};

async function answer(event: RequestEvent, code: string, lastFour: string) {
  const codeOfDossier = code.trim().length > 14;
  try {
    const tracked = await trackForStranger(event.locals.run, { code, lastFour }, event.getClientAddress());
    return { code, found: trackView(tracked, event.locals.locale), refused: null, codeOfDossier };
  } catch (thrown) {
    const { refused, status } = refusalOf(thrown);
    return { code, found: null, refused: { ...refused, status }, codeOfDossier };
  }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const code = textOf(form, 'code', MOST);
    return { answer: await answer(event, code, textOf(form, 'last4', 4)) };
  },
};
