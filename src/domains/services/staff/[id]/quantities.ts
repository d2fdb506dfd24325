/** What a fee counts, as fields of the form: left empty, the answers of the citizen's form count. */
import { m } from '#i18n/messages';
import type { FeeRule } from '../../fee-rule.ts';
import type { MoveField } from './move-fields.ts';

const KNOWN: Record<string, () => string> = {
  copies: m.services_quantity_copies,
  pages: m.services_quantity_pages,
};

export function quantityFields(rule: FeeRule | null): MoveField[] {
  return countedBy(rule).map((name) => ({
    name: `count_${name}`,
    as: 'count',
    label: KNOWN[name] ?? (() => m.services_quantity_other({ name })),
    help: m.services_quantity_hint,
    optional: true,
  }));
}

/** The quantities that were typed; undefined when none was, NaN for what is no number. */
export function readQuantities(
  rule: FeeRule | null,
  typed: (name: string) => string,
): Record<string, number> | undefined {
  const given = countedBy(rule).flatMap((name) => {
    const text = typed(`count_${name}`).trim();
    return text === '' ? [] : [[name, Number(text)] as const];
  });
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

function countedBy(rule: FeeRule | null): string[] {
  if (rule?.kind === 'by_quantity') return [rule.quantity];
  return rule?.kind === 'by_page' ? [rule.copies, rule.pages] : [];
}
