import { pageIn } from '#kernel/pager';
import { localDateOf } from '#kernel/time';
import { CHECKLISTS } from '../../inspection/checklist.ts';
import { inspectionRow } from '../../inspection/edge.view.ts';
import { listKeptInspections } from '../../inspection/inspection.queries.ts';
import { openDiary, signInFirst } from '../edge.page.ts';
import { holderWords } from '../holder-words.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

/** Internal inspections of the own household and, for a technician, of the members: what is open, what is due. */
export const load: PageServerLoad = async (event) => {
  signInFirst(event);
  const { locals, url } = event;
  const { locale } = locals;
  const { choices, open: diary, group } = await openDiary(event);
  if (!diary) return { list: null };
  const page = pageIn(url.searchParams);
  const open = url.searchParams.get('open') === 'yes';
  const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
  const { items, total, today } = await locals.run(async (ctx) => ({
    ...(await listKeptInspections(ctx, { open, ...range })),
    today: localDateOf(ctx.now),
  }));
  const names = new Map(choices.map((one) => [one.id, holderWords(one)]));
  return {
    list: {
      holder: diary.id,
      group,
      open,
      rows: items.map((one) =>
        inspectionRow(one, names.get(one.householdId ?? one.producerId ?? '') ?? null, today, locale),
      ),
      // Nobody inspects himself.
      checklists: choices.some(({ own }) => !own)
        ? CHECKLISTS.map(({ code, title }) => ({ code, title: title[locale] }))
        : [],
      page,
      pages: Math.max(1, Math.ceil(total / PER_PAGE)),
      total,
      first: range.offset + 1,
    },
  };
};
