import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortName, storeParams } from './params.ts';
import { plainAscii, smsLength } from './sms-text.ts';
import {
  CATALOG,
  DOTS,
  eventTemplate,
  faultsOf,
  fill,
  fillSms,
  fillTitle,
  namesIn,
  NOTICE_EVENTS,
  requiredParams,
  valuesFor,
  variablesOf,
} from './template.ts';

const dossier = eventTemplate('services.dossier.received');
const around = { locale: 'vi', origin: 'https://xa.example', commune: 'Tức Tranh' } as const;

describe('the catalogue', () => {
  it.each(NOTICE_EVENTS)('%s: declared variables, short texts that fit, both languages', (event) => {
    const template = eventTemplate(event);
    expect(faultsOf(template, template.vi)).toEqual([]);
    expect(faultsOf(template, template.en)).toEqual([]);
    expect(smsLength(template.vi.sms.replace(/[{}[\]]/g, '')).encoding).toBe('gsm7');
  });

  it('asks for the same in both languages', () => {
    for (const template of Object.values(CATALOG.events)) {
      const always = (texts: { title: string; body: string; sms: string }) =>
        [...new Set([texts.title, texts.body, texts.sms].flatMap((text) => namesIn(text, 'always')))].sort();
      expect(always(template.en)).toEqual(always(template.vi));
    }
  });
});

describe('filling', () => {
  it('leaves out what stands in brackets when a value is missing', () => {
    const values = valuesFor(dossier, { code: 'H55.242-260901-0007' }, around);
    expect(fillTitle(dossier.vi.title, values)).toBe('Hồ sơ H55.242-260901-0007 đã được tiếp nhận');
    expect(fill(dossier.vi.body, values)).not.toMatch(/[[\]{}]|undefined/);
  });

  it('writes dates, money and links as people read them', () => {
    const template = eventTemplate('services.dossier.payment_requested');
    const values = valuesFor(
      template,
      { code: 'X', amount: '350000', due: '2026-06-08T09:30:00.000Z', link: '/tra-cuu' },
      around,
    );
    expect(values).toMatchObject({
      amount: '350.000 đ',
      due: '08/06/2026 16:30',
      link: 'https://xa.example/tra-cuu',
    });
  });

  it('puts values in as they are: braces inside a value mean nothing', () => {
    expect(fill('{code} {name}', { code: '{name}', name: '[[{code}]]' })).toBe('{name} [[{code}]]');
  });

  it('keeps titles on one line', () => {
    expect(fillTitle('{title}', { title: 'a\r\nBcc: x@y.vn\u2028b' })).toBe('a Bcc: x@y.vn b');
  });

  it('keeps every short text within one message of 160 plain signs, whatever is put in', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(
        fc.constantFrom(...NOTICE_EVENTS),
        texts,
        fc.constantFrom('vi', 'en'),
        (event, text, locale) => {
          const template = eventTemplate(event);
          const declared = variablesOf(template);
          const params = Object.fromEntries(
            Object.entries(declared)
              .filter(([, { kind }]) => ['name', 'official', 'text', 'paragraph'].includes(kind))
              .map(([name]) => [name, text]),
          );
          const fixed = {
            code: 'H55.242-260901-00071'.slice(0, declared.code?.max),
            tracking_code: 'XXXX-XXXX',
            due: '2026-12-28T09:30:00Z',
            new_due: '2026-12-28T09:30:00Z',
            amount: '99999999',
            link: `/${'x'.repeat(40)}`,
            count: '120',
            minutes: '5',
          };
          const sms = fillSms(
            template,
            template[locale].sms,
            valuesFor(template, { ...fixed, ...params }, { ...around, origin: 'https://x.vn' }),
          );
          expect(smsLength(sms)).toMatchObject({ encoding: 'gsm7', parts: 1 });
          expect(sms).toMatch(/^[\x20-\x7E]*$/);
        },
      ),
      {
        numRuns: 300,
        examples: [
          ['services.dossier.filed', '`', 'vi'],
          ['services.dossier.filed', '^{}[]~|\\'.repeat(10), 'vi'],
        ],
      },
    );
  });
});

describe('the length of a short text', () => {
  it.each([
    ['a'.repeat(160), { encoding: 'gsm7', units: 160, parts: 1 }],
    ['a'.repeat(161), { encoding: 'gsm7', units: 161, parts: 2 }],
    ['€'.repeat(80), { encoding: 'gsm7', units: 160, parts: 1 }],
    ['ư'.repeat(70), { encoding: 'ucs2', units: 70, parts: 1 }],
    ['ư'.repeat(71), { encoding: 'ucs2', units: 71, parts: 2 }],
  ])('%#', (text, length) => {
    expect(smsLength(text)).toEqual(length);
  });

  it('drops accents without losing letters', () => {
    expect(plainAscii('Đặng Thị Ưng – “mới”…')).toBe('Dang Thi Ung - "moi"...');
    expect(plainAscii('a\u0302\u0301n')).toBe('an');
  });
});

describe('parameters', () => {
  it('keeps names short, in NFC, on one line', () => {
    expect(shortName('Nguyễn Thị Hồng Đào')).toBe('N.T.H. Đào');
    const stored = storeParams('services.dossier.filed', eventTemplate('services.dossier.filed'), {
      name: 'Lê\u200b Văn\r\nBi\u0300nh',
      code: 'A-1',
    });
    expect(stored.params.name).toBe('L.V. Bình');
  });

  it('keeps no secret', () => {
    const stored = storeParams('identity.code', eventTemplate('identity.code'), {
      code: '123456',
      minutes: 5,
    });
    expect(stored).toEqual({ params: { code: DOTS, minutes: '5' }, secrets: { code: '123456' } });
  });

  it.each([
    [{ code: 'A-1', whatever: 'x' }, 'is not declared'],
    [{ code: 'A-1', commune: 'x' }, 'is not declared'],
    [{ code: 'A-1', toString: 'x' }, 'is not declared'],
    [{ name: 'Bình' }, '{code} is missing'],
    [{ code: 'a b' }, 'is no code'],
    [{ code: 'A-1', link: 'https://evil.example' }, 'is no link'],
    [{ code: 'A-1', link: '//evil.example' }, 'is no link'],
    [{ code: 'A-1', due: 'tomorrow' }, 'is no datetime'],
  ])('refuses %o', (params, message) => {
    expect(() => storeParams('services.dossier.received', dossier, params as never)).toThrow(message);
  });

  it('names what is missing for every event', () => {
    for (const event of NOTICE_EVENTS) {
      for (const name of requiredParams(eventTemplate(event)))
        expect(variablesOf(eventTemplate(event))).toHaveProperty(name);
    }
  });
});
