import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import type { PageServerLoad } from './$types';

/** A token that was typed is asked for under its own address, as the QR on the paper does. */
export const load: PageServerLoad = ({ url }) => {
  const token = url.searchParams.get('token')?.trim();
  if (token) redirect(303, `${localizeHref('/services/check')}/${encodeURIComponent(token.slice(0, 100))}`);
};
