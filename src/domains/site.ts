/** What the frame around every page knows of the commune. */
import { m } from '#i18n/messages';
import type { Site } from '#app/frame';
import { communeSite, hoursLines, officeCalendar, placeOf, unitOn, type Unit } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { formatPhone } from '#kernel/phone';
import { localDateOf } from '#kernel/time';

/** The commune's name, place, hours and contacts in the reader's language. */
export async function siteOf(ctx: Ctx): Promise<Omit<Site, 'reader'>> {
  const { settings, units } = await communeSite(ctx);
  const today = localDateOf(ctx.now);
  const calendar = await officeCalendar(ctx);
  const unit = unitOn(units, today);
  const name = m.app_commune({ name: ctx.commune.name }, { locale: ctx.locale });
  const place = unit && placeWords(unit, ctx);
  return {
    name,
    demo: ctx.commune.demo,
    hours: hoursLines(calendar, today, ctx.locale),
    ...(place && { place }),
    ...(settings.address && { address: settings.address }),
    ...(settings.phone && { phone: formatPhone(settings.phone) }),
    ...(settings.email && { email: settings.email }),
  };
}

/** What the commune belongs to; what it became part of, where it has another name today. */
function placeWords(unit: Unit, { commune, locale }: Ctx): string {
  const place = placeOf(unit);
  const sameName = unit.name.endsWith(` ${commune.name}`);
  return sameName ? place : m.commune_place_now({ unit: unit.name, place }, { locale });
}
