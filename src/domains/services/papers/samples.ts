/** One filled paper of each kind with the longest real names, for the tests. */
import type { PaperDossier, PaperHead, PaperSigner } from './head.ts';
import type { ApologyPaper, RefusalPaper, SupplementPaper } from './slips.ts';
import type { ControlPaper } from './control.ts';
import type { FeePaper } from './fee.ts';
import type { ReceiptPaper } from './receipt.ts';
import type { RegisterEntry, RegisterPaper } from './register.ts';
import type { ReportPaper } from './report.ts';
import type { ResultPaper } from './result.ts';
import type { SatisfactionPaper } from './satisfaction.ts';

const LONG_NAME = 'Công Tằng Tôn Nữ Hoàng Thị Phương Thảo Nguyên';
const SITE = 'tuctranh.thainguyen.example';
const CONTACT = { name: 'Trần Thị Hương (công chức Tư pháp – Hộ tịch)', phone: '0208 3000 000' };

export const SAMPLE_HEAD: PaperHead = {
  authority: 'UBND xã Tức Tranh',
  desk: 'Bộ phận Tiếp nhận và Trả kết quả',
  number: '0007/TNHS',
  place: 'Tức Tranh',
  issuedAt: new Date('2026-09-01T08:15:00+07:00'),
  demo: true,
};

export const SAMPLE_DOSSIER: PaperDossier = {
  code: 'H55.242-260901-0007',
  procedure: 'Cấp Giấy xác nhận tình trạng hôn nhân',
  applicant: {
    name: LONG_NAME,
    address:
      'Xóm Khe Cốc, xã Tức Tranh, tỉnh Thái Nguyên (xã Tức Tranh, huyện Phú Lương trước ngày 01/7/2025)',
    phone: '0912 000 000',
    email: null,
  },
};

const SIGNER: PaperSigner = {
  above: ['TM. Ủy ban nhân dân', 'KT. Chủ tịch'],
  title: 'Phó Chủ tịch',
  name: 'Nguyễn Thị Quỳnh Như',
};

export const SAMPLE_RECEIPT: ReceiptPaper = {
  head: SAMPLE_HEAD,
  dossier: SAMPLE_DOSSIER,
  papers: [
    { name: 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân (theo mẫu)', kind: 'bản chính', copies: 1 },
    { name: 'Trích lục ghi chú ly hôn hoặc hủy việc kết hôn', kind: 'bản sao chứng thực', copies: 1 },
  ],
  sets: 1,
  limit: '03 ngày làm việc',
  receivedAt: new Date('2026-09-01T08:15:00+07:00'),
  dueAt: new Date('2026-09-07T17:00:00+07:00'),
  returnAt: 'Bộ phận Tiếp nhận và Trả kết quả xã Tức Tranh',
  fee: { amount: 8000n, note: 'đã thu, biên lai số 0000123' },
  register: { book: '01/2026', entry: 7 },
  submitter: LONG_NAME,
  receiver: 'Trần Thị Hương',
  tracking: { url: `https://${SITE}/tra-cuu?ma=K7M2QF`, shortCode: 'K7M 2QF', site: `${SITE}/tra-cuu` },
  deskPhone: '0208 3000 000',
  copies: ['given'],
};

export const SAMPLE_SUPPLEMENT: SupplementPaper = {
  head: { ...SAMPLE_HEAD, number: '0003/HDHS' },
  dossier: SAMPLE_DOSSIER,
  items: [
    { what: 'Trích lục ghi chú ly hôn', why: 'bản đã nộp không có số và ngày cấp' },
    { what: 'Văn bản ủy quyền có chứng thực', why: null },
  ],
  reason:
    'Hồ sơ chưa đủ căn cứ xác định tình trạng hôn nhân tại thời điểm đề nghị (Điều 22 Nghị định 123/2015/NĐ-CP).',
  contact: CONTACT,
  guide: 'Trần Thị Hương',
};

export const SAMPLE_REFUSAL: RefusalPaper = {
  head: { ...SAMPLE_HEAD, number: '0001/TCHS' },
  dossier: SAMPLE_DOSSIER,
  reasons: [
    'Người yêu cầu không thường trú trên địa bàn xã và không ủy quyền hợp lệ.',
    'Tờ khai không có chữ ký.',
  ],
  legalBasis: 'Điều 21 Nghị định 123/2015/NĐ-CP',
  contact: CONTACT,
  submitter: LONG_NAME,
  receiver: 'Trần Thị Hương',
};

export const SAMPLE_APOLOGY: ApologyPaper = {
  head: { ...SAMPLE_HEAD, authority: null, desk: 'Ủy ban nhân dân xã Tức Tranh', number: '0002/PXL' },
  dossier: SAMPLE_DOSSIER,
  receivedAt: new Date('2026-09-01T08:15:00+07:00'),
  promisedAt: new Date('2026-09-07T17:00:00+07:00'),
  reason: 'phải chờ văn bản trả lời xác minh của Ủy ban nhân dân xã nơi đã cư trú trước đây.',
  newDueAt: new Date('2026-09-10T17:00:00+07:00'),
  body: 'Ủy ban nhân dân xã Tức Tranh',
  contact: CONTACT,
  signer: SIGNER,
};

export const SAMPLE_CONTROL: ControlPaper = {
  head: { ...SAMPLE_HEAD, number: null },
  dossier: SAMPLE_DOSSIER,
  handler: 'Công chức Tư pháp – Hộ tịch xã Tức Tranh',
  consulted: ['Công an xã Tức Tranh'],
  steps: [
    {
      giver: { unit: 'Bộ phận Tiếp nhận và Trả kết quả', person: 'Trần Thị Hương' },
      taker: { unit: 'Tư pháp – Hộ tịch', person: 'Hoàng Đặng Nguyệt Ánh Tuyết' },
      at: new Date('2026-09-01T10:05:00+07:00'),
      result: 'on_time',
      note: null,
    },
    {
      giver: { unit: 'Tư pháp – Hộ tịch', person: 'Hoàng Đặng Nguyệt Ánh Tuyết' },
      taker: { unit: 'Lãnh đạo Ủy ban nhân dân xã', person: 'Nguyễn Thị Quỳnh Như' },
      at: new Date('2026-09-04T15:40:00+07:00'),
      result: 'early',
      note: 'Đã xác minh tại xóm',
    },
  ],
  blankSteps: 2,
};

export const SAMPLE_FEE: FeePaper = {
  head: { ...SAMPLE_HEAD, number: '0007/PT' },
  dossier: SAMPLE_DOSSIER,
  lines: [
    { name: 'Lệ phí cấp bản sao trích lục hộ tịch', amount: 16000n, note: '02 bản' },
    { name: 'Phí chứng thực bản sao từ bản chính', amount: 7000n, note: '05 trang' },
  ],
  paidAt: new Date('2026-09-01T08:20:00+07:00'),
  method: 'tiền mặt',
  receiptNumber: '0000123',
  payer: LONG_NAME,
  cashier: 'Trần Thị Hương',
};

export const SAMPLE_SATISFACTION: SatisfactionPaper = {
  head: { ...SAMPLE_HEAD, number: null },
  procedure: SAMPLE_DOSSIER.procedure,
  questions: [
    { text: 'Thời gian giải quyết so với giấy hẹn', answers: ['Sớm hơn', 'Đúng hẹn', 'Trễ hẹn'] },
    { text: 'Số lần phải đến để bổ sung hồ sơ', answers: ['Không lần nào', '1 lần', 'Hơn 1 lần'] },
    { text: 'Số nơi phải liên hệ', answers: ['Chỉ Bộ phận Một cửa', '1 cơ quan khác', 'Nhiều hơn'] },
    { text: 'Thông tin hướng dẫn, niêm yết', answers: ['Đầy đủ, dễ hiểu', 'Chưa đủ', 'Không có'] },
    {
      text: 'Thái độ của người tiếp nhận, trả kết quả',
      answers: ['Lịch sự, tận tình', 'Bình thường', 'Chưa tốt'],
    },
    { text: 'Phí, lệ phí phải nộp', answers: ['Đúng niêm yết', 'Không rõ', 'Ngoài quy định'] },
    {
      text: 'Việc trả lời phản ánh, kiến nghị',
      answers: ['Kịp thời', 'Chậm', 'Không trả lời', 'Không có phản ánh'],
    },
  ],
  slip: { url: `https://${SITE}/danh-gia/9HWX4T3C`, shortCode: '9HWX 4T3C' },
  returnTo: 'hòm phiếu tại Bộ phận Một cửa',
};

export const SAMPLE_RESULT: ResultPaper = {
  head: { ...SAMPLE_HEAD, authority: null, desk: 'Ủy ban nhân dân xã Tức Tranh', number: '125/UBND-XNTTHN' },
  kind: 'Giấy xác nhận tình trạng hôn nhân',
  subject: null,
  grounds: [
    'Xét đề nghị của bà Công Tằng Tôn Nữ Hoàng Thị Phương Thảo Nguyên về việc cấp Giấy xác nhận tình trạng hôn nhân;',
  ],
  opening: 'Ủy ban nhân dân xã Tức Tranh xác nhận:',
  facts: [
    { label: 'Họ, chữ đệm, tên', value: LONG_NAME },
    { label: 'Ngày, tháng, năm sinh', value: '05/6/1998' },
    { label: 'Giới tính', value: 'Nữ' },
    { label: 'Dân tộc', value: 'Sán Chay' },
    { label: 'Giấy tờ tùy thân', value: 'Thẻ căn cước số 019000000000' },
    { label: 'Nơi cư trú', value: 'Xóm Khe Cốc, xã Tức Tranh, tỉnh Thái Nguyên' },
    { label: 'Tình trạng hôn nhân', value: 'Chưa đăng ký kết hôn với ai' },
  ],
  paragraphs: [
    'Giấy này được cấp để làm thủ tục kết hôn với ông Hoàng Văn Đỗ Thành Đạt, sinh năm 1996.',
    'Giấy này có giá trị sử dụng trong thời hạn 6 tháng, kể từ ngày cấp.',
  ],
  signer: SIGNER,
  recipients: ['Người yêu cầu;', 'Lưu: VT, TPHT.'],
  electronic: { signer: 'Nguyễn Thị Quỳnh Như (DEMO)', signedAt: new Date('2026-09-04T16:02:00+07:00') },
  check: {
    url: `https://${SITE}/kiem-tra/4QX7ZP2MKD8R`,
    shortCode: '4QX7 ZP2M KD8R',
    site: `${SITE}/kiem-tra`,
  },
};

/** Entries as a real year brings them: long procedures, missing addresses, dossiers still open. */
export function sampleEntries(count: number): RegisterEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    code: `H55.242-2609${String((index % 28) + 1).padStart(2, '0')}-${String(index + 1).padStart(4, '0')}`,
    procedure:
      index % 5 === 0
        ? 'Liên thông các thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi'
        : 'Chứng thực bản sao từ bản chính giấy tờ, văn bản',
    sets: 1,
    name: index % 7 === 0 ? LONG_NAME : 'Nguyễn Văn Đức',
    address: index % 3 === 0 ? null : 'Xóm Khe Cốc, xã Tức Tranh',
    phone: index % 4 === 0 ? null : '0912 000 000',
    handler: 'Tư pháp – Hộ tịch',
    receivedAt: new Date('2026-09-01T08:15:00+07:00'),
    dueAt: new Date('2026-09-07T17:00:00+07:00'),
    returnedAt: index % 6 === 0 ? null : new Date('2026-09-04T09:00:00+07:00'),
    returnedBy: index % 6 === 0 ? null : 'Trực tiếp',
    note: index % 9 === 0 ? 'Xin lỗi, hẹn lại' : null,
  }));
}

export const SAMPLE_REGISTER: RegisterPaper = {
  head: { ...SAMPLE_HEAD, number: null },
  year: 2026,
  entries: sampleEntries(30),
  signer: { above: [], title: 'Trưởng Bộ phận Tiếp nhận và Trả kết quả', name: 'Trần Thị Hương' },
};

export const SAMPLE_REPORT: ReportPaper = {
  head: { ...SAMPLE_HEAD, authority: null, desk: 'Ủy ban nhân dân xã Tức Tranh', number: '88/BC-UBND' },
  subject: 'Tình hình giải quyết thủ tục hành chính quý III năm 2026',
  addressee: 'Ủy ban nhân dân tỉnh Thái Nguyên',
  summary: [
    { label: 'hồ sơ tiếp nhận', value: '2.180' },
    { label: 'giải quyết trực tuyến', value: '99,4 %' },
    { label: 'đúng và trước hạn', value: '98,1 %' },
    { label: 'mức độ hài lòng', value: '15,2/18' },
  ],
  sections: [
    {
      title: 'Kết quả tiếp nhận, giải quyết',
      paragraphs: [
        'Trong quý, Bộ phận Tiếp nhận và Trả kết quả tiếp nhận hồ sơ của người dân ở 19 xóm; việc giải quyết không có hồ sơ nào bị khiếu nại.',
      ],
      tables: [
        {
          title: 'Biểu 1. Theo lĩnh vực',
          columns: [
            { label: 'Lĩnh vực', numeric: false },
            { label: 'Tiếp nhận', numeric: true },
            { label: 'Trực tuyến', numeric: true },
            { label: 'Trước hạn', numeric: true },
            { label: 'Đúng hạn', numeric: true },
            { label: 'Quá hạn', numeric: true },
          ],
          rows: [
            ['Hộ tịch', '820', '815', '610', '205', '5'],
            ['Chứng thực', '960', '958', '900', '60', '–'],
            ['Bảo trợ xã hội, giảm nghèo, người có công và trẻ em', '400', '396', '290', '105', '5'],
            ['Cộng', '2.180', '2.169', '1.800', '370', '10'],
          ],
          total: true,
          note: 'Dấu – là không có số liệu.',
        },
      ],
    },
    { title: 'Đề xuất, kiến nghị', paragraphs: ['Không có.'], tables: [] },
  ],
  asOf: 'Số liệu tính đến hết ngày 30/9/2026; mỗi số mở được danh sách hồ sơ tương ứng trên hệ thống.',
  recipients: ['Như trên;', 'TT. Đảng ủy, HĐND xã;', 'Lưu: VT.'],
  signer: { above: ['TM. Ủy ban nhân dân'], title: 'Chủ tịch', name: 'Lê Văn Mẫu' },
};
