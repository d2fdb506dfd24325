import { answering } from '#app/answering';
import { viewDocument } from '../../../../../document/document.queries.ts';
import { sendFile } from '../../../../../edge.ts';
import type { RequestHandler } from './$types';

/** A file of the document; every opening is written to the audit record. */
export const GET: RequestHandler = (event) =>
  answering(event, ({ locals, url }) =>
    sendFile(locals, url, event.params, async (ctx) => {
      await viewDocument(ctx, event.params.id);
      return {};
    }),
  );
