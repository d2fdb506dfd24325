import { answering } from '#app/answering';
import { getPublication } from '../../../../../publication/publication.queries.ts';
import { sendFile } from '../../../../../edge.ts';
import type { RequestHandler } from './$types';

/** A piece of evidence of a publication; every opening is written to the audit record. */
export const GET: RequestHandler = (event) =>
  answering(event, ({ locals, url }) =>
    sendFile(locals, url, event.params, async (ctx) => {
      await getPublication(ctx, event.params.id);
      return {};
    }),
  );
