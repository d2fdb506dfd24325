/** What every column of the open data means. */

type Entry = { part: string; column: string; unit: string | null; vi: string; en: string };
type Meaning = readonly [column: string, unit: string | null, vi: string, en: string];

const AS_OF: Meaning = ['as_of', 'YYYY-MM-DD', 'Tính đến hết ngày', 'As of the end of this day'];
const STATUS: Meaning = [
  'status',
  null,
  'Tình trạng: reached đạt, not_reached chưa đạt, unknown chưa rõ, not_applicable không áp dụng',
  'How it stands: reached, not_reached, unknown, not_applicable',
];

const INDICATORS: readonly Meaning[] = [
  AS_OF,
  ['theme', null, 'Mã nhóm chuyên đề', 'Code of the theme'],
  ['objective', null, 'Mã mục tiêu', 'Code of the objective'],
  ['indicator', null, 'Mã chỉ tiêu', 'Code of the indicator'],
  ['text_vi', null, 'Nội dung chỉ tiêu', 'The indicator in Vietnamese'],
  ['text_en', null, 'Nội dung bằng tiếng Anh', 'The indicator in English'],
  [
    'kind',
    null,
    'Loại: bool có/không, share tỷ lệ, count số lượng, document văn bản',
    'Kind: bool, share, count or document',
  ],
  ['unit', null, 'Đơn vị của giá trị và ngưỡng', 'Unit of value and threshold'],
  ['operator', null, 'So giá trị với ngưỡng: >=, <= hoặc =', 'How the value is compared: >=, <= or ='],
  [
    'threshold',
    'unit',
    'Ngưỡng phải đạt; có/không và văn bản: 1',
    'What is asked; 1 for yes and for documents',
  ],
  [
    'value',
    'unit',
    'Giá trị của ngày; để trống khi chưa có',
    'The value of the day; empty where there is none',
  ],
  ['numerator', null, 'Tử số, khi là tỷ lệ đếm được', 'Numerator of a counted share'],
  ['denominator', null, 'Mẫu số, khi là tỷ lệ đếm được', 'Denominator of a counted share'],
  [
    'value_from',
    null,
    'live: tính từ sổ của xã; typed: nhập tay có minh chứng; none: chưa có',
    'live: computed from records; typed: entered with evidence; none',
  ],
  ['evidence_on', 'YYYY-MM-DD', 'Ngày của minh chứng khi nhập tay', 'Day of the evidence of a typed value'],
  [
    'left_out',
    null,
    'Vì sao để trống: small_group nhóm dưới 5, for_officials chỉ cán bộ xem',
    'Why it is left out: small_group under five, for_officials',
  ],
  STATUS,
  ['waiting_for_signature', '0/1', 'Đủ số, chưa có người ký', 'The number is met and nobody signed yet'],
  ['verified', '0/1', 'Lời văn đã đối chiếu văn bản', 'The wording was compared with the official text'],
  ['source', null, 'Nguồn của chỉ tiêu', 'Where the indicator comes from'],
];

const HAMLETS: readonly Meaning[] = [
  AS_OF,
  ['set', null, 'Bộ tiêu chí cấp xóm', 'The set for hamlets'],
  ['hamlet', null, 'Mã xóm', 'Code of the hamlet'],
  ['name', null, 'Tên xóm', 'Name of the hamlet'],
  ['demo_name', '0/1', 'Tên xóm là tên mẫu', 'The name is invented for the demo'],
  STATUS,
  ['indicators_reached', null, 'Số chỉ tiêu đạt', 'Indicators reached'],
  ['indicators', null, 'Tổng số chỉ tiêu', 'Indicators in all'],
];

const PILOTS: readonly Meaning[] = [
  ['pilot', null, 'Mã mô hình thí điểm', 'Code of the pilot model'],
  ['title_vi', null, 'Tên mô hình', 'Name in Vietnamese'],
  ['title_en', null, 'Tên bằng tiếng Anh', 'Name in English'],
  ['budget_state', 'VND', 'Kinh phí từ ngân sách', 'Budget of the state'],
  ['budget_other', 'VND', 'Kinh phí từ nguồn khác', 'Budget from others'],
  ['lifts', null, 'Các chỉ tiêu được nâng, cách nhau một dấu cách', 'Indicators that it is to lift'],
  ['source', null, 'Nguồn của số liệu', 'Where the figures come from'],
];

const entries = (part: string, meanings: readonly Meaning[]): Entry[] =>
  meanings.map(([column, unit, vi, en]) => ({ part, column, unit, vi, en }));

export const DICTIONARY: readonly Entry[] = [
  ...entries('indicators', INDICATORS),
  ...entries('hamlets', HAMLETS),
  ...entries('pilots', PILOTS),
];
