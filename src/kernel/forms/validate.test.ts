import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTEXT, MEMBERSHIP, TODAY, anyRecord, junk } from './fixtures.ts';
import { fieldsOf } from './flatten.ts';
import { readAnswer } from './read-answer.ts';
import { sampleAnswers } from './sample.ts';
import { readPage, validateAll } from './validate.ts';
import type { FormValues } from './values.ts';
import { dropHidden, isRequired, visibleFields, visiblePages } from './visibility.ts';

const KEYS = fieldsOf(MEMBERSHIP).map((field) => field.key);

/** Answers that the form takes, from a seed; half of the properties spoil them afterwards. */
const filled = fc
  .tuple(
    fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([stream, share]) => sampleAnswers(MEMBERSHIP, CONTEXT, () => stream.next().value ?? 0, share));

const spoiled = fc
  .tuple(filled, anyRecord(KEYS))
  .map(([good, bad]): Record<string, unknown> => ({ ...good, ...bad }));

describe('validated answers', () => {
  test('arbitrary junk never throws and never leaves a value that the form would not take', () => {
    fc.assert(
      fc.property(spoiled, (record) => {
        const { values } = validateAll(MEMBERSHIP, record, CONTEXT);
        for (const [key, value] of Object.entries(values)) {
          const field = fieldsOf(MEMBERSHIP).find((one) => one.key === key);
          expect(field && readAnswer(field, value, values, CONTEXT)).toEqual({ value });
        }
      }),
    );
  });

  test('no answer to a hidden question survives, whatever was sent', () => {
    fc.assert(
      fc.property(spoiled, (record) => {
        const { values } = validateAll(MEMBERSHIP, record, CONTEXT);
        expect(dropHidden(MEMBERSHIP, values, TODAY)).toEqual(values);
        expect(values['level'] === 'master' || !Object.hasOwn(values, 'prize')).toBe(true);
        expect(values['titled'] === true || !Object.hasOwn(values, 'title_name')).toBe(true);
        const children = typeof values['children'] === 'number' ? values['children'] : 0;
        expect(Object.keys(values).filter((key) => Number(key.split('.')[1]) > children)).toEqual([]);
      }),
    );
  });

  test('every shown and required question is answered or has an error', () => {
    fc.assert(
      fc.property(spoiled, (record) => {
        const { values, errors } = validateAll(MEMBERSHIP, record, CONTEXT);
        for (const field of visibleFields(MEMBERSHIP, values, TODAY).fields) {
          const fine = Object.hasOwn(values, field.key) || Object.hasOwn(errors, field.key);
          expect(fine || !isRequired(field, values, TODAY)).toBe(true);
        }
      }),
    );
  });

  test('validating what was validated changes nothing', () => {
    fc.assert(
      fc.property(spoiled, (record) => {
        const once = validateAll(MEMBERSHIP, record, CONTEXT);
        const twice = validateAll(MEMBERSHIP, once.values, CONTEXT);
        expect(twice.values).toEqual(once.values);
        expect(Object.keys(once.errors)).toEqual(expect.arrayContaining(Object.keys(twice.errors)));
      }),
    );
  });

  test('what was filled within the rules has no error and comes out as it went in, through JSON too', () => {
    fc.assert(
      fc.property(filled, (values) => {
        expect(validateAll(MEMBERSHIP, values, CONTEXT)).toEqual({ values, errors: {} });
        expect(
          validateAll(MEMBERSHIP, JSON.parse(JSON.stringify(values)) as FormValues, CONTEXT).values,
        ).toEqual(values);
      }),
    );
  });

  test('no key of the outside reaches a prototype', () => {
    const hostile = JSON.parse(
      '{"__proto__": {"level": "master", "polluted": true}, "constructor": "x"}',
    ) as FormValues;
    const { values, errors } = validateAll(MEMBERSHIP, hostile, CONTEXT);
    expect(values).toEqual({});
    expect(errors['level']?.code).toBe('required');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const inherited = Object.create({ level: 'master' }) as FormValues;
    expect(validateAll(MEMBERSHIP, inherited, CONTEXT).values).toEqual({});
  });
});

describe('a posted page', () => {
  const raw = (level: string) => ({
    'member.full_name': '  Hoàng  Thị Đào ',
    'member.birth_date': '5/6/1990',
    'member.residence.hamlet': 'khe-coc',
    'member.phone': '+84 912 345 678',
    level,
  });

  test('is read, cleaned and merged with the other pages', () => {
    const read = readPage(MEMBERSHIP, 'member', raw('beginner'), { children: 2 }, CONTEXT);
    expect(read).toEqual({
      values: {
        'member.full_name': 'Hoàng Thị Đào',
        'member.birth_date': '1990-06-05',
        'member.residence.hamlet': 'khe-coc',
        'member.phone': '0912345678',
        level: 'beginner',
        children: 2,
      },
      errors: {},
      revealed: [],
    });
  });

  test('cannot answer for another page, nor bring in somebody else’s files', () => {
    const sneaky = { ...raw('master'), agree: 'yes', prize: '5' };
    expect(readPage(MEMBERSHIP, 'member', sneaky, {}, CONTEXT).values).not.toHaveProperty('agree');
    const files = readPage(MEMBERSHIP, 'family', { photo: ['stolen'] }, { photo: ['mine'] }, CONTEXT);
    expect(files.values['photo']).toEqual(['mine']);
  });

  test('changing the deciding answer drops what is not asked any more', () => {
    const before = { level: 'master', since: '2010-01-01', titled: false };
    expect(readPage(MEMBERSHIP, 'member', raw('beginner'), before, CONTEXT).values).not.toHaveProperty(
      'since',
    );
    expect(readPage(MEMBERSHIP, 'member', raw('master'), before, CONTEXT).values).toMatchObject(before);
  });

  test('asks a question that its own answers reveal before it misses the answer', () => {
    const before = { 'member.birth_date': '1990-06-05', level: 'master' };
    const first = { since: '2010-01-01', titled: 'yes', _shown: ['since', 'prize', 'titled'] };
    const read = readPage(MEMBERSHIP, 'master', first, before, CONTEXT);
    expect(read.revealed).toEqual(['title_name']);
    expect(read.errors).toEqual({});
    const second = { ...first, title_name: '', _shown: [...first._shown, 'title_name'] };
    expect(readPage(MEMBERSHIP, 'master', second, before, CONTEXT).errors).toEqual({
      title_name: { code: 'required', params: {} },
    });
  });

  test('never throws on any post, with any answers before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('member', 'master', 'family', 'nowhere'),
        anyRecord(KEYS),
        filled,
        fc.dictionary(fc.constantFrom(...KEYS), junk),
        (page, posted, good, bad) => {
          const read = readPage(MEMBERSHIP, page, posted, { ...good, ...bad } as FormValues, CONTEXT);
          expect(dropHidden(MEMBERSHIP, read.values, TODAY)).toEqual(read.values);
        },
      ),
    );
  });
});

describe('what is asked', () => {
  test('follows the answers', () => {
    const pages = (values: FormValues) => visiblePages(MEMBERSHIP, values, TODAY).map((page) => page.id);
    expect(pages({})).toEqual(['member', 'family']);
    expect(pages({ level: 'master' })).toEqual(['member', 'master', 'family']);
  });

  test('takes into account the age on the day, and leaves open years open', () => {
    const asked = (born: string) =>
      visibleFields(MEMBERSHIP, { 'member.birth_date': born }, TODAY).fields.some(
        (field) => field.key === 'guardian',
      );
    expect(asked('2008-11-24')).toBe(true);
    expect(asked('2008-11-23')).toBe(false);
    expect(asked('2009')).toBe(true);
    expect(asked('2008')).toBe(false);
  });
});
