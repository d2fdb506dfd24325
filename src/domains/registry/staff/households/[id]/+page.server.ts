import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { listHamlets } from '#domain/commune';
import type { Locale } from '#kernel/context';
import { formatDate, formatDateTime } from '#kernel/format';
import { may } from '#kernel/rights';
import { bookOfHousehold, getHousehold, type BookEntry } from '../../../household/household.queries.ts';
import { OPENS_DOSSIERS, sourceLink } from '../../../household/source-link.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { household, book, opens, hamlets, seesSupport } = await locals.run(async (ctx) => {
    const household = await getHousehold(ctx, params.id);
    return {
      household,
      seesSupport: may(ctx, 'registry.support.see', { hamlet_id: household.place.hamletId }),
      book: await bookOfHousehold(ctx, params.id),
      opens: may(ctx, OPENS_DOSSIERS),
      hamlets: await listHamlets(ctx, { on: 'ever' }),
    };
  });
  const { number, listNumber, demo, headToConfirm, people, past, place, openedOn, closedOn } = household;
  const dated = (one: (typeof people)[number]) => ({
    ...one,
    since: formatDate(one.joinedOn, locale),
    until: one.leftOn && formatDate(one.leftOn, locale),
  });
  return {
    id: params.id,
    done: url.searchParams.get('done'),
    number,
    listNumber,
    seesSupport,
    demo,
    headToConfirm,
    openedOn: formatDate(openedOn, locale),
    closedOn: closedOn && formatDate(closedOn, locale),
    hamlet: hamlets.find(({ id }) => id === place.hamletId)?.name ?? null,
    address: place.address,
    people: people.map(dated),
    past: past.map(dated),
    book: book.map((entry) => bookLine(entry, opens, locale)),
    crumbs: [
      { href: localizeHref('/registry/staff/households'), label: m.registry_nav_households({}, { locale }) },
      { href: url.pathname, label: m.registry_household({ number }, { locale }) },
    ],
  };
};

function bookLine(entry: BookEntry, opens: boolean, locale: Locale) {
  const { id, day, kind, person, data, recordedAt } = entry;
  const link = sourceLink(entry, { opens, locale });
  const said = [data.from, data.to, link ? null : data.source];
  return {
    id,
    day: formatDate(day, locale),
    iso: day,
    kind,
    person: person?.name ?? null,
    link,
    note: said.filter((one) => typeof one === 'string').filter(isWords),
    recorded: formatDateTime(recordedAt, locale),
  };
}

/** Ids of other households stand in the book too; people read words. */
function isWords(text: string): boolean {
  return !/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);
}
