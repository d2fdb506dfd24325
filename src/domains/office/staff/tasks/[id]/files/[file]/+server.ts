import { answering } from '#app/answering';
import { viewTask } from '../../../../../task/task.queries.ts';
import { sendFile } from '../../../../../edge.ts';
import type { RequestHandler } from './$types';

/** A file of the task; every opening is written to the audit record. */
export const GET: RequestHandler = (event) =>
  answering(event, ({ locals, url }) =>
    sendFile(locals, url, event.params, async (ctx) => (await viewTask(ctx, event.params.id)).thing),
  );
