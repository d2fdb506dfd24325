import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { listHamlets } from '#domain/commune';
import { formatDate, formatDateTime } from '#kernel/format';
import { bookOfHousehold, getHousehold } from '../../../household/household.queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { household, book, hamlets } = await locals.run(async (ctx) => ({
    household: await getHousehold(ctx, params.id),
    book: await bookOfHousehold(ctx, params.id),
    hamlets: await listHamlets(ctx, { on: 'ever' }),
  }));
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
    demo,
    headToConfirm,
    openedOn: formatDate(openedOn, locale),
    closedOn: closedOn && formatDate(closedOn, locale),
    hamlet: hamlets.find(({ id }) => id === place.hamletId)?.name ?? null,
    address: place.address,
    people: people.map(dated),
    past: past.map(dated),
    book: book.map(({ id, day, kind, person, data, recordedAt }) => ({
      id,
      day: formatDate(day, locale),
      iso: day,
      kind,
      person: person?.name ?? null,
      note: [data.from, data.to, data.source].filter((one) => typeof one === 'string').filter(isWords),
      recorded: formatDateTime(recordedAt, locale),
    })),
    crumbs: [
      { href: localizeHref('/registry/staff/households'), label: m.registry_nav_households({}, { locale }) },
      { href: url.pathname, label: m.registry_household({ number }, { locale }) },
    ],
  };
};

/** Ids of other households stand in the book too; people read words. */
function isWords(text: string): boolean {
  return !/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);
}
