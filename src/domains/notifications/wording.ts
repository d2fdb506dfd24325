/** A stored message made into words again: the same words at every reading. */
import type { Ctx, Locale } from '#kernel/context';
import {
  catalogTexts,
  eventTemplate,
  fill,
  fillSms,
  fillTitle,
  namesIn,
  valuesFor,
  type Texts,
  type Values,
} from './template.ts';

export type Stored = { event: string; locale: string; wording: string; params: unknown };
export type Worded = Texts & { values: Values };

/**
 * Words of messages: the commune's own where they were used, else the catalogue's of then.
 * @param origin what stands before links; null inside our own pages, where a button follows the link instead
 */
export async function putIntoWords<T extends Stored>(
  ctx: Ctx,
  messages: readonly T[],
  origin: string | null,
): Promise<Map<T, Worded>> {
  const ids = [
    ...new Set(messages.map(({ wording }) => wording).filter((wording) => !wording.startsWith('catalog:'))),
  ];
  const own =
    ids.length === 0
      ? []
      : await ctx.db
          .selectFrom('notifications_template')
          .select(['id', 'title', 'body', 'sms'])
          .where('commune_id', '=', ctx.commune.id)
          .where('id', 'in', ids)
          .execute();
  const texts = new Map(own.map(({ id, ...words }) => [id, words]));
  return new Map(
    messages.map((message) => [
      message,
      wordsOf(message, texts.get(message.wording), ctx.commune.name, origin),
    ]),
  );
}

/** What the pages leave out of the words: a button follows the link, and what is secret was only sent. */
const LINKS: readonly string[] = ['link', 'slip_link'];

/** @param secrets put in for this reading alone, when it is being sent */
export function wordsOf(
  message: Stored,
  own: Texts | undefined,
  commune: string,
  origin: string | null,
  secrets: Values = {},
): Worded {
  const template = eventTemplate(message.event);
  const locale = message.locale as Locale;
  const texts = own ?? catalogTexts(template, message.wording, locale);
  const params = { ...(message.params as Record<string, string>), ...secrets };
  const values = valuesFor(template, params, { locale, origin: origin ?? '', commune });
  const always = namesIn(texts.body, 'always');
  const buttoned = LINKS.filter((name) => origin === null && !always.includes(name));
  const inBody = Object.fromEntries(Object.entries(values).filter(([name]) => !buttoned.includes(name)));
  return {
    title: fillTitle(texts.title, values),
    body: fill(texts.body, inBody),
    sms: fillSms(template, texts.sms, values),
    values,
  };
}

/** The commune's own host name under the installation's address, so that a link opens the right commune. */
export async function originOf(ctx: Ctx): Promise<string> {
  const url = new URL(ctx.wiring.installation.origin);
  const { hosts } = await ctx.db
    .selectFrom('commune')
    .select('hosts')
    .where('id', '=', ctx.commune.id)
    .executeTakeFirstOrThrow();
  const host = hosts.find((name) => name !== '*');
  if (host) url.hostname = host;
  return url.origin;
}
