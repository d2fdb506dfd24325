import { render } from 'svelte/server';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import vi from '../../kernel/messages/vi.json' with { type: 'json' };
import en from '../../kernel/messages/en.json' with { type: 'json' };
import { fieldsOf } from '#kernel/forms/flatten';
import { sampleAnswers } from '#kernel/forms/sample';
import { readPage } from '#kernel/forms/validate';
import { FIELD_ERROR_CODES, type FormValues, type RawRecord } from '#kernel/forms/values';
import { visiblePages } from '#kernel/forms/visibility';
import { localDate } from '#kernel/time';
import FormPage from '#ui/form/FormPage.svelte';
import type { FieldView, PageView } from '#ui/form/view.ts';
import { findForm, loadCatalog } from './catalog.ts';
import { fieldErrorWords, pageView, reviewView } from './form-view.ts';
import { formWithPapers } from './procedure-papers.ts';

const TODAY = localDate('2026-11-23');
const HAMLETS = [
  { id: 'khe-coc', name: 'Khe Cốc' },
  { id: 'tan-thai', name: 'Tân Thái' },
];
const CONTEXT = { today: TODAY, hamlets: HAMLETS.map((one) => one.id) };
const catalog = loadCatalog();
const forms = catalog.forms.flatMap((file) => file.versions);
const birth = findForm(catalog.forms, { id: 'birth-registration', version: 1 })!;

function view(
  page: string,
  values: FormValues,
  more: Partial<Parameters<typeof pageView>[3]> = {},
): PageView {
  return pageView(birth, page, values, { locale: 'vi', today: TODAY, hamlets: HAMLETS, ...more })!;
}

/** What a browser would send from the page as it was drawn. */
function posted(page: PageView): RawRecord {
  const raw: Record<string, string | string[]> = { [page.shown.name]: page.shown.keys };
  for (const field of page.sections.flatMap((section) => section.fields)) {
    const sent = sentBy(field);
    if (sent.length > 0) raw[field.name] = sent.length === 1 ? sent[0]! : sent;
  }
  return raw;
}

function sentBy(field: FieldView): string[] {
  switch (field.kind) {
    case 'one':
    case 'several':
      return field.options.filter((option) => option.checked).map((option) => option.value);
    case 'list':
      return [field.options.find((option) => option.checked)?.value ?? ''];
    case 'agree':
      return field.checked ? ['yes'] : [];
    case 'files':
      return [];
    default:
      return [field.value];
  }
}

describe('a page as it is drawn', () => {
  const numbers = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }));

  test('sent back untouched, in either language, changes no answer of any form', () => {
    fc.assert(
      fc.property(fc.constantFrom(...forms), numbers, fc.constantFrom('vi', 'en'), (form, stream, locale) => {
        const values = sampleAnswers(form, CONTEXT, () => stream.next().value ?? 0, 0.6);
        for (const page of visiblePages(form, values, TODAY)) {
          const drawn = pageView(form, page.id, values, { locale, today: TODAY, hamlets: HAMLETS })!;
          const read = readPage(form, page.id, posted(drawn), values, CONTEXT);
          expect(read).toEqual({ values, errors: {}, revealed: [] });
        }
      }),
      { numRuns: 60 },
    );
  });

  test('comes back with what was typed, right or wrong, and leads to each error', () => {
    const raw = {
      'child.full_name': 'A1',
      'child.birth_date': '31/02/2024',
      _shown: ['child.full_name', 'child.birth_date'],
    };
    const { errors, values } = readPage(birth, 'child', raw, {}, CONTEXT);
    const page = view('child', values, { raw, errors });
    const byName = new Map(
      page.sections.flatMap((section) => section.fields).map((field) => [field.name, field]),
    );
    expect(byName.get('child.full_name')).toMatchObject({
      value: 'A1',
      error: vi.error_forms_bad_person_name,
    });
    expect(byName.get('child.birth_date')).toMatchObject({ value: '31/02/2024', type: 'text' });
    expect(page.errors[0]).toEqual({
      href: '#f-child-full_name',
      label: `Họ, chữ đệm, tên: ${vi.error_forms_bad_person_name}`,
    });
  });

  test('says what is optional, what was filled in, and takes the limits of dates', () => {
    const page = view('applicant', {}, { prefilled: ['applicant.full_name'] });
    const fields = page.sections.flatMap((section) => section.fields);
    const find = (name: string) => fields.find((field) => field.name === name);
    expect(find('applicant.full_name')).toMatchObject({
      note: vi.forms_prefilled,
      autocomplete: 'name',
      optional: undefined,
    });
    expect(find('applicant.other_id')?.optional).toBe(vi.forms_optional);
    expect(find('applicant.residence.hamlet')).toMatchObject({ kind: 'list', none: vi.forms_no_hamlet });
    expect(find('applicant.phone')).toMatchObject({ type: 'tel', inputmode: 'tel', autocomplete: 'tel' });
  });

  test('is plain HTML: labels, help and errors tied to their inputs, no script, no style', () => {
    const raw = { _shown: ['birth_place_kind'], 'child.full_name': '<script>alert(1)</script>' };
    const { errors } = readPage(birth, 'situation', raw, {}, CONTEXT);
    const html = render(FormPage, {
      props: { page: view('situation', {}, { raw, errors }), words: { next: 'Tiếp tục', later: 'Lưu' } },
    }).body;
    expect(html).toContain('method="post"');
    expect(html).toMatch(/<fieldset[^>]*aria-describedby="f-birth_place_kind-error"/);
    expect(html).toMatch(/<input[^>]*id="f-birth_place_kind"[^>]*type="radio"/);
    expect(html).toMatch(/<label for="f-birth_place_kind"/);
    expect(html).toContain('href="#f-birth_place_kind"');
    expect(html).toContain('name="_shown" value="mother_known"');
    expect(html).not.toMatch(/<script|style="/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('keeps typed text as text', () => {
    const html = render(FormPage, {
      props: {
        page: view('child', {}, { raw: { 'child.full_name': '"><script>alert(1)</script>' } }),
        words: { next: 'Tiếp tục' },
      },
    }).body;
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script>');
  });

  test('attaches papers with their rules and a button to take each out', () => {
    const procedure = catalog.procedures.find((file) => file.code === '1.001193')!.versions.at(-1)!;
    const form = formWithPapers(birth, procedure, 'online');
    const page = pageView(
      form,
      'attachments',
      { birth_place_kind: 'facility' },
      {
        locale: 'vi',
        today: TODAY,
        hamlets: HAMLETS,
        files: new Map([['papers.birth_note', [{ id: 'f1', name: 'chung-sinh.jpg', size: '1,2 MB' }]]]),
      },
    )!;
    const html = render(FormPage, { props: { page, words: { next: 'Tiếp tục' } } }).body;
    expect(html).toContain('enctype="multipart/form-data"');
    expect(html).toContain('value="papers.birth_note/f1"');
    expect(html).toContain('accept="application/pdf,image/jpeg,image/png"');
    expect(html).toContain('10 MB');
    // Enter must never take out a file: the first button of the form goes on.
    expect(html.indexOf('value="next"')).toBeLessThan(html.indexOf('name="remove"'));
  });
});

describe('words', () => {
  test('stand ready in both languages for every error of an answer', () => {
    for (const code of FIELD_ERROR_CODES) {
      const key = `error_forms_${code}`;
      expect([key, typeof Reflect.get(vi, key), typeof Reflect.get(en, key)]).toEqual([
        key,
        'string',
        'string',
      ]);
      const params = { min: 2, max: 1000, limit: '2023-06-05' };
      expect(fieldErrorWords({ code, params }, 'vi')).not.toMatch(/undefined|\{/);
    }
    expect(fieldErrorWords({ code: 'date_too_late', params: { limit: '2023-06-05' } }, 'vi')).toContain(
      '05/06/2023',
    );
    expect(fieldErrorWords({ code: 'too_long', params: { max: 1000 } }, 'vi')).toContain('1.000');
  });

  test('of the review lead back to each part', () => {
    const values = sampleAnswers(birth, CONTEXT, () => 0.4, 1);
    const review = reviewView(birth, values, 'vi', { today: TODAY }, (page) => `/ho-so/${page}`);
    expect(review[0]).toMatchObject({ title: 'Người yêu cầu', change: { href: '/ho-so/applicant' } });
    expect(review.flatMap((section) => section.rows)).toHaveLength(
      fieldsOf(birth).filter((field) => Object.hasOwn(values, field.key)).length,
    );
  });
});
