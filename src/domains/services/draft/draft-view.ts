/** A draft's pages as they are drawn. */
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { inLocale } from '#kernel/bilingual';
import { formatDate, formatDateTime, formatNumber, type Locale } from '#kernel/format';
import type { FormContext } from '#kernel/forms/read-answer';
import { prefill, type PrefillFacts } from '#kernel/forms/prefill';
import type { FieldError, FormValues, RawRecord } from '#kernel/forms/values';
import { visibleFields, visiblePages } from '#kernel/forms/visibility';
import { localDate, localDateOf } from '#kernel/time';
import type { PageView } from '#ui/form/view.ts';
import { procedureName } from '../words.ts';
import { pageView } from '../form-view.ts';
import type { Draft } from './draft.ts';

export function draftHref(draft: Pick<Draft, 'id' | 'procedure'>, pageId = ''): string {
  return localizeHref(`/services/file/${draft.procedure.code}/${draft.id}${pageId && `/${pageId}`}`);
}

/** What stands around every page: what is being filled, how far it is, that it is not filed yet. */
export function draftFrame(draft: Draft, context: FormContext, locale: Locale, open: string | null) {
  const pages = visiblePages(draft.form, draft.values, context.today);
  const at = open === null ? pages.length : pages.findIndex((page) => page.id === open);
  const steps = pages.map((page, index) => ({
    label: inLocale(page.title, locale),
    state: index < at ? ('done' as const) : index === at ? ('now' as const) : ('next' as const),
    ...(index < at ? { href: draftHref(draft, page.id) } : {}),
  }));
  const review = {
    label: m.services_draft_review(),
    state: open === null ? ('now' as const) : ('next' as const),
  };
  return {
    name: procedureName(draft.procedure, locale),
    where: m.services_draft_step({ step: String(at + 1), steps: String(pages.length + 1) }),
    steps: [...steps, review],
    onBehalf: draft.onBehalf?.name ?? null,
    saved: m.services_draft_saved_at({ when: formatDateTime(draft.changedAt, locale) }),
    rulesChanged: draft.rulesChanged
      ? m.services_draft_rules_changed({ from: formatDate(localDate(draft.procedure.validFrom), locale) })
      : null,
    backHref:
      at > 0 ? draftHref(draft, pages[at - 1]!.id) : localizeHref(`/services/file/${draft.procedure.code}`),
  };
}
export type DraftFrame = ReturnType<typeof draftFrame>;

type Shown = {
  locale: Locale;
  hamlets: readonly { id: string; name: string }[];
  context: FormContext;
  facts?: PrefillFacts;
  raw?: RawRecord;
  errors?: Readonly<Record<string, FieldError>>;
  values?: FormValues;
};

/**
 * One page with what is known offered where nothing was answered yet, and its files.
 * @returns undefined when nothing on that page is asked
 */
export function draftPageView(draft: Draft, pageId: string, shown: Shown): PageView | undefined {
  const { context, locale } = shown;
  const stored = shown.values ?? draft.values;
  const offered = shown.facts && untouched(draft, pageId, stored, context) ? shown.facts : {};
  const filled = prefill(draft.form, stored, offered, context);
  return pageView(draft.form, pageId, filled.values, {
    locale,
    today: context.today,
    hamlets: shown.hamlets,
    raw: shown.raw,
    errors: shown.errors,
    prefilled: filled.prefilled,
    files: filesByKey(draft, locale),
  });
}

/** Nothing of the page was answered yet: what is known may be offered without bringing back what was removed. */
function untouched(draft: Draft, pageId: string, values: FormValues, context: FormContext): boolean {
  const { fields } = visibleFields(draft.form, values, context.today);
  return fields.every((field) => field.pageId !== pageId || !Object.hasOwn(values, field.key));
}

function filesByKey(draft: Draft, locale: Locale) {
  const files = draft.files.map((file) => ({
    key: `papers.${file.paperCode}`,
    id: file.id,
    name: file.name,
    size: sizeWords(file.size, locale),
    href: `${draftHref(draft)}/files/${file.id}`,
  }));
  return Map.groupBy(files, (file) => file.key);
}

/** `1,2 MB`, `340 kB`. */
export function sizeWords(bytes: number, locale: Locale): string {
  return bytes >= 1_000_000
    ? `${formatNumber(bytes / 1_000_000, { digits: 1, locale })} MB`
    : `${formatNumber(Math.max(1, Math.round(bytes / 1_000)), { locale })} kB`;
}

/** A draft in the list of drafts. */
export function expiryWords(at: Date, locale: Locale): string {
  return m.services_draft_kept_until({ day: formatDate(localDateOf(at), locale) });
}
