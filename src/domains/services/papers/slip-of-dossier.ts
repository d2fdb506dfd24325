/** The satisfaction slip of a dossier, to be filled with a pen. */
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import { groupCode } from '#kernel/ids';
import { loadDossier } from '../dossier/record.ts';
import { slipQuestionWords } from '../rate/slip-form.ts';
import { renewSlip, SLIP_QUESTIONS } from '../rating/slip.actions.ts';
import { paperHead } from './of-dossier.ts';
import { satisfactionPaper } from './satisfaction.ts';

const VI = { locale: 'vi' } as const;

/**
 * With a fresh code; the earlier one ends. No name stands on it.
 * @throws AppError `services.slip.not_open` (409)
 */
export async function slipPaper(ctx: Ctx, dossierId: string, origin: string): Promise<Paper> {
  const code = await renewSlip(ctx, dossierId);
  const loaded = await loadDossier(ctx, dossierId);
  const answers = [m.services_slip_good({}, VI), m.services_slip_fair({}, VI), m.services_slip_bad({}, VI)];
  return satisfactionPaper({
    head: paperHead(ctx, loaded, ctx.now),
    procedure: loaded.procedure.name.vi,
    questions: SLIP_QUESTIONS.map((question) => ({ text: slipQuestionWords(question), answers })),
    slip: {
      url: `${origin}${localizeHref(`/services/rate/${code}`, VI)}`,
      shortCode: groupCode(code),
    },
    returnTo: 'hòm phiếu tại Bộ phận Một cửa',
  });
}
