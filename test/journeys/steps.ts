/** What people do at the screen, step by step, in the words that stand there. */
import type { Locator, Page } from 'playwright-core';
import { png } from '#test/pictures';

/** Whoever files in these tests: the phone's last four digits open the dossier's code. */
export const CITIZEN = { name: 'Hoàng Thị Thử', phone: '0912345678', last4: '5678' };
/** "Công nhận hộ nghèo …": filed wholly online, on the general form, free of charge. */
export const PROCEDURE = '1.011607';

/** Signs a citizen in by the code that the demo shows on screen. */
export async function signInByPhone(page: Page, base: string, phone = CITIZEN.phone): Promise<void> {
  await page.goto(`${base}/dang-nhap`);
  await enterPhone(page, phone);
}

/** The same from where the sign-in page stands open already; it leads back to where it came from. */
export async function enterPhone(page: Page, phone = CITIZEN.phone): Promise<void> {
  const main = page.getByRole('main');
  await main.getByLabel('Số điện thoại di động').fill(phone);
  await main.getByRole('button', { name: 'Gửi mã cho tôi' }).click();
  const words = await main.getByText('Mã là').innerText();
  await main.getByLabel('Mã 6 chữ số').fill(/\d{6}/.exec(words)![0]);
  await main.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/dang-nhap'));
}

/** The first page of the general form: who asks. */
export async function fillApplicant(page: Page): Promise<void> {
  await page.getByLabel('Họ, chữ đệm, tên').fill(CITIZEN.name);
  await page.getByLabel('Ngày, tháng, năm sinh').fill('05/09/1958');
  await page.getByLabel('Nơi cư trú: địa chỉ').fill('Xóm Thâm Găng');
  await page.getByLabel('Số điện thoại', { exact: true }).fill(CITIZEN.phone);
  await page.getByLabel('Cho chính mình').check();
}

/** The pages after it, up to the review. */
export async function fillTheRest(page: Page): Promise<void> {
  await page.getByLabel('Bà con đề nghị xã giải quyết việc gì?').fill('Xin rà soát hộ nghèo.');
  await page
    .getByRole('group', { name: /giải quyết hoặc cấp giấy/ })
    .getByLabel('Không')
    .check();
  await goOn(page);
  await page.getByLabel('Nhận tại Bộ phận Một cửa').check();
  await goOn(page);
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({
      name: 'giay-to.png',
      mimeType: 'image/png',
      buffer: png(60, 40, [30, 120, 60, 255]),
    });
  await goOn(page);
  await page.getByLabel(/Tôi cam đoan/).check();
  await goOn(page);
}

/** Enter's own button is hidden; this is the one that people see. */
export async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
}

/** The id in the address of a dossier's or draft's page. */
export function idIn(page: Page): string {
  return /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(page.url())![0];
}

/** Starts a draft of the procedure, as a signed-in person or a stranger. */
export async function startFiling(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/thu-tuc/${PROCEDURE}`);
  await page.getByRole('link', { name: 'Nộp hồ sơ', exact: true }).click();
  await page.getByRole('button', { name: 'Bắt đầu điền' }).click();
  await page.getByRole('heading', { name: 'Người yêu cầu', level: 2 }).waitFor();
}

/** Tab until it is reached, as somebody without a mouse does. @throws Error when it cannot be reached */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`the keyboard does not reach ${target.toString()}`);
}
