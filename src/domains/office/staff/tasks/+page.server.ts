import { OFFICIAL_UNITS } from '#domain/registry';
import { m } from '#i18n/messages';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { pageIn } from '#kernel/pager';
import { aroundWork, officialOptions, pagerOf } from '../../edge.ts';
import { addressOf, isNarrowed, readTasks } from '../../task/address.ts';
import { taskRow } from '../../task/row-view.ts';
import { listTasks, loadByUnit, TASK_VIEWS } from '../../task/task.queries.ts';
import { SOURCES } from '../../task/task.ts';
import { SOURCE_WORDS, TASK_VIEW_WORDS, taskStateWords, unitName } from '../../task/words.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;
const ON_BOARD = 120;
/** What the head of a hamlet looks at: his own. */
const OWN_VIEWS: readonly string[] = ['mine', 'late', 'closed'];
const COLUMNS = ['given', 'doing', 'reported'] as const;

export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const filter = readTasks(url.searchParams);
    const page = filter.board ? 1 : pageIn(url.searchParams);
    const limit = filter.board ? ON_BOARD : PER_PAGE;
    const { total, rows } = await listTasks(ctx, { ...filter, offset: (page - 1) * limit, limit });
    const around = await aroundWork(ctx);
    const shown = rows.map((row) => taskRow(row, around));
    const address = addressOf(filter);
    const all = may(ctx, 'office.task.list');
    const units = all ? await loadByUnit(ctx) : [];
    return {
      filter,
      address,
      narrowed: isNarrowed(filter),
      pager: { ...pagerOf(page, limit, rows.length, total), address },
      rows: shown,
      board: COLUMNS.map((state) => ({
        state,
        title: taskStateWords(state),
        cards: shown.filter(({ column }) => column === state),
      })),
      switchHref: `?${addressOf({ ...filter, board: !filter.board })}`,
      all,
      tabs: TASK_VIEWS.filter((view) => all || OWN_VIEWS.includes(view)).map((view) => ({
        href: `?${addressOf({ ...filter, view, state: undefined })}`,
        label: TASK_VIEW_WORDS[view](),
        current: view === filter.view,
      })),
      units: units.map((one) => ({
        ...one,
        name: unitName(one.unit),
        href: `?view=${one.late > 0 ? 'late' : 'open'}&unit=${one.unit}`,
      })),
      options: {
        officials: officialOptions(around.officials, localDateOf(ctx.now)),
        units: OFFICIAL_UNITS.map((value) => ({ value, label: unitName(value) })),
        sources: SOURCES.map((value) => ({ value, label: SOURCE_WORDS[value]() })),
      },
      may: { give: may(ctx, 'office.task.give'), export: may(ctx, 'office.task.export') },
      crumbs: [{ href: url.pathname, label: m.office_nav_tasks() }],
    };
  });
