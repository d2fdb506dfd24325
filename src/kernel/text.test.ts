import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLine, cleanText, foldText, lengthOf, words } from './text.ts';

test('folds every Vietnamese letter to its plain one', () => {
  expect(foldText('Nguyễn Thị  Đào')).toBe('nguyen thi dao');
  expect(foldText('ÀÁẢÃẠ ĂẰẮẲẴẶ ÂẦẤẨẪẬ')).toBe('aaaaa aaaaaa aaaaaa');
  expect(foldText('ÈÉẺẼẸ ÊỀẾỂỄỆ ÌÍỈĨỊ')).toBe('eeeee eeeeee iiiii');
  expect(foldText('ÒÓỎÕỌ ÔỒỐỔỖỘ ƠỜỚỞỠỢ')).toBe('ooooo oooooo oooooo');
  expect(foldText('ÙÚỦŨỤ ƯỪỨỬỮỰ ỲÝỶỸỴ Đ')).toBe('uuuuu uuuuuu yyyyy d');
});

test('the same name typed on different keyboards folds and cleans alike', () => {
  const composed = 'Trần Quốc Tuấn';
  const decomposed = composed.normalize('NFD');
  expect(decomposed).not.toBe(composed);
  expect(cleanLine(decomposed)).toBe(composed);
  expect(foldText(decomposed)).toBe(foldText(composed));
  expect(foldText('Ðinh')).toBe('dinh'); // U+00D0, the Icelandic look-alike
});

test('words are folded and free of punctuation', () => {
  expect(words(' Hoàng, Thị-Đặng (xóm Quyết Thắng)')).toEqual([
    'hoang',
    'thi',
    'dang',
    'xom',
    'quyet',
    'thang',
  ]);
  expect(words('H55.242-260901-0007')).toEqual(['h55', '242', '260901', '0007']);
  expect(words(' … ')).toEqual([]);
});

test('a line loses what cannot be seen', () => {
  expect(cleanLine('  Lê\u200B Văn\u00A0\u2003A\t\n')).toBe('Lê Văn A');
  expect(cleanLine('abc\u202Efdp.exe\u2066\u2069')).toBe('abcfdp.exe');
  expect(cleanLine('a\u0000b\u0007c\uD800')).toBe('abc\uFFFD');
  expect(cleanLine('x\u{E0041}y')).toBe('xy');
  expect(cleanLine(`e${'\u0301'.repeat(50)}`)).toBe('é\u0301\u0301\u0301');
});

test('a text keeps its lines and at most one empty line between them', () => {
  expect(cleanText('\r\n dòng 1  \r\n\u2028\n\n\n dòng\t2 \n\n')).toBe('dòng 1\n\ndòng 2');
});

test('length counts characters, not storage units', () => {
  expect(lengthOf('xã')).toBe(2);
  expect(lengthOf('🍃')).toBe(1);
});

test('a mark that stands on a space leaves no space behind', () => {
  expect(foldText('Khe \u0301 Cốc \u1056')).toBe('khe coc');
});

test('cleaning and folding twice changes nothing, and nothing unseen survives', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (input) => {
      const line = cleanLine(input);
      const text = cleanText(input);
      const folded = foldText(input);
      expect(cleanLine(line)).toBe(line);
      expect(cleanText(text)).toBe(text);
      expect(foldText(folded)).toBe(folded);
      expect(line).toBe(line.normalize('NFC').trim());
      expect(line).not.toMatch(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2066-\u2069]/u);
      expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      expect(foldText(line)).toBe(folded);
    }),
    { numRuns: 2000 },
  );
});
