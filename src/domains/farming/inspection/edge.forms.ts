/** The forms of an inspection's page: one for each finding that may be closed. */
import { shortForm, type ShortFormView } from '#app/short-form';
import { m } from '#i18n/messages';
import type { Refused } from '#ui/form/short-form.ts';
import type { InspectionView } from './edge.view.ts';

/** By finding; empty for who may close none. */
export function closeForms(
  { view, mayClose, today }: { view: InspectionView; mayClose: boolean; today: string },
  refused: Refused | undefined,
): Map<string, ShortFormView> {
  const open = mayClose ? view.findings.filter(({ closed }) => closed === null) : [];
  return new Map(
    open.map(({ id }) => [
      id,
      shortForm({
        id: `close-${id}`,
        action: '?/close',
        submit: m.farming_finding_close(),
        refused,
        hidden: { finding: id },
        questions: [
          { kind: 'line', type: 'date', name: 'on', label: m.farming_finding_on(), value: today },
          { kind: 'text', name: 'note', label: m.farming_finding_note(), rows: 2 },
        ],
      }),
    ]),
  );
}
