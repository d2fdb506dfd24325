/** Every measure of this room; criteria, dashboards and reports use these only. */
import type { Measure } from '#kernel/measures';
import { incomePerPerson } from './income-measure.ts';
import { craftHamlets, groupsBy, producersOf, validCertificates } from './lines.ts';
import { stockMeasure } from './stock-measure.ts';

export const MEASURES: readonly Measure[] = [
  stockMeasure({
    name: 'producers.cooperatives',
    title: { vi: 'Hợp tác xã', en: 'Cooperatives' },
    meaning: {
      vi: 'Số hợp tác xã đang hoạt động trong ngày, theo sổ cơ sở sản xuất của xã.',
      en: 'Cooperatives at work on the day, by the register of producers.',
    },
    of: producersOf('cooperative'),
  }),
  stockMeasure({
    name: 'producers.groups_vietgap',
    title: { vi: 'Tổ hợp tác VietGAP', en: 'VietGAP groups' },
    meaning: {
      vi: 'Số tổ hợp tác đang sản xuất theo VietGAP (TCVN 11892-1) trong ngày.',
      en: 'Cooperative groups that work by VietGAP (TCVN 11892-1) on the day.',
    },
    of: groupsBy('vietgap'),
  }),
  stockMeasure({
    name: 'producers.groups_organic',
    title: { vi: 'Tổ hợp tác hữu cơ', en: 'Organic groups' },
    meaning: {
      vi: 'Số tổ hợp tác đang sản xuất theo tiêu chuẩn hữu cơ (TCVN 11041) trong ngày.',
      en: 'Cooperative groups that work by the organic standard (TCVN 11041) on the day.',
    },
    of: groupsBy('organic'),
  }),
  stockMeasure({
    name: 'producers.household_businesses',
    title: { vi: 'Hộ kinh doanh', en: 'Household businesses' },
    meaning: {
      vi: 'Số hộ kinh doanh đang hoạt động trong ngày, theo sổ của xã.',
      en: 'Household businesses at work on the day, by the register.',
    },
    of: producersOf('household_business'),
  }),
  stockMeasure({
    name: 'producers.craft_hamlets',
    title: { vi: 'Xóm làng nghề', en: 'Craft hamlets' },
    meaning: {
      vi: 'Số xóm có quyết định công nhận làng nghề còn hiệu lực trong ngày; mỗi xóm tính một lần.',
      en: 'Hamlets with a recognition as a craft village in force on the day; each counted once.',
    },
    of: craftHamlets,
  }),
  stockMeasure({
    name: 'producers.certificates_valid',
    title: { vi: 'Giấy chứng nhận còn hiệu lực', en: 'Certificates in force' },
    meaning: {
      vi: 'Số giấy chứng nhận (VietGAP, hữu cơ, OCOP, HACCP …) còn hiệu lực trong ngày của cơ sở đang hoạt động; giấy phép không tính.',
      en: 'Certificates (VietGAP, organic, OCOP, HACCP …) in force on the day, of producers at work; licences are not counted.',
    },
    of: validCertificates,
  }),
  incomePerPerson,
];
