import { officialDirectory } from '#domain/registry';
import { m } from '#i18n/messages';
import { answering } from '#app/answering';
import { readFeed } from '../../agenda/feed.actions.ts';
import { icsOf } from '../../agenda/ics.ts';
import type { RequestHandler } from './$types';

/** `<token>.ics`: the calendar for a phone that subscribes. The token is the proof. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const token = event.params.token.replace(/\.ics$/, '');
    const text = await locals.run(async (ctx) => {
      const entries = await readFeed(ctx, token);
      // Names of the public directory only: the address may come into anybody's hands.
      const names = new Map((await officialDirectory(ctx)).map(({ id, fullName }) => [id, fullName]));
      const words = {
        chair: m.office_entry_chair(),
        people: m.office_entry_people(),
        preparation: m.office_entry_preparation(),
      };
      const name = m.office_feed_name({ commune: ctx.commune.name });
      return icsOf(entries, { name, domain: url.hostname, nameOf: (id) => names.get(id), words });
    });
    return new Response(text, {
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="lich-cong-tac.ics"',
        'cache-control': 'private, max-age=300',
        'x-content-type-options': 'nosniff',
      },
    });
  });
