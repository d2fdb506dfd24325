/** What the pages about groups and aid of one household or person share: reading, wording, and what their forms do. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { inLocale } from '#kernel/bilingual';
import type { Ctx, Locale } from '#kernel/context';
import { formatDate } from '#kernel/format';
import { newId } from '#kernel/ids';
import { localDateOf, type LocalDate } from '#kernel/time';
import { findPurpose, type Purpose } from '../resident.ts';
import { groupOf, groupsFor, holds, type Subject } from './group.ts';
import { cancelAid, endSupport, recordAid, recordSupport } from './support.actions.ts';
import { supportOf, type SupportRecord } from './support.queries.ts';
import { aidWords, decisionWords, groupWords, spanWords } from './support-words.ts';

type Event = Pick<RequestEvent, 'locals' | 'url'>;

/** The record in words. */
export function supportLines({ groups, aid }: SupportRecord, today: LocalDate, locale: Locale) {
  return {
    groups: groups.map((one) => ({
      id: one.id,
      name: groupWords(one.group, locale),
      when: spanWords(one, locale),
      decision: decisionWords(one),
      holds: holds(one, today),
      open: one.until === null,
      source: groupOf(one.group).source.text,
    })),
    aid: aid.map((one) => ({
      id: one.id,
      day: formatDate(one.day, locale),
      what: aidWords(one, locale),
      source: one.source,
      decision: one.decision,
    })),
  };
}
export type SupportLines = ReturnType<typeof supportLines>;

/** Asks for the purpose first; every view with one is written down. */
export async function loadSupport({ locals, url }: Event, subject: Subject) {
  const { locale } = locals;
  const purpose = findPurpose(url.searchParams.get('purpose'));
  const page = { purpose, done: url.searchParams.get('done') };
  if (!purpose) return { ...page, record: null };
  const { found, today } = await locals.run(
    async (ctx) => ({ found: await supportOf(ctx, subject), today: localDateOf(ctx.now) }),
    { purpose },
  );
  const record = {
    name: found.name,
    ended: found.ended,
    ...supportLines(found, today, locale),
    options: groupsFor(subject).map(({ code, name }) => ({ value: code, label: inLocale(name, locale) })),
    clientId: newId(),
    today,
  };
  return { ...page, record };
}

/** Recording and ending a group, recording aid and taking a mistaken one back. */
export function supportActions(subjectOf: (params: Record<string, string>) => Subject) {
  type Input = { locals: App.Locals; params: Record<string, string>; request: Request; url: URL };
  type Typed = Record<string, string>;
  const action =
    (form: string, done: string, work: (ctx: Ctx, subject: Subject, typed: Typed) => Promise<unknown>) =>
    async ({ locals, params, request, url }: Input) => {
      const typed = await typedOf(request);
      const refused = await attempt(locals, form, typed, (ctx) => work(ctx, subjectOf(params), typed));
      if (refused) return refused;
      const purpose: Purpose = findPurpose(url.searchParams.get('purpose')) ?? 'correction';
      redirect(303, `${url.pathname}?${new URLSearchParams({ purpose, done })}`);
    };
  const text = (typed: Typed, name: string) => typed[name] ?? '';
  return {
    record: action('record', 'recorded', (ctx, subject, typed) =>
      recordSupport(ctx, subject, {
        group: text(typed, 'group'),
        from: text(typed, 'from'),
        decision: text(typed, 'decision'),
      }),
    ),
    end: action('end', 'ended', (ctx, _subject, typed) =>
      endSupport(ctx, text(typed, 'id'), {
        until: text(typed, 'until'),
        decision: text(typed, 'decision'),
      }),
    ),
    aid: action('aid', 'aided', (ctx, subject, typed) =>
      recordAid(ctx, subject, {
        day: text(typed, 'day'),
        what: text(typed, 'what'),
        amount: typed.amount,
        source: text(typed, 'source'),
        decision: typed.decision,
        clientId: text(typed, 'clientId'),
      }),
    ),
    cancel: action('cancel', 'cancelled', (ctx, _subject, typed) => cancelAid(ctx, text(typed, 'id'))),
  };
}
