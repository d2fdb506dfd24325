import { describe, expect, test } from 'vitest';
import { CONTEXT, MEMBERSHIP } from './fixtures.ts';
import { sampleAnswers } from './sample.ts';
import { validateAll } from './validate.ts';

/** Numbers in a fixed order, the same for every run. */
function counting(): () => number {
  let turn = 0;
  return () => (turn = (turn * 5 + 3) % 16) / 16;
}

describe('sample answers', () => {
  const facts = { 'applicant.full_name': 'Hoàng Thị Đào', 'applicant.birth_date': '1990-06-05' };

  test('say of the applicant what is known, even where it may stay empty, and are taken by the form', () => {
    const values = sampleAnswers(MEMBERSHIP, CONTEXT, counting(), 0, {
      ...facts,
      'applicant.phone': '0912345678',
    });
    expect(values).toMatchObject({
      'member.full_name': 'Hoàng Thị Đào',
      'member.birth_date': '1990-06-05',
      'member.phone': '0912345678',
    });
    expect(validateAll(MEMBERSHIP, values, CONTEXT).errors).toEqual({});
  });

  test('leave out a fact that the form would refuse', () => {
    const values = sampleAnswers(MEMBERSHIP, CONTEXT, counting(), 1, {
      ...facts,
      'applicant.birth_date': '2999-01-01',
    });
    expect(values['member.birth_date']).not.toBe('2999-01-01');
    expect(validateAll(MEMBERSHIP, values, CONTEXT).errors).toEqual({});
  });
});
