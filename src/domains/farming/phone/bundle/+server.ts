import { createHash } from 'node:crypto';
import { useDevice } from '../../sync/device.actions.ts';
import { answer, json } from '../../sync/edge.ts';
import { bundleFor } from '../../sync/bundle.queries.ts';
import type { RequestHandler } from './$types';

/** What the phone keeps; 304 while nothing changed. `?device=` names the phone. */
export const GET: RequestHandler = (event) =>
  answer(event, async () => {
    const device = event.url.searchParams.get('device');
    const bundle = await event.locals.run(async (ctx) => {
      if (device !== null)
        await useDevice(ctx, { id: device, name: event.url.searchParams.get('name') ?? '?' });
      return bundleFor(ctx);
    });
    const text = JSON.stringify(bundle);
    const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
    const headers = { etag };
    if (event.request.headers.get('if-none-match') === etag)
      return new Response(null, { status: 304, headers });
    return json({ ...bundle, serverTime: new Date().toISOString() }, { headers });
  });
