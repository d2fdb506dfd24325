import { redirect } from '@sveltejs/kit';
import { attempt, attemptAll, textsOf, typedOf } from '#app/attempt';
import { takeFile } from '#app/take-file';
import { listPlots } from '#domain/farming';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { CITIZEN_UPLOAD } from '#kernel/files/kinds';
import { formatDateTime, type Locale } from '#kernel/format';
import { labelRuns, MOST_LABELS, printLabels, reprintLabels } from '../../label/label.actions.ts';
import { holdLot, liftHold } from '../../lot/hold.actions.ts';
import { getLot, lotsByCode } from '../../lot/lot.queries.ts';
import { listProducts } from '../../lot/product.queries.ts';
import { recordLotTest, releaseLot } from '../../lot/release.actions.ts';
import { openLotToStep, recordStep, type NewStepInput } from '../../lot/step.actions.ts';
import { undoStep } from '../../lot/undo.actions.ts';
import { answerFeedback, listFeedback } from '../../scan/feedback.actions.ts';
import { flaggedPacks, scansOf } from '../../scan/flags.queries.ts';
import { feedbackView, flagWords, scansWords } from '../buyers.ts';
import {
  answerQuestions,
  labelQuestions,
  othersIn,
  reasonQuestions,
  sendingId,
  stepInput,
  stepQuestions,
  testQuestions,
} from './forms.ts';
import { lotView } from './view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const found = await locals.run((ctx) => readPage(ctx, params.id));
  const { lot } = found.life;
  return {
    id: lot.id,
    ...lotView(found.life, new Map(found.plots.map(({ id, code }) => [id, code])), locale),
    producer: desk.producers.find(({ value }) => value === lot.producerId)?.label ?? '',
    forms: formsOf(found, locale),
    can: {
      step: desk.may.work && lot.leftG > 0n,
      release: desk.may.answer && lot.kind === 'pack' && !lot.released && lot.state === 'open',
      labels: desk.may.labels && lot.state === 'released',
      undo: desk.may.undo,
    },
    scanHref: lot.kind === 'pack' && lot.released ? `/01/${lot.gtin}/10/${lot.code}` : null,
    runs: found.runs.map((run) => ({ ...run, printedAt: formatDateTime(run.printedAt, locale) })),
    feedback: found.feedback.map((one) => feedbackView(one, locale)),
    scans: scansView(found, locale),
    wholeHref: desk.may.export ? localizeHref(`/trace/staff/${lot.id}/whole`) : null,
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/trace/staff'), label: m.trace_nav_staff({}, { locale }) },
      { href: url.pathname, label: lot.code },
    ],
  };
};

async function readPage(ctx: Ctx, id: string) {
  const life = await getLot(ctx, id);
  const ids = [...new Set(life.sources.map(({ plotId }) => plotId))];
  const { items: plots } = await listPlots(ctx, { ids, ended: true, limit: 500 });
  const products = await listProducts(ctx, { producerId: life.lot.producerId });
  const { id: lotId } = life.lot;
  const runs = await labelRuns(ctx, lotId);
  const feedback = await listFeedback(ctx, { lotId });
  const scans = await scansOf(ctx, lotId);
  return { life, plots, products, runs, feedback, scans, flagged: await flaggedPacks(ctx, { lotId }) };
}

function scansView({ scans, flagged }: Awaited<ReturnType<typeof readPage>>, locale: Locale) {
  const shown = flagged.map((one) => ({ serial: one.serial, words: flagWords(one, locale) }));
  return { words: scansWords(scans, locale), any: scans > 0, flagged: shown };
}

function formsOf({ life: { lot }, products }: Awaited<ReturnType<typeof readPage>>, locale: Locale) {
  const product = products.find(({ id }) => id === lot.productId);
  const open = products.filter(({ ended }) => !ended).map(({ id, name }) => ({ value: id, label: name }));
  const packs = Math.floor(Number(lot.madeG) / (product?.netG ?? 1));
  return {
    sent: sendingId(),
    step: stepQuestions(lot, open, locale),
    hold: reasonQuestions(m.trace_hold_reason()),
    lift: reasonQuestions(m.trace_lift_reason()),
    release: reasonQuestions(m.trace_release_reason()).map((one) => ({ ...one, optional: true })),
    labels: labelQuestions(locale, Math.min(MOST_LABELS, Math.max(1, packs))),
    reprint: reasonQuestions(m.trace_reprint_reason()),
    undo: reasonQuestions(m.trace_undo_reason()),
    answer: answerQuestions(),
    test: testQuestions(),
  };
}

type Work = (ctx: Ctx, id: string, typed: Record<string, string>) => Promise<unknown>;

/** One form of the page: reads, tries, and comes back with what was done. */
function act(form: string, work: Work): Actions[string] {
  return async ({ locals, request, params, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, form, typed, (ctx) => work(ctx, params.id, typed));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=${form}`);
  };
}

const PHOTO = { ...CITIZEN_UPLOAD, kinds: ['jpeg', 'png'] as const };

async function typedStep(
  ctx: Ctx,
  id: string,
  typed: Record<string, string>,
  photo: NewStepInput['photo'],
): Promise<unknown> {
  const named = othersIn(typed['others'] ?? '');
  const lots = await lotsByCode(
    ctx,
    named.map(({ code }) => code),
  );
  const others = named.map(({ kg }, at) => ({ lotId: lots[at]!.id, kg }));
  return recordStep(ctx, stepInput(id, typed, others, photo));
}

export const actions: Actions = {
  step: async ({ locals, request, params, url }) => {
    const form = await request.formData();
    const typed = textsOf(form);
    const refused = await attemptAll(locals, 'step', typed, async () => {
      await locals.run((ctx) => openLotToStep(ctx, params.id));
      const photo = await takeFile(form, 'photo', locals.files, PHOTO);
      await locals.run((ctx) => typedStep(ctx, params.id, typed, photo));
    });
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=step`);
  },
  undo: act('undo', (ctx, _, { step = '', reason = '' }) => undoStep(ctx, step, { reason })),
  answer: act('answer', (ctx, _, { word = '', answer = '' }) => answerFeedback(ctx, word, { answer })),
  hold: act('hold', (ctx, id, { reason = '' }) => holdLot(ctx, id, { reason })),
  lift: act('lift', (ctx, _, { hold = '', reason = '' }) => liftHold(ctx, hold, { reason })),
  release: act('release', (ctx, id, { reason = '' }) => releaseLot(ctx, id, { reason })),
  labels: act('labels', (ctx, id, { paper = '', serialised = '', count = '' }) =>
    printLabels(ctx, id, { paper, serialised: serialised === 'yes', count }),
  ),
  reprint: act('reprint', (ctx, _, { run = '', reason = '' }) => reprintLabels(ctx, run, { reason })),
  test: act('test', (ctx, id, { passed = '', ...typed }) =>
    recordLotTest(ctx, id, {
      sampledOn: typed['sampledOn'] ?? '',
      laboratory: typed['laboratory'] ?? '',
      number: typed['number'] ?? null,
      passed: passed === 'yes',
      validTo: typed['validTo'] ?? null,
    }),
  ),
};
