import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('quotes what would break a row, keeps missing empty and lets nothing be computed', () => {
  const rows = [
    { name: 'Chứng thực "bản sao", hợp đồng', value: 2, note: null },
    { name: '=1+1', value: -3, note: 'hai\ndòng' },
  ];
  expect(csvOf(rows)).toBe(
    '\uFEFFname,value,note\r\n"Chứng thực ""bản sao"", hợp đồng",2,\r\n\'=1+1,-3,"hai\ndòng"\r\n',
  );
});
