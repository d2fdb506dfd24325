import { m } from '#i18n/messages';
import { localizeUrl } from '#i18n/runtime';
import type { Site } from '#app/frame';
import type { NavGroup } from '#ui/types.ts';
import type { LayoutServerLoad } from './$types';

/** What the frame shows before a commune is known by its host name or path. */
function unknownSite(): Site {
  return { name: m.app_name(), demo: false, hours: [] };
}

export const load: LayoutServerLoad = ({ cookies, url }) => {
  const shown = localizeUrl(url);
  return {
    site: unknownSite(),
    /** The rooms of the staff rail; a page adds `crumbs` in its own load. */
    rail: [] as NavGroup[],
    place: { path: shown.pathname + shown.search, large: cookies.get('xa_text') === 'large' },
  };
};
