/** The room's measures: tasks and documents in time, officials who really use the system. */
import { lastSignIns } from '#domain/identity';
import { inOffice, listOfficials, type Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import type { Measure, MeasurePart, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { allow } from '#kernel/rights';
import { addDays, localDate, startOfDay } from '#kernel/time';
import { unitName } from './task/words.ts';

const SCOPES = ['commune', 'unit', 'officer'] as const;
/** "Active" means signed in on one of so many days. */
const ACTIVE_DAYS = 30;
/** Officials of the commune itself; hamlets and digital teams have figures of their own. */
const OTHERS: readonly string[] = ['hamlet', 'digital_team'];

type Counted = Omit<Measure, 'compute' | 'list' | 'unit' | 'scopes' | 'audience'>;
type Found = { id: string; at: Date; label: string; href: string; columns: Record<string, string> };

/** A share whose two lists are read by one function; the number is the length of the list. */
function share(
  words: Counted,
  find: (ctx: Ctx, question: MeasureQuestion, part: MeasurePart) => Promise<Found[]>,
): Measure {
  return {
    ...words,
    unit: 'share',
    scopes: SCOPES,
    audience: 'staff',
    compute: async (ctx, question) => {
      allow(ctx, 'office.figures.see');
      const numerator = (await find(ctx, question, 'numerator')).length;
      const denominator = (await find(ctx, question, 'denominator')).length;
      return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
    },
    list: async (ctx, question, part, { offset, limit }) => {
      allow(ctx, 'office.figures.see');
      const found: MeasureRecord[] = await find(ctx, question, part);
      return { total: found.length, records: found.slice(offset, offset + limit) };
    },
  };
}

/** What was due in the question's time: not what is still to come. */
function dueSpan(ctx: Ctx, { from, asOf }: MeasureQuestion): { from: Date; until: Date } {
  const end = startOfDay(addDays(localDate(asOf), 1));
  return { from: startOfDay(localDate(from ?? '1990-01-01')), until: end < ctx.now ? end : ctx.now };
}

const tasksOnTime = share(
  {
    name: 'office.tasks.on_time_share',
    title: { vi: 'Nhiệm vụ hoàn thành đúng hạn', en: 'Tasks done in time' },
    meaning: {
      vi: 'Nhiệm vụ được báo cáo hoàn thành không muộn hơn hạn, trên số nhiệm vụ đến hạn trong kỳ (không tính nhiệm vụ đã hủy).',
      en: 'Tasks reported as done by their limit, among those due in the period (cancelled ones left out).',
    },
  },
  async (ctx, question, part) => {
    const { from, until } = dueSpan(ctx, question);
    const [kind, value = ''] = question.scope.split(/:(.*)/s);
    if (kind === 'officer' && !isId(value)) return [];
    const rows = await ctx.db
      .selectFrom('office_task')
      .select(['id', 'title', 'due_at', 'state', 'unit'])
      .where('commune_id', '=', ctx.commune.id)
      .where('state', '<>', 'cancelled')
      .where('due_at', '>=', from)
      .where('due_at', '<', until)
      .$if(kind === 'officer', (q) => q.where('assignee_id', '=', value))
      .$if(kind === 'unit', (q) => q.where('unit', '=', value))
      .$if(part === 'numerator', (q) => q.whereRef('finished_at', '<=', 'due_at'))
      .orderBy('due_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      at: row.due_at!,
      label: row.title,
      href: `/office/staff/tasks/${row.id}`,
      columns: { state: row.state, unit: unitName(row.unit) },
    }));
  },
);

const documentsInTime = share(
  {
    name: 'office.documents.answered_in_time_share',
    title: { vi: 'Văn bản đến giải quyết đúng hạn', en: 'Documents answered in time' },
    meaning: {
      vi: 'Văn bản đến được trả lời hoặc báo đã giải quyết không muộn hơn hạn, trên số văn bản đến có hạn trong kỳ.',
      en: 'Documents in that were answered or reported as done by their limit, among those due in the period.',
    },
  },
  async (ctx, question, part) => {
    const { from, until } = dueSpan(ctx, question);
    const [kind, value = ''] = question.scope.split(/:(.*)/s);
    if (kind === 'officer' && !isId(value)) return [];
    const handlers = kind === 'unit' ? await officialsOfUnit(ctx, value) : [];
    const rows = await ctx.db
      .selectFrom('office_document')
      .select(['id', 'summary', 'number', 'year', 'due_at', 'state'])
      .where('commune_id', '=', ctx.commune.id)
      .where('direction', '=', 'in')
      .where('due_at', '>=', from)
      .where('due_at', '<', until)
      .$if(kind === 'officer', (q) => q.where('handler_id', '=', value))
      .$if(kind === 'unit', (q) => q.where('handler_id', 'in', [...handlers, NOBODY]))
      .$if(part === 'numerator', (q) => q.whereRef('done_at', '<=', 'due_at'))
      .orderBy('due_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      at: row.due_at!,
      label: `${row.number}/${row.year} · ${row.summary}`,
      href: `/office/staff/documents/${row.id}`,
      columns: { state: row.state },
    }));
  },
);

/** Keeps a list for `in` from being empty. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

async function officialsOfUnit(ctx: Ctx, unit: string): Promise<string[]> {
  return (await listOfficials(ctx, 'ever')).filter((one) => one.unit === unit).map(({ id }) => id);
}

const officialsActive = share(
  {
    name: 'office.officials.active_share',
    title: { vi: 'Cán bộ làm việc trên hệ thống', en: 'Officials active' },
    meaning: {
      vi: 'Cán bộ, công chức xã đương chức có đăng nhập trong 30 ngày gần nhất, trên số cán bộ, công chức xã đương chức (không tính xóm và tổ công nghệ số).',
      en: 'Officials of the commune in office who signed in within 30 days, among all of them (hamlets and digital teams left out).',
    },
  },
  async (ctx, question, part) => {
    const asOf = localDate(question.asOf);
    const officials = (await listOfficials(ctx, 'ever')).filter(
      (one) => inOffice(one, asOf) && !OTHERS.includes(one.unit) && inScope(one, question.scope),
    );
    const seen = await lastSignIns(ctx, { from: addDays(asOf, 1 - ACTIVE_DAYS), to: asOf });
    return officials
      .map((one) => ({ one, day: one.userId === null ? undefined : seen.get(one.userId) }))
      .filter(({ day }) => part === 'denominator' || day !== undefined)
      .map(({ one, day }) => ({
        id: one.id,
        at: startOfDay(day ?? one.termFrom),
        label: `${one.fullName}, ${one.post}`,
        href: `/registry/staff/officials`,
        columns: { unit: unitName(one.unit) },
      }));
  },
);

function inScope(one: Official, scope: string): boolean {
  const [kind, value = ''] = scope.split(/:(.*)/s);
  if (kind === 'unit') return one.unit === value;
  return kind === 'officer' ? one.id === value : true;
}

export const MEASURES: readonly Measure[] = [tasksOnTime, documentsInTime, officialsActive];
