/** The list of phones as pages show it, and shutting one out. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { formatDateTime } from '#kernel/format';
import { shutOutDevice } from './device.actions.ts';
import type { Device } from './devices.queries.ts';

/** @param names of households and producers, as far as the reader may know them */
export function deviceView(device: Device, names: ReadonlyMap<string, string>, locale: App.Locals['locale']) {
  const { id, name, lastSeenAt, shutOutAt, own, holders } = device;
  return {
    id,
    name,
    own,
    seen: formatDateTime(lastSeenAt, locale),
    shutOut: shutOutAt && formatDateTime(shutOutAt, locale),
    for: holders.map((holder) => names.get(holder)).filter((one) => one !== undefined),
  };
}
export type DeviceView = ReturnType<typeof deviceView>;

/** The form of a page. */
export async function shutOut({ locals, request, url }: Pick<RequestEvent, 'locals' | 'request' | 'url'>) {
  const typed = await typedOf(request);
  const { device = '' } = typed;
  const refused = await attempt(locals, `device-${device}`, typed, (ctx) => shutOutDevice(ctx, device));
  if (refused) return refused;
  redirect(303, `${url.pathname}?done=1`);
}
