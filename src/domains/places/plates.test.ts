import { afterAll, expect, it } from 'vitest';
import { renderPdf } from '#kernel/documents/render.server';
import { closeThreads } from '#kernel/threads/pool.server';
import { localDate } from '#kernel/time';
import { platesPaper } from './plates.ts';

afterAll(closeThreads);

it('plates come ten on a page, each with its own QR, whatever a number holds', async () => {
  const hamletId = 'h';
  const addresses = Array.from({ length: 11 }, (_, at) => ({
    id: String(at),
    code: `23FHJKM${at % 8 === 0 ? 'X' : '3'}`,
    hamletId,
    number: at === 0 ? '12/3-A' : String(at),
    lat: 21.72,
    lng: 105.77,
    locationCode: '7PH7PQCC+W4',
    shown: true,
    issuedOn: localDate('2024-01-01'),
    endedOn: null,
    demo: true,
  }));
  const paper = platesPaper(addresses, {
    commune: 'xã Vô Tranh',
    hamlets: new Map([[hamletId, 'Khe Cốc #"*']]),
    origin: 'http://localhost:3000',
    title: 'Biển số nhà',
    scan: 'Quét để tìm đường',
    issuedAt: new Date('2024-01-01T00:00:00Z'),
  });
  expect(paper.codes!['plate0']).toBe('http://localhost:3000/dia-chi/23FH-JKMX');
  const pdf = Buffer.from(await renderPdf(paper));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
});
