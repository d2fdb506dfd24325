import { m } from '#i18n/messages';
import { formatDate, formatNumber } from '#kernel/format';
import { displayValue } from '#kernel/measures';
import { localDateOf, parseLocalDate } from '#kernel/time';
import { pageIn } from '#kernel/pager';
import { pagesOf, PER_PAGE } from '../address.ts';
import { hamletNames } from '../desk.queries.ts';
import { MEASURES } from '../figures/measures.ts';
import type { PageServerLoad } from './$types';

/** A number on a day, and the list that it counts: masked for strangers, open for officials in their hamlets. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const query = url.searchParams;
  const measure = MEASURES.find(({ name }) => name === query.get('measure')) ?? MEASURES[0]!;
  const page = pageIn(query);
  const found = await locals.run(async (ctx) => {
    const asOf = parseLocalDate(query.get('as_of') ?? '') ?? localDateOf(ctx.now);
    const names = await hamletNames(ctx);
    const hamlet = names.has(query.get('hamlet') ?? '') ? query.get('hamlet')! : '';
    const question = { asOf, scope: hamlet === '' ? 'commune' : `hamlet:${hamlet}` };
    const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
    return {
      asOf,
      hamlet,
      names,
      computed: await measure.compute(ctx, question),
      list: await measure.list(ctx, question, 'numerator', range),
    };
  });
  const { computed, list } = found;
  return {
    measure: measure.name,
    title: measure.title[locale],
    meaning: measure.meaning[locale],
    display: displayValue(measure.unit, computed, locale),
    asOf: found.asOf,
    day: formatDate(found.asOf, locale),
    hamlet: found.hamlet,
    hamlets: [...found.names].map(([value, label]) => ({ value, label })),
    measures: MEASURES.map(({ name, title }) => ({ value: name, label: title[locale] })),
    total: formatNumber(list.total, { locale }),
    rows: list.records.map(({ id, label, at, href, columns }) => ({
      id,
      label,
      href,
      day: formatDate(at, locale),
      kind: columns.kind ?? '',
      hamlet: columns.hamlet || '–',
    })),
    pages: pagesOf(list.total, page, list.records.length),
    query: query.toString(),
    words: { title: m.producers_public_title({}, { locale }) },
  };
};
