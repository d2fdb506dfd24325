import { localDateOf } from '#kernel/time';
import { publishedOn } from '../procedure.queries.ts';
import { fieldOfLawWords } from '../words.ts';
import { FIELDS_OF_LAW } from '../procedure.ts';
import { foundProcedures, groupedProcedures } from './list.ts';
import type { PageServerLoad } from './$types';

const LONGEST_QUERY = 200;

export const load: PageServerLoad = async ({ locals, url }) => {
  const query = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST_QUERY);
  const asked = url.searchParams.get('field');
  const field = FIELDS_OF_LAW.find((one) => one === asked);
  const versions = await locals.run((ctx) => publishedOn(ctx, localDateOf(ctx.now)));
  const groups = groupedProcedures(versions, locals.locale);
  return {
    query,
    fields: FIELDS_OF_LAW.filter((one) => versions.some((version) => version.field === one)).map((one) => ({
      field: one,
      title: fieldOfLawWords(one),
      current: one === field,
    })),
    total: versions.length,
    found: query === '' ? null : foundProcedures(versions, query, locals.locale),
    groups: field ? groups.filter((group) => group.field === field) : groups,
  };
};
