/**
 * Warnings before a deadline and escalation after it: the desk is told one working day before the limit and
 * when a step's time is over, the leaders when a dossier is late. Each once for each deadline.
 */
import { officeCalendar } from '#domain/commune';
import { notifyMany, type NoticeEvent } from '#domain/notifications';
import type { Ctx } from '#kernel/context';
import { isOpen, workingDayAfter } from '#kernel/office-time';
import { allow } from '#kernel/rights';
import { addDays, localDateOf, startOfDay } from '#kernel/time';
import { OPEN_STATES } from '../dossier/dossier.ts';
import { getProcedureVersion } from '../procedure.queries.ts';
import { staffLink } from '../dossier/tell.ts';
import { deskRecipients, type DeskRecipients } from './recipients.ts';

export const WARN = 'services.deadline.warn';

type Kind = 'due_soon' | 'step_due' | 'late';
/** What is done in one run; the rest waits for the next, a quarter of an hour later. */
const AT_ONCE = 200;

const EVENTS: Record<Kind, NoticeEvent> = {
  due_soon: 'services.dossier.due_soon',
  step_due: 'services.dossier.step_due',
  late: 'services.dossier.overdue',
};

/** The job, every quarter of an hour; it says nothing while the office is closed. @returns how many were told of */
export async function warnOfDeadlines(ctx: Ctx): Promise<number> {
  allow(ctx, WARN);
  const calendar = await officeCalendar(ctx);
  if (!isOpen(calendar, ctx.now)) return 0;
  const tomorrow = workingDayAfter(calendar, localDateOf(ctx.now), 1);
  const desk = await deskRecipients(ctx);
  let told = 0;
  for (const kind of ['late', 'due_soon', 'step_due'] as const) {
    const rows = await notYetWarned(ctx, kind, startOfDay(addDays(tomorrow, 1)));
    const fresh = await markWarned(ctx, kind, rows);
    await tell(ctx, kind, fresh, desk);
    told += fresh.length;
  }
  return told;
}

type Due = {
  id: string;
  code: string;
  step: number;
  assignee_id: string | null;
  procedure_code: string;
  procedure_version: number;
  limit: Date;
};

/** Open dossiers whose deadline calls for this warning and has had none. */
async function notYetWarned(ctx: Ctx, kind: Kind, soon: Date): Promise<Due[]> {
  const column = kind === 'step_due' ? 'step_due_at' : 'due_at';
  const rows = await ctx.db
    .selectFrom('services_dossier as d')
    .select(['d.id', 'd.code', 'd.step', 'd.assignee_id', 'd.procedure_code', 'd.procedure_version'])
    .select(`d.${column} as limit`)
    .where('d.commune_id', '=', ctx.commune.id)
    .where('d.state', 'in', OPEN_STATES)
    .$if(kind === 'late', (q) => q.where('d.due_at', '<', ctx.now))
    .$if(kind === 'due_soon', (q) => q.where('d.due_at', '>=', ctx.now).where('d.due_at', '<', soon))
    .$if(kind === 'step_due', (q) =>
      q.where('d.step_due_at', '<', ctx.now).whereRef('d.step_due_at', '<', 'd.due_at'),
    )
    .where((q) =>
      q.not(
        q.exists(
          q
            .selectFrom('services_warning as w')
            .select('w.kind')
            .where('w.commune_id', '=', ctx.commune.id)
            .whereRef('w.dossier_id', '=', 'd.id')
            .where('w.kind', '=', kind)
            .whereRef('w.due_at', '=', `d.${column}`),
        ),
      ),
    )
    .orderBy(`d.${column}`)
    .limit(AT_ONCE)
    .execute();
  return rows.map((row) => ({ ...row, limit: row.limit! }));
}

/** Of two runs at the same moment only one gets a row. */
async function markWarned(ctx: Ctx, kind: Kind, rows: readonly Due[]): Promise<Due[]> {
  if (rows.length === 0) return [];
  const commune_id = ctx.commune.id;
  const marked = await ctx.db
    .insertInto('services_warning')
    .values(
      rows.map(({ id, limit }) => ({
        commune_id,
        dossier_id: id,
        kind,
        due_at: limit,
        warned_at: ctx.now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('dossier_id')
    .execute();
  const fresh = new Set(marked.map(({ dossier_id }) => dossier_id));
  return rows.filter(({ id }) => fresh.has(id));
}

async function tell(ctx: Ctx, kind: Kind, rows: readonly Due[], desk: DeskRecipients): Promise<void> {
  const notices = await Promise.all(
    rows.map(async (row) => {
      const procedure = await getProcedureVersion(ctx, row.procedure_code, row.procedure_version);
      const params = {
        code: row.code,
        procedure: procedure.name.vi,
        step: procedure.steps[row.step]?.name.vi,
        due: row.limit,
        link: staffLink(row.id),
        ...(kind === 'late' && { handler: desk.nameOf(row.assignee_id) }),
      };
      const people = kind === 'late' ? desk.leaders : desk.of(row.assignee_id);
      const key = `${row.id}:${row.limit.toISOString()}`;
      return people.map((to) => ({ event: EVENTS[kind], key, to, params }));
    }),
  );
  if (notices.flat().length > 0) await notifyMany(ctx, notices.flat());
}
