/** The log over the API, for the staff's own programs: masked as on the page. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  DateInput,
  Instant,
  jsonOf,
  NEEDS_KEY,
  pageOf,
  pageQuery,
  pageRange,
  problemResponses,
} from '#kernel/api';
import { formatIso } from '#kernel/format';
import type { Api } from '#kernel/manifest';
import { listLog, STATES, WAYS, type LogEntry } from './log.queries.ts';
import { NOTICE_EVENTS, type NoticeEvent } from './template.ts';

const Delivery = z
  .object({
    channel: z.enum(['zns', 'sms', 'email']),
    state: z.enum(STATES),
    attempts: z.int(),
    error: z.string().nullable(),
    provider_id: z.string().nullable(),
    demo: z.boolean().openapi({ description: 'Shown in the demo outbox; nobody was written to.' }),
    changed_at: Instant,
    not_before: Instant,
  })
  .openapi('NotificationDelivery');

const Entry = z
  .object({
    id: z.uuid(),
    at: Instant,
    event: z.string(),
    locale: z.enum(['vi', 'en']),
    name: z.string().nullable().openapi({
      description: 'An official by name, anybody else shortened as in the message.',
    }),
    phone: z.string().nullable().openapi({ description: 'Masked.', example: '09xx xxx 678' }),
    email: z.string().nullable().openapi({ description: 'Masked.', example: 'a…@example.vn' }),
    inbox: z.boolean(),
    read_at: Instant.nullable(),
    title: z.string(),
    deliveries: z.array(Delivery),
  })
  .openapi('NotificationLogEntry');

const logRoute = createRoute({
  method: 'get',
  path: '/notifications/log',
  tags: ['notifications'],
  summary: 'What was told to whom, and what failed',
  security: NEEDS_KEY,
  request: {
    query: pageQuery({
      state: z.enum(STATES).optional(),
      way: z.enum(WAYS).optional(),
      event: z.enum(NOTICE_EVENTS as [NoticeEvent, ...NoticeEvent[]]).optional(),
      code: z.string().max(40).optional().openapi({ description: 'The code of a dossier.' }),
      from: DateInput.optional(),
      to: DateInput.optional(),
    }),
  },
  responses: { 200: jsonOf(pageOf(Entry), 'One page, newest first'), ...problemResponses() },
});

export function notificationsApi(api: Api): void {
  api.openapi(logRoute, async (c) => {
    const { page, per_page, ...filter } = c.req.valid('query');
    const { items, total } = await c.var.run((ctx) => listLog(ctx, filter, pageRange({ page, per_page })));
    return c.json({ items: items.map(entryOf), total, page, per_page }, 200);
  });
}

function entryOf(entry: LogEntry): z.input<typeof Entry> {
  const { id, at, event, locale, name, phone, email, inbox, readAt, title } = entry;
  const deliveries = entry.deliveries.map(
    ({ channel, state, attempts, error, providerId, demo, at: changed, notBefore }) => ({
      channel,
      state,
      attempts,
      error,
      provider_id: providerId,
      demo,
      changed_at: formatIso(changed),
      not_before: formatIso(notBefore),
    }),
  );
  return {
    id,
    at: formatIso(at),
    event,
    locale,
    name,
    phone,
    email,
    inbox,
    read_at: readAt && formatIso(readAt),
    title,
    deliveries,
  };
}
