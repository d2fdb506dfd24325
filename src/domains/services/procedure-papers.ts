import { refsOf } from '#kernel/forms/condition-definition';
import { holds } from '#kernel/forms/conditions';
import { FormDefinition } from '#kernel/forms/definition';
import { fieldsOf } from '#kernel/forms/flatten';
import type { FormValues } from '#kernel/forms/values';
import type { LocalDate } from '#kernel/time';
import type { PaperRequired, ProcedureVersion } from './procedure.ts';
import type { FeeChannel } from './fee.ts';

/** `perhaps`: the case that needs it is given in words only, so a person decides. */
export type PaperNeed = 'yes' | 'no' | 'perhaps';

/** Which papers this dossier needs, by the answers given so far. */
export function papersNeeded(
  version: Pick<ProcedureVersion, 'papers'>,
  values: FormValues,
  today: LocalDate,
): { paper: PaperRequired; need: PaperNeed }[] {
  return version.papers.map((paper) => ({ paper, need: needOf(paper, values, today) }));
}

function needOf(paper: PaperRequired, values: FormValues, today: LocalDate): PaperNeed {
  if (paper.condition) return holds(paper.condition, values, today) ? 'yes' : 'no';
  return paper.required && !paper.when ? 'yes' : 'perhaps';
}

/** Questions on which a paper depends, and which the form does not ask. */
export function unaskedBy(form: FormDefinition, version: Pick<ProcedureVersion, 'papers'>): string[] {
  const keys = new Set(fieldsOf(form).map((field) => field.key));
  const refs = version.papers.flatMap((paper) => (paper.condition ? refsOf(paper.condition) : []));
  return refs.filter((ref) => !keys.has(ref));
}

/** The page on which papers are attached; its answers are `papers.<code of the paper>`. */
export const PAPERS_PAGE = 'attachments';

/**
 * The form as it is asked for this procedure: with a page to attach the papers, before the last page
 * (the declaration). Online the papers that are handed in and certainly needed must be attached; at the
 * counter the clerk takes them on paper, and nothing must be.
 */
export function formWithPapers(
  form: FormDefinition,
  version: Pick<ProcedureVersion, 'papers'>,
  channel: FeeChannel,
): FormDefinition {
  const papers = version.papers.filter((paper) => paper.kind !== 'form');
  if (papers.length === 0) return form;
  const page = {
    id: PAPERS_PAGE,
    title: { vi: 'Giấy tờ kèm theo', en: 'Papers' },
    help: {
      vi: 'Chụp bằng điện thoại, đủ sáng, thấy rõ bốn góc. Nhận ảnh (JPEG, PNG) và PDF.',
      en: 'A clear photograph with all four corners will do. Pictures (JPEG, PNG) and PDF are taken.',
    },
    fields: [
      {
        kind: 'group',
        id: 'papers',
        label: { vi: 'Giấy tờ', en: 'Papers' },
        fields: papers.map((paper) => attachment(paper, channel)),
      },
    ],
  };
  return FormDefinition.parse({
    ...form,
    pages: [...form.pages.slice(0, -1), page, ...form.pages.slice(-1)],
  });
}

function attachment(paper: PaperRequired, channel: FeeChannel): object {
  const certain = paper.condition !== null || (paper.required && paper.when === null);
  return {
    kind: 'attachment',
    id: paper.code,
    label: paper.name,
    ...(paper.when ? { help: paper.when } : {}),
    required: channel === 'online' && certain && paper.required && paper.kind !== 'shown',
    ...(paper.condition ? { showWhen: paper.condition } : {}),
    accept: ['application/pdf', 'image/jpeg', 'image/png'],
    personal: true,
    paper: paper.code,
  };
}
