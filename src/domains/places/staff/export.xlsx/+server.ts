import { m } from '#i18n/messages';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { groupCode } from '#kernel/ids';
import { listAddresses } from '../../address.queries.ts';
import type { Address } from '../../address.ts';
import { openDesk } from '../../desk.queries.ts';
import { readAddressFilter } from '../address-filter.ts';
import type { RequestHandler } from './$types';

const MOST_ROWS = 20_000;

/** The list as it is filtered, as a spreadsheet. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { items, names } = await locals.run(async (ctx) => ({
    names: new Map((await openDesk(ctx)).all.map(({ value, label }) => [value, label])),
    items: (await listAddresses(ctx, { ...readAddressFilter(url.searchParams), limit: MOST_ROWS })).items,
  }));
  const bytes = await writeSheet<Address>(
    [
      { label: m.places_hamlet(), kind: 'text', value: ({ hamletId }) => names.get(hamletId) },
      { label: m.places_number(), kind: 'text', value: ({ number }) => number, width: 10 },
      { label: m.places_plate_code(), kind: 'text', value: ({ code }) => groupCode(code), width: 16 },
      { label: m.places_location_code(), kind: 'text', value: ({ locationCode }) => locationCode },
      { label: m.places_sheet_lat(), kind: 'number', digits: 6, value: ({ lat }) => lat },
      { label: m.places_sheet_lng(), kind: 'number', digits: 6, value: ({ lng }) => lng },
      { label: m.places_shown_yes(), kind: 'boolean', value: ({ shown }) => shown },
      { label: m.places_issued_on(), kind: 'date', value: ({ issuedOn }) => issuedOn },
    ],
    items,
    m.places_sheet_addresses(),
  );
  return new Response(bytes as BodyInit, {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="dia-chi-so.xlsx"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  });
};
