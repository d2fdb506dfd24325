import { describe, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { askedBy, lastMonths, periodRange, recordsAddress } from './question.ts';

const now = new Date('2026-11-23T09:00:00+07:00');
const asked = (query: string, kinds = ['procedure', 'hamlet', 'channel']) =>
  askedBy(new URLSearchParams(query), now, kinds);

describe('the address of a page of figures', () => {
  it('asks for the last twelve months of the whole commune when it says nothing', () => {
    expect(asked('')).toEqual({
      period: 'twelve_months',
      question: { asOf: '2026-11-23', scope: 'commune', from: '2025-11-24' },
    });
  });

  it('takes period, day and part of the commune', () => {
    expect(asked('period=all&as_of=2023-06-05&scope=channel:online').question).toEqual({
      asOf: '2023-06-05',
      scope: 'channel:online',
    });
    expect(periodRange('quarter', localDate('2023-06-05'))).toEqual({
      from: '2023-04-01',
      asOf: '2023-06-05',
    });
    expect(periodRange('last_quarter', localDate('2023-06-05'))).toEqual({
      from: '2023-01-01',
      asOf: '2023-03-31',
    });
  });

  it.each([
    'as_of=2023-02-30',
    'as_of=%00',
    'period=moon',
    'scope=officer:1',
    'scope=channel:',
    'scope=channel',
    `scope=procedure:${'9'.repeat(200)}`,
  ])('takes %s as if it were not there', (query) => {
    expect(asked(query)).toEqual(asked(''));
  });

  it('of a list gives back the question that made it', () => {
    const { question } = asked('period=quarter&scope=hamlet:abc');
    const address = recordsAddress('/services/figures', 'services.dossiers.late', question, 'denominator');
    const query = new URLSearchParams(address.split('?')[1]);
    expect(askedBy(query, now, ['hamlet']).question).toEqual(question);
    expect([query.get('measure'), query.get('part')]).toEqual(['services.dossiers.late', 'denominator']);
  });

  it('goes back twelve months, this one included', () => {
    expect(lastMonths(localDate('2026-03-31'))).toEqual([
      ...Array.from({ length: 9 }, (_, at) => `2025-${String(at + 4).padStart(2, '0')}`),
      '2026-01',
      '2026-02',
      '2026-03',
    ]);
  });
});
