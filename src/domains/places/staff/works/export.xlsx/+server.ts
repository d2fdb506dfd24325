import { m } from '#i18n/messages';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { openDesk } from '../../../desk.queries.ts';
import { listWorks, type StandingWork } from '../../../work.queries.ts';
import { readWorkFilter } from '../../../works-view.ts';
import { CONDITION_WORDS, KIND_WORDS, standardStatus } from '../../../words.ts';
import type { RequestHandler } from './$types';

const MOST_ROWS = 20_000;

/** The works as they are filtered, as a spreadsheet. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { items, names } = await locals.run(async (ctx) => ({
    names: new Map((await openDesk(ctx)).all.map(({ value, label }) => [value, label])),
    items: (await listWorks(ctx, { ...readWorkFilter(url.searchParams), limit: MOST_ROWS })).items,
  }));
  const bytes = await writeSheet<StandingWork>(
    [
      { label: m.places_work(), kind: 'text', value: ({ name }) => name, width: 40 },
      { label: m.places_work_kind(), kind: 'text', value: ({ kind }) => KIND_WORDS[kind]() },
      { label: m.places_hamlet(), kind: 'text', value: ({ hamletId }) => hamletId && names.get(hamletId) },
      { label: m.places_in_use_from(), kind: 'date', value: ({ inUseFrom }) => inUseFrom },
      { label: m.places_inspected(), kind: 'date', value: ({ standing }) => standing?.onDay },
      {
        label: m.places_condition(),
        kind: 'text',
        value: ({ standing }) => standing && CONDITION_WORDS[standing.condition](),
      },
      { label: m.places_standard(), kind: 'text', value: ({ standing }) => standardStatus(standing).label },
      { label: m.places_length_m(), kind: 'number', value: ({ standing }) => standing?.lengthM },
      { label: m.places_hardened_m(), kind: 'number', value: ({ standing }) => standing?.hardenedM },
    ],
    items,
    m.places_sheet_works(),
  );
  return new Response(bytes as BodyInit, {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="cong-trinh.xlsx"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  });
};
