/** Small communes for tests. */
import type { CommuneSetUp } from './set-up.actions.ts';

const WEEKDAY: [string, string][] = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
];

/** Monday to Friday, the usual hours. */
export const USUAL_WEEK = { 1: WEEKDAY, 2: WEEKDAY, 3: WEEKDAY, 4: WEEKDAY, 5: WEEKDAY };

/** A commune with two hamlets, set up as `setUpCommune` wants it. */
export const SMALL_COMMUNE: CommuneSetUp = {
  units: [
    {
      officialCode: '05641',
      name: 'xã Tức Tranh',
      district: 'huyện Phú Lương',
      province: 'tỉnh Thái Nguyên',
      validTo: '2025-06-30',
      successorCode: '05641',
      source: 'test',
    },
    {
      officialCode: '05641',
      name: 'xã Vô Tranh',
      province: 'tỉnh Thái Nguyên',
      validFrom: '2025-07-01',
      source: 'test',
    },
  ],
  hamlets: [{ name: 'Khe Cốc' }, { name: 'Đập Tràn' }],
  hours: [{ from: '2020-01-01', work: USUAL_WEEK, source: 'test' }],
  settings: { address: 'Xóm Khe Cốc', phone: '0208 3822 115' },
};
