/** Documents of the demo's office. Invented, and said so where they could be taken for real. */
type Incoming = {
  key: string;
  daysAgo: number;
  fields: { type: string; symbol: string; sender: string; summary: string; urgency?: 'urgent' };
  handler?: string;
  direction?: string;
  dueDays?: number;
  /** Days until it was reported as done; absent: still in work, or answered by a document out. */
  doneAfter?: number;
};

const PROVINCE = 'Ủy ban nhân dân tỉnh Thái Nguyên';
const AGRICULTURE = 'Sở Nông nghiệp và Môi trường';
const CULTURE = 'Sở Văn hóa, Thể thao và Du lịch';

export const INCOMING: readonly Incoming[] = [
  {
    key: 'tea',
    daysAgo: 40,
    fields: {
      type: 'letter',
      symbol: '1412/UBND-NN (DEMO)',
      sender: PROVINCE,
      summary: 'rà soát diện tích chè VietGAP, chè hữu cơ năm nay',
    },
    handler: 'dia-chinh',
    direction: 'Phối hợp các xóm rà soát, tham mưu báo cáo.',
    dueDays: 12,
  },
  {
    key: 'digital',
    daysAgo: 33,
    fields: {
      type: 'plan',
      symbol: '86/KH-UBND (DEMO)',
      sender: PROVINCE,
      summary: 'triển khai xã nông thôn mới thông minh',
    },
    handler: 'quan-tri',
    dueDays: 15,
    doneAfter: 10,
  },
  {
    key: 'flood',
    daysAgo: 24,
    fields: {
      type: 'telegram',
      symbol: '09/CĐ-UBND (DEMO)',
      sender: PROVINCE,
      summary: 'chủ động ứng phó mưa lớn, sạt lở đất',
      urgency: 'urgent',
    },
    handler: 'quan-su',
    dueDays: 2,
    doneAfter: 1,
  },
  {
    key: 'ocop',
    daysAgo: 21,
    fields: {
      type: 'letter',
      symbol: '733/SNNMT-PTNT (DEMO)',
      sender: AGRICULTURE,
      summary: 'đăng ký sản phẩm OCOP tham gia đánh giá, phân hạng',
    },
    handler: 'dia-chinh',
    dueDays: 8,
    doneAfter: 14,
  },
  {
    key: 'budget',
    daysAgo: 16,
    fields: {
      type: 'guidance',
      symbol: '205/HD-STC (DEMO)',
      sender: 'Sở Tài chính',
      summary: 'lập dự toán ngân sách năm sau',
    },
    handler: 'tai-chinh',
    dueDays: 25,
  },
  {
    key: 'tourism',
    daysAgo: 12,
    fields: {
      type: 'letter',
      symbol: '318/SVHTTDL-DL (DEMO)',
      sender: CULTURE,
      summary: 'khảo sát điểm du lịch cộng đồng gắn với đồi chè',
    },
    handler: 'van-hoa',
    dueDays: 5,
  },
  {
    key: 'justice',
    daysAgo: 6,
    fields: {
      type: 'letter',
      symbol: '151/STP-HCTP (DEMO)',
      sender: 'Sở Tư pháp',
      summary: 'báo cáo số liệu hộ tịch, chứng thực quý',
    },
    handler: 'tu-phap-2',
    dueDays: 7,
  },
  {
    key: 'invite',
    daysAgo: 1,
    fields: {
      type: 'invitation',
      symbol: '44/GM-UBND (DEMO)',
      sender: PROVINCE,
      summary: 'dự hội nghị trực tuyến về chuyển đổi số cấp xã',
    },
  },
];

type Outgoing = {
  daysAgo: number;
  writer: string;
  answers?: string;
  until: 'draft' | 'submitted' | 'issued';
  fields: {
    type: string;
    summary: string;
    unitSign: string;
    addressees: string[];
    grounds: string[];
    body: string;
    copies: string[];
  };
};

export const OUTGOING: readonly Outgoing[] = [
  {
    daysAgo: 27,
    writer: 'dia-chinh',
    answers: 'tea',
    until: 'issued',
    fields: {
      type: 'report',
      summary: 'Kết quả rà soát diện tích chè VietGAP, chè hữu cơ',
      unitSign: 'ĐC',
      addressees: [PROVINCE],
      grounds: [],
      body: 'Thực hiện văn bản của Ủy ban nhân dân tỉnh về việc rà soát diện tích chè, Ủy ban nhân dân xã báo cáo kết quả như sau (số liệu DEMO):\nI. Kết quả rà soát\nToàn xã có 1.145 ha chè; các tổ hợp tác VietGAP và tổ hữu cơ đã cập nhật nhật ký sản xuất trên hệ thống.\nII. Kiến nghị\nĐề nghị tỉnh hỗ trợ tập huấn ghi nhật ký điện tử cho các tổ hợp tác mới thành lập.\nTrên đây là báo cáo của Ủy ban nhân dân xã./.',
      copies: ['Như trên', 'Thường trực Đảng ủy, HĐND xã', 'Lưu: VT, ĐC'],
    },
  },
  {
    daysAgo: 20,
    writer: 'van-phong',
    until: 'issued',
    fields: {
      type: 'decision',
      summary: 'Về việc kiện toàn Tổ công nghệ số cộng đồng các xóm',
      unitSign: 'VP',
      addressees: [],
      grounds: [
        'Căn cứ Luật Tổ chức chính quyền địa phương;',
        'Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;',
        'Theo đề nghị của Công chức Văn phòng – Thống kê.',
      ],
      body: 'Điều 1. Kiện toàn Tổ công nghệ số cộng đồng tại 19 xóm (danh sách kèm theo, dữ liệu DEMO).\nĐiều 2. Các Tổ công nghệ số cộng đồng có nhiệm vụ hướng dẫn bà con sử dụng dịch vụ công trực tuyến, thanh toán không dùng tiền mặt và các ứng dụng số.\nĐiều 3. Quyết định này có hiệu lực kể từ ngày ký. Văn phòng, các xóm và những người có tên tại Điều 1 chịu trách nhiệm thi hành./.',
      copies: ['Như Điều 3', 'Lưu: VT'],
    },
  },
  {
    daysAgo: 5,
    writer: 'van-hoa',
    until: 'submitted',
    fields: {
      type: 'letter',
      summary: 'cung cấp thông tin điểm du lịch cộng đồng gắn với đồi chè',
      unitSign: 'VHXH',
      addressees: [CULTURE],
      grounds: [],
      body: 'Ủy ban nhân dân xã cung cấp thông tin các điểm du lịch cộng đồng trên địa bàn như sau (dữ liệu DEMO).\nXóm Khe Cốc có đồi chè, nhà văn hóa có wifi và chỗ đón khách theo đoàn.\nĐề nghị quý Sở quan tâm, hướng dẫn./.',
      copies: ['Như trên', 'Lưu: VT, VHXH'],
    },
  },
  {
    daysAgo: 2,
    writer: 'tai-chinh',
    until: 'draft',
    fields: {
      type: 'submission',
      summary: 'Về dự toán thu, chi ngân sách xã năm sau',
      unitSign: 'TC',
      addressees: ['Hội đồng nhân dân xã'],
      grounds: ['Căn cứ Luật Ngân sách nhà nước;'],
      body: 'Ủy ban nhân dân xã trình Hội đồng nhân dân xã xem xét dự toán (bản thảo DEMO).',
      copies: ['Như trên', 'Lưu: VT, TC'],
    },
  },
];
