/** One run of warnings over things that have a limit: reminders before it, escalation after; each once for each limit. */
import { officeCalendar } from '#domain/commune';
import { listOfficials, type Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { isOpen } from '#kernel/office-time';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { soonUntil } from './due.ts';
import { actionNow } from './log.ts';
import { officialsById } from './people.ts';
import { officeLink, tellOfficials } from './tell.ts';
import { TABLES, type Limited, type Warning } from './limited.ts';

/** What is done in one run; the rest waits for the next. */
const AT_ONCE = 100;

/** Warns of everything that is near its limit or past it; says nothing while the office is closed. @returns of how many */
export async function warnOf<Loaded>(ctx: Ctx, limited: Limited<Loaded>): Promise<number> {
  const calendar = await officeCalendar(ctx);
  if (!isOpen(calendar, ctx.now)) return 0;
  const officials = await officialsById(ctx);
  const leaders = (await listOfficials(ctx, localDateOf(ctx.now))).filter(({ unit }) => unit === 'leaders');
  const soon = soonUntil(calendar, ctx.now);
  const late = await idsToWarn(ctx, limited, 'escalate', soon);
  for (const id of late) await warn(ctx, limited, { id, kind: 'escalate', leaders, officials });
  const near = await idsToWarn(ctx, limited, 'remind', soon);
  for (const id of near) await warn(ctx, limited, { id, kind: 'remind', leaders: [], officials });
  return late.length + near.length;
}

async function idsToWarn<Loaded>(
  ctx: Ctx,
  { subject, open }: Limited<Loaded>,
  kind: Warning,
  soon: Date,
): Promise<string[]> {
  const told = kind === 'remind' ? 'reminded_due' : 'escalated_due';
  const rows = await ctx.db
    .selectFrom(TABLES[subject])
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('state', 'in', open)
    .$if(kind === 'escalate', (q) => q.where('due_at', '<', ctx.now))
    .$if(kind === 'remind', (q) => q.where('due_at', '>=', ctx.now).where('due_at', '<=', soon))
    .where(told, 'is distinct from', (q) => q.ref('due_at'))
    .orderBy('due_at')
    .limit(AT_ONCE)
    .execute();
  return rows.map(({ id }) => id);
}

type One = {
  id: string;
  kind: Warning;
  leaders: readonly Official[];
  officials: ReadonlyMap<string, Official>;
};

async function warn<Loaded>(ctx: Ctx, limited: Limited<Loaded>, one: One): Promise<void> {
  const { id, kind, leaders, officials } = one;
  const { subject, load, standing, append, news } = limited;
  const loaded = await load(ctx, id);
  allow(ctx, `office.${subject}.${kind}`, { kind: subject, id });
  const { due, remindedDue, escalatedDue } = standing(loaded);
  const told = kind === 'remind' ? remindedDue : escalatedDue;
  if (!due || told?.getTime() === due.getTime()) return;
  await append(ctx, loaded, actionNow(ctx, kind, { due: due.toISOString() }, null));
  const { to, params } = news(loaded, officials, kind);
  await tellOfficials(ctx, {
    event: EVENTS[subject][kind],
    key: `${id}:${due.toISOString()}`,
    to: [...new Set([...to, ...leaders])],
    params: { ...params, due, link: officeLink(`${subject}s`, id) },
  });
}

const EVENTS = {
  document: { remind: 'office.document.due_soon', escalate: 'office.document.overdue' },
  task: { remind: 'office.task.due_soon', escalate: 'office.task.overdue' },
} as const;
