import { entriesFor } from '#app/navigation';
import { theRuntime } from '#app/runtime';
import type { Reader, Site } from '#app/frame';
import { localizeUrl } from '#i18n/runtime';
import type { Actor } from '#kernel/context';
import { siteForStrangers, siteOf } from './site.ts';
import type { LayoutServerLoad } from './$types';

function readerOf(actor: Actor): Reader | undefined {
  return actor.kind === 'person' ? { name: actor.name } : undefined;
}

export const load: LayoutServerLoad = async ({ cookies, locals, url }) => {
  const shown = localizeUrl(url);
  const { actor, commune, locale, run } = locals;
  const { navigation, wiring } = theRuntime();
  const frame = locals.session ? run(siteOf) : siteForStrangers(run, commune, locale);
  const site: Site = { ...(await frame), reader: readerOf(actor) };
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
