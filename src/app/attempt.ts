/** What actions of pages share: reading the form once, and answering a refusal in place. */
import { fail, type ActionFailure } from '@sveltejs/kit';
import type { Ctx } from '#kernel/context';
import { isAppError } from '#kernel/errors';
import type { Refused } from '#ui/form/short-form.ts';
import { errorWords } from './words.ts';

const LONGEST = 20_000;

/** The text fields of a posted form; of several with one name the last. Files are left out. */
export async function typedOf(request: Request): Promise<Record<string, string>> {
  return textsOf(await request.formData());
}

/** The text fields of a form that was read already. @param joined names whose values are joined by commas */
export function textsOf(form: FormData, joined: readonly string[] = []): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const typed = Object.fromEntries(texts.map(([name, value]) => [name, value.slice(0, LONGEST)]));
  for (const name of joined) typed[name] = form.getAll(name).join(',').slice(0, LONGEST);
  return typed;
}

/**
 * Runs what a form asked for. An expected refusal comes back as a failure with its words and everything
 * that was typed; a missing right becomes a page of its own.
 * @param form which form of the page it was
 */
export async function attempt(
  locals: App.Locals,
  form: string,
  typed: Record<string, string>,
  work: (ctx: Ctx) => Promise<unknown>,
): Promise<ActionFailure<{ refused: Refused }> | undefined> {
  return attemptAll(locals, form, typed, () => locals.run(work));
}

/** Like {@link attempt} for work of several steps, such as taking in a file before the transaction that names it. */
export async function attemptAll(
  locals: App.Locals,
  form: string,
  typed: Record<string, string>,
  work: () => Promise<unknown>,
): Promise<ActionFailure<{ refused: Refused }> | undefined> {
  try {
    await work();
    return undefined;
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.status === 401 || thrown.status === 403) throw thrown;
    const { code, params, status } = thrown;
    const words = (one: string) => errorWords(one, params, locals.locale);
    const fields = Object.fromEntries(Object.entries(thrown.fields).map(([name, one]) => [name, words(one)]));
    return fail(status, { refused: { form, message: words(code), fields, typed } });
  }
}
