/** How documents and tasks travel over the API. */
import { z } from '@hono/zod-openapi';
import { Instant } from '#kernel/api';
import { formatIso } from '#kernel/format';
import { isId } from '#kernel/ids';
import { STATES } from '../document/document.ts';
import { TYPE_CODES, URGENCIES } from '../document/kinds.ts';
import type { DocumentRow } from '../document/document.queries.ts';
import type { Loaded } from '../document/record.ts';
import type { Logged } from '../log.ts';
import type { LoadedTask } from '../task/record.ts';
import { SOURCES, TASK_STATES } from '../task/task.ts';
import type { TaskRow } from '../task/task.queries.ts';

/** An id in an address. */
export const PathId = z
  .string()
  .refine(isId, 'input.bad_id')
  .openapi({ param: { name: 'id', in: 'path' }, format: 'uuid' });
export const GivenId = z.string().refine(isId, 'input.bad_id');

/** What the sender made, so that the same request again changes nothing. */
export const ClientId = z.string().regex(/^[\w.:-]{8,100}$/, 'input.bad_client_id');

export const TypeCode = z.enum(TYPE_CODES as [string, ...string[]]);
export const Urgency = z.enum(URGENCIES);
export const DocumentStateName = z.enum(STATES as [(typeof STATES)[number], ...(typeof STATES)[number][]]);
export const TaskStateName = z.enum(TASK_STATES);
export const SourceName = z.enum(SOURCES);

const Action = z
  .object({
    seq: z.int(),
    kind: z.string(),
    at: Instant,
    official_id: z.uuid().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('OfficeAction');

export const DocumentSummary = z
  .object({
    id: z.uuid(),
    direction: z.enum(['in', 'out']),
    number: z.int().nullable(),
    year: z.int().nullable(),
    type: z.string(),
    symbol: z.string().nullable(),
    sender: z.string().nullable(),
    issued_on: z.string().nullable(),
    summary: z.string(),
    urgency: Urgency,
    state: DocumentStateName,
    handler_id: z.uuid().nullable(),
    due_at: Instant.nullable(),
    made_at: Instant,
    done_at: Instant.nullable(),
  })
  .openapi('OfficeDocumentSummary');

export const DocumentDetail = DocumentSummary.extend({
  reply_to: z.uuid().nullable(),
  people: z.array(
    z.object({
      official_id: z.uuid(),
      part: z.enum(['handler', 'with', 'informed']),
      seen_at: Instant.nullable(),
    }),
  ),
  actions: z.array(Action),
  possible_moves: z.array(z.string()),
}).openapi('OfficeDocument');

export const TaskSummary = z
  .object({
    id: z.uuid(),
    title: z.string(),
    source: SourceName,
    assignee_id: z.uuid(),
    giver_id: z.uuid().nullable(),
    unit: z.string(),
    urgency: Urgency,
    state: TaskStateName,
    progress: z.int().min(0).max(100),
    due_at: Instant.nullable(),
    made_at: Instant,
    finished_at: Instant.nullable(),
  })
  .openapi('OfficeTaskSummary');

export const TaskDetail = TaskSummary.extend({
  detail: z.string().nullable(),
  source_id: z.string().nullable(),
  with: z.array(z.uuid()),
  actions: z.array(Action),
  possible_moves: z.array(z.string()),
}).openapi('OfficeTask');

const iso = (at: Date | null) => at && formatIso(at);

export function documentSummary(row: DocumentRow): z.infer<typeof DocumentSummary> {
  return {
    id: row.id,
    direction: row.direction as 'in' | 'out',
    number: row.number,
    year: row.year,
    type: row.type,
    symbol: row.symbol,
    sender: row.sender,
    issued_on: row.issued_on,
    summary: row.summary,
    urgency: row.urgency as z.infer<typeof Urgency>,
    state: row.state as (typeof STATES)[number],
    handler_id: row.handler_id,
    due_at: iso(row.due_at),
    made_at: formatIso(row.made_at),
    done_at: iso(row.done_at),
  };
}

export function documentDetail({
  row,
  document,
  actions,
  moves,
}: Loaded & { moves: readonly string[] }): z.infer<typeof DocumentDetail> {
  return {
    ...documentSummary(row),
    reply_to: row.reply_to,
    people: document.people.map(({ officialId, part, seenAt }) => ({
      official_id: officialId,
      part,
      seen_at: iso(seenAt),
    })),
    actions: actionsOf(actions),
    possible_moves: [...moves],
  };
}

export function taskSummary(row: TaskRow): z.infer<typeof TaskSummary> {
  return {
    id: row.id,
    title: row.title,
    source: row.source as (typeof SOURCES)[number],
    assignee_id: row.assignee_id,
    giver_id: row.giver_id,
    unit: row.unit,
    urgency: row.urgency as z.infer<typeof Urgency>,
    state: row.state as (typeof TASK_STATES)[number],
    progress: row.progress,
    due_at: iso(row.due_at),
    made_at: formatIso(row.made_at),
    finished_at: iso(row.finished_at),
  };
}

export function taskDetail({
  row,
  task,
  actions,
  moves,
}: LoadedTask & { moves: readonly string[] }): z.infer<typeof TaskDetail> {
  return {
    ...taskSummary(row),
    detail: task.detail,
    source_id: row.source_id,
    with: task.with,
    actions: actionsOf(actions),
    possible_moves: [...moves],
  };
}

function actionsOf(actions: readonly Logged[]): z.infer<typeof Action>[] {
  return actions.map(({ kind, at, officialId, data }, index) => ({
    seq: index + 1,
    kind,
    at: formatIso(at),
    official_id: officialId,
    data: data as Record<string, unknown>,
  }));
}
