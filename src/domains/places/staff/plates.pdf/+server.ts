import { m } from '#i18n/messages';
import { communeSite, unitOn } from '#domain/commune';
import { renderPdf } from '#kernel/documents/render.server';
import { localDateOf } from '#kernel/time';
import { getAddress, listAddresses } from '../../address.queries.ts';
import { openDesk } from '../../desk.queries.ts';
import { MOST_PLATES, platesPaper } from '../../plates.ts';
import { readAddressFilter } from '../address-filter.ts';
import type { RequestHandler } from './$types';

/** The plates of the filtered list, or of one address (`id`). */
export const GET: RequestHandler = async ({ locals, url }) => {
  const paper = await locals.run(async (ctx) => {
    const desk = await openDesk(ctx);
    const id = url.searchParams.get('id');
    const filter = { ...readAddressFilter(url.searchParams), ended: false, limit: MOST_PLATES };
    const items = id ? [(await getAddress(ctx, id)).address] : (await listAddresses(ctx, filter)).items;
    const { units } = await communeSite(ctx);
    return platesPaper(items, {
      commune: unitOn(units, localDateOf(ctx.now))?.name ?? ctx.commune.name,
      hamlets: new Map(desk.all.map(({ value, label }) => [value, label])),
      origin: url.origin,
      title: m.places_plates(),
      scan: m.places_plate_scan(),
      issuedAt: ctx.now,
    });
  });
  return new Response((await renderPdf(paper)) as BodyInit, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="bien-so-nha.pdf"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  });
};
