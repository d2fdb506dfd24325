/** The invented officials of the demo communes, by post. */
import type { OfficialUnit } from '#domain/registry';
import type { Role } from '#kernel/rights';

export type Post = {
  /** How the rest of the demo asks for this official; also the front of the demo e-mail address. */
  key: string;
  name: string;
  post: string;
  postEn: string;
  unit: OfficialUnit;
  roles: readonly Role[];
};

/** Officials of Tức Tranh, in the order of the directory. Names are invented. */
export const TUC_TRANH_POSTS: readonly Post[] = [
  {
    key: 'chu-tich',
    name: 'Hoàng Đức Mẫn',
    post: 'Chủ tịch Ủy ban nhân dân',
    postEn: "Chairman of the People's Committee",
    unit: 'leaders',
    roles: ['leader'],
  },
  {
    key: 'pho-chu-tich',
    name: 'Nông Thị Thanh Tâm',
    post: 'Phó Chủ tịch Ủy ban nhân dân',
    postEn: "Vice-chair of the People's Committee",
    unit: 'leaders',
    roles: ['leader'],
  },
  {
    key: 'pho-chu-tich-2',
    name: 'Lương Quang Vịnh',
    post: 'Phó Chủ tịch Ủy ban nhân dân',
    postEn: "Vice-chair of the People's Committee",
    unit: 'leaders',
    roles: ['leader'],
  },
  {
    key: 'mot-cua-1',
    name: 'Dương Thu Hiền',
    post: 'Công chức Bộ phận Một cửa',
    postEn: 'One-stop desk officer',
    unit: 'one_stop',
    roles: ['clerk'],
  },
  {
    key: 'mot-cua-2',
    name: 'Ma Văn Thuận',
    post: 'Công chức Bộ phận Một cửa',
    postEn: 'One-stop desk officer',
    unit: 'one_stop',
    roles: ['clerk'],
  },
  {
    key: 'mot-cua-3',
    name: 'Triệu Ngọc Diệp',
    post: 'Công chức Bộ phận Một cửa',
    postEn: 'One-stop desk officer',
    unit: 'one_stop',
    roles: ['clerk'],
  },
  {
    key: 'van-phong',
    name: 'Lục Minh Quân',
    post: 'Công chức Văn phòng – Thống kê',
    postEn: 'Office and statistics officer',
    unit: 'office',
    roles: ['specialist'],
  },
  {
    key: 'quan-tri',
    name: 'Vũ Công Nghị',
    post: 'Phụ trách công nghệ thông tin',
    postEn: 'Information technology officer',
    unit: 'office',
    roles: ['admin'],
  },
  {
    key: 'giam-sat',
    name: 'Bùi Thị Kim Chi',
    post: 'Thanh tra nhân dân',
    postEn: "People's inspection",
    unit: 'office',
    roles: ['auditor'],
  },
  {
    key: 'tu-phap-1',
    name: 'Đặng Thị Thuý Nga',
    post: 'Công chức Tư pháp – Hộ tịch',
    postEn: 'Justice and civil status officer',
    unit: 'justice',
    roles: ['specialist'],
  },
  {
    key: 'tu-phap-2',
    name: 'Trần Hữu Lập',
    post: 'Công chức Tư pháp – Hộ tịch',
    postEn: 'Justice and civil status officer',
    unit: 'justice',
    roles: ['specialist'],
  },
  {
    key: 'dia-chinh',
    name: 'Phạm Xuân Điền',
    post: 'Công chức Địa chính – Nông nghiệp – Môi trường',
    postEn: 'Land, agriculture and environment officer',
    unit: 'land',
    roles: ['specialist'],
  },
  {
    key: 'tai-chinh',
    name: 'Đỗ Thị Bích Ngân',
    post: 'Công chức Tài chính – Kế toán',
    postEn: 'Finance officer',
    unit: 'finance',
    roles: ['specialist'],
  },
  {
    key: 'van-hoa',
    name: 'Lý Thị Hoài An',
    post: 'Công chức Văn hoá – Xã hội',
    postEn: 'Culture and social affairs officer',
    unit: 'culture',
    roles: ['specialist'],
  },
  {
    key: 'cong-an-1',
    name: 'Trương Đình Khang',
    post: 'Trưởng Công an xã',
    postEn: 'Head of the commune police',
    unit: 'police',
    roles: ['police'],
  },
  {
    key: 'cong-an-2',
    name: 'Lê Văn Trực',
    post: 'Công an xã, phụ trách cư trú',
    postEn: 'Police officer for residence',
    unit: 'police',
    roles: ['police'],
  },
  {
    key: 'quan-su',
    name: 'Tô Hữu Cường',
    post: 'Chỉ huy trưởng Ban Chỉ huy Quân sự',
    postEn: 'Military commander',
    unit: 'military',
    roles: ['specialist'],
  },
];

/** Officials of the neighbour. Names are invented. */
export const PHU_DO_POSTS: readonly Post[] = [
  {
    key: 'chu-tich',
    name: 'Nguyễn Hữu Phác',
    post: 'Chủ tịch Ủy ban nhân dân',
    postEn: "Chairman of the People's Committee",
    unit: 'leaders',
    roles: ['leader'],
  },
  {
    key: 'mot-cua-1',
    name: 'Hoàng Thị Mến',
    post: 'Công chức Bộ phận Một cửa',
    postEn: 'One-stop desk officer',
    unit: 'one_stop',
    roles: ['clerk'],
  },
  {
    key: 'tu-phap-1',
    name: 'Nông Văn Tường',
    post: 'Công chức Tư pháp – Hộ tịch',
    postEn: 'Justice and civil status officer',
    unit: 'justice',
    roles: ['specialist'],
  },
  {
    key: 'cong-an-1',
    name: 'Lý Quang Dự',
    post: 'Trưởng Công an xã',
    postEn: 'Head of the commune police',
    unit: 'police',
    roles: ['police'],
  },
  {
    key: 'quan-tri',
    name: 'Ma Thị Hoàn',
    post: 'Phụ trách công nghệ thông tin',
    postEn: 'Information technology officer',
    unit: 'office',
    roles: ['admin'],
  },
];
