/** What a grower does on the phone, in the words that stand there. */
import { randomBytes } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect } from 'vitest';
import type { Life, TestPhone } from './diary-phone-stage.ts';
import { CITIZEN } from './steps.ts';

/** Noise, so that it stays large however it is pressed: a bitmap of 24 bits. */
function bitmap(side: number): Buffer {
  const head = Buffer.alloc(54);
  head.write('BM');
  head.writeUInt32LE(54 + side * side * 3, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(side, 18);
  head.writeInt32LE(side, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, randomBytes(side * side * 3)]);
}
/** In more than one piece, once the phone has made it small. */
const PHOTO = { name: 'anh.bmp', mimeType: 'image/bmp', buffer: bitmap(480) };

/** More lives than any of these stories has steps. */
const MOST_LIVES = 60;

/** One life after another, each ended at another step, until one comes to its end. @returns the steps */
export async function lives(
  phone: TestPhone,
  life: Life,
  again: (step: string) => boolean,
  work: () => Promise<void>,
): Promise<string[]> {
  const steps: string[] = [];
  for (let count = 0; count < MOST_LIVES; count++) {
    const when = again('') || count % 2 === 0 ? 'after' : 'during';
    await phone.reborn({ ...life, death: { when, known: steps.filter((step) => !again(step)) } });
    const step = await phone.live(async () => {
      await phone.unlock();
      await work();
    });
    if (step === null) return steps;
    steps.push(step);
  }
  throw new Error(`it goes round and round: ${steps.join(', ')}`);
}

/** Writes one pick with a photo from wherever the phone stands: what an earlier life left is gone on with. */
export async function writePick({ page }: TestPhone, plot: string, note: string): Promise<void> {
  expect(await page.getByText('Xã đã nhận').count()).toBe(0);
  if ((await page.getByText('1 mục đang chờ gửi').count()) === 1) return;
  const draft = page.locator('a[href^="#/write/"]');
  if ((await draft.count()) > 0) await draft.click();
  else await page.getByRole('button', { name: 'Hái chè' }).click();
  const box = page.getByLabel(plot);
  await box.waitFor();
  if (!(await box.isChecked())) await box.check();
  for (const [label, value] of [
    ['Búp tươi (kg)', '12,5'],
    ['Ghi thêm', note],
  ] as const) {
    const field = page.getByLabel(label);
    if ((await field.inputValue()) !== value) await field.fill(value);
  }
  if ((await page.locator('figure').count()) === 0)
    await page.locator('input[type="file"]').setInputFiles(PHOTO);
  await page.locator('figure img').waitFor();
  await finish(page);
}

/** Writes an entry anew: its kind, its plots, and what stands in its fields. */
export async function writeDown(
  { page }: TestPhone,
  kind: string,
  plot: string,
  fields: Record<string, string>,
): Promise<void> {
  await page.getByRole('button', { name: kind }).click();
  await page.getByLabel(plot).check();
  // Those of last time are ticked already.
  for (const box of await page.locator('fieldset label').filter({ hasNotText: plot }).all())
    await box.getByRole('checkbox').uncheck();
  if (kind === 'Phun thuốc')
    await page.getByLabel('Thuốc hoặc phân').selectOption({ label: 'Matrine 0.3SL' });
  for (const [label, value] of Object.entries(fields))
    await page.getByLabel(label, { exact: true }).fill(value);
  await finish(page);
}

export async function finish(page: TestPhone['page']): Promise<void> {
  await page.getByRole('button', { name: 'Ghi xong' }).click();
  await page.getByRole('heading', { name: 'Vừa làm gì?' }).waitFor();
}

/** Until the commune has answered to all that the phone has. */
export async function settled({ page }: TestPhone): Promise<void> {
  await page.getByRole('button', { name: 'Gửi ngay', disabled: false }).waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: /^\s*Không còn mục nào chờ gửi\.\s*$/ })
    .waitFor();
}

/** Until all that was typed lies on the disk. */
export async function stored({ page }: TestPhone): Promise<void> {
  await page.waitForFunction(async () => {
    const { held, pending } = await navigator.locks.query();
    return [...held!, ...pending!].length === 0;
  });
}

/** Opens a refused entry of the home page and reads why. @param what words of its line */
export async function readRefusal({ page }: TestPhone, what: string | RegExp): Promise<string> {
  await page.locator('.notice a[href^="#/entry/"]').filter({ hasText: what }).first().click();
  const why = page.locator('.notice').filter({ hasText: 'Vì sao xã chưa nhận' });
  await why.waitFor();
  return (await why.locator('li').allInnerTexts()).join(' ');
}

export async function goHome({ page }: TestPhone): Promise<void> {
  await page.evaluate(() => void (location.hash = '#/'));
  await page.getByRole('heading', { name: 'Vừa làm gì?' }).waitFor();
}

/** The ids that a screen's lines lead to. */
export async function linesOf(page: TestPhone['page']): Promise<string[]> {
  const links = await page.locator('a[href^="#/entry/"]').all();
  const hrefs = await Promise.all(links.map((link) => link.getAttribute('href')));
  return hrefs.map((href) => href!.replace('#/entry/', ''));
}

/** Holds a screen to the rules of access, and to the phone's width. */
export async function lookAt(page: TestPhone['page'], name: string): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations, name).toEqual([]);
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth)
      .map((one) => `${one.localName} ${one.className}`),
  );
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
  expect(wide, name).toEqual([]);
}

/** Locks, and opens again by the card that was just made. */
export async function openByCard({ page }: TestPhone): Promise<void> {
  const code = await page.locator('.notice .code').innerText();
  await page.getByRole('button', { name: 'Khóa lại' }).click();
  await page.getByRole('button', { name: CITIZEN.name }).click();
  await page.getByRole('button', { name: 'Mở bằng thẻ' }).click();
  await lookAt(page, 'locked');
  await page.getByLabel('Mã trên thẻ').fill(code);
  await page.getByRole('button', { name: 'Mở nhật ký' }).click();
  await page.getByRole('heading', { name: 'Vừa làm gì?' }).waitFor();
}
