/** Reading the commune's pages without JavaScript: by hand, by keyboard alone, in either language, in large letters. */
import { expect, test } from 'vitest';
import { useStage } from './stage.ts';
import { CITIZEN, PROCEDURE, tabTo } from './steps.ts';

const stage = useStage();

test('by keyboard alone somebody finds a procedure in everyday words and reads it', async () => {
  const page = await stage.phone();
  await page.goto(stage.base);
  await tabTo(page, page.getByRole('main').getByRole('searchbox').first());
  await page.keyboard.type('ho ngheo');
  await page.keyboard.press('Enter');
  await page.waitForURL(/[?&]q=ho/);
  await tabTo(page, page.getByRole('main').locator(`a[href$="${PROCEDURE}"]`));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Giấy tờ cần có' }).waitFor();
});

test('by keyboard alone somebody signs in with the code on screen, and out again', async () => {
  const page = await stage.phone();
  const main = page.getByRole('main');
  await page.goto(`${stage.base}/dang-nhap`);
  await tabTo(page, main.getByLabel('Số điện thoại di động'));
  await page.keyboard.type(CITIZEN.phone);
  await page.keyboard.press('Enter');
  const words = await main.getByText('Mã là').innerText();
  await tabTo(page, main.getByLabel('Mã 6 chữ số'));
  await page.keyboard.type(/\d{6}/.exec(words)![0]);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/dang-nhap'));
  await page.goto(`${stage.base}/tai-khoan`);
  await tabTo(page, main.getByRole('button', { name: 'Đăng xuất', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Đăng nhập' }).first().waitFor();
});

test('the first thing that the keyboard reaches leads past the menus', async () => {
  const page = await stage.phone();
  await page.goto(`${stage.base}/thu-tuc`);
  await page.keyboard.press('Tab');
  const focused = page.locator(':focus');
  expect(await focused.innerText()).toBe('Tới nội dung chính');
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).toBe('#noi-dung');
});

test('the same page stands in the other language', async () => {
  const page = await stage.phone();
  await page.goto(`${stage.base}/thu-tuc/${PROCEDURE}`);
  await page.getByRole('link', { name: 'English' }).click();
  expect(new URL(page.url()).pathname).toBe(`/en/procedures/${PROCEDURE}`);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByRole('link', { name: 'Tiếng Việt' }).click();
  expect(new URL(page.url()).pathname).toBe(`/thu-tuc/${PROCEDURE}`);
});

test('large letters stay large from page to page', async () => {
  const page = await stage.phone();
  const size = () =>
    page.locator('main').evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  await page.goto(`${stage.base}/thu-tuc`);
  const normal = await size();
  await page.getByRole('button', { name: 'Chữ to' }).click();
  await page.getByRole('button', { name: 'Chữ to', pressed: true }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/thu-tuc');
  expect(await size()).toBeGreaterThanOrEqual(22);
  await page.goto(`${stage.base}/tra-cuu`);
  expect(await size()).toBeGreaterThan(normal);
});

test('somebody finds an official of the commune by name without accents, and the office hours', async () => {
  const page = await stage.phone();
  await page.goto(stage.base);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Danh bạ cán bộ' }).click();
  const main = page.getByRole('main');
  await main.getByRole('searchbox').fill('duong thu hien');
  await main.getByRole('button', { name: 'Tìm' }).click();
  await main.getByText('Dương Thu Hiền').first().waitFor();
  expect(await main.getByText('Hoàng Đức Mẫn').count()).toBe(0);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Giờ làm việc' }).click();
  expect(await main.getByRole('table').first().innerText()).toContain('07:30');
});

test('the tracking page is the same whether Kit renders it or not', async () => {
  for (const path of ['/tra-cuu?code=%3Cb%3E%26', '/tra-cuu', '/en/track?code=23FHJKMR']) {
    const [first, again, large] = [
      await pageOf(path, { cookie: 'xa.session_token=none' }),
      await pageOf(path),
      await pageOf(path, { cookie: 'xa_text=large' }),
    ];
    expect([first.byKit, again.byKit, large.byKit]).toEqual([true, false, false]);
    expect(again.tags).toEqual(first.tags);
    expect(again.policy).toBe(first.policy);
    expect(large.tags).not.toEqual(again.tags);
    expect(large.tags).toContain(
      '<html lang="' + (path.startsWith('/en') ? 'en' : 'vi') + '" class="large-text">',
    );
  }
});

/** A page's tags and texts in an order of their own: Kit puts the title before the style sheets. */
async function pageOf(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(stage.base + path, { headers });
  const html = (await answer.text()).replaceAll(/<!--.*?-->/gs, '');
  return {
    byKit: answer.headers.has('x-sveltekit-page'),
    policy: answer.headers.get('content-security-policy'),
    tags: html
      .split(/(?<=>)\s*|\s*(?=<)/)
      .filter((part) => part !== '')
      .sort(),
  };
}
