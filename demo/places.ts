/** What the demo communes are: units, hamlets, hours, settings, announcements. Facts from public texts; the rest says DEMO. */
import type { CommuneSetUp, NewAnnouncement } from '#domain/commune';

type Setting = CommuneSetUp;

const DAY: [string, string][] = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
];
const HOURS: Setting['hours'] = [
  {
    from: '2020-01-01',
    work: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
    source: 'Giờ thường dùng của ủy ban nhân dân xã; chưa đối chiếu quyết định của tỉnh',
  },
];
const MERGER = 'Danh mục hành chính Tổng cục Thống kê; sapnhap.bando.com.vn (bản ghi 658)';
const PROVINCE = 'tỉnh Thái Nguyên';
const DISTRICT = 'huyện Phú Lương';

/**
 * Tức Tranh with its 19 hamlets. Only Khe Cốc's name is certain: the official list was looked for and not
 * found, so the others are called Mẫu 2 to Mẫu 19 and marked as names of the demo.
 */
export const TUC_TRANH: CommuneSetUp = {
  units: [
    {
      officialCode: '05641',
      name: 'xã Tức Tranh',
      district: DISTRICT,
      province: PROVINCE,
      validTo: '2025-06-30',
      successorCode: '05641',
      source: MERGER,
      verified: true,
    },
    {
      officialCode: '05641',
      name: 'xã Vô Tranh',
      province: PROVINCE,
      validFrom: '2025-07-01',
      source: MERGER,
      verified: true,
    },
  ],
  hamlets: [
    { name: 'Khe Cốc', position: 1 },
    ...Array.from({ length: 18 }, (_, at) => ({ name: `Mẫu ${at + 2}`, position: at + 2, demoName: true })),
  ],
  hours: HOURS,
  settings: {
    address: 'Trụ sở Ủy ban nhân dân xã Tức Tranh (nay là trụ sở xã Vô Tranh), tỉnh Thái Nguyên',
    phone: '0549 000 001',
    email: 'ubnd.tuctranh@xa-so.example',
    introduction:
      'Tức Tranh nằm giữa những đồi chè của Phú Lương, Thái Nguyên: 19 xóm, 1.145 ha chè, 15 xóm là làng nghề chè. Từ ngày 01/7/2025, xã cùng Cổ Lũng, Phú Đô và Vô Tranh hợp thành xã Vô Tranh, đặt trụ sở tại đây.\n\nĐây là bản chạy thử: cán bộ, số điện thoại và hồ sơ đều là dữ liệu mẫu (DEMO).',
    introductionEn:
      'Tức Tranh lies among the tea hills of Phú Lương, Thái Nguyên: 19 hamlets and 1,145 hectares of tea; 15 hamlets are tea craft villages. On 1 July 2025 it joined Cổ Lũng, Phú Đô and Vô Tranh in the commune of Vô Tranh, which has its seat here.\n\nThis is a demonstration: officials, telephone numbers and dossiers are invented (DEMO).',
  },
};

/** A small neighbour, so that isolation is real. */
export const PHU_DO: CommuneSetUp = {
  units: [
    {
      officialCode: '05635',
      name: 'xã Phú Đô',
      district: DISTRICT,
      province: PROVINCE,
      validTo: '2025-06-30',
      successorCode: '05641',
      source: MERGER,
      verified: true,
    },
    {
      officialCode: '05641',
      name: 'xã Vô Tranh',
      province: PROVINCE,
      validFrom: '2025-07-01',
      source: MERGER,
      verified: true,
    },
  ],
  hamlets: [1, 2, 3].map((at) => ({ name: `Mẫu ${at}`, position: at, demoName: true })),
  hours: HOURS,
  settings: {
    address: 'Ủy ban nhân dân xã Phú Đô (DEMO)',
    phone: '0549 000 002',
    email: 'ubnd.phudo@xa-so.example',
    introduction: 'Xã bên của bản chạy thử (DEMO): dữ liệu của hai xã không bao giờ lẫn vào nhau.',
    introductionEn: 'The neighbour in this demonstration (DEMO): the data of the two communes never mix.',
  },
};

/** What Tức Tranh announced, so many days before the first start. */
export const NEWS: readonly (NewAnnouncement & { daysAgo: number })[] = [
  {
    daysAgo: 20,
    kind: 'news',
    title: 'Nộp hồ sơ tại nhà: tổ công nghệ số đến tận xóm hướng dẫn (DEMO)',
    body: 'Mỗi xóm có một tổ công nghệ số cộng đồng. Bà con cần nộp hồ sơ trực tuyến mà chưa quen máy, xin gọi trưởng xóm hoặc đến nhà văn hoá xóm vào tối thứ Tư.\n\nTin mẫu của bản chạy thử.',
    titleEn: 'Filing from home: digital teams come to every hamlet (DEMO)',
    bodyEn:
      'Every hamlet has a community digital team. Whoever wants to file online and is not used to the telephone calls the hamlet head, or comes to the hamlet hall on Wednesday evening.\n\nA sample announcement of the demonstration.',
  },
  {
    daysAgo: 9,
    kind: 'news',
    title: 'Nhận kết quả qua bưu điện: đăng ký ngay khi nộp hồ sơ (DEMO)',
    body: 'Bà con ở xa trụ sở có thể nhận kết quả giải quyết hồ sơ qua bưu điện. Khi nộp hồ sơ, chọn cách nhận “Qua bưu chính” và ghi địa chỉ nhận.\n\nTin mẫu của bản chạy thử.',
    titleEn: 'Results by post: choose it when filing (DEMO)',
    bodyEn:
      'Whoever lives far from the office can receive results by post: choose “by post” when filing, and write the address.\n\nA sample announcement of the demonstration.',
  },
  {
    daysAgo: 2,
    kind: 'news',
    title: 'Lịch tiếp công dân của lãnh đạo xã tháng này (DEMO)',
    body: 'Lãnh đạo Ủy ban nhân dân tiếp công dân vào sáng thứ Năm hằng tuần tại trụ sở. Bà con mang theo giấy tờ liên quan; không cần hẹn trước.\n\nTin mẫu của bản chạy thử.',
    titleEn: 'When the leaders receive citizens this month (DEMO)',
    bodyEn:
      "The leaders of the People's Committee receive citizens every Thursday morning at the office. Bring your papers; no appointment is needed.\n\nA sample announcement of the demonstration.",
  },
];
