/** One run of warnings over things that have a limit: reminders before it, escalation after; each once for each limit. */
import { officeCalendar } from '#domain/commune';
import { listOfficials, type Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { isOpen } from '#kernel/office-time';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { soonUntil } from './due.ts';
import { actionNow, type Logged } from './log.ts';
import { officialsById } from './people.ts';
import { officeLink, tellOfficials, type News } from './tell.ts';

/** What is done in one run; the rest waits for the next. */
const AT_ONCE = 100;

export type Warning = 'remind' | 'escalate';
type Officials = ReadonlyMap<string, Official>;

/** What is warned of, and how: documents or tasks. */
export type Warned<Loaded> = {
  subject: 'document' | 'task';
  /** The states in which work is still to be done. */
  open: readonly string[];
  /** Reads one and locks it. */
  load: (ctx: Ctx, id: string) => Promise<Loaded>;
  standing: (loaded: Loaded) => { due: Date | null; remindedDue: Date | null; escalatedDue: Date | null };
  append: (ctx: Ctx, loaded: Loaded, action: Logged) => Promise<unknown>;
  /** Who is told besides the leaders, and under which words the thing is known. */
  news: (
    loaded: Loaded,
    officials: Officials,
    kind: Warning,
  ) => { to: readonly (Official | undefined)[]; params: News['params'] };
};

/** Warns of everything that is near its limit or past it; says nothing while the office is closed. @returns of how many */
export async function warnOf<Loaded>(ctx: Ctx, warned: Warned<Loaded>): Promise<number> {
  const calendar = await officeCalendar(ctx);
  if (!isOpen(calendar, ctx.now)) return 0;
  const officials = await officialsById(ctx);
  const leaders = (await listOfficials(ctx, localDateOf(ctx.now))).filter(({ unit }) => unit === 'leaders');
  const soon = soonUntil(calendar, ctx.now);
  const late = await idsToWarn(ctx, warned, 'escalate', soon);
  for (const id of late) await warn(ctx, warned, { id, kind: 'escalate', leaders, officials });
  const near = await idsToWarn(ctx, warned, 'remind', soon);
  for (const id of near) await warn(ctx, warned, { id, kind: 'remind', leaders: [], officials });
  return late.length + near.length;
}

async function idsToWarn<Loaded>(
  ctx: Ctx,
  { subject, open }: Warned<Loaded>,
  kind: Warning,
  soon: Date,
): Promise<string[]> {
  const told = kind === 'remind' ? 'reminded_due' : 'escalated_due';
  const rows = await ctx.db
    .selectFrom(subject === 'document' ? 'office_document' : 'office_task')
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

type One = { id: string; kind: Warning; leaders: readonly Official[]; officials: Officials };

async function warn<Loaded>(ctx: Ctx, warned: Warned<Loaded>, one: One): Promise<void> {
  const { id, kind, leaders, officials } = one;
  const { subject, load, standing, append, news } = warned;
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
