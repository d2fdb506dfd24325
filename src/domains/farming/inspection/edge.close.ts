/** The form that closes what an inspection found: the same at the desk and in the diary. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { closeNonconformity } from './inspection.actions.ts';

/** Says of one finding that it is put right, and comes back to the page. */
export async function closeFinding({ locals, request, url }: RequestEvent) {
  const typed = await typedOf(request);
  const { finding = '', on = '', note = '' } = typed;
  const refused = await attempt(locals, `close-${finding}`, typed, (ctx) =>
    closeNonconformity(ctx, finding, { on, note }),
  );
  if (refused) return refused;
  redirect(303, `${url.pathname}?done=1`);
}
