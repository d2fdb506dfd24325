import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import type { FileHash } from '#kernel/files/store';
import { stepPhoto } from '../../../../lot/lot.queries.ts';
import type { RequestHandler } from './$types';

/** The photo of a step. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals }) => {
    const { params } = event;
    const { hash, type } = await locals.run((ctx) => stepPhoto(ctx, params.id, params.step));
    const name = `cong-doan.${type === 'image/png' ? 'png' : 'jpg'}`;
    return fileResponse(await locals.files.open(hash as FileHash), { name, type });
  });
