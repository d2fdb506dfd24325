import { officeCalendar } from '#domain/commune';
import { formatDate } from '#kernel/format';
import { localDateOf, yearOf } from '#kernel/time';
import { ITEMS } from '../publication/items.ts';
import { publicPublications } from '../publication/publication.queries.ts';
import { stateOf } from '../publication/publication.ts';
import { groupName } from '../publication/view.ts';
import { channelWords, publicationLabel } from '../publication/words.ts';
import type { PageServerLoad } from './$types';

/** How many years back one can look. */
const YEARS = 3;

export const load: PageServerLoad = ({ locals, url }) =>
  locals.run(async (ctx) => {
    const today = localDateOf(ctx.now);
    const years = Array.from({ length: YEARS }, (_, at) => yearOf(today) - at);
    const year = years.find((one) => String(one) === url.searchParams.get('year')) ?? years[0]!;
    const calendar = await officeCalendar(ctx);
    const all = await publicPublications(ctx, year);
    const { locale } = ctx;
    return {
      year,
      tabs: years.map((one) => ({ href: `?year=${one}`, label: String(one), current: one === year })),
      groups: ITEMS.map(({ code }) => ({
        code,
        name: groupName(code, locale),
        entries: all
          .filter(({ item }) => item === code)
          .map((one) => ({
            id: one.id,
            title: one.title,
            link: one.link,
            where: [one.place, channelWords(one.channels, locale)].filter(Boolean).join('. '),
            from: formatDate(one.from!, locale),
            to: one.to && formatDate(one.to, locale),
            label: publicationLabel(stateOf(calendar, one, today)),
          })),
      })),
    };
  });
