import { procedureHistory } from '../../../../procedure-draft.queries.ts';
import { printFile } from '../../../../exchange.ts';
import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import type { RequestHandler } from './$types';

/** All published versions of one procedure, as the file that another commune can take in. */
export const GET: RequestHandler = (event) =>
  answering(event, async () => {
    const { code } = event.params as { code: string };
    const versions = await event.locals.run((ctx) => procedureHistory(ctx, code));
    const text = new TextEncoder().encode(printFile({ code, versions }));
    return fileResponse(text, { name: `thu-tuc-${code}.json`, type: 'application/json', save: true });
  });
