/** The clock rules of facts 13, on random dossiers and calendars, against the engine. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closingTime, dueAt, workingDayAfter } from '#kernel/office-time';
import { instantAt, localDate, localDateOf } from '#kernel/time';
import {
  amount,
  at,
  calendar,
  decreed,
  dossier,
  due,
  inTheMorning,
  limited,
  minute,
  procedure,
  type Told,
  workday,
} from './clock-fixture.ts';
import type { ActionKind } from './dossier.ts';

describe('a supplement', () => {
  it('restarts the limit from zero, whatever was before', () => {
    fc.assert(
      fc.property(workday, minute, amount, fc.integer({ min: 0, max: 60 }), (day, time, days, waited) => {
        const received = instantAt(day, time);
        const complete = new Date(received.getTime() + 3_600_000 + waited * 86_400_000);
        const asked = new Date(received.getTime() + 60_000);
        const restarted = dossier(
          ['receive', received, {}],
          ['request_supplement', asked, { papers: ['card'], reason: 'mờ' }],
          ['supplement', complete, { papers: ['card'] }],
        );
        const fresh = dossier(['receive', complete, {}]);
        expect(due(restarted, limited({ amount: days }))).toEqual(due(fresh, limited({ amount: days })));
      }),
    );
  });

  it('stops the clock while it is awaited', () => {
    const asked = at('2026-03-03 09:00');
    const waiting = dossier(
      ['receive', at('2026-03-02 09:00'), {}],
      ['request_supplement', asked, { papers: ['card'], reason: 'mờ' }],
    );
    expect(due(waiting)).toEqual({ due: null, stepDue: null, stoppedAt: asked });
  });

  it('before reception leads back to the desk, and no limit runs until it receives', () => {
    const back = dossier(
      ['request_supplement', at('2026-03-02 09:00'), { papers: ['card'], reason: 'mờ' }],
      ['supplement', at('2026-03-04 09:00'), { papers: ['card'] }],
    );
    expect(back.state).toBe('registered');
    expect(due(back).due).toBeNull();
  });

  it('ends a re-appointment, but allows no second one', () => {
    const again = dossier(
      ['receive', at('2026-03-02 09:00'), {}],
      ['apologise', at('2026-03-03 09:00'), { reason: 'bận', due: '2026-03-20T10:00:00Z' }],
      ['request_supplement', at('2026-03-04 09:00'), { papers: ['card'], reason: 'mờ' }],
      ['supplement', at('2026-03-05 09:00'), { papers: ['card'] }],
    );
    expect(due(again).due).toEqual(at('2026-03-12 17:00'));
    expect(again.apologised).toBe(true);
  });
});

describe('payment and stop', () => {
  const pauses: [ActionKind, ActionKind][] = [
    ['request_payment', 'collect_fee'],
    ['stop', 'resume'],
  ];
  const data = { amount: '1', receipt: '1', reason: 'r', legal: 'l' };

  it.each(pauses)(
    '%s … %s over k working days moves the due time by exactly k working days',
    (begin, end) => {
      fc.assert(
        fc.property(
          workday,
          inTheMorning,
          fc.integer({ min: 2, max: 20 }),
          fc.integer({ min: 0, max: 15 }),
          (day, time, days, k) => {
            const received = instantAt(day, time);
            const from = instantAt(workingDayAfter(calendar, day, 1), time);
            const backOn = k === 0 ? localDateOf(from) : workingDayAfter(calendar, localDateOf(from), k);
            const until = new Date(instantAt(backOn, time).getTime() + 60_000);
            const paused = dossier(
              ['receive', received, {}],
              ['assign', received, { to: 'x' }],
              [begin, from, data] as unknown as Told,
              [end, until, data] as unknown as Told,
            );
            const before = due(dossier(['receive', received, {}]), limited({ amount: days })).due!;
            const after = due(paused, limited({ amount: days })).due!;
            const expected =
              k === 0 ? before : closingTime(calendar, workingDayAfter(calendar, localDateOf(before), k));
            expect(after).toEqual(expected);
          },
        ),
      );
    },
  );

  it('moves the date of an apology letter too', () => {
    const paused = dossier(
      ['receive', at('2026-03-02 09:00'), {}],
      ['assign', at('2026-03-02 09:00'), { to: 'x' }],
      ['stop', at('2026-03-03 08:00'), { reason: 'r', legal: 'l' }],
      ['resume', at('2026-03-04 08:00'), {}],
      ['apologise', at('2026-03-05 08:00'), { reason: 'r', due: at('2026-03-13 17:00').toISOString() }],
      ['stop', at('2026-03-06 08:00'), { reason: 'r', legal: 'l' }],
      ['resume', at('2026-03-10 08:00'), {}],
    );
    expect(due(paused).due).toEqual(at('2026-03-17 17:00'));
  });

  it('withdrawn while it waits, the clock does not stand still for ever', () => {
    const gone = dossier(
      ['receive', at('2026-03-02 09:00'), {}],
      ['stop', at('2026-03-03 08:00'), { reason: 'r', legal: 'l' }],
      ['withdraw', at('2026-03-09 08:00'), {}],
    );
    expect(due(gone).stoppedAt).toBeNull();
  });
});

describe('the 15:00 rule', () => {
  it('counts once, at reception', () => {
    fc.assert(
      fc.property(workday, fc.integer({ min: 901, max: 1439 }), amount, (day, time, days) => {
        const late = due(dossier(['receive', instantAt(day, time), {}]), limited({ amount: days })).due;
        const next = instantAt(workingDayAfter(calendar, day, 1), 480);
        expect(late).toEqual(due(dossier(['receive', next, {}]), limited({ amount: days })).due);
      }),
    );
  });

  it('does not count when the clock goes on after a pause', () => {
    const resumed = (hour: string) =>
      due(
        dossier(
          ['receive', at('2026-03-02 09:00'), {}],
          ['stop', at('2026-03-03 09:00'), { reason: 'r', legal: 'l' }],
          ['resume', at(`2026-03-05 ${hour}`), {}],
        ),
      ).due;
    expect(resumed('16:30')).toEqual(resumed('08:00'));
  });
});

describe('a day off decreed late', () => {
  it('moves the due time by that one day, where it lies in the limit', () => {
    fc.assert(
      fc.property(
        workday,
        inTheMorning,
        fc.integer({ min: 1, max: 20 }),
        fc.nat(),
        (day, time, days, pick) => {
          const given = dossier(['receive', instantAt(day, time), {}]);
          const law = limited({ amount: days });
          const before = due(given, law).due!;
          const counted = dueAt(calendar, instantAt(day, time), {
            unit: 'working_days',
            amount: days,
          }).counted;
          const off = counted[pick % counted.length]!;
          const after = due(given, law, decreed(off)).due!;
          const next = workingDayAfter(calendar, localDateOf(before), 1);
          expect(after).toEqual(closingTime(calendar, next));
        },
      ),
    );
  });

  it('moves a promised date that falls on it to the end of the next working day', () => {
    const given = dossier(
      ['receive', at('2026-03-02 09:00'), {}],
      ['apologise', at('2026-03-03 09:00'), { reason: 'bận', due: at('2026-03-13 11:00').toISOString() }],
    );
    expect(due(given).due).toEqual(at('2026-03-13 11:00'));
    expect(due(given, procedure, decreed(localDate('2026-03-13'))).due).toEqual(at('2026-03-16 17:00'));
  });
});
