/** The report of a laboratory, as it was scanned. */
import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { mustExist } from '#kernel/errors';
import { parseFileHash } from '#kernel/files/store';
import { testsOfPlot } from '../../../../test/test.queries.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, params }) => {
    const tests = await locals.run((ctx) => testsOfPlot(ctx, params.id!));
    const file = mustExist(tests.find(({ id }) => id === params.test)?.file, 'farming.test');
    const hash = mustExist(parseFileHash(file.hash), 'farming.test');
    return fileResponse(await locals.files.open(hash), file);
  });
