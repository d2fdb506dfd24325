/** A draft: a form that is being filled, before and after signing in. Nothing here reads or writes. */
import type { FormDefinition } from '#kernel/forms/definition';
import { fieldsOf } from '#kernel/forms/flatten';
import type { FieldError, FormValues } from '#kernel/forms/values';
import { own } from '#kernel/forms/values';
import { visiblePages } from '#kernel/forms/visibility';
import type { LocalDate } from '#kernel/time';
import type { Attachment } from '../attachment/attachment.queries.ts';
import type { Medium } from '../dossier/dossier.ts';
import { papersNeeded } from '../procedure-papers.ts';
import type { ProcedureVersion } from '../procedure.ts';

/** Days that a draft is kept after its last change. */
export const DRAFT_DAYS = 30;
/** Open drafts of one browser or one account. */
export const MOST_DRAFTS = 20;

/** Answers that are files stand under this name; they come from the attachments, never from the stored answers. */
export const FILES_PREFIX = 'papers.';

/** For whom it is filled, when not for oneself: a mandate recorded at the counter. */
export type OnBehalf = { mandateId: string; name: string };

export type Draft = {
  id: string;
  procedure: ProcedureVersion;
  /** With the page of papers. */
  form: FormDefinition;
  /** Answers and files, by key. */
  values: FormValues;
  files: readonly Attachment[];
  onBehalf: OnBehalf | null;
  changedAt: Date;
  expiresAt: Date;
  /** The rules have changed since it was last saved; it now follows the new ones. */
  rulesChanged: boolean;
};

/** The ids of files by the key of their question. */
export function fileAnswers(files: readonly Attachment[]): FormValues {
  const answers: Record<string, string[]> = {};
  for (const file of files) {
    if (file.paperCode !== null) (answers[FILES_PREFIX + file.paperCode] ??= []).push(file.id);
  }
  return answers;
}

/** What is stored of the answers: everything but the files. */
export function withoutFiles(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith(FILES_PREFIX)));
}

/** The page to open next; null when the last one is done. */
export function pageAfter(
  draft: Pick<Draft, 'form'>,
  values: FormValues,
  pageId: string,
  today: LocalDate,
): string | null {
  const order = draft.form.pages.map((page) => page.id);
  const at = order.indexOf(pageId);
  return visiblePages(draft.form, values, today).find((page) => order.indexOf(page.id) > at)?.id ?? null;
}

/** What is missing or wrong, by page in the order of asking. */
export function faultsByPage(
  form: FormDefinition,
  errors: Readonly<Record<string, FieldError>>,
): { pageId: string; key: string; error: FieldError }[] {
  return fieldsOf(form).flatMap((field) => {
    const error = own(errors, field.key);
    return error ? [{ pageId: field.pageId, key: field.key, error }] : [];
  });
}

/** How each paper comes: the form and every photo or file is electronic; what was not sent does not count as come. */
export function papersFiled(
  draft: Pick<Draft, 'procedure' | 'files'>,
  values: FormValues,
  today: LocalDate,
): Record<string, Medium> {
  const sent = new Set(draft.files.map((file) => file.paperCode));
  const come = papersNeeded(draft.procedure, values, today).filter(
    ({ paper, need }) => need !== 'no' && (paper.kind === 'form' || sent.has(paper.code)),
  );
  return Object.fromEntries(come.map(({ paper }) => [paper.code, 'electronic']));
}

/** Who files, as the form says: the person whose own data the form offers to fill in, or whom `filer` names. */
export function applicantIn(
  form: FormDefinition,
  values: FormValues,
): { name: string | null; phone: string | null; hamletId: string | null } {
  const prefix = applicantPrefix(form, values);
  const text = (key: string) => {
    const value = own(values, key);
    return typeof value === 'string' ? value : null;
  };
  if (prefix === null) return { name: null, phone: null, hamletId: null };
  return {
    name: text(`${prefix}full_name`),
    phone: text(`${prefix}phone`) ?? text('contact_phone'),
    hamletId: text(`${prefix}residence.hamlet`),
  };
}

const NAME = /(?<=^|\.)full_name$/;

function applicantPrefix(form: FormDefinition, values: FormValues): string | null {
  const filer = own(values, 'filer');
  if (typeof filer === 'string' && own(values, `${filer}.full_name`) !== undefined) return `${filer}.`;
  const names = fieldsOf(form).filter(
    (field) => NAME.test(field.key) && own(values, field.key) !== undefined,
  );
  const named = names.find((field) => field.prefill === 'applicant.full_name') ?? names[0];
  return named ? named.key.replace(NAME, '') : null;
}
