import { m } from '#i18n/messages';
import { formatDate, formatNumber } from '#kernel/format';
import { hamletFigures, publishedBeside } from '../../boundary/boundary.queries.ts';
import { getHamlet } from '../../hamlet.queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
  locals.run(async (ctx) => {
    const hamlet = await getHamlet(ctx, params.slug);
    const { name, hall, cameFrom, demoName } = hamlet;
    return {
      name,
      demoName,
      facts: [
        { label: m.commune_hamlet_hall({}, ctx), value: hall },
        {
          label: m.commune_hamlet_former({}, ctx),
          value: hamlet.formerNames.map((one) => one.name).join(', ') || null,
        },
        ...(cameFrom
          ? [
              {
                label: m.commune_hamlet_came_from({}, ctx),
                value: m.commune_hamlet_was({ name: cameFrom.name, commune: cameFrom.communeName }, ctx),
              },
            ]
          : []),
      ],
      figures: await hamletFigures(ctx, hamlet),
      beside: (await publishedBeside(ctx, hamlet)).map(({ title, values }) => ({
        title,
        disagree: new Set(values.map(({ value }) => value)).size > 1,
        values: values.map(({ value, day, source }) => ({
          value: formatNumber(value, ctx),
          day: m.commune_figure_of_day({ date: formatDate(day, ctx.locale) }, ctx),
          source: source ? m.commune_source({ source }, ctx) : m.commune_figures_own({}, ctx),
        })),
      })),
    };
  });
