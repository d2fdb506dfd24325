/** All that an official reads of one dossier: seen by right once, then drawn. */
import { piecesOf, taskLinks } from '#domain/office';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { may } from '#kernel/rights';
import { whyNot } from '../../dossier/moves.ts';
import { asThing } from '../../dossier/record.ts';
import { viewDossier } from '../../dossier/view.queries.ts';
import { slipState } from '../../rating/slip.actions.ts';
import { printable } from '../papers.ts';
import { readNames } from '../queue-view.ts';
import { factsOf, formOf, headOf, papersOf, resultView } from './dossier-view.ts';
import { moveForms } from './move-form.ts';
import { registerView } from './register-view.ts';
import { timelineOf } from './timeline.ts';

/**
 * @param open a purpose was told, so that personal data is shown as it is
 * @throws AppError `services.dossier.not_found`, `refused`
 */
export async function dossierPage(ctx: Ctx, id: string, open: boolean) {
  const loaded = await viewDossier(ctx, id);
  const thing = asThing(loaded.row);
  const names = await readNames(ctx);
  const mayScan =
    may(ctx, 'services.dossier.digitise', thing) &&
    whyNot(loaded.dossier, loaded.procedure, 'digitise') === null;
  const here = `/services/staff/${id}`;
  return {
    id,
    seen: loaded.row.last_seq,
    head: headOf(ctx, loaded),
    facts: factsOf(ctx, loaded, names, open),
    form: await formOf(ctx, loaded, open),
    papers: await papersOf(ctx, loaded, mayScan),
    course: timelineOf(loaded, names, ctx.locale),
    moves: await moveForms(ctx, loaded),
    result: await resultView(ctx, loaded),
    register: await registerView(ctx, id),
    prints: printable(loaded).map(({ name, label }) => ({
      label,
      href: localizeHref(`${here}/papers/${name}.pdf`),
    })),
    slip: may(ctx, 'services.slip.renew', thing) ? await slipState(ctx, id) : null,
    tasks: await taskLinks(ctx, { kind: 'dossier', id, title: loaded.row.code }),
    pieces: await piecesOf(ctx, { dossier: loaded.row.code }),
    crumbs: [
      { href: localizeHref('/services/staff'), label: m.services_queue_title() },
      { href: localizeHref(here), label: loaded.row.code },
    ],
  };
}
