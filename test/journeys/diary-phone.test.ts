/**
 * The diary on a phone without reception: Chromium on a profile of its own, ended by SIGKILL at every step of writing
 * and of sending. Nothing lost, nothing doubled, every refusal shown with its reason.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOlderProgram } from './diary-phone-death.ts';
import { inCommune, PIN, plantGrower, refusedIds, TestPhone } from './diary-phone-stage.ts';
import {
  finish,
  goHome,
  linesOf,
  lives,
  lookAt,
  openByCard,
  readRefusal,
  settled,
  writeDown,
  writePick,
} from './diary-phone-work.ts';
import { useStage } from './stage.ts';
import { CITIZEN, enterPhone } from './steps.ts';

const stage = useStage();
const PATIENCE = { timeout: 240_000 };
let phone: TestPhone;
let other: TestPhone;
let household: string;
const spraying = (note: string) => ({ 'Trừ sâu bệnh gì?': 'rầy xanh', Liều: '20', 'Ghi thêm': note });
const notes = async () => (await inCommune(stage, household)).map(({ note }) => note);

beforeAll(async () => {
  phone = new TestPhone(stage.base);
  other = new TestPhone(stage.base);
  await phone.start();
  await phone.signIn();
  household = await plantGrower(stage, ['Đồi một', 'Đồi hai', 'Đồi ba']);
  await phone.settleIn();
}, 240_000);
afterAll(async () => {
  await phone?.end();
  await other?.end();
});

test('ended by SIGKILL at every step of writing', PATIENCE, async () => {
  // A photo lies on the disk before its entry names it: there the next life gets past.
  const steps = await lives(
    phone,
    { offline: true },
    (step) => step.includes('items'),
    () => writePick(phone, 'Đồi một', 'bị ngắt'),
  );
  expect(steps.length).toBeGreaterThan(6);
  expect(await notes()).toEqual([]);
});

test('ended by SIGKILL at every step of sending, after which the commune has it once', PATIENCE, async () => {
  const steps = await lives(
    phone,
    {},
    () => false,
    () => settled(phone),
  );
  for (const asked of ['GET du-lieu', 'POST dong-bo', 'PUT anh', 'write kept', 'write items'])
    expect(steps.some((step) => step.includes(asked))).toBe(true);
  const once = { note: 'bị ngắt', leaf: 12_500, photos: 1, corrects: null };
  expect(await inCommune(stage, household)).toMatchObject([once]);
});

test(
  'fourteen days without reception, an older program’s storage and a sign-in that ended',
  PATIENCE,
  async () => {
    await phone.reborn({ daysAgo: 14, offline: true });
    await phone.unlock();
    await writeDown(phone, 'Phun thuốc', 'Đồi hai', spraying('phun'));
    await phone.reborn({ daysAgo: 10, offline: true });
    await phone.unlock();
    await writeDown(phone, 'Hái chè', 'Đồi hai', { 'Búp tươi (kg)': '7', 'Ghi thêm': 'hái sớm' });
    await phone.reborn({ daysAgo: 3, offline: true });
    await phone.open();
    expect(await phone.page.evaluate(asOlderProgram, { pin: PIN })).toBe(2);
    await phone.unlock();
    await writeDown(phone, 'Hái chè', 'Đồi hai', { 'Búp tươi (kg)': '8', 'Ghi thêm': 'hái đúng' });
    // Its clock is two days ahead.
    await phone.reborn({ daysAgo: -2, offline: true });
    await phone.unlock();
    await writeDown(phone, 'Tưới nước', 'Đồi hai', { 'Làm gì?': 'tưới', 'Ghi thêm': 'tưới' });

    await phone.reborn({ signedOut: true });
    await phone.unlock();
    await phone.page.getByText('Phiên đăng nhập đã hết').waitFor();
    expect(await phone.page.getByRole('status').last().innerText()).toContain('4 mục đang chờ gửi');
    expect(await notes()).toEqual(['bị ngắt']);
    await phone.page.getByRole('link', { name: 'Đăng nhập' }).click();
    await enterPhone(phone.page);
    await phone.keepCookies();
    await phone.unlock();
    await settled(phone);
    expect(await notes()).toEqual(['bị ngắt', 'hái đúng', 'phun']);
  },
);

test('what was refused stays, says why, and is put right', PATIENCE, async () => {
  await phone.reborn();
  await phone.unlock();
  await settled(phone);
  const { page } = phone;
  await page.getByText('2 mục xã chưa nhận').waitFor();
  expect(await readRefusal(phone, '7,0 kg')).toMatch(/Chưa hết thời gian cách ly.*\d\d\/\d\d\/\d{4}/);
  await goHome(phone);
  expect(await readRefusal(phone, 'Tưới nước')).not.toMatch(/mang mã/);
  await page.getByRole('button', { name: 'Sửa và gửi lại' }).click();
  const hourAgo = new Date(Date.now() + 6 * 3_600_000).toISOString().slice(0, 16);
  await page.getByLabel('Lúc nào?').fill(hourAgo);
  await finish(page);
  await settled(phone);
  await page.getByText('1 mục xã chưa nhận').waitFor();
  expect(await notes()).toEqual(['bị ngắt', 'hái đúng', 'phun', 'tưới']);
});

test('two phones on one plot', PATIENCE, async () => {
  await other.start();
  await other.signIn();
  await other.settleIn();
  await phone.keepCookies();
  await other.context.setOffline(true);
  await writeDown(other, 'Hái chè', 'Đồi ba', { 'Búp tươi (kg)': '9', 'Ghi thêm': 'máy hai hái' });
  await writeDown(other, 'Tưới nước', 'Đồi ba', { 'Làm gì?': 'tưới gốc', 'Ghi thêm': 'máy hai tưới' });
  await phone.context.setOffline(true);
  await writeDown(phone, 'Phun thuốc', 'Đồi ba', spraying('máy một phun'));
  await other.context.setOffline(false);
  await settled(other);
  await other.context.setOffline(true);
  await phone.context.setOffline(false);
  await settled(phone);
  await writeDown(other, 'Hái chè', 'Đồi ba', { 'Búp tươi (kg)': '3', 'Ghi thêm': 'máy hai hái sau' });
  await other.context.setOffline(false);
  await settled(other);
  expect(await readRefusal(other, '3,0 kg')).toContain('Chưa hết thời gian cách ly');
  for (const [one, what] of [
    [phone, 'sửa một'],
    [other, 'sửa hai'],
  ] as const) {
    await one.context.setOffline(true);
    await one.page.evaluate(() => void (location.hash = '#/list'));
    await one.page.getByRole('link', { name: 'tưới gốc' }).click();
    await one.page.getByRole('button', { name: 'Ghi lại cho đúng' }).click();
    await one.page.getByLabel('Làm gì?', { exact: true }).fill(what);
    await finish(one.page);
  }
  for (const one of [phone, other]) {
    await one.context.setOffline(false);
    await settled(one);
  }
  expect(await readRefusal(other, 'sửa hai')).not.toMatch(/mang mã/);
  const ofThem = (await inCommune(stage, household)).filter(({ note }) => note?.startsWith('máy'));
  expect(ofThem.map(({ note, what }) => [note, what]).toSorted()).toEqual([
    ['máy hai hái', null],
    ['máy hai tưới', 'sửa một'],
    ['máy hai tưới', 'tưới gốc'],
    ['máy một phun', null],
  ]);
});

test(
  'everything sent once more, backwards and twice, changes nothing; each refusal is on the phones',
  PATIENCE,
  async () => {
    const [before, refused] = [await inCommune(stage, household), await refusedIds(stage, household)];
    for (const { page, sent } of [phone, other]) {
      expect(sent.length).toBeGreaterThan(1);
      const all = [...sent, ...sent].toReversed();
      const states = await page.evaluate(async (bodies) => {
        const headers = { 'content-type': 'application/json' };
        const answers: number[] = [];
        for (const body of bodies)
          answers.push((await fetch('/nhat-ky/dong-bo', { method: 'POST', headers, body })).status);
        return answers;
      }, all);
      expect(new Set(states)).toEqual(new Set([200]));
    }
    expect(await inCommune(stage, household)).toEqual(before);
    expect(refused.length).toBe(4);
    expect((await refusedIds(stage, household)).toSorted()).toEqual(refused.toSorted());
    for (const one of [phone, other]) {
      await goHome(one);
      await one.page.getByRole('button', { name: 'Gửi ngay' }).click();
      await settled(one);
      await one.page.evaluate(() => void (location.hash = '#/list'));
      await one.page.getByRole('heading', { name: 'Nhật ký', exact: true }).waitFor();
      const shown = await linesOf(one.page);
      expect(shown).toEqual(expect.arrayContaining([...before.map(({ id }) => id), ...refused]));
      expect(new Set(shown).size).toBe(shown.length);
      expect(one.faults).toEqual([]);
    }
  },
);

test('every screen can be read by everybody; a card opens as a PIN does', PATIENCE, async () => {
  await phone.reborn();
  const { page } = phone;
  const look = (name: string) => lookAt(page, name);
  const turn = async (screen: string, heading: string) => {
    await page.evaluate((hash) => void (location.hash = hash), `#/${screen}`);
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
  };
  await phone.unlock();
  await settled(phone);
  await look('home');
  await readRefusal(phone, '7,0 kg');
  await look('refused');
  for (const [screen, heading] of [
    ['list', 'Nhật ký'],
    ['plots', 'Thửa của tôi'],
    ['store', 'Kho và thuốc'],
  ] as const) {
    await turn(screen, heading);
    await look(screen);
  }
  for (const kind of ['Hái chè', 'Phun thuốc', 'Bón phân', 'Chăm sóc']) {
    await goHome(phone);
    await page.getByRole('button', { name: kind }).click();
    await page.getByRole('heading', { name: kind }).waitFor();
    await look(kind);
    await page.getByRole('button', { name: 'Bỏ mục viết dở này' }).click();
    await page.getByRole('heading', { name: 'Vừa làm gì?' }).waitFor();
  }
  await turn('phone', 'Máy này');
  // What draws the card lies on the phone with the rest.
  await phone.context.setOffline(true);
  await page.getByLabel('Mã PIN đang dùng').fill(PIN);
  await page.getByRole('button', { name: 'Làm thẻ riêng' }).click();
  await page.locator('img[src^="data:"]').waitFor();
  await look('card');
  await openByCard(phone);
  await phone.context.setOffline(false);
});

test(
  'a lost phone is shut out and keeps nothing; who forgot the PIN has what the commune has',
  PATIENCE,
  async () => {
    await phone.page.goto(`${stage.base}/so-nhat-ky/dien-thoai`);
    const lost = phone.page.locator('details').filter({ hasText: 'Khóa máy này' });
    // The one that was used last stands first: not the one in the hand.
    await goHome(other);
    await other.page.getByRole('button', { name: 'Gửi ngay' }).click();
    await settled(other);
    await phone.page.reload();
    expect(await lost.count()).toBe(2);
    await lost.first().locator('summary').click();
    await lost.first().getByRole('button', { name: 'Khóa máy này' }).click();
    await phone.page.getByText('Đã khóa máy.').waitFor();
    await other.page.getByRole('button', { name: 'Gửi ngay' }).click();
    await other.page.getByText('Máy này đã bị khóa vì báo mất').waitFor();
    const left = await other.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    expect(left.filter((name) => name?.startsWith('xa-diary-'))).toEqual([]);
    await phone.open();
    await phone.page.getByRole('button', { name: CITIZEN.name }).click();
    await phone.page.getByRole('button', { name: 'Quên mã PIN?' }).click();
    await phone.page.getByRole('button', { name: 'Bỏ và đặt mã mới' }).click();
    await phone.page.getByRole('button', { name: 'Thêm người trên máy này' }).waitFor();
    await phone.settleIn();
    await phone.page.evaluate(() => void (location.hash = '#/list'));
    for (const { id } of await inCommune(stage, household))
      await phone.page.locator(`a[href="#/entry/${id}"]`).waitFor();
  },
);
