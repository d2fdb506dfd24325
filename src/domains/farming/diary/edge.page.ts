/** What the pages of the diary share. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { attemptAll, textsOf } from '#app/attempt';
import { localizeHref } from '#i18n/runtime';
import { AppError } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { diariesOf } from '../sync/bundle.queries.ts';
import { holdersWithPlots, plotsOfHolder } from './holder-plots.queries.ts';
import { wordedParams } from './edge.ts';
import { entryInput, FIELD_OF } from './entry-form.ts';
import { ENTRY_KINDS, type EntryKind, type Outcome } from './entry.ts';
import { recordEntries } from './record.actions.ts';

/** Strangers are sent to the door, to come back afterwards. */
export function signInFirst({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>): void {
  if (locals.actor.kind === 'person') return;
  redirect(
    303,
    `${localizeHref('/identity/sign-in')}?${new URLSearchParams({ back: url.pathname + url.search })}`,
  );
}

export type HolderChoice = {
  id: string;
  name: string | null;
  own: boolean;
  householdId: string | null;
  producerId: string | null;
};

/** Whose diary is open: the one of the address, else the own, else the first; null where there is none. `group`: keeps diaries of a group. */
export async function openDiary({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>) {
  const { holders, household, names, group } = await locals.run(async (ctx) => {
    const found = await diariesOf(ctx);
    const working = await holdersWithPlots(ctx, found.holders);
    return { ...found, holders: working, group: found.holders.some(({ producer }) => producer) };
  });
  const choices = holders
    .map(({ id, producer }): HolderChoice => ({
      id,
      name: names.get(id) ?? null,
      own: id === household,
      householdId: producer ? null : id,
      producerId: producer ? id : null,
    }))
    .toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? '', 'vi'));
  const asked = url.searchParams.get('holder');
  const open = choices.find(({ id }) => id === asked) ?? choices.find(({ own }) => own) ?? choices[0] ?? null;
  const plots = open ? await locals.run((ctx) => plotsOfHolder(ctx, open)) : [];
  return { choices, open, plots, group };
}

export function kindIn(value: string | null): EntryKind | undefined {
  return ENTRY_KINDS.find((kind) => kind === value);
}

/** A refusal is kept by the diary first, then said at the form. @throws AppError with the first reason */
export function refusalOf({ state, codes }: Outcome, locale: App.Locals['locale']): void {
  const [first] = codes;
  if (state === 'accepted' || !first) return;
  const fields = codes.flatMap(({ code, params }) => {
    const field = typeof params['field'] === 'string' ? params['field'] : null;
    return field === null ? [] : [[FIELD_OF[field] ?? field.replace('details.', ''), code]];
  });
  const code = fields.length > 0 ? 'input.invalid' : first.code;
  throw new AppError(
    code,
    422,
    wordedParams(first.params, locale),
    Object.fromEntries(fields) as Record<string, string>,
  );
}

/** Writes what a form of the diary says. `more` names what it puts right. */
export async function writeForm(
  { locals, request }: Pick<RequestEvent, 'locals' | 'request'>,
  form: string,
  holder: Pick<HolderChoice, 'householdId' | 'producerId'>,
  kind: EntryKind,
  more: Record<string, unknown> = {},
) {
  const typed = textsOf(await request.formData(), ['plots']);
  return attemptAll(locals, form, typed, async () => {
    if (!isId(typed['id'] ?? '')) throw new AppError('input.bad_form', 400);
    const input = { ...entryInput(kind, typed, { ...holder, now: new Date() }), ...more };
    const [outcome] = await locals.run((ctx) => recordEntries(ctx, [input]));
    refusalOf(outcome!, locals.locale);
  });
}
