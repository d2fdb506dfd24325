import { formatDate } from '#kernel/format';
import { addDays, localDateOf, parseLocalDate } from '#kernel/time';
import { mondayOf } from '../agenda/entry.queries.ts';
import { publicWeek } from '../agenda/public.queries.ts';
import { weekView } from '../agenda/week.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
  locals.run(async (ctx) => {
    const today = localDateOf(ctx.now);
    const monday = mondayOf(parseLocalDate(url.searchParams.get('week') ?? '') ?? today);
    const { entries, names } = await publicWeek(ctx, monday);
    return {
      today,
      span: `${formatDate(monday, ctx.locale)} – ${formatDate(addDays(monday, 6), ctx.locale)}`,
      before: addDays(monday, -7),
      after: addDays(monday, 7),
      days: weekView(monday, entries, names, ctx.locale),
    };
  });
