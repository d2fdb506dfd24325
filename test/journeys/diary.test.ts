/** The diary without JavaScript: a technician writes for a member, is refused, puts right; the desk settles. */
import { expect, it } from 'vitest';
import { useStage } from './stage.ts';

const stage = useStage();
const PHONE = { viewport: { width: 390, height: 844 } };

it('a technician writes for a household, is told why something is refused, and puts it right', async () => {
  const page = await stage.official('ky-thuat-1', PHONE);
  await page.goto(`${stage.base}/so-nhat-ky`);
  expect(await page.title()).toBe('Nhật ký chè');
  const write = page.locator('a[href*="kind=pick"]');
  await write.click();
  const pick = async (kg: string) => {
    await page.locator('input[name="plots"]').first().check();
    await page.fill('input[name="leaf_kg"]', kg);
    await page.selectOption('select[name="grade"]', 'bup');
    await page.locator('main form button').last().click();
  };
  await pick('abc');
  expect(await page.locator('main').textContent()).toContain('Chè búp tươi (kg)');
  expect(new URL(page.url()).pathname).toBe('/so-nhat-ky/new');
  await pick('12,5');
  await page.waitForURL((url) => url.searchParams.has('done'));
  expect(await page.locator('main table').textContent()).toContain('12,5 kg');
  await page.locator('main table a').first().click();
  await page.locator('summary').first().click();
  await page.fill('#change-leaf_kg', '11');
  await page.locator('#change button, form[action="?/change"] button').last().click();
  await page.waitForURL((url) => url.searchParams.has('done'));
  expect(await page.locator('main').textContent()).toContain('11,0 kg');
  await page.goto(`${stage.base}/so-nhat-ky`);
  expect(await page.locator('main table').textContent()).toContain('Đã được sửa');
}, 120_000);

it('the desk sees the diaries of the commune and settles a refused spraying', async () => {
  const page = await stage.official('tu-phap-1', { viewport: { width: 1280, height: 900 } });
  await page.goto(`${stage.base}/can-bo/nhat-ky-che`);
  const waiting = page.locator('main form[action="?/settle"]');
  expect(await waiting.count()).toBe(1);
  await page.locator('main summary').first().click();
  await page.fill('main textarea[name="note"]', 'Không phun, ghi nhầm.');
  await page.fill('main input[name="until"]', new Date().toISOString().slice(0, 10));
  await page.locator('main form[action="?/settle"] button').last().click();
  await page.waitForURL((url) => url.searchParams.has('done'));
  expect(await waiting.count()).toBe(0);
}, 120_000);
