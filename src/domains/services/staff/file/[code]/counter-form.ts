/** The counter's form: the procedure's questions on one page, who has come, which papers were handed over. */
import { listHamlets } from '#domain/commune';
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { prefill, type PrefillFacts } from '#kernel/forms/prefill';
import type { FormContext } from '#kernel/forms/read-answer';
import { SHOWN_MARKER, validateAll, type Checked } from '#kernel/forms/validate';
import { own, type FormValues, type RawRecord } from '#kernel/forms/values';
import { localDateOf } from '#kernel/time';
import { allow } from '#kernel/rights';
import type { PageView } from '#ui/form/view.ts';
import { pageView } from '../../../form-view.ts';
import { papersNeeded } from '../../../procedure-papers.ts';
import { findProcedureOn, getForm } from '../../../procedure.queries.ts';
import type { ProcedureVersion } from '../../../procedure.ts';

/** A procedure as it is asked today, with what its answers are read against. */
export type Asked = {
  procedure: ProcedureVersion;
  form: Awaited<ReturnType<typeof getForm>>;
  context: FormContext;
  hamlets: { id: string; name: string }[];
};

/** @throws AppError `services.procedure.not_found` */
export async function askedToday(ctx: Ctx, code: string): Promise<Asked> {
  allow(ctx, 'services.counter.open');
  const today = localDateOf(ctx.now);
  const procedure = mustExist(await findProcedureOn(ctx, code, today), 'services.procedure');
  const hamlets = (await listHamlets(ctx)).map(({ id, name }) => ({ id, name }));
  return {
    procedure,
    form: await getForm(ctx, procedure.form.id, procedure.form.version),
    context: { today, hamlets: hamlets.map(({ id }) => id) },
    hamlets,
  };
}

export type PaperRow = { code: string; name: string; about: string; checked: boolean };

/** What the page draws of the form. */
export type CounterView = {
  pages: PageView[];
  papers: PaperRow[];
  /** Questions that the answers just given brought up, with the way to each. */
  revealed: { href: string; label: string }[];
};

/** The form as it opens. */
export function emptyView(asked: Asked, ctx: Ctx): CounterView {
  return drawn(asked, ctx, {}, undefined, {}, []);
}

export type Sent = { raw: RawRecord; papers: readonly string[] };

/**
 * The form as it was sent, with its faults where it was to be filed. Questions that appear only through
 * the answers just given are asked first and only then missed.
 */
export function sentView(
  asked: Asked,
  ctx: Ctx,
  { raw, papers }: Sent,
  toFile: boolean,
): CounterView & Checked {
  const checked = validateAll(asked.form, raw, asked.context);
  const shown = new Set([own(raw, SHOWN_MARKER) ?? []].flat());
  const errors = Object.fromEntries(Object.entries(checked.errors).filter(([key]) => shown.has(key)));
  const view = drawn(asked, ctx, checked.values, raw, toFile ? errors : {}, papers);
  const fields = view.pages.flatMap((page) => page.sections.flatMap((section) => section.fields));
  const revealed = fields
    .filter(({ name }) => !shown.has(name))
    .map(({ id, label }) => ({ href: `#${id}`, label }));
  return { ...view, ...checked, revealed };
}

/** What the register knows, in the questions that are still empty. */
export function filledView(asked: Asked, ctx: Ctx, { raw, papers }: Sent, facts: PrefillFacts): CounterView {
  const { values } = validateAll(asked.form, raw, asked.context);
  const filled = prefill(asked.form, values, facts, asked.context);
  const known = new Set(filled.prefilled);
  const kept = Object.fromEntries(
    Object.entries(raw).filter(([key]) => !known.has(key) && key !== SHOWN_MARKER),
  );
  const marker = [own(raw, SHOWN_MARKER) ?? []].flat().filter((key) => !known.has(String(key)));
  return drawn(asked, ctx, filled.values, { ...kept, [SHOWN_MARKER]: marker }, {}, papers, filled.prefilled);
}

function drawn(
  { form, procedure, context, hamlets }: Asked,
  ctx: Ctx,
  values: FormValues,
  raw: RawRecord | undefined,
  errors: Checked['errors'],
  papers: readonly string[],
  prefilled: readonly string[] = [],
): CounterView {
  const settings = { locale: ctx.locale, today: context.today, hamlets, raw, errors, prefilled };
  const pages = form.pages.flatMap((page) => pageView(form, page.id, values, settings) ?? []);
  return { pages, papers: paperRows(procedure, values, context, ctx, raw && papers), revealed: [] };
}

/** At first the papers that are certainly needed are ticked: most people bring them. */
function paperRows(
  procedure: ProcedureVersion,
  values: FormValues,
  context: FormContext,
  ctx: Ctx,
  ticked: readonly string[] | undefined,
): PaperRow[] {
  return papersNeeded(procedure, values, context.today)
    .filter(({ need }) => need !== 'no')
    .map(({ paper, need }) => ({
      code: paper.code,
      name: inLocale(paper.name, ctx.locale),
      about:
        need === 'yes'
          ? m.services_counter_paper_need_yes()
          : whenWords(paper.when && inLocale(paper.when, ctx.locale)),
      checked: ticked ? ticked.includes(paper.code) : need === 'yes',
    }));
}

function whenWords(when: string | null): string {
  return when ? m.services_counter_paper_need_perhaps({ when }) : m.services_counter_paper_need_maybe();
}
