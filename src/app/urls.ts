/**
 * Public addresses, and so the site map: Vietnamese words without diacritics that can be read
 * over the phone, mapped to the rooms. English stands under `/en/`.
 * One line: [the room's own path, Vietnamese address, English address]; special before general.
 */
const PUBLIC_ADDRESSES: ReadonlyArray<readonly [room: string, vi: string, en: string]> = [
  ['/services/track', '/tra-cuu', '/track'],
  ['/services/procedures', '/thu-tuc', '/procedures'],
  ['/services/file', '/nop-ho-so', '/file'],
  ['/services/mine', '/ho-so-cua-toi', '/my-dossiers'],
  ['/services/drafts', '/ban-nhap', '/drafts'],
  ['/services/rate', '/danh-gia', '/rate'],
  ['/services/check', '/kiem-tra', '/check'],
  ['/services/figures', '/so-lieu', '/figures'],
  ['/services/staff', '/can-bo/ho-so', '/staff/dossiers'],
  ['/registry/officials', '/danh-ba', '/directory'],
  ['/identity/officials', '/dang-nhap/can-bo', '/sign-in/staff'],
  ['/identity/oidc', '/dang-nhap/oidc', '/sign-in/oidc'],
  ['/identity/link', '/dang-nhap/lien-ket', '/sign-in/link'],
  ['/identity/sign-in', '/dang-nhap', '/sign-in'],
  ['/identity/staff', '/can-bo/quyen', '/staff/rights'],
  ['/identity', '/tai-khoan', '/account'],
  ['/notifications/staff/outbox', '/can-bo/thong-bao/trinh-dien', '/staff/notices/demo'],
  ['/notifications/staff/templates', '/can-bo/thong-bao/loi-van', '/staff/notices/words'],
  ['/notifications/staff/channels', '/can-bo/thong-bao/duong-gui', '/staff/notices/ways'],
  ['/notifications/staff', '/can-bo/thong-bao', '/staff/notices'],
  ['/notifications/preferences', '/thong-bao/cach-nhan', '/notices/preferences'],
  ['/notifications', '/thong-bao', '/notices'],
  ['/commune/hours', '/gio-lam-viec', '/office-hours'],
  ['/commune/announcements', '/tin-xa', '/announcements'],
  ['/commune/staff', '/can-bo/xa', '/staff/commune'],
  ['/audit/staff', '/can-bo/nhat-ky', '/staff/audit'],
];

type UrlPattern = { pattern: string; localized: [string, string][] };

/** The addresses in the form paraglide takes: special ones first, English before Vietnamese. */
export function urlPatterns(): UrlPattern[] {
  const special = PUBLIC_ADDRESSES.map(([room, vi, en]): UrlPattern => ({
    pattern: `${room}/:rest(.*)?`,
    localized: [
      ['en', `/en${en}/:rest(.*)?`],
      ['vi', `${vi}/:rest(.*)?`],
    ],
  }));
  const general: UrlPattern = {
    pattern: '/:path(.*)?',
    localized: [
      ['en', '/en/:path(.*)?'],
      ['vi', '/:path(.*)?'],
    ],
  };
  return [...special, general];
}

/** The inner address of a room, when somebody asks for it directly; it is redirected to the public one. */
export function isInnerAddress(pathname: string): boolean {
  const bare = pathname.startsWith('/en/') ? pathname.slice(3) : pathname;
  return PUBLIC_ADDRESSES.some(([room]) => bare === room || bare.startsWith(`${room}/`));
}
