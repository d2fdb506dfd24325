/** Tasks, calendar and publications of the demo's office. Invented, and said so where they could be taken for real. */
import type { EntryInput, PublicationInput } from '#domain/office';

type Task = {
  daysAgo: number;
  giver: string;
  assignee: string;
  with?: string[];
  title: string;
  detail?: string;
  dueDays: number;
  document?: string;
  progress?: number;
  doneAfter?: number;
  closed?: boolean;
};

/** The head of the hamlet whose name is certain: the one hamlet official with a sign-in. */
const HEAD = 'truong-xom-khe-coc';

export const TASKS: readonly Task[] = [
  {
    daysAgo: 38,
    giver: 'chu-tich',
    assignee: 'dia-chinh',
    with: ['van-phong'],
    title: 'Đối chiếu diện tích chè của 19 xóm',
    document: 'tea',
    dueDays: 8,
    progress: 50,
    doneAfter: 7,
    closed: true,
  },
  {
    daysAgo: 30,
    giver: 'chu-tich',
    assignee: 'quan-tri',
    with: ['van-phong', 'van-hoa'],
    title: 'Lập kế hoạch tập huấn Tổ công nghệ số cộng đồng',
    document: 'digital',
    dueDays: 10,
    progress: 60,
    doneAfter: 9,
    closed: true,
  },
  {
    daysAgo: 22,
    giver: 'pho-chu-tich',
    assignee: 'dia-chinh',
    title: 'Hướng dẫn 7 chủ thể hoàn thiện hồ sơ OCOP',
    document: 'ocop',
    dueDays: 6,
    progress: 70,
    doneAfter: 15,
    closed: true,
  },
  {
    daysAgo: 12,
    giver: 'chu-tich',
    assignee: 'van-hoa',
    title: 'Khảo sát điểm đón khách ở xóm Khe Cốc',
    document: 'tourism',
    dueDays: 5,
    progress: 40,
  },
  {
    daysAgo: 9,
    giver: 'chu-tich',
    assignee: 'van-phong',
    with: ['quan-tri'],
    title: 'Số hóa sổ đăng ký văn bản các năm trước',
    detail: 'Quét và lập mục lục sổ văn bản đến, đi từ năm 2015.',
    dueDays: 30,
    progress: 20,
  },
  {
    daysAgo: 5,
    giver: 'pho-chu-tich',
    assignee: 'tu-phap-2',
    title: 'Chuẩn bị số liệu hộ tịch quý cho Sở Tư pháp',
    document: 'justice',
    dueDays: 5,
    progress: 80,
    doneAfter: 3,
  },
  {
    daysAgo: 2,
    giver: 'chu-tich',
    assignee: 'mot-cua-1',
    title: 'Rà soát hồ sơ sắp đến hạn của Bộ phận Một cửa',
    dueDays: 4,
  },
  {
    daysAgo: 1,
    giver: 'chu-tich',
    assignee: 'cong-an-1',
    with: ['quan-su'],
    title: 'Phương án bảo đảm an ninh ngày hội chè',
    dueDays: 7,
  },
  {
    daysAgo: 3,
    giver: 'pho-chu-tich',
    assignee: HEAD,
    title: 'Rà soát hộ có nhu cầu vay vốn trồng lại chè trong xóm (DEMO)',
    dueDays: 6,
    progress: 30,
  },
];

type Entry = Pick<EntryInput, 'from' | 'to' | 'title' | 'place' | 'others' | 'preparation' | 'public'> & {
  /** 1 = Monday. */
  on: number;
  chair: string;
  officials: string[];
};

export const ENTRIES: readonly Entry[] = [
  {
    on: 1,
    from: '07:45',
    to: '09:00',
    title: 'Hội ý lãnh đạo, giao ban đầu tuần',
    place: 'Phòng họp tầng 2',
    chair: 'chu-tich',
    officials: ['pho-chu-tich', 'pho-chu-tich-2', 'van-phong'],
    others: 'Trưởng các bộ phận',
    preparation: 'Văn phòng: danh sách việc quá hạn',
  },
  {
    on: 2,
    from: '08:00',
    to: '11:00',
    title: 'Kiểm tra vùng chè hữu cơ',
    public: true,
    place: 'Xóm Khe Cốc',
    chair: 'pho-chu-tich',
    officials: ['dia-chinh'],
    others: 'Hợp tác xã, tổ hợp tác',
  },
  {
    on: 3,
    from: '14:00',
    to: '16:00',
    title: 'Tập huấn Tổ công nghệ số cộng đồng (DEMO)',
    public: true,
    place: 'Hội trường Ủy ban nhân dân xã',
    chair: 'pho-chu-tich-2',
    officials: ['quan-tri', 'van-hoa'],
    others: '19 tổ trưởng tổ công nghệ số',
  },
  {
    on: 4,
    from: '07:30',
    to: '11:30',
    title: 'Tiếp công dân định kỳ của Chủ tịch',
    public: true,
    place: 'Phòng tiếp công dân',
    chair: 'chu-tich',
    officials: ['van-phong', 'tu-phap-1'],
  },
  {
    on: 5,
    from: '15:00',
    to: '16:30',
    title: 'Đánh giá tiến độ nhiệm vụ trong tuần',
    place: 'Phòng họp tầng 2',
    chair: 'pho-chu-tich',
    officials: ['van-phong', 'mot-cua-1', 'tai-chinh'],
  },
];

type PlannedPublication = Pick<PublicationInput, 'item' | 'title' | 'channels'> & {
  decidedAgo: number;
  /** Null: still to be published. */
  fromAgo: number | null;
  /** How long it was to be seen; 0: still. */
  days: number;
};

const USUAL = ['board', 'website', 'loudspeaker'];

export const PUBLICATIONS: readonly PlannedPublication[] = [
  ['plan', 'Kế hoạch phát triển kinh tế – xã hội trong năm', 300, 298, 0],
  ['budget', 'Dự toán ngân sách xã đã được Hội đồng nhân dân quyết định', 290, 287, 45],
  ['budget', 'Tình hình thực hiện dự toán ngân sách quý gần nhất', 12, null, 0],
  ['projects', 'Danh mục công trình đường xóm, kênh mương đầu tư trong năm', 200, 196, 60],
  ['conduct', 'Quy chế thực hiện dân chủ, quy tắc ứng xử của cán bộ, công chức', 280, 276, 0],
  ['funds', 'Kết quả vận động và sử dụng Quỹ Vì người nghèo', 90, 87, 35],
  ['support', 'Danh sách hộ được hỗ trợ giống chè theo chương trình mục tiêu', 60, 57, 40],
  ['military', 'Danh sách công dân đủ điều kiện sơ tuyển nghĩa vụ quân sự', 45, 42, 31],
  ['consultation', 'Lấy ý kiến về quy ước xóm và kết quả tiếp thu', 40, 31, 30],
  ['fees', 'Mức thu phí, lệ phí tại Bộ phận Một cửa', 250, 248, 0],
  ['procedures', 'Danh mục thủ tục hành chính cấp xã', 250, 247, 0],
  ['inspection', 'Kết quả giải quyết kiến nghị của Ban Thanh tra nhân dân', 3, null, 0],
].map(([item, title, decidedAgo, fromAgo, days]) => ({
  item: item as string,
  title: `${title as string} (DEMO)`,
  channels: USUAL,
  decidedAgo: decidedAgo as number,
  fromAgo: fromAgo as number | null,
  days: days as number,
}));
