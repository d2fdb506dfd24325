import { answering } from '#app/answering';
import { publicFeed } from '../../agenda/public.queries.ts';
import { calendarResponse } from '../../edge.ts';
import type { RequestHandler } from './$types';

/** The public part of the calendar, for phones that subscribe. */
export const GET: RequestHandler = (event) =>
  answering(event, ({ locals, url }) =>
    locals.run(async (ctx) => {
      const { entries, names } = await publicFeed(ctx);
      return calendarResponse(ctx, entries, names, url.hostname);
    }),
  );
