/** What changes between two versions, or between a version and a draft, line by line in words. */
import { inLocale } from '#kernel/bilingual';
import type { Locale } from '#kernel/format';
import type { ProcedureDraft, ProcedureVersion } from '../../procedure.ts';
import { diffVersions } from '../../procedure-history.ts';
import { placeWords, valueWords } from './place-words.ts';

export type Change = { place: string; before: string; after: string };
type Rules = ProcedureDraft | ProcedureVersion;

/** In the order of the procedure; empty when both say the same. */
export function changesBetween(before: Rules, after: Rules, locale: Locale): Change[] {
  return diffVersions(before, after).map((one) => ({
    place: placeWords(
      one.path,
      (list, code) => nameIn(after, list, code, locale) ?? nameIn(before, list, code, locale),
    ),
    before: valueWords(one.path, one.before, locale),
    after: valueWords(one.path, one.after, locale),
  }));
}

function nameIn(
  { papers, steps, fee }: Rules,
  list: string,
  code: string,
  locale: Locale,
): string | undefined {
  const of = (named: readonly { code: string; name: { vi: string; en: string } }[]) => {
    const found = named.find((one) => one.code === code);
    return found && inLocale(found.name, locale);
  };
  if (list === 'papers') return of(papers);
  if (list === 'steps') return of(steps);
  if (list !== 'fee.exemptions') return undefined;
  return of(fee.exemptions.map(({ code: own, label }) => ({ code: own, name: label })));
}
