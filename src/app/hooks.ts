import type { Reroute } from '@sveltejs/kit/hooks';
import { deLocalizeUrl } from '#i18n/runtime';

/** Public Vietnamese or English address → the room's own path. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname;
