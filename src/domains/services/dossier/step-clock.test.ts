/** When each step is due, and what an extension adds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAt } from '#kernel/office-time';
import { instantAt } from '#kernel/time';
import type { TimeLimit } from '../procedure.ts';
import {
  amount,
  at,
  calendar,
  dossier,
  due,
  limited,
  minute,
  procedure,
  type Told,
  workday,
} from './clock-fixture.ts';

describe('steps', () => {
  it('are due in order, never after the dossier, the last one with it', () => {
    const shares = fc
      .integer({ min: 0, max: 60 })
      .chain((first) =>
        fc.integer({ min: 0, max: 100 - first }).map((second) => [first, second, 100 - first - second]),
      );
    const unit = fc.constantFrom<TimeLimit['unit']>(
      'working_days',
      'calendar_days',
      'working_hours',
      'hours',
      'same_day',
    );
    fc.assert(
      fc.property(workday, minute, amount, unit, shares, (day, time, days, one, parts) => {
        const received = instantAt(day, time);
        const law = {
          ...limited({ amount: one === 'same_day' ? 0 : days, unit: one }),
          steps: procedure.steps.map((step, index) => ({ ...step, share: parts[index]! })),
        };
        const atStep = (step: number) => ({ ...dossier(['receive', received, {}]), step });
        const times = [0, 1, 2].map((step) => due(atStep(step), law));
        const ends = times.map(({ stepDue }) => stepDue!.getTime());
        expect(ends).toEqual(ends.toSorted((a, b) => a - b));
        expect(times[2]!.stepDue).toEqual(times[2]!.due);
      }),
    );
  });

  it('take whole days without an error of arithmetic', () => {
    const law = {
      ...limited({ amount: 20 }),
      steps: procedure.steps.map((step, index) => ({ ...step, share: [55, 25, 20][index]! })),
    };
    const received = at('2026-03-02 09:00');
    const eleven = dueAt(calendar, received, { unit: 'working_days', amount: 11 }).due;
    expect(due(dossier(['receive', received, {}]), law).stepDue).toEqual(eleven);
  });
});

describe('an extension', () => {
  const longer = (unit: TimeLimit['unit'], days: number): TimeLimit['extendedBy'] => ({
    amount: days,
    unit,
    when: { vi: 'xác minh', en: 'verification' },
    source: procedure.timeLimit!.source,
  });
  const extended = (...more: Told[]) =>
    dossier(
      ['receive', at('2026-03-02 09:00'), {}],
      ['extend', at('2026-03-02 10:00'), { reason: 'xác minh' }],
      ...more,
    );

  it('of the same unit adds up', () => {
    fc.assert(
      fc.property(amount, amount, (days, more) => {
        const law = limited({ amount: days, extendedBy: longer('working_days', more) });
        const sum = { unit: 'working_days', amount: days + more } as const;
        expect(due(extended(), law).due).toEqual(dueAt(calendar, at('2026-03-02 09:00'), sum).due);
      }),
    );
  });

  it('of another unit begins where the limit ends, and its own pauses move it', () => {
    const law = limited({ unit: 'same_day', amount: 0, extendedBy: longer('working_days', 3) });
    expect(due(extended(), law).due).toEqual(at('2026-03-05 17:00'));
    const paused = extended(
      ['stop', at('2026-03-03 09:00'), { reason: 'r', legal: 'l' }],
      ['resume', at('2026-03-05 09:00'), {}],
    );
    expect(due(paused, law).due).toEqual(at('2026-03-09 17:00'));
  });

  it('that the law does not know changes nothing', () => {
    const law = limited({ extendedBy: null });
    expect(due(extended(), law).due).toEqual(due(dossier(['receive', at('2026-03-02 09:00'), {}]), law).due);
  });
});
