import { redirect } from '@sveltejs/kit';
import { signInHref } from './page-of.ts';
import { ownResident } from '../resident.queries.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url }) => {
  if (locals.actor.kind !== 'person') redirect(303, signInHref(url));
  return { bound: (await locals.run(ownResident)) !== undefined };
};
