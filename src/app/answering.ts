/** Routes that answer with a file: an expected refusal becomes the error page, like that of a page. */
import { error, type RequestEvent } from '@sveltejs/kit';
import { isAppError } from '#kernel/errors';
import { errorWords } from './words.ts';

/** Runs a route's work. @throws HttpError with the refusal's status, code and words */
export async function answering(
  event: RequestEvent,
  work: (event: RequestEvent) => Promise<Response>,
): Promise<Response> {
  try {
    return await work(event);
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    const { code, params, status } = thrown;
    error(status, { message: errorWords(code, params, event.locals.locale), code });
  }
}
