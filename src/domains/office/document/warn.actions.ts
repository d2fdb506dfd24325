/** Reminders of documents before they are due, and escalation to the leaders after; each once for each deadline. */
import { officeCalendar } from '#domain/commune';
import { listOfficials, type Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { isOpen } from '#kernel/office-time';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { soonUntil } from '../due.ts';
import { actionNow } from '../log.ts';
import { officialsById } from '../people.ts';
import { officeLink, tellOfficials } from '../tell.ts';
import type { DocumentAction } from './document.ts';
import { append, loadDocument, type Loaded } from './record.ts';
import { nameOfDocument } from './tell.ts';

/** What is done in one run; the rest waits for the next. */
const AT_ONCE = 100;

type Kind = 'remind' | 'escalate';

/** The job; it says nothing while the office is closed. @returns how many were told of */
export async function warnOfDocuments(ctx: Ctx): Promise<number> {
  allow(ctx, 'office.document.warn');
  const calendar = await officeCalendar(ctx);
  if (!isOpen(calendar, ctx.now)) return 0;
  const officials = await officialsById(ctx);
  const leaders = (await listOfficials(ctx, localDateOf(ctx.now))).filter(({ unit }) => unit === 'leaders');
  const soon = soonUntil(calendar, ctx.now);
  const late = await due(ctx, 'escalate', soon);
  for (const id of late) await warn(ctx, id, 'escalate', leaders, officials);
  const near = await due(ctx, 'remind', soon);
  for (const id of near) await warn(ctx, id, 'remind', [], officials);
  return late.length + near.length;
}

async function due(ctx: Ctx, kind: Kind, soon: Date): Promise<string[]> {
  const told = kind === 'remind' ? 'reminded_due' : 'escalated_due';
  const rows = await ctx.db
    .selectFrom('office_document')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('state', 'in', ['registered', 'routed'])
    .$if(kind === 'escalate', (q) => q.where('due_at', '<', ctx.now))
    .$if(kind === 'remind', (q) => q.where('due_at', '>=', ctx.now).where('due_at', '<=', soon))
    .where(told, 'is distinct from', (q) => q.ref('due_at'))
    .orderBy('due_at')
    .limit(AT_ONCE)
    .execute();
  return rows.map(({ id }) => id);
}

async function warn(
  ctx: Ctx,
  id: string,
  kind: Kind,
  leaders: readonly Official[],
  officials: ReadonlyMap<string, Official>,
): Promise<void> {
  const loaded = await loadDocument(ctx, id, { lock: true });
  allow(ctx, `office.document.${kind}`, { kind: 'document', id });
  const { due } = loaded.document;
  const told = kind === 'remind' ? loaded.document.remindedDue : loaded.document.escalatedDue;
  if (!due || told?.getTime() === due.getTime()) return;
  const action = actionNow(ctx, kind, { due: due.toISOString() }, null) as DocumentAction;
  await append(ctx, loaded, action, null);
  const workers = workersOf(loaded, officials);
  await tellOfficials(ctx, {
    event: kind === 'remind' ? 'office.document.due_soon' : 'office.document.overdue',
    key: `${id}:${due.toISOString()}`,
    to: [...workers, ...leaders],
    params: {
      title: loaded.row.summary,
      code: nameOfDocument(loaded),
      due,
      handler: workers[0]?.fullName,
      link: officeLink('documents', id),
    },
  });
}

/** Who works on it; the one who registered it while nobody does. */
function workersOf(
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
