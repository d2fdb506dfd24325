/** The photo of a label, as the technician took it. */
import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { mustExist } from '#kernel/errors';
import { signInFirst } from '../../edge.page.ts';
import { listLabels } from '../../../input/label.queries.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => {
  signInFirst(event);
  return answering(event, async ({ locals, params }) => {
    const labels = await locals.run(listLabels);
    const { id, photoHash } = mustExist(
      labels.find((label) => label.id === params.id),
      'farming.label',
    );
    // Photos are kept as JPEG, whatever was sent.
    return fileResponse(await locals.files.open(photoHash), { name: `nhan-${id}.jpg`, type: 'image/jpeg' });
  });
};
