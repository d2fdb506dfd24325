import { officialDirectory } from '#domain/registry';
import { answering } from '#app/answering';
import { readFeed } from '../../agenda/feed.actions.ts';
import { calendarResponse } from '../../edge.ts';
import type { RequestHandler } from './$types';

/** `<token>.ics`: the calendar for a phone that subscribes. The token is the proof. */
export const GET: RequestHandler = (event) =>
  answering(event, ({ locals, url }) =>
    locals.run(async (ctx) => {
      const entries = await readFeed(ctx, event.params.token.replace(/\.ics$/, ''));
      // Names of the public directory only: the address may come into anybody's hands.
      const names = new Map((await officialDirectory(ctx)).map(({ id, fullName }) => [id, fullName]));
      return calendarResponse(ctx, entries, names, url.hostname);
    }),
  );
