/** Office time over HTTP: when a limit ends, whether the office is open, which days are not as their weekday says. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { Day, Instant, InstantInput, jsonOf, OPTIONAL_KEY, problemResponses, wholeNumber } from '#kernel/api';
import type { Ctx } from '#kernel/context';
import { AppError, isAppError } from '#kernel/errors';
import { formatIso } from '#kernel/format';
import type { ApiEnv } from '#kernel/manifest';
import { dueAt, LIMIT_UNITS, type CalendarDay, type LimitUnit } from '#kernel/office-time';
import { Mark } from '#kernel/source';
import { weekday } from '#kernel/time';
import { listSpecialDays, officeCalendar } from './office-calendar.ts';
import { officeNow } from './office-now.ts';

const SpecialDay = z
  .object({
    date: Day,
    weekday: z.int().openapi({ description: '1 Monday … 7 Sunday' }),
    kind: z.enum(['off', 'worked']),
    name: z.object({ vi: z.string(), en: z.string() }),
    source: z.string(),
    mark: Mark,
    verified: z.boolean().openapi({ description: 'Compared with the official text.' }),
    decreed_on: Day.nullable(),
    swap_for: Day.nullable(),
  })
  .openapi('SpecialDay');

const Due = z
  .object({
    from: Instant,
    amount: z.int().nullable(),
    unit: z.enum(LIMIT_UNITS),
    due: Instant,
    day_zero: Day.openapi({ description: 'The day of reception, which does not count.' }),
    counted: z.array(Day).openapi({ description: 'The days that were counted.' }),
    unverified_years: z
      .array(z.int())
      .openapi({ description: 'Years touched whose days off are not known: weekends only.' }),
    unverified_days: z.array(Day).openapi({
      description: 'Days off and worked days touched that were not checked against their letter.',
    }),
  })
  .openapi('Due');

const Open = z
  .object({
    at: Instant,
    open: z.boolean().openapi({ description: 'The desk receives people.' }),
    working_day: z.boolean(),
    closes_at: Instant.nullable(),
    opens_at: Instant.nullable(),
    special_day: SpecialDay.nullable(),
  })
  .openapi('Open');

const about = { tags: ['office-time'], security: OPTIONAL_KEY };

const dueRoute = createRoute({
  ...about,
  method: 'get',
  path: '/office-time/due',
  summary: 'When a limit that begins with reception ends',
  description:
    'Day 0 is the day of reception. With `cutoff`, what is received later than that time or on a day off begins on the next working day (NĐ 61/2018 art. 18). `amount` is left out for `same_day`.',
  request: {
    query: z.strictObject({
      from: InstantInput,
      unit: z.enum(LIMIT_UNITS),
      amount: wholeNumber(1, 3660).optional(),
      cutoff: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'commune.hours.bad_time')
        .optional()
        .openapi({ example: '15:00' }),
    }),
  },
  responses: { 200: jsonOf(Due, 'When it ends, and the days that were counted'), ...problemResponses() },
});

const openRoute = createRoute({
  ...about,
  method: 'get',
  path: '/office-time/open',
  summary: 'Whether the desk is open at a moment, and when it closes or opens next',
  request: { query: z.strictObject({ at: InstantInput.optional() }) },
  responses: { 200: jsonOf(Open, 'How the office stands'), ...problemResponses() },
});

const daysRoute = createRoute({
  ...about,
  method: 'get',
  path: '/office-time/days',
  summary: 'Days off besides weekends, and weekend days that are worked, with their letters',
  request: { query: z.strictObject({ year: wholeNumber(1976, 2399) }) },
  responses: {
    200: jsonOf(
      z.object({ year: z.int(), known: z.boolean(), days: z.array(SpecialDay) }),
      'The days of the year; `known` is false where none is entered',
    ),
    ...problemResponses(),
  },
});

/** Adds the routes of office time to the API. */
export function officeTimeApi(api: OpenAPIHono<ApiEnv>): void {
  api.openapi(dueRoute, async (c) => {
    const { from, unit, amount, cutoff } = c.req.valid('query');
    return c.json(await c.var.run((ctx) => due(ctx, from, { unit, amount, cutoff })), 200);
  });
  api.openapi(openRoute, async (c) => {
    const { at } = c.req.valid('query');
    return c.json(await c.var.run((ctx) => open(ctx, at ?? ctx.now)), 200);
  });
  api.openapi(daysRoute, async (c) => {
    const { year } = c.req.valid('query');
    const days = await c.var.run((ctx) => listSpecialDays(ctx, year));
    const known = days.some((day) => day.kind === 'off');
    return c.json({ year, known, days: days.map(dayView) }, 200);
  });
}

type Question = { unit: LimitUnit; amount: number | undefined; cutoff: string | undefined };

async function due(ctx: Ctx, from: Date, { unit, amount, cutoff }: Question): Promise<z.infer<typeof Due>> {
  const counts = unit !== 'same_day';
  if (counts && amount === undefined) throw wrong('amount', 'input.missing');
  const calendar = await officeCalendar(ctx);
  const answer = named('from', () => dueAt(calendar, from, { unit, amount }, { cutoff }));
  return {
    from: formatIso(from),
    amount: counts ? amount! : null,
    unit,
    due: formatIso(answer.due),
    day_zero: answer.dayZero,
    counted: [...answer.counted],
    unverified_years: [...answer.unverifiedYears],
    unverified_days: [...answer.unverifiedDays],
  };
}

async function open(ctx: Ctx, at: Date): Promise<z.infer<typeof Open>> {
  const calendar = await officeCalendar(ctx);
  const now = named('at', () => officeNow(calendar, at));
  return {
    at: formatIso(at),
    open: now.open,
    working_day: now.workingDay,
    closes_at: now.closesAt && formatIso(now.closesAt),
    opens_at: now.opensAt && formatIso(now.opensAt),
    special_day: now.special && dayView(now.special),
  };
}

/** The schema has checked everything but the range of the instant: what the engine refuses is that field. */
function named<T>(field: string, ask: () => T): T {
  try {
    return ask();
  } catch (thrown) {
    throw isAppError(thrown) ? wrong(field, thrown.code, thrown.params) : thrown;
  }
}

function wrong(field: string, code: string, params = {}): AppError {
  return new AppError('input.invalid', 422, params, { [field]: code });
}

function dayView(day: CalendarDay): z.infer<typeof SpecialDay> {
  return {
    date: day.date,
    weekday: weekday(day.date),
    kind: day.kind,
    name: day.name,
    source: day.source,
    mark: day.mark,
    verified: day.verified,
    decreed_on: day.decreedOn ?? null,
    swap_for: day.swapFor ?? null,
  };
}
