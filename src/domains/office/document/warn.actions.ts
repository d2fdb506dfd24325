/** Reminders of documents before they are due, and escalation to the leaders after; each once for each deadline. */
import type { Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { warnOf } from '../warn.ts';
import type { DocumentAction } from './document.ts';
import { MOVES } from './moves.ts';
import { append, loadDocument, type Loaded } from './record.ts';
import { nameOfDocument } from './tell.ts';

/** The job; it says nothing while the office is closed. @returns how many were told of */
export async function warnOfDocuments(ctx: Ctx): Promise<number> {
  allow(ctx, 'office.document.warn');
  return warnOf<Loaded>(ctx, {
    subject: 'document',
    open: MOVES.remind.from,
    load: (one, id) => loadDocument(one, id, { lock: true }),
    standing: ({ document }) => document,
    append: (one, loaded, action) => append(one, loaded, action as DocumentAction, null),
    news: (loaded, officials) => {
      const to = workersOf(loaded, officials);
      const { summary } = loaded.row;
      return { to, params: { title: summary, code: nameOfDocument(loaded), handler: to[0]?.fullName } };
    },
  });
}

/** Who works on it; the one who registered it while nobody does. */
export function workersOf(
  { document, actions }: Loaded,
  officials: ReadonlyMap<string, Official>,
): (Official | undefined)[] {
  const workers = document.people
    .filter(({ part }) => part !== 'informed')
    .map(({ officialId }) => officialId);
  const registrar = actions[0]!.officialId;
  const ids = workers.length > 0 ? workers : registrar ? [registrar] : [];
  return ids.map((one) => officials.get(one));
}
