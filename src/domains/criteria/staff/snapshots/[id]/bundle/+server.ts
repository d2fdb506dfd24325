import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { bundleOf } from '../../../../bundle/bundle.server.ts';
import { openSnapshot } from '../../../../snapshot/snapshot.actions.ts';
import type { RequestHandler } from './$types';

/** The signed archive of a frozen board: a reviewer checks it offline. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, params }) => {
    const { taken, whose } = await locals.run(async (ctx) => ({
      taken: await openSnapshot(ctx, params.id!, true),
      whose: { wiring: ctx.wiring, commune: ctx.commune },
    }));
    const bytes = await bundleOf(whose, taken, locals.files);
    const name = `minh-chung-${taken.set}-${taken.asOf}.zip`;
    return fileResponse(bytes, { name, type: 'application/zip', save: true });
  });
