/** What the terminal says after the demo commune is served. */
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../src/domains/identity/auth/demo.ts';
import { demoEmail } from './accounts.ts';

const WHO: readonly (readonly [key: string, what: string])[] = [
  ['mot-cua-1', 'cán bộ Một cửa (clerk)'],
  ['tu-phap-1', 'công chức tư pháp (specialist)'],
  ['chu-tich', 'Chủ tịch UBND (leader)'],
  ['cong-an-1', 'Công an xã (police)'],
  ['quan-tri', 'quản trị (administrator)'],
  ['ky-thuat-1', 'cán bộ kỹ thuật tổ chè hữu cơ (tea technician)'],
];

export function demoSignIns(port: number): string {
  const officials = WHO.map(([key, what]) => `    ${demoEmail(key, 'tuc-tranh').padEnd(28)} ${what}`);
  return [
    `  Xã mẫu (demo): http://localhost:${port}   Xã bên (neighbour): http://phu-do.localhost:${port}`,
    '',
    `  Cán bộ đăng nhập (officials): http://localhost:${port}/dang-nhap/can-bo`,
    ...officials,
    `    mật khẩu (password): ${DEMO_PASSWORD}`,
    `    ứng dụng xác thực (authenticator secret): ${DEMO_TOTP_SECRET}`,
    '    mã 6 số của bản mẫu hiện ngay ở bước hai (the demo shows the six digits at the second step)',
    '  Người dân (citizens): bất kỳ số điện thoại nào; mã xác nhận hiện trên màn hình (any phone; the code is shown on screen).',
  ].join('\n');
}
