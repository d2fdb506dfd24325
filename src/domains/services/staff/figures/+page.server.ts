import { m } from '#i18n/messages';
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localizeHref } from '#i18n/runtime';
import { channelWords, spanWords } from '../../figures/figure-words.ts';
import { monthsOf, namesOf, tableBy, tileOf } from '../../figures/board.ts';
import { GROUPS } from '../../figures/grouped.ts';
import { MEASURES } from '../../figures/measures.ts';
import { procedureNames } from '../../figures/procedure-names.ts';
import { askedBy } from '../../figures/question.ts';
import { placeWords } from '../../figures/record-list.ts';
import { CHANNELS } from '../../dossier/dossier.ts';
import type { PageServerLoad } from './$types';

const PAGE = '/services/staff/figures';
/** What needs somebody's attention now stands first, on its own. */
const ATTENTION = ['services.dossiers.overdue', 'services.dossiers.due_soon'];
const SHOWN = [
  'services.dossiers.received',
  'services.dossiers.decided',
  'services.dossiers.in_progress',
  'services.dossiers.on_time_share',
  'services.dossiers.early_share',
  'services.dossiers.late',
  'services.dossiers.usual_time',
  'services.dossiers.online_share',
  'services.dossiers.filed_online_share',
  'services.dossiers.progress_share',
  'services.dossiers.refused',
  'services.dossiers.withdrawn',
  'services.satisfaction.content_share',
];

export const load: PageServerLoad = ({ locals, url }) =>
  locals.run(async (ctx) => {
    allow(ctx, 'services.figures.see_work');
    const { period, question } = askedBy(url.searchParams, ctx.now, GROUPS);
    const kind = question.scope.split(':', 1)[0]!;
    const tiles = async (names: readonly string[]) => {
      const found = [];
      for (const name of names) {
        const measure = MEASURES.find((one) => one.name === name)!;
        const ratings = name.startsWith('services.satisfaction');
        // How one official was rated stands on the page of quality, for those who may see it.
        if (!measure.scopes.includes(kind) || (ratings && kind === 'officer')) continue;
        found.push(await tileOf(ctx, measure, question, PAGE));
      }
      return found;
    };
    const tables = [];
    if (question.scope === 'commune') {
      for (const group of GROUPS) tables.push({ group, rows: await tableBy(ctx, group, question, PAGE) });
    }
    return {
      period,
      question,
      span: spanWords(question, ctx.locale),
      place: await placeWords(ctx, question.scope),
      attention: await tiles(ATTENTION),
      tiles: await tiles(SHOWN),
      months: await monthsOf(ctx, question),
      tables,
      scopes: await scopesToChoose(ctx, tables.find(({ group }) => group === 'officer')?.rows ?? []),
      crumbs: [{ href: localizeHref(PAGE), label: m.services_figures_staff_title() }],
    };
  });

/** The parts of the commune that can be chosen, by kind. */
async function scopesToChoose(ctx: Ctx, officers: readonly { key: string; label: string }[]) {
  const hamlets = await listHamlets(ctx);
  const officerName = await namesOf(ctx, 'officer');
  const known = officers.filter(({ key }) => key !== 'none');
  return [
    {
      label: m.services_figures_by_procedure(),
      options: [...(await procedureNames(ctx))].map(([code, name]) => [`procedure:${code}`, name] as const),
    },
    {
      label: m.services_figures_by_hamlet(),
      options: hamlets.map(({ id, name }) => [`hamlet:${id}`, name] as const),
    },
    {
      label: m.services_figures_by_officer(),
      options: known.map(({ key }) => [`officer:${key}`, officerName(key)] as const),
    },
    {
      label: m.services_figures_by_channel(),
      options: CHANNELS.map((channel) => [`channel:${channel}`, channelWords(channel, ctx.locale)] as const),
    },
  ];
}
