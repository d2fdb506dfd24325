import { askedList, recordPage } from '../record-list.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
  locals.run(async (ctx) => ({
    list: await recordPage(ctx, askedList(url.searchParams, ctx.now, 'public')),
    query: url.searchParams.toString(),
  }));
