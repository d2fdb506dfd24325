/** Tasks over the API: give, list, read, act. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  BODY_PROBLEMS,
  bodyOf,
  jsonOf,
  NEEDS_KEY,
  pageOf,
  pageQuery,
  pageRange,
  problemResponses,
} from '#kernel/api';
import type { Api } from '#kernel/manifest';
import { TASK_FORM_MOVES } from '../task/moves.ts';
import { actOnTask, giveTask } from '../task/task.actions.ts';
import { listTasks, TASK_VIEWS, viewTask } from '../task/task.queries.ts';
import {
  ClientId,
  GivenId,
  PathId,
  SourceName,
  TaskDetail,
  taskDetail,
  TaskStateName,
  TaskSummary,
  taskSummary,
  Urgency,
} from './shapes.ts';

const TAGS = ['tasks'];

const Giving = z
  .strictObject({
    title: z.string().min(1, 'input.needed').max(300),
    detail: z.string().max(5000).nullable().default(null),
    source: SourceName.default('person'),
    source_id: z
      .string()
      .max(120)
      .nullable()
      .default(null)
      .openapi({ description: 'Of the document, dossier, entry of the calendar or indicator.' }),
    assignee_id: GivenId,
    with: z.array(GivenId).max(60).default([]),
    urgency: Urgency.default('normal'),
    due_days: z.int().min(1).max(365).nullable().default(null).openapi({ description: 'Working days.' }),
    client_id: ClientId.openapi({
      description: 'Made by the sender; the same id again answers with the same task.',
    }),
  })
  .openapi('OfficeTaskGiven');

const giveRoute = createRoute({
  method: 'post',
  path: '/office/tasks',
  tags: TAGS,
  summary: 'Give a task to an official in office',
  security: NEEDS_KEY,
  request: { body: bodyOf(Giving) },
  responses: {
    201: jsonOf(z.object({ id: z.uuid() }), 'Given, or found again'),
    ...problemResponses(...BODY_PROBLEMS),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/office/tasks',
  tags: TAGS,
  summary: 'Tasks, the most urgent first (closed ones: newest first)',
  security: NEEDS_KEY,
  request: {
    query: pageQuery({
      view: z.enum(TASK_VIEWS).default('open'),
      search: z.string().max(100).optional(),
      official: GivenId.optional(),
      unit: z.string().max(40).optional(),
      state: TaskStateName.optional(),
      source: SourceName.optional(),
    }),
  },
  responses: { 200: jsonOf(pageOf(TaskSummary), 'One page'), ...problemResponses() },
});

const readRoute = createRoute({
  method: 'get',
  path: '/office/tasks/{id}',
  tags: TAGS,
  summary: 'One task with its actions',
  security: NEEDS_KEY,
  request: { params: z.object({ id: PathId }) },
  responses: { 200: jsonOf(TaskDetail, 'The task'), ...problemResponses() },
});

const MoveBody = z
  .strictObject({
    kind: z.enum(TASK_FORM_MOVES),
    data: z.record(z.string(), z.unknown()).default({}),
    client_id: ClientId.optional(),
    seen: z
      .int()
      .min(1)
      .optional()
      .openapi({ description: 'The last action you saw; refused with 409 when others have acted since.' }),
  })
  .openapi('OfficeTaskMove');

const moveRoute = createRoute({
  method: 'post',
  path: '/office/tasks/{id}/actions',
  tags: TAGS,
  summary: 'Act on a task',
  security: NEEDS_KEY,
  request: { params: z.object({ id: PathId }), body: bodyOf(MoveBody) },
  responses: { 200: jsonOf(TaskDetail, 'The task after it'), ...problemResponses(...BODY_PROBLEMS) },
});

export function taskApi(api: Api): void {
  api.openapi(giveRoute, async (c) => {
    const given = c.req.valid('json');
    const { source_id: sourceId, assignee_id: assignee, due_days: dueDays, client_id: clientId } = given;
    const { title, detail, source, urgency } = given;
    const task = { title, detail, source, sourceId, assignee, with: given.with, urgency, dueDays };
    return c.json({ id: await c.var.run((ctx) => giveTask(ctx, task, { clientId })) }, 201);
  });
  api.openapi(listRoute, async (c) => {
    const query = c.req.valid('query');
    const { total, rows } = await c.var.run((ctx) => listTasks(ctx, { ...query, ...pageRange(query) }));
    const items = rows.map(taskSummary);
    return c.json({ items, total, page: query.page, per_page: query.per_page }, 200);
  });
  api.openapi(readRoute, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(taskDetail(await c.var.run((ctx) => viewTask(ctx, id))), 200);
  });
  api.openapi(moveRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { kind, data, client_id: clientId, seen } = c.req.valid('json');
    const viewed = await c.var.run(async (ctx) => {
      await actOnTask(ctx, id, kind, data, { clientId, seen });
      return viewTask(ctx, id);
    });
    return c.json(taskDetail(viewed), 200);
  });
}
