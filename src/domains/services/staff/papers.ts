/** The papers that a dossier can print: which of them, and what they are called. */
import { m } from '#i18n/messages';
import type { Ctx } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import { mustExist, refuse } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { asThing, loadDossier, type Loaded } from '../dossier/record.ts';
import { apologyOf, controlOf, feeNoteOf, refusalOf, supplementOf } from '../papers/forms-of-dossier.ts';
import { receiptOf } from '../papers/receipt-of-dossier.ts';

type Printable = {
  words: () => string;
  /** Whether the dossier has come to it. */
  when: (loaded: Loaded) => boolean;
  draw: (ctx: Ctx, loaded: Loaded, origin: string) => Promise<Paper>;
};

const did = (kind: string) => (loaded: Loaded) => loaded.actions.some((action) => action.kind === kind);

/** By the name of the file. */
export const PRINTABLE: Readonly<Record<string, Printable>> = {
  'mau-01-tiep-nhan': {
    words: m.services_paper_print_receipt,
    when: did('receive'),
    draw: (ctx, loaded, origin) => receiptOf(ctx, loaded, origin, ['kept', 'given']),
  },
  'mau-02-bo-sung': {
    words: m.services_paper_print_supplement,
    when: did('request_supplement'),
    draw: supplementOf,
  },
  'mau-03-tu-choi': {
    words: m.services_paper_print_refusal,
    when: ({ dossier }) => dossier.outcome === 'declined' || dossier.outcome === 'refused',
    draw: refusalOf,
  },
  'mau-04-xin-loi': { words: m.services_paper_print_apology, when: did('apologise'), draw: apologyOf },
  'mau-05-kiem-soat': { words: m.services_paper_print_control, when: did('receive'), draw: controlOf },
  'phieu-thu': { words: m.services_paper_print_fee, when: did('collect_fee'), draw: feeNoteOf },
};

/** The papers that the dossier has come to. */
export function printable(loaded: Loaded): { name: string; label: string }[] {
  return Object.entries(PRINTABLE)
    .filter(([, { when }]) => when(loaded))
    .map(([name, { words }]) => ({ name, label: words() }));
}

/**
 * One paper of a dossier; it bears the applicant's data, so printing is written to the audit record.
 * @throws AppError `services.paper.not_found` (404), `services.paper.not_in_this_state` (409)
 */
export async function paperOf(ctx: Ctx, id: string, name: string, origin: string): Promise<Paper> {
  const loaded = await loadDossier(ctx, id);
  allow(ctx, 'services.paper.print', asThing(loaded.row), { paper: name });
  const known = mustExist(Object.hasOwn(PRINTABLE, name) ? PRINTABLE[name] : undefined, 'services.paper');
  if (!known.when(loaded)) refuse('services.paper.not_in_this_state', 409);
  return known.draw(ctx, loaded, origin);
}
