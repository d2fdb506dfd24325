import type { Locale } from '#kernel/context';

/**
 * Public addresses, and so the site map: Vietnamese words without diacritics that can be read
 * over the phone, mapped to the rooms. English stands under `/en/`.
 * One line: [the room's own path, Vietnamese address, English address]; special before general.
 */
export const SITE_MAP: ReadonlyArray<readonly [room: string, vi: string, en: string]> = [
  ['/services/track', '/tra-cuu', '/track'],
  ['/services/procedures', '/thu-tuc', '/procedures'],
  ['/services/file', '/nop-ho-so', '/file'],
  ['/services/mine', '/ho-so-cua-toi', '/my-dossiers'],
  ['/services/drafts', '/ban-nhap', '/drafts'],
  ['/services/rate', '/danh-gia', '/rate'],
  ['/services/check', '/kiem-tra', '/check'],
  ['/services/figures', '/so-lieu', '/figures'],
  ['/services/staff/figures', '/can-bo/so-lieu', '/staff/figures'],
  ['/services/staff/procedures', '/can-bo/thu-tuc', '/staff/procedures'],
  ['/services/staff/file', '/can-bo/tiep-nhan', '/staff/counter'],
  ['/services/staff/register', '/can-bo/so-theo-doi', '/staff/register'],
  ['/services/staff/mandates', '/can-bo/uy-quyen', '/staff/mandates'],
  ['/services/staff/slips', '/can-bo/phieu-danh-gia', '/staff/slips'],
  ['/services/staff', '/can-bo/ho-so', '/staff/dossiers'],
  ['/office/staff/documents', '/can-bo/van-ban', '/staff/documents'],
  ['/office/staff/tasks', '/can-bo/nhiem-vu', '/staff/tasks'],
  ['/office/staff/calendar', '/can-bo/lich-cong-tac', '/staff/calendar'],
  ['/office/staff/publications', '/can-bo/cong-khai', '/staff/publications'],
  ['/office/staff/archives', '/can-bo/luu-tru', '/staff/archives'],
  ['/office/publications', '/cong-khai', '/publications'],
  ['/office/week', '/lich-tuan', '/week'],
  ['/office/feed', '/lich-cong-tac', '/calendar-feed'],
  ['/places/address', '/dia-chi', '/address'],
  ['/places/works', '/cong-trinh', '/works'],
  ['/places/wifi', '/wifi', '/wifi'],
  ['/places/staff/works', '/can-bo/cong-trinh', '/staff/works'],
  ['/places/staff/import', '/can-bo/dia-chi/nhap', '/staff/addresses/import'],
  ['/places/staff', '/can-bo/dia-chi', '/staff/addresses'],
  ['/producers/staff/certificates', '/can-bo/giay-chung-nhan', '/staff/certificates'],
  ['/producers/staff/craft-villages', '/can-bo/lang-nghe', '/staff/craft-villages'],
  ['/producers/staff/income', '/can-bo/thu-nhap', '/staff/income'],
  ['/producers/staff', '/can-bo/co-so-san-xuat', '/staff/producers'],
  ['/producers/records', '/so-lieu-co-so', '/producer-figures'],
  ['/producers', '/co-so-san-xuat', '/local-producers'],
  ['/farming/staff/diary', '/can-bo/nhat-ky-che', '/staff/tea-diaries'],
  ['/farming/staff/books', '/can-bo/so-canh-tac', '/staff/tea-books'],
  ['/farming/staff/inspections', '/can-bo/kiem-tra-noi-bo', '/staff/inspections'],
  ['/farming/staff/phones', '/can-bo/dien-thoai-nhat-ky', '/staff/diary-phones'],
  ['/farming/staff', '/can-bo/vung-che', '/staff/tea-plots'],
  ['/farming/phone/bundle', '/nhat-ky/du-lieu', '/diary/data'],
  ['/farming/phone/sync', '/nhat-ky/dong-bo', '/diary/sync'],
  ['/farming/phone/photo', '/nhat-ky/anh', '/diary/photo'],
  ['/farming/phone', '/nhat-ky', '/diary'],
  ['/farming/diary/group', '/so-nhat-ky/ca-to', '/diary-book/group'],
  ['/farming/diary/store', '/so-nhat-ky/kho', '/diary-book/store'],
  ['/farming/diary/labels', '/so-nhat-ky/nhan-thuoc', '/diary-book/labels'],
  ['/farming/diary/books', '/so-nhat-ky/so-canh-tac', '/diary-book/books'],
  ['/farming/diary/inspections', '/so-nhat-ky/kiem-tra', '/diary-book/inspections'],
  ['/farming/diary/phones', '/so-nhat-ky/dien-thoai', '/diary-book/phones'],
  ['/farming/diary', '/so-nhat-ky', '/diary-book'],
  ['/farming', '/vung-che', '/tea-land'],
  ['/registry/officials', '/danh-ba', '/directory'],
  ['/registry/staff/households', '/can-bo/so/ho', '/staff/registers/households'],
  ['/registry/staff/corrections', '/can-bo/so/dinh-chinh', '/staff/registers/corrections'],
  [
    '/registry/staff/duplicates/compare',
    '/can-bo/so/trung-lap/so-sanh',
    '/staff/registers/duplicates/compare',
  ],
  ['/registry/staff/duplicates', '/can-bo/so/trung-lap', '/staff/registers/duplicates'],
  ['/registry/staff/import', '/can-bo/so/nhap', '/staff/registers/import'],
  ['/registry/staff/stays', '/can-bo/so/tam-tru-tam-vang', '/staff/registers/stays'],
  ['/registry/staff/support', '/can-bo/so/dien-ho-tro', '/staff/registers/support'],
  ['/registry/staff/vital', '/can-bo/so/sinh-tu', '/staff/registers/births-and-deaths'],
  ['/registry/own/views', '/tai-khoan/du-lieu/ai-da-xem', '/account/data/viewed-by'],
  ['/registry/own/consents', '/tai-khoan/du-lieu/dong-y', '/account/data/consents'],
  ['/registry/own/corrections', '/tai-khoan/du-lieu/dinh-chinh', '/account/data/corrections'],
  ['/registry/own', '/tai-khoan/du-lieu', '/account/data'],
  ['/registry/staff', '/can-bo/so', '/staff/registers'],
  ['/identity/officials', '/dang-nhap/can-bo', '/sign-in/staff'],
  ['/identity/oidc', '/dang-nhap/oidc', '/sign-in/oidc'],
  ['/identity/link', '/dang-nhap/lien-ket', '/sign-in/link'],
  ['/identity/sign-in', '/dang-nhap', '/sign-in'],
  ['/identity/staff/counter', '/can-bo/gan-tai-khoan', '/staff/bind-account'],
  ['/identity/staff', '/can-bo/quyen', '/staff/rights'],
  ['/identity', '/tai-khoan', '/account'],
  ['/notifications/staff/outbox', '/can-bo/thong-bao/trinh-dien', '/staff/notices/demo'],
  ['/notifications/staff/templates', '/can-bo/thong-bao/loi-van', '/staff/notices/words'],
  ['/notifications/staff/channels', '/can-bo/thong-bao/duong-gui', '/staff/notices/ways'],
  ['/notifications/staff', '/can-bo/thong-bao', '/staff/notices'],
  ['/notifications/preferences', '/thong-bao/cach-nhan', '/notices/preferences'],
  ['/notifications', '/thong-bao', '/notices'],
  ['/commune/hours', '/gio-lam-viec', '/office-hours'],
  ['/commune/hamlets', '/xom', '/hamlets'],
  ['/commune/units', '/don-vi-hanh-chinh', '/administrative-units'],
  ['/commune/announcements', '/tin-xa', '/announcements'],
  ['/commune/staff/merger', '/can-bo/xa/sap-nhap', '/staff/commune/merger'],
  ['/commune/staff/hamlets', '/can-bo/xa/xom', '/staff/commune/hamlets'],
  ['/commune/staff/announcements', '/can-bo/xa/tin', '/staff/commune/announcements'],
  ['/commune/staff/hours', '/can-bo/xa/gio-lam-viec', '/staff/commune/hours'],
  ['/commune/staff/settings', '/can-bo/xa/thiet-lap', '/staff/commune/settings'],
  ['/commune/staff', '/can-bo/xa', '/staff/commune'],
  ['/trace/log/check', '/kiem-chung', '/verify'],
  ['/trace/picture', '/anh-che', '/tea-picture'],
  ['/trace/feedback', '/y-kien-ve-che', '/tea-feedback'],
  ['/trace/staff/weigh', '/can-bo/can-che', '/staff/weigh-leaf'],
  ['/trace/staff/tickets', '/can-bo/phieu-can', '/staff/leaf-tickets'],
  ['/trace/staff/buyers', '/can-bo/nguoi-mua-che', '/staff/tea-buyers'],
  ['/trace/staff/recalls', '/can-bo/thu-hoi', '/staff/recalls'],
  ['/trace/staff/products', '/can-bo/san-pham-che', '/staff/tea-products'],
  ['/trace/staff/portal', '/can-bo/cong-truy-xuat', '/staff/trace-portal'],
  ['/trace/staff', '/can-bo/lo-che', '/staff/tea-lots'],
  ['/trace/log', '/nhat-ky-cong-khai', '/public-log'],
  ['/criteria/staff/snapshots', '/can-bo/tien-do/ban-chot', '/staff/progress/frozen'],
  ['/criteria/staff/plan', '/can-bo/ke-hoach-tien-do', '/staff/progress-plan'],
  ['/criteria/staff/reports', '/can-bo/bao-cao-tien-do', '/staff/progress-reports'],
  ['/criteria/staff/money', '/can-bo/kinh-phi', '/staff/money'],
  ['/criteria/staff/sets', '/can-bo/bo-tieu-chi', '/staff/criteria-sets'],
  ['/criteria/staff/opinions', '/can-bo/tien-do/y-kien', '/staff/progress/opinions'],
  ['/criteria/staff/surveys', '/can-bo/tien-do/khao-sat', '/staff/progress/surveys'],
  ['/criteria/staff/published', '/can-bo/tien-do/cong-bo', '/staff/progress/published'],
  ['/criteria/staff', '/can-bo/tien-do', '/staff/progress'],
  ['/criteria/opinions', '/tien-do/y-kien', '/progress/opinions'],
  ['/criteria/communes', '/tien-do/cac-xa', '/progress/communes'],
  ['/criteria/theme', '/tien-do/nhom', '/progress/theme'],
  ['/criteria/hamlets', '/tien-do/xom', '/progress/hamlets'],
  ['/criteria/money', '/tien-do/kinh-phi', '/progress/money'],
  ['/criteria/open-data', '/tien-do/du-lieu', '/progress/data'],
  ['/criteria/wall', '/tien-do/man-hinh', '/progress/wall'],
  ['/criteria/embed', '/nhung/tien-do', '/embed/progress'],
  ['/criteria', '/tien-do', '/progress'],
  ['/audit/staff', '/can-bo/nhat-ky', '/staff/audit'],
];

/** Where an address leads: the room's own path, and the language it is written in. */
export type Address = { inner: string; locale: Locale };

/** Reads a public address, in either language; a room's own path is taken as it is. */
export function readAddress(pathname: string): Address {
  const english = pathname === '/en' || pathname.startsWith('/en/');
  const locale = english ? 'en' : 'vi';
  const bare = english ? pathname.slice(3) || '/' : pathname;
  const known = SITE_MAP.find((line) => isUnder(bare, english ? line[2] : line[1]));
  if (!known) return { inner: bare, locale };
  return { inner: known[0] + bare.slice((english ? known[2] : known[1]).length), locale };
}

/** The public address of a room's path in a language. */
export function writeAddress({ inner, locale }: Address): string {
  const known = SITE_MAP.find(([room]) => isUnder(inner, room));
  const bare = known ? (locale === 'en' ? known[2] : known[1]) + inner.slice(known[0].length) : inner;
  if (locale === 'vi') return bare;
  return bare === '/' ? '/en' : `/en${bare}`;
}

/** Whether a room is asked for by its own path; readers are sent to the public address. */
export function isInnerAddress(pathname: string): boolean {
  const bare = pathname.startsWith('/en/') ? pathname.slice(3) : pathname;
  return SITE_MAP.some(([room]) => isUnder(bare, room));
}

function isUnder(path: string, folder: string): boolean {
  return path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/');
}
