import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refsOf } from '#kernel/forms/condition-definition';
import { fieldsOf } from '#kernel/forms/flatten';
import { sampleAnswers } from '#kernel/forms/sample';
import { summary } from '#kernel/forms/summary';
import { validateAll } from '#kernel/forms/validate';
import { visiblePages } from '#kernel/forms/visibility';
import { localDate } from '#kernel/time';
import { findForm, loadCatalog } from './catalog.ts';
import { parseFormFile, parseProcedureFile, printFile } from './exchange.ts';
import { procedureAt } from './procedure-history.ts';
import { formWithPapers, papersNeeded } from './procedure-papers.ts';
import { searchProcedures } from './search-procedures.ts';

const catalog = loadCatalog();
const TODAY = localDate('2026-11-23');
const CONTEXT = { today: TODAY, hamlets: ['khe-coc', 'tan-thai'] };
const current = catalog.procedures.map((file) => file.versions.at(-1)!);
const forms = catalog.forms.flatMap((file) => file.versions);

describe('the catalogue', () => {
  test('holds the commune’s procedures and their complete forms', () => {
    expect(catalog.procedures.length).toBeGreaterThanOrEqual(28);
    expect(catalog.forms.map((file) => file.id)).toEqual(
      expect.arrayContaining([
        'birth-registration',
        'death-registration',
        'marriage-registration',
        'marital-status',
        'civil-status-extract',
        'certified-copy',
        'residence-change',
        'household-business',
        'general',
      ]),
    );
  });

  test('reads and writes every file to the same again', () => {
    for (const file of catalog.procedures) expect(parseProcedureFile(printFile(file))).toEqual(file);
    for (const file of catalog.forms) expect(parseFormFile(printFile(file))).toEqual(file);
  });

  test('refuses a file that is not as it must be, and says where', () => {
    const file = structuredClone(catalog.procedures[0]!);
    file.versions[0]!.steps[0]!.share = 99;
    expect(() => parseProcedureFile(printFile(file))).toThrow('services.procedure.file_invalid');
    expect(() => parseProcedureFile('{"code":')).toThrow('services.procedure.file_invalid');
    expect(() => parseFormFile('[]')).toThrow('services.procedure.file_invalid');
  });

  test('calls nothing verified that rests on a guess, and gives no fee that it does not know', () => {
    for (const version of current) {
      const sure = version.fee.source.mark !== 'NF';
      expect([version.code, sure || version.fee.rule === null]).toEqual([version.code, true]);
      expect([version.code, version.verified]).toEqual([version.code, false]);
    }
  });

  test('has one version a day from each procedure’s beginning on, without gaps, in the layer of that day', () => {
    const days = [
      '2022-01-01',
      '2023-02-04',
      '2023-02-05',
      '2025-06-30',
      '2025-07-01',
      '2026-06-30',
      '2026-07-01',
    ];
    for (const { versions } of catalog.procedures) {
      for (const day of days.filter((one) => one >= versions[0]!.validFrom)) {
        const layer = day < '2025-07-01' ? 'L1' : day < '2026-07-01' ? 'L2' : 'L3';
        expect(procedureAt(versions, day)?.layer).toBe(layer);
      }
    }
  });

  test('keeps the rules of their time: decrees of the one-stop desk, and who registers a household business', () => {
    const at = (code: string, day: string) =>
      procedureAt(catalog.procedures.find((file) => file.code === code)!.versions, day);
    const decrees = (day: string) =>
      at('1.001193', day)
        ?.legalBasis.map((one) => one.text)
        .join(' ') ?? '';
    expect(decrees('2023-06-05')).toContain('61/2018');
    expect(decrees('2025-08-01')).toContain('118/2025');
    expect(decrees('2025-08-01')).not.toContain('61/2018');
    expect(decrees('2026-08-01')).toContain('224/2026');
    expect(at('1.001612', '2023-06-05')).toBeUndefined();
    expect(at('1.004222', '2023-01-10')?.fee.rule).toBeNull();
    expect(at('1.004222', '2023-06-05')?.fee.rule).toEqual({
      kind: 'fixed',
      amount: { counter: 20000, online: 10000 },
    });
    expect(at('1.001193', '2023-06-05')?.receivedFromAnywhere).toBe(false);
    expect(at('1.001193', '2025-08-01')?.receivedFromAnywhere).toBe(true);
  });
});

describe('search', () => {
  test.each(
    current.flatMap((one) => [one.name.vi, one.name.en, ...one.synonyms].map((words) => [words, one.code])),
  )('“%s” finds %s first', (words, code) => {
    expect(searchProcedures(current, words)[0]?.procedure.code).toBe(code);
  });

  test.each([
    ['lam giay khai sinh', '1.001193'],
    ['sinh khai giay', '1.001193'],
    ['kai sinh', '1.001193'],
    ['em muốn làm giấy khai sinh cho cháu thì cần gì ạ', '1.001193'],
    ['giay chung tu', '1.000656'],
    ['sao y cong chung', '2.000815'],
    ['nhap ho khau', '1.004222'],
    ['doc than', '1.004873'],
    ['mo cua hang ban che', '1.001612'],
    ['2.000815', '2.000815'],
    ['2000815', '2.000815'],
    ['2.000986', '3.000722'],
  ])('“%s” finds %s first', (words, code) => {
    expect(searchProcedures(current, words)[0]?.procedure.code).toBe(code);
  });

  test('finds nothing for nothing, and never throws', () => {
    expect(searchProcedures(current, '')).toEqual([]);
    expect(searchProcedures(current, 'xyzzyplugh')).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (query) => {
        const hits = searchProcedures(current, query);
        expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).toSorted((a, b) => b - a));
      }),
      { numRuns: 50 },
    );
  });
});

describe('every form', () => {
  const numbers = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }));

  test.each(forms.map((form) => [form.id, form] as const))(
    '%s can be filled within its rules',
    (_id, form) => {
      fc.assert(
        fc.property(numbers, fc.constantFrom(0, 0.5, 1), (stream, share) => {
          const values = sampleAnswers(form, CONTEXT, () => stream.next().value ?? 0, share);
          expect(validateAll(form, values, CONTEXT)).toEqual({ values, errors: {} });
        }),
        { numRuns: 60 },
      );
    },
  );

  test.each(forms.map((form) => [form.id, form] as const))(
    '%s asks the deciding question on an earlier page',
    (_id, form) => {
      const pageOf = new Map(fieldsOf(form).map((field) => [field.key, field.pageId]));
      for (const field of fieldsOf(form)) {
        const deciding = field.when.flatMap(refsOf).map((ref) => pageOf.get(ref));
        expect([field.key, deciding.includes(field.pageId)]).toEqual([field.key, false]);
      }
    },
  );

  test('ends with the declaration and tells its answers in both languages', () => {
    for (const form of forms) {
      const values = sampleAnswers(form, CONTEXT, () => 0.3, 1);
      expect(visiblePages(form, values, TODAY).at(-1)?.id).toBe('declaration');
      for (const locale of ['vi', 'en'] as const) {
        const rows = summary(form, values, locale, { today: TODAY }).flatMap((section) => section.rows);
        expect(
          rows.filter((row) => row.label === '' || (Object.hasOwn(values, row.key) && row.text === '')),
        ).toEqual([]);
      }
    }
  });

  test('marks what identifies a person as personal data', () => {
    const fields = forms.flatMap((form) => fieldsOf(form));
    const open = fields.filter((field) => ['national_id', 'phone'].includes(field.kind) && !field.personal);
    expect(open.map((field) => field.key)).toEqual(['business_phone']);
  });
});

describe('papers', () => {
  const birth = current.find((one) => one.code === '1.001193')!;
  const needs = (values: Record<string, string | boolean>) =>
    Object.fromEntries(papersNeeded(birth, values, TODAY).map(({ paper, need }) => [paper.code, need]));

  test('are needed by the answers', () => {
    expect(needs({ birth_place_kind: 'facility', mother_known: true, parents_married: true })).toMatchObject({
      birth_note: 'yes',
      birth_witness: 'no',
      abandoned_record: 'no',
      marriage_certificate: 'yes',
      authorisation: 'perhaps',
    });
    expect(needs({ birth_place_kind: 'home', mother_known: false })).toMatchObject({
      birth_note: 'no',
      birth_witness: 'yes',
      abandoned_record: 'yes',
    });
  });

  test('are attached on a page of their own before the declaration; online what is handed in must be', () => {
    for (const version of current) {
      const form = findForm(catalog.forms, version.form)!;
      const online = formWithPapers(form, version, 'online');
      expect(online.pages.at(-1)?.id).toBe('declaration');
      const counter = formWithPapers(form, version, 'counter');
      expect(fieldsOf(counter).filter((field) => field.kind === 'attachment' && field.required)).toEqual([]);
    }
    const form = formWithPapers(findForm(catalog.forms, birth.form)!, birth, 'online');
    const required = fieldsOf(form).filter((field) => field.kind === 'attachment' && field.required);
    expect(required.map((field) => field.key)).toEqual([
      'papers.birth_note',
      'papers.birth_witness',
      'papers.abandoned_record',
    ]);
  });
});
