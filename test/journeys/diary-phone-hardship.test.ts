/**
 * The diary where a phone makes it hard: two people on it, no room left, a clock that is a year off, a plot that is
 * somebody else's by the time of sending, a newer program.
 */
import { globSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handOver, plotsOfHousehold } from '#domain/farming';
import { addDays, localDateOf } from '#kernel/time';
import { official } from '#test/world';
import { frontOf } from './diary-phone-program.ts';
import { inCommune, inTheCommune, plantGrower, TestPhone, type Grower } from './diary-phone-stage.ts';
import { goHome, readRefusal, settled, stored, writeDown } from './diary-phone-work.ts';
import { useStage } from './stage.ts';

const stage = useStage();
const PATIENCE = { timeout: 240_000 };
const AN: Grower = { name: 'Lý Thị An Mẫu', phone: '0912000111', nationalId: '019185777111' };
const BINH: Grower = { name: 'Trần Văn Bình Mẫu', phone: '0912000222', nationalId: '019085777222' };
const SECRET = 'giữ kín của An';
let phone: TestPhone;
let households: { an: string; binh: string };
const notesOf = async (household: string) => (await inCommune(stage, household)).map(({ note }) => note);
const watered = (note: string) => ({ 'Làm gì?': 'tưới', 'Ghi thêm': note });

beforeAll(async () => {
  phone = new TestPhone(stage.base);
  await phone.start();
  await phone.signIn(AN);
  const an = await plantGrower(stage, ['Nương An', 'Nương xa'], AN);
  await phone.settleIn(AN);
  households = { an, binh: '' };
}, 240_000);
afterAll(() => phone?.end());

test('at its English address it speaks English', PATIENCE, async () => {
  const page = await stage.phone({ javaScriptEnabled: true, serviceWorkers: 'block' });
  await page.goto(`${stage.base}/en/diary`);
  await page.getByRole('button', { name: 'Add a person to this phone' }).waitFor();
});

test(
  'two people on one phone are kept apart: on the screen, on the way and on the disk',
  PATIENCE,
  async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await writeDown(phone, 'Tưới nước', 'Nương An', watered(SECRET));
    const ofAn = phone.cookies;
    await context.setOffline(false);
    await context.clearCookies();
    await phone.signIn(BINH);
    households.binh = await plantGrower(stage, ['Nương Bình'], BINH, 4);
    await phone.settleIn(BINH);
    await page.evaluate(() => void (location.hash = '#/list'));
    await page.getByText('Chưa có mục nào').waitFor();
    await goHome(phone);
    await settled(phone);
    expect(await page.locator('body').innerText()).not.toContain(SECRET);

    await phone.unlock(AN);
    await page.getByText('Đang đăng nhập bằng tài khoản của người khác').waitFor();
    expect(await notesOf(households.an)).toEqual([]);
    expect(await notesOf(households.binh)).toEqual([]);
    await phone.reborn({ offline: true });
    expect(foundOnDisk(AN.name)).not.toEqual([]);
    expect(foundOnDisk(SECRET)).toEqual([]);
    phone.cookies = ofAn;
    await phone.reborn();
    await phone.unlock(AN);
    await settled(phone);
    expect(await notesOf(households.an)).toEqual([SECRET]);
  },
);

/** Files of the phone's memory in which a text stands, in either way that browsers write letters down. */
function foundOnDisk(text: string): string[] {
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return globSync('**/*', { cwd: phone.folder }).filter((name) => {
    const path = join(phone.folder, name);
    // Its lock is a link that leads nowhere.
    if (!lstatSync(path).isFile()) return false;
    const bytes = readFileSync(path);
    return forms.some((form) => bytes.includes(form));
  });
}

test('a phone without room says so, and keeps what it has', PATIENCE, async () => {
  const { page, context } = phone;
  await context.setOffline(true);
  await writeDown(phone, 'Tưới nước', 'Nương An', watered('trước khi đầy'));
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  await page.getByRole('button', { name: 'Tưới nước' }).click();
  await page.getByText('Máy chưa làm được điều vừa rồi').waitFor();
  await phone.reborn();
  await phone.unlock(AN);
  await settled(phone);
  expect(await notesOf(households.an)).toContain('trước khi đầy');
});

test('a clock that is a year off is told, and falsifies no day', PATIENCE, async () => {
  for (const [daysAgo, note] of [
    [365, 'đồng hồ chậm'],
    [-365, 'đồng hồ nhanh'],
  ] as const) {
    await phone.reborn({ daysAgo, offline: true });
    await phone.unlock(AN);
    await writeDown(phone, 'Tưới nước', 'Nương An', watered(note));
    await phone.context.setOffline(false);
    await phone.page.getByRole('button', { name: 'Gửi ngay' }).click();
    await settled(phone);
    await phone.page.getByText('Đồng hồ của máy đang sai').waitFor();
    const kept = (await inCommune(stage, households.an)).find((one) => one.note === note);
    const today = localDateOf(new Date());
    expect([addDays(today, -1), today]).toContain(kept?.on);
  }
});

test('a newer program is offered, and loses neither a draft nor what waits', PATIENCE, async () => {
  const front = await frontOf(stage.base);
  const third = new TestPhone(front.base);
  try {
    await third.start();
    await third.signIn(AN);
    await third.settleIn(AN);
    const { page } = third;
    await third.context.setOffline(true);
    await writeDown(third, 'Tưới nước', 'Nương An', watered('còn chờ'));
    await page.getByRole('button', { name: 'Chăm sóc' }).click();
    await page.getByLabel('Làm gì?', { exact: true }).fill('đang viết');
    await goHome(third);
    await page.locator('a[href^="#/write/"]').click();
    expect(await page.getByLabel('Làm gì?', { exact: true }).inputValue()).toBe('đang viết');
    await stored(third);
    await third.context.setOffline(false);
    front.renew();
    await page.reload();
    const take = page.getByRole('button', { name: 'Dùng bản mới' });
    await take.click();
    await take.waitFor({ state: 'hidden' });
    await third.unlock(AN);
    await page.locator('a[href^="#/write/"]').click();
    expect(await page.getByLabel('Làm gì?', { exact: true }).inputValue()).toBe('đang viết');
    await goHome(third);
    await settled(third);
    expect(await notesOf(households.an)).toContain('còn chờ');
    const caches = await page.evaluate(async () => (await globalThis.caches.keys()).length);
    expect(caches).toBe(1);
    expect(third.faults).toEqual([]);
  } finally {
    await third.end();
    await front.close();
  }
});

test('a plot that changed hands meanwhile: the refusal stays, and says why', PATIENCE, async () => {
  await phone.reborn({ offline: true });
  await phone.unlock(AN);
  await writeDown(phone, 'Tưới nước', 'Nương xa', watered('không còn của An'));
  const from = addDays(localDateOf(new Date()), -1);
  await inTheCommune(
    stage,
    async (ctx) => {
      const plots = await plotsOfHousehold(ctx, households.an);
      const far = plots.find(({ name }) => name === 'Nương xa')!;
      await handOver(ctx, far.id, { householdId: households.binh, from });
    },
    official('specialist'),
  );
  await phone.reborn();
  await phone.unlock(AN);
  await phone.page.getByText('1 mục xã chưa nhận').waitFor();
  expect(await readRefusal(phone, 'Tưới nước')).toMatch(/người khác canh tác/);
  expect(await notesOf(households.an)).not.toContain('không còn của An');
  await phone.reborn({ offline: true });
  await phone.unlock(AN);
  await phone.page.getByText('1 mục xã chưa nhận').waitFor();
  expect(phone.faults.filter((fault) => !fault.includes('no room'))).toEqual([]);
});
