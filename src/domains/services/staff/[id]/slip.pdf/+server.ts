import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { renderPdf } from '#kernel/documents/render.server';
import { groupCode } from '#kernel/ids';
import { paperHead } from '../../../papers/of-dossier.ts';
import { satisfactionPaper } from '../../../papers/satisfaction.ts';
import { SLIP_QUESTIONS, renewSlip } from '../../../rating/slip.actions.ts';
import { loadDossier } from '../../../dossier/record.ts';
import { slipQuestionWords } from '../../../rate/slip-form.ts';
import { answering } from '../../answer.ts';
import { fileResponse, PDF } from '../../file-response.ts';
import type { RequestHandler } from './$types';

const VI = { locale: 'vi' } as const;

/** A satisfaction slip to be filled with a pen. By POST, because the earlier code ends; no name stands on it. */
export const POST: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const paper = await locals.run(async (ctx) => {
      const code = await renewSlip(ctx, event.params.id);
      const loaded = await loadDossier(ctx, event.params.id);
      const answers = [
        m.services_slip_good({}, VI),
        m.services_slip_fair({}, VI),
        m.services_slip_bad({}, VI),
      ];
      return satisfactionPaper({
        head: paperHead(ctx, loaded, ctx.now),
        procedure: loaded.procedure.name.vi,
        questions: SLIP_QUESTIONS.map((question) => ({ text: slipQuestionWords(question), answers })),
        slip: {
          url: `${url.origin}${localizeHref(`/services/rate/${code}`, VI)}`,
          shortCode: groupCode(code),
        },
        returnTo: 'hòm phiếu tại Bộ phận Một cửa',
      });
    });
    return fileResponse(await renderPdf(paper), { name: 'phieu-danh-gia.pdf', type: PDF });
  });
