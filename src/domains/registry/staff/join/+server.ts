/** From a person's page to the household whose number was typed there. */
import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { answering } from '#app/answering';
import { listHouseholds } from '../../household/household.queries.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const person = url.searchParams.get('person') ?? '';
    const number = (url.searchParams.get('number') ?? '').trim();
    const { items } = await locals.run((ctx) => listHouseholds(ctx, { q: number, limit: 2 }));
    const [only] = items;
    const list = `${localizeHref('/registry/staff/households')}?${new URLSearchParams({ q: number })}`;
    if (!only || number === '') redirect(303, list);
    redirect(303, `${localizeHref(`/registry/staff/households/${only.id}/join`)}?person=${person}`);
  });
