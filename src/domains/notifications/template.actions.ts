/** The commune's own words for an event. A change closes the row in force and opens a new one. */
import { z } from 'zod';
import type { Ctx, Locale } from '#kernel/context';
import { actorId } from '#kernel/context';
import { AppError, refuse } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, lines } from '#kernel/input';
import { allow } from '#kernel/rights';
import { eventTemplate, faultsOf, NOTICE_EVENTS, type NoticeEvent, type Texts } from './template.ts';

const Input = z.strictObject({ title: lines(200), body: lines(2000), sms: lines(400) });

export type OwnTexts = Texts & { since: Date };
export type TemplateView = { event: NoticeEvent; own: Partial<Record<Locale, OwnTexts>> };

/** Every event, with the commune's own words where it has some. */
export async function listTemplates(ctx: Ctx): Promise<TemplateView[]> {
  allow(ctx, 'notifications.template.read');
  const rows = await openRows(ctx).execute();
  return NOTICE_EVENTS.map((event) => ({
    event,
    own: Object.fromEntries(
      rows
        .filter((row) => row.event === event)
        .map(({ locale, title, body, sms, valid_from }) => [locale, { title, body, sms, since: valid_from }]),
    ),
  }));
}

/** The event by that name. @throws AppError `notifications.template.not_found` (404) */
export function getEvent(name: string): NoticeEvent {
  const event = NOTICE_EVENTS.find((known) => known === name);
  return event ?? refuse('notifications.template.not_found', 404);
}

/**
 * Puts own words in force from now on; what was sent before keeps its words.
 * @throws AppError `notifications.template.not_found` (404), `input.invalid` (422) with a code per field:
 *   `notifications.template.unknown_variable`, `….not_always_given`, `….too_long`, `….brackets`
 */
export async function saveTemplate(ctx: Ctx, name: string, locale: Locale, input: Texts): Promise<void> {
  allow(ctx, 'notifications.template.change', { kind: 'template', id: `${name}:${locale}` });
  const event = getEvent(name);
  const texts = checked(Input, input);
  const faults = faultsOf(eventTemplate(event), texts);
  if (faults.length > 0) {
    const fields = Object.fromEntries(
      faults.map(({ field, code }) => [field, `notifications.template.${code}`]),
    );
    throw new AppError('input.invalid', 422, {}, fields);
  }
  await close(ctx, event, locale);
  await ctx.db
    .insertInto('notifications_template')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      event,
      locale,
      ...texts,
      valid_from: ctx.now,
      made_by: actorId(ctx.actor),
    })
    .execute();
}

/** Goes back to the catalogue's words. */
export async function resetTemplate(ctx: Ctx, name: string, locale: Locale): Promise<void> {
  allow(ctx, 'notifications.template.change', { kind: 'template', id: `${name}:${locale}` });
  await close(ctx, getEvent(name), locale);
}

async function close(ctx: Ctx, event: NoticeEvent, locale: Locale): Promise<void> {
  await ctx.db
    .updateTable('notifications_template')
    .set({ valid_to: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('event', '=', event)
    .where('locale', '=', locale)
    .where('valid_to', 'is', null)
    .execute();
}

function openRows(ctx: Ctx) {
  return ctx.db
    .selectFrom('notifications_template')
    .select(['event', 'locale', 'title', 'body', 'sms', 'valid_from'])
    .where('commune_id', '=', ctx.commune.id)
    .where('valid_to', 'is', null);
}
