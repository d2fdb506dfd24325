import { localizeUrl } from '#i18n/runtime';
import type { Reader, Site } from '#app/frame';
import type { Actor } from '#kernel/context';
import type { NavGroup } from '#ui/types.ts';
import type { LayoutServerLoad } from './$types';

function readerOf(actor: Actor): Reader | undefined {
  return actor.kind === 'person' ? { name: actor.name } : undefined;
}

export const load: LayoutServerLoad = ({ cookies, locals, url }) => {
  const shown = localizeUrl(url);
  const { name, demo } = locals.commune;
  return {
    site: { name, demo, hours: [], reader: readerOf(locals.actor) } satisfies Site as Site,
    /** The rooms of the staff rail; a page adds `crumbs` in its own load. */
    rail: [] as NavGroup[],
    place: { path: shown.pathname + shown.search, large: cookies.get('xa_text') === 'large' },
  };
};
