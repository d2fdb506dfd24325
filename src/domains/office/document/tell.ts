/** Who is told what when something happens to a document. */
import type { Ctx } from '#kernel/context';
import { officialsById } from '../people.ts';
import { fromWhom, officeLink, tellOfficials } from '../tell.ts';
import type { DocumentAction } from './document.ts';
import type { Loaded } from './record.ts';

/** The words under which a document is known to people: its number and symbol, or what it is about. */
export function nameOfDocument({ document }: Pick<Loaded, 'document'>): string {
  const { symbol, number, year } = document;
  return symbol ?? (number === null ? '–' : `${number}/${year}`);
}

/** Tells those whom the move concerns. */
export async function tellMoved(ctx: Ctx, loaded: Loaded, action: DocumentAction): Promise<void> {
  if (ctx.silent) return;
  const { row, document } = loaded;
  const officials = await officialsById(ctx);
  const params = {
    title: row.summary,
    code: nameOfDocument(loaded),
    due: document.due ?? undefined,
    from: fromWhom(ctx),
    link: officeLink('documents', row.id),
  };
  const key = `${row.id}:${row.last_seq}`;
  const drafter = loaded.actions[0]!.officialId;
  switch (action.kind) {
    case 'route':
      return tellOfficials(ctx, {
        event: 'office.document.routed',
        key,
        to: document.people.map(({ officialId }) => officials.get(officialId)),
        params,
      });
    case 'submit':
      return tellOfficials(ctx, {
        event: 'office.document.to_sign',
        key,
        to: [officials.get(document.outgoing!.signerId)],
        params,
      });
    case 'send_back':
      return tellOfficials(ctx, {
        event: 'office.document.sent_back',
        key,
        to: [drafter ? officials.get(drafter) : undefined],
        params: { ...params, reason: action.data.note },
      });
    default:
  }
}
