/** A stored message made into words again: the same words at every reading. */
import type { Ctx, Locale } from '#kernel/context';
import {
  catalogTexts,
  eventTemplate,
  fill,
  fillSms,
  fillTitle,
  valuesFor,
  type Texts,
  type Values,
} from './template.ts';

export type Stored = { event: string; locale: string; wording: string; params: unknown };
export type Worded = Texts & { values: Values };

/**
 * Words of messages: the commune's own where they were used, else the catalogue's of then.
 * @param origin what stands before links; empty inside our own pages
 */
export async function putIntoWords<T extends Stored>(
  ctx: Ctx,
  messages: readonly T[],
  origin: string,
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

/** @param secrets put in for this reading alone, when it is being sent */
export function wordsOf(
  message: Stored,
  own: Texts | undefined,
  commune: string,
  origin: string,
  secrets: Values = {},
): Worded {
  const template = eventTemplate(message.event);
  const locale = message.locale as Locale;
  const texts = own ?? catalogTexts(template, message.wording, locale);
  const params = { ...(message.params as Record<string, string>), ...secrets };
  const values = valuesFor(template, params, { locale, origin, commune });
  return {
    title: fillTitle(texts.title, values),
    body: fill(texts.body, values),
    sms: fillSms(template, texts.sms, values),
    values,
  };
}
