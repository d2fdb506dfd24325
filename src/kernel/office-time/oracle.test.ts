/**
 * The engine against a second opinion: a clerk with a wall calendar, who crosses off one day after another.
 * Written without the engine's helpers: strings of dates, sets, one minute or one day at a time.
 */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { formatIso } from '../format.ts';
import { dueAt, LIMIT_UNITS } from '../office-time.ts';
import type { LimitUnit } from '../office-time.ts';
import { calendar, OFF, WORKED } from './fixtures.ts';

function crossed(table: Readonly<Record<number, string>>): Set<string> {
  return new Set(
    Object.entries(table).flatMap(([year, days]) => days.split(' ').map((day) => `${day}/${year}`)),
  );
}
const off = crossed(OFF);
const worked = crossed(WORKED);

/** The wall clock in Viet Nam, kept as if it were UTC. */
type Wall = Date;

function onWall(wall: Wall): string {
  return `${wall.getUTCDate()}/${wall.getUTCMonth() + 1}/${wall.getUTCFullYear()}`;
}

function works(wall: Wall): boolean {
  if (worked.has(onWall(wall))) return true;
  return wall.getUTCDay() !== 0 && wall.getUTCDay() !== 6 && !off.has(onWall(wall));
}

function clock(wall: Wall, hour: number, minute: number): Wall {
  const copy = new Date(wall);
  copy.setUTCHours(hour, minute, 0, 0);
  return copy;
}

function tomorrow(wall: Wall): Wall {
  const copy = clock(wall, 0, 0);
  copy.setUTCDate(copy.getUTCDate() + 1);
  return copy;
}

function inOffice(wall: Wall): boolean {
  const now = wall.getUTCHours() * 100 + wall.getUTCMinutes();
  return works(wall) && ((now >= 730 && now < 1130) || (now >= 1330 && now < 1700));
}

/** Reception as the cut-off sees it: the same moment, or the opening of the next working day. */
function received(wall: Wall, cutoff: boolean): Wall {
  const late = wall.getUTCHours() * 60 + wall.getUTCMinutes() > 15 * 60;
  if (!cutoff) return wall;
  if (works(wall) && !late) return wall < clock(wall, 7, 30) ? clock(wall, 7, 30) : wall;
  let day = tomorrow(wall);
  while (!works(day)) day = tomorrow(day);
  return clock(day, 7, 30);
}

function walk(from: Wall, unit: LimitUnit, amount: number): Wall {
  let day = from;
  let left = amount;
  if (unit === 'hours') return new Date(from.getTime() + amount * 3_600_000);
  if (unit === 'working_hours') {
    for (let minutes = amount * 60; minutes > 0; day = new Date(day.getTime() + 60_000)) {
      if (inOffice(day)) minutes--;
    }
    return day;
  }
  if (unit === 'same_day') {
    while (!works(day) || day >= clock(day, 17, 0)) day = tomorrow(day);
    return clock(day, 17, 0);
  }
  while (left > 0) {
    day = tomorrow(day);
    if (unit === 'calendar_days' || works(day)) left--;
  }
  while (!works(day)) day = tomorrow(day);
  return clock(day, 17, 0);
}

const start = Date.UTC(2022, 0, 1);
const minutes = (Date.UTC(2026, 11, 1) - start) / 60_000;

test('10,000 random questions of 2022–2026', () => {
  let questions = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: minutes - 1 }),
      fc.constantFrom(...LIMIT_UNITS),
      fc.integer({ min: 1, max: 15 }),
      fc.boolean(),
      (minute, unit, amount, cutoff) => {
        questions++;
        const wall = new Date(start + minute * 60_000);
        const answer = walk(received(wall, cutoff), unit, amount);
        const from = new Date(wall.getTime() - 7 * 3_600_000);
        const due = dueAt(calendar, from, { unit, amount }, cutoff ? { cutoff: '15:00' } : {});
        expect(formatIso(due.due)).toBe(answer.toISOString().replace('.000Z', '+07:00'));
      },
    ),
    { numRuns: 10_000 },
  );
  expect(questions).toBe(10_000);
});

test('every day of four years, one to thirty working days', () => {
  const wrong: string[] = [];
  for (let wall = new Date(start + 9 * 3_600_000); wall.getUTCFullYear() < 2026; wall = tomorrow(wall)) {
    wall.setUTCHours(9);
    let day: Wall = wall;
    for (let amount = 1; amount <= 30; amount++) {
      do day = tomorrow(day);
      while (!works(day));
      const from = new Date(wall.getTime() - 7 * 3_600_000);
      const { due } = dueAt(calendar, from, { unit: 'working_days', amount });
      if (due.getTime() !== clock(day, 10, 0).getTime()) wrong.push(`${onWall(wall)} + ${amount}`);
    }
  }
  expect(wrong).toEqual([]);
});
