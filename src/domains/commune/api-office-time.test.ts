/**
 * Office time over HTTP against a second opinion: a table of working days crossed off by hand for 2022–2026
 * (facts 13), with limits found by position in that table. Nothing of the engine is used to answer.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi } from '#test/api';
import { system, useWorld } from '#test/world';
import { SMALL_COMMUNE } from './fixtures.ts';
import { recordSpecialDay, setUpCommune } from './index.ts';

const world = useWorld();
const api = useApi(world);

beforeAll(async () => {
  const now = new Date('2026-01-05T08:00:00+07:00');
  await world.as(system, (ctx) => setUpCommune(ctx, SMALL_COMMUNE), { now });
});

const OFF = `2022: 01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02
2023: 01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04
2024: 01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03
2025: 01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02
2026: 01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02`;
const MADE_UP = '2024-05-04 2025-04-26 2026-01-10 2026-08-22';

/** Every working day of the five years, in order, as text. */
const workingDays: string[] = (() => {
  const off = OFF.split('\n').flatMap((year) => {
    const [name, days] = year.split(': ');
    return days!.split(' ').map((day) => `${name}-${day}`);
  });
  const list: string[] = [];
  for (let ms = Date.parse('2022-01-01'); ms < Date.parse('2027-01-01'); ms += 86_400_000) {
    const text = new Date(ms).toISOString().slice(0, 10);
    const weekend = [0, 6].includes(new Date(ms).getUTCDay());
    if (weekend ? MADE_UP.includes(text) : !off.includes(text)) list.push(text);
  }
  return list;
})();

type Question = { day: string; time: string; unit: string; amount: number; cutoff: boolean };

/** The answer from the table: `YYYY-MM-DDTHH:MM`. */
function answer({ day, time, unit, amount, cutoff }: Question): string {
  const after = (date: string) => workingDays.findIndex((one) => one > date);
  const onOrAfter = (date: string) => workingDays.find((one) => one >= date)!;
  const zero = cutoff && (!workingDays.includes(day) || time > '15:00') ? workingDays[after(day)]! : day;
  const start = zero === day && !(cutoff && time < '07:30') ? time : '07:30';
  if (unit === 'working_days') return `${workingDays[after(zero) + amount - 1]}T17:00`;
  if (unit === 'calendar_days')
    return `${onOrAfter(plus(`${zero}T00:00`, amount * 1440).slice(0, 10))}T17:00`;
  if (unit === 'hours') return plus(`${zero}T${start}`, amount * 60);
  if (unit === 'same_day')
    return `${workingDays.includes(zero) && start < '17:00' ? zero : workingDays[after(zero)]}T17:00`;
  return afterOfficeMinutes(zero, start, amount * 60);
}

function plus(moment: string, minutes: number): string {
  return new Date(Date.parse(`${moment}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);
}

/** A working day has 450 minutes: 240 from 07:30, 210 from 13:30. */
function afterOfficeMinutes(day: string, time: string, minutes: number): string {
  const [hour, minute] = time.split(':').map(Number);
  const clock = hour! * 60 + minute!;
  const spent = workingDays.includes(day)
    ? Math.min(240, Math.max(0, clock - 450)) + Math.min(210, Math.max(0, clock - 810))
    : 450;
  const total =
    (workingDays.includes(day) ? workingDays.indexOf(day) : workingDays.findIndex((one) => one > day) - 1) *
      450 +
    spent +
    minutes;
  const place = Math.ceil(total / 450) - 1;
  const into = total - place * 450;
  return plus(`${workingDays[place]}T00:00`, into <= 240 ? 450 + into : 810 + into - 240);
}

const question = fc.record({
  day: fc
    .integer({ min: 0, max: 1790 })
    .map((n) => new Date(Date.parse('2022-01-01') + n * 86_400_000).toISOString().slice(0, 10)),
  time: fc.integer({ min: 0, max: 1439 }).map((n) => plus('2022-01-01T00:00', n).slice(11)),
  unit: fc.constantFrom('working_days', 'calendar_days', 'hours', 'working_hours', 'same_day'),
  amount: fc.integer({ min: 1, max: 20 }),
  cutoff: fc.boolean(),
});

async function ask({ day, time, unit, amount, cutoff }: Question) {
  const from = encodeURIComponent(`${day}T${time}:00+07:00`);
  const query = `from=${from}&unit=${unit}${unit === 'same_day' ? '' : `&amount=${amount}`}`;
  const response = await api.request(`/api/v1/office-time/due?${query}${cutoff ? '&cutoff=15:00' : ''}`);
  return { status: response.status, body: await response.json() };
}

describe('GET /office-time/due', () => {
  it('agrees with the table on 10,000 random questions of 2022–2026', async () => {
    const questions = fc.sample(question, 10_000);
    const wrong: unknown[] = [];
    await inTurns(8, questions, async (one) => {
      const { body } = await ask(one);
      if (body.due !== `${answer(one)}:00+07:00`) wrong.push({ one, due: body.due, answer: answer(one) });
    });
    expect(wrong).toEqual([]);
    expect(questions).toHaveLength(10_000);
  });

  it('says what it counted, and what it is not sure of', async () => {
    const { body } = await ask({
      day: '2024-04-26',
      time: '09:00',
      unit: 'working_days',
      amount: 3,
      cutoff: false,
    });
    expect(body).toEqual({
      from: '2024-04-26T09:00:00+07:00',
      amount: 3,
      unit: 'working_days',
      due: '2024-05-04T17:00:00+07:00',
      day_zero: '2024-04-26',
      counted: ['2024-05-02', '2024-05-03', '2024-05-04'],
      unverified_years: [],
      unverified_days: [],
    });
    const { body: unsure } = await ask({
      day: '2026-04-24',
      time: '09:00',
      unit: 'working_days',
      amount: 3,
      cutoff: false,
    });
    expect(unsure).toMatchObject({ due: '2026-05-04T17:00:00+07:00' });
    expect(unsure.unverified_days).toEqual(['2026-04-27', '2026-04-30', '2026-05-01']);
    const { body: far } = await ask({
      day: '2031-06-02',
      time: '09:00',
      unit: 'working_days',
      amount: 1,
      cutoff: false,
    });
    expect(far).toMatchObject({ due: '2031-06-03T17:00:00+07:00', unverified_years: [2031] });
  });

  it('answers in the commune that is asked', async () => {
    const fair = { date: '2026-06-02', kind: 'off', name: { vi: 'Hội', en: 'Fair' }, source: 'x' } as const;
    await world.as(system, (ctx) => recordSpecialDay(ctx, fair), { commune: world.neighbour });
    const due = async (host: string) => {
      const path = '/api/v1/office-time/due?from=2026-06-01T09:00:00%2B07:00&amount=1&unit=working_days';
      return (await (await api.request(path, { headers: { host } })).json()).due;
    };
    expect(await due('localhost')).toBe('2026-06-02T17:00:00+07:00');
    expect(await due('phu-do.localhost')).toBe('2026-06-03T17:00:00+07:00');
  });

  it.each([
    ['from', 'amount=3&unit=working_days'],
    ['from', 'from=2024-04-26T09:00:00&amount=3&unit=working_days'],
    ['from', 'from=2024-02-30T09:00:00Z&amount=3&unit=working_days'],
    ['from', 'from=0001-01-01T09:00:00Z&amount=3&unit=working_days'],
    ['from', 'from=1975-01-01T09:00:00Z&amount=3&unit=working_days'],
    ['from', 'from=9999-12-31T09:00:00Z&amount=3&unit=working_days'],
    ['from', 'from=tomorrow&amount=3&unit=working_days'],
    ['from', 'from=2024-04-26T09:00:00Z&from=2024-04-27T09:00:00Z&amount=3&unit=working_days'],
    ['amount', 'from=2024-04-26T09:00:00Z&unit=working_days'],
    ['amount', 'from=2024-04-26T09:00:00Z&amount=0&unit=working_days'],
    ['amount', 'from=2024-04-26T09:00:00Z&amount=-3&unit=working_days'],
    ['amount', 'from=2024-04-26T09:00:00Z&amount=1.5&unit=working_days'],
    ['amount', 'from=2024-04-26T09:00:00Z&amount=1e3&unit=hours'],
    ['amount', 'from=2024-04-26T09:00:00Z&amount=999999999999999999999&unit=hours'],
    ['amount', 'from=2024-04-26T09:00:00Z&amount=3661&unit=calendar_days'],
    ['amount', 'from=2024-04-26T09:00:00Z&amount=three&unit=working_days'],
    ['unit', 'from=2024-04-26T09:00:00Z&amount=3'],
    ['unit', 'from=2024-04-26T09:00:00Z&amount=3&unit=fortnights'],
    ['cutoff', 'from=2024-04-26T09:00:00Z&amount=3&unit=working_days&cutoff=25:00'],
    ['amout', 'from=2024-04-26T09:00:00Z&amount=3&unit=working_days&amout=3'],
  ])('names %s at fault in ?%s', async (field, query) => {
    const response = await api.request(`/api/v1/office-time/due?${query}`);
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = await response.json();
    expect(body).toMatchObject({ status: 422, code: 'input.invalid' });
    expect(body.errors.map((error: { path: string }) => error.path)).toEqual([field]);
    expect(body.errors[0].message).toMatch(/^\p{Lu}/u);
    expect(body.errors[0].message).not.toMatch(/\{|undefined|mã /);
  });
});

describe('GET /office-time/open and /days', () => {
  it('says how the desk stands', async () => {
    const at = async (moment: string) =>
      (await api.request(`/api/v1/office-time/open?at=${encodeURIComponent(`${moment}:00+07:00`)}`)).json();
    expect(await at('2024-04-26T08:00')).toMatchObject({
      open: true,
      closes_at: '2024-04-26T11:30:00+07:00',
      opens_at: null,
    });
    expect(await at('2024-04-26T11:30')).toMatchObject({
      open: false,
      working_day: true,
      opens_at: '2024-04-26T13:30:00+07:00',
    });
    expect(await at('2024-04-30T08:00')).toMatchObject({
      open: false,
      working_day: false,
      opens_at: '2024-05-02T07:30:00+07:00',
      special_day: { kind: 'off', date: '2024-04-30', verified: expect.any(Boolean) },
    });
    expect((await api.request('/api/v1/office-time/open?at=1800-01-01T00:00:00Z')).status).toBe(422);
    expect((await api.request('/api/v1/office-time/open')).status).toBe(200);
  });

  it('lists the days of a year with their letters', async () => {
    const body = await (await api.request('/api/v1/office-time/days?year=2024')).json();
    expect(body).toMatchObject({ year: 2024, known: true });
    expect(body.days).toHaveLength(13);
    expect(body.days.find((day: { date: string }) => day.date === '2024-05-04')).toMatchObject({
      kind: 'worked',
      weekday: 6,
      swap_for: '2024-04-29',
    });
    expect(await (await api.request('/api/v1/office-time/days?year=2099')).json()).toEqual({
      year: 2099,
      known: false,
      days: [],
    });
    for (const year of ['', '0', '99999', 'x', '2024.5'])
      expect((await api.request(`/api/v1/office-time/days?year=${year}`)).status).toBe(422);
  });
});

/** Does the work for every item, so many at a time. */
async function inTurns<T>(
  workers: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
