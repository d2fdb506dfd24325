import { diariesOf } from '../../sync/bundle.queries.ts';
import { listDevices } from '../../sync/devices.queries.ts';
import { deviceView, shutOut } from '../../sync/edge.devices.ts';
import { signInFirst } from '../edge.page.ts';
import type { Actions, PageServerLoad } from './$types';

/** The phones that somebody keeps diaries on, and those of the households that he looks after. */
export const load: PageServerLoad = async (event) => {
  signInFirst(event);
  const { devices, names } = await event.locals.run(async (ctx) => ({
    devices: await listDevices(ctx),
    names: (await diariesOf(ctx)).names,
  }));
  return {
    devices: devices.map((one) => deviceView(one, names, event.locals.locale)),
    done: event.url.searchParams.has('done'),
  };
};

export const actions: Actions = { shut: shutOut };
