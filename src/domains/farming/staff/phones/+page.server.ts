import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { headNames } from '../../plot/household.queries.ts';
import { listAllDevices } from '../../sync/devices.queries.ts';
import { deviceView, shutOut } from '../../sync/edge.devices.ts';
import type { Actions, PageServerLoad } from './$types';

/** Every phone of the commune: whoever lost one calls the office. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { devices, names } = await locals.run(async (ctx) => {
    const found = await listAllDevices(ctx);
    const households = found.flatMap(({ holders }) => holders.map((householdId) => ({ householdId })));
    return { devices: found, names: await headNames(ctx, households) };
  });
  return {
    devices: devices.map((one) => deviceView(one, names, locals.locale)),
    done: url.searchParams.has('done'),
    crumbs: [
      { href: localizeHref('/farming/staff/diary'), label: m.farming_diaries() },
      { href: url.pathname, label: m.farming_phones_title() },
    ],
  };
};

export const actions: Actions = { shut: shutOut };
