import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { localDateOf } from '#kernel/time';
import { copyAsJson, ownCopy } from '../copy.ts';
import { boundTo } from '../page-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    boundTo(locals, url);
    const copy = await locals.run(ownCopy);
    const bytes = new TextEncoder().encode(`${JSON.stringify(copyAsJson(copy), null, 2)}\n`);
    return fileResponse(bytes, {
      name: `du-lieu-cua-toi-${localDateOf(copy.madeAt)}.json`,
      type: 'application/json',
      save: true,
    });
  });
