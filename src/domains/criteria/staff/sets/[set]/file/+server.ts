import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import { mustExist } from '#kernel/errors';
import { setJson, setXlsx } from '../../../../exchange/file.server.ts';
import { getVersions } from '../../../../set.queries.ts';
import type { RequestHandler } from './$types';

/** One version of a set, as a spreadsheet or as one file of text that comes back in. */
export const GET: RequestHandler = (event) =>
  answering(event, async () => {
    const { set: code } = event.params as { set: string };
    const versions = await event.locals.run((ctx) => getVersions(ctx, code));
    const asked = event.url.searchParams.get('version');
    const { set, version } = mustExist(
      versions.find((one) => asked === null || String(one.version) === asked),
      'criteria.set',
    );
    const name = `bo-tieu-chi-${code}-${version}`;
    if (event.url.searchParams.get('as') === 'json')
      return fileResponse(setJson(set), { name: `${name}.json`, type: 'application/json', save: true });
    return fileResponse(await setXlsx(set), { name: `${name}.xlsx`, type: XLSX });
  });
