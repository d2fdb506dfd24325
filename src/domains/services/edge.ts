/** What the room's pages share: answering a refusal in place, in the reader's words. */
import { fail, type ActionFailure } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { AppError, isAppError, type ErrorParams } from '#kernel/errors';

type Message = (params: ErrorParams) => string;

/** The sentence for an error code. */
export function errorWords(code: string, params: ErrorParams = {}): string {
  const message = (m as unknown as Record<string, Message | undefined>)[`error_${code.replaceAll('.', '_')}`];
  return message ? message(params) : m.error_unknown({ code });
}

export type Refusal = { refused: { code: string; words: string; fields: Record<string, string> } };

/** What a refusal tells the page; anything else than a refusal is thrown on. */
export function refusalOf(thrown: unknown): Refusal & { status: AppError['status'] } {
  if (!isAppError(thrown)) throw thrown;
  const { code, params, status } = thrown;
  const fields = Object.fromEntries(
    Object.entries(thrown.fields).map(([name, wrong]) => [name, errorWords(wrong, thrown.fieldParams[name])]),
  );
  return { status, refused: { code, words: errorWords(code, params), fields } };
}

/** Runs what a form asked for; an expected refusal comes back to the form, with what it needs to show itself again. */
export async function attempt<T, const Again extends object>(
  again: Again,
  work: () => Promise<T>,
): Promise<T | ActionFailure<Again & Refusal>> {
  try {
    return await work();
  } catch (thrown) {
    const { status, refused } = refusalOf(thrown);
    return fail(status, { ...again, refused });
  }
}

/** A text of a form, without files and without more than `most` characters; '' when it is not there. */
export function textOf(form: FormData, name: string, most = 500): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, most) : '';
}
