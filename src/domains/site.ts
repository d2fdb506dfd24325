/** What the frame around every page knows of the commune. */
import { m } from '#i18n/messages';
import type { Site } from '#app/frame';
import { communeSite, hoursLines, officeCalendar, placeOf, unitOn, type Unit } from '#domain/commune';
import { isClosed, type Closure, type CommuneRef, type Ctx, type Locale } from '#kernel/context';
import { formatDate } from '#kernel/format';
import type { RunInCommune } from '#kernel/manifest';
import { formatPhone } from '#kernel/phone';
import { localDate, localDateOf } from '#kernel/time';

type Frame = Omit<Site, 'reader'>;

/** How long strangers may be shown the frame as it was: it saves every page of theirs a transaction. */
const FRESH_FOR_MS = 10_000;
const frames = new Map<string, { readAt: number; frame: Promise<Frame> }>();

/** The frame for somebody who is not signed in: a kept one, unless it is old. */
export function siteForStrangers(run: RunInCommune, commune: CommuneRef, locale: Locale): Promise<Frame> {
  const key = `${commune.id}/${locale}`;
  const kept = frames.get(key);
  if (kept && Date.now() - kept.readAt < FRESH_FOR_MS) return kept.frame;
  const frame = run(siteOf);
  frames.set(key, { readAt: Date.now(), frame });
  frame.catch(() => frames.delete(key));
  return frame;
}

/** The commune's name, place, hours and contacts in the reader's language. */
export async function siteOf(ctx: Ctx): Promise<Frame> {
  const { settings, units } = await communeSite(ctx);
  const today = localDateOf(ctx.now);
  const calendar = await officeCalendar(ctx);
  const unit = unitOn(units, today);
  const name = m.app_commune({ name: ctx.commune.name }, { locale: ctx.locale });
  const place = unit && placeWords(unit, ctx);
  return {
    name,
    ...(isClosed(ctx) &&
      ctx.commune.closure && { closed: closedWords(name, ctx.commune.closure, ctx.locale) }),
    demo: ctx.commune.demo,
    hours: hoursLines(calendar, today, ctx.locale),
    ...(place && { place }),
    ...(settings.address && { address: settings.address }),
    ...(settings.phone && { phone: formatPhone(settings.phone) }),
    ...(settings.email && { email: settings.email }),
  };
}

/** What strangers and officials read over every page of a commune that became part of another one. */
function closedWords(name: string, { from, successor }: Closure, locale: Locale): string {
  const words = {
    name,
    date: formatDate(localDate(from), locale),
    successor: m.app_commune({ name: successor.name }, { locale }),
    host: successor.hosts[0] ?? '',
  };
  return m.commune_closed_banner(words, { locale });
}

/** What the commune belongs to; what it became part of, where it has another name today. */
function placeWords(unit: Unit, { commune, locale }: Ctx): string {
  const place = placeOf(unit);
  const sameName = unit.name.endsWith(` ${commune.name}`);
  return sameName ? place : m.commune_place_now({ unit: unit.name, place }, { locale });
}
