import { entriesFor } from '#app/navigation';
import { theRuntime } from '#app/runtime';
import type { Site } from '#app/frame';
import { countUnread } from '#domain/notifications';
import { localizeUrl } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { siteForStrangers, siteOf } from './site.ts';
import type { LayoutServerLoad } from './$types';

/** The frame for somebody who is signed in: read anew for every page, in one transaction. */
async function siteOfReader(ctx: Ctx): Promise<Site> {
  const { actor } = ctx;
  const frame = await siteOf(ctx);
  return actor.kind === 'person'
    ? { ...frame, reader: { name: actor.name, unread: await countUnread(ctx) } }
    : frame;
}

export const load: LayoutServerLoad = async ({ cookies, locals, url }) => {
  const shown = localizeUrl(url);
  const { actor, commune, locale, run } = locals;
  const { navigation, wiring } = theRuntime();
  const site: Site = await (locals.session ? run(siteOfReader) : siteForStrangers(run, commune, locale));
  const reader = { actor, policy: wiring.policy, locale };
  return {
    site,
    rooms: {
      staff: entriesFor(navigation, 'staff', reader),
      account: entriesFor(navigation, 'account', reader),
    },
    place: { path: shown.pathname + shown.search, large: cookies.get('xa_text') === 'large' },
  };
};
