/**
 * A letter from the province walks through the Committee: registered, handed on, a task for the head of a hamlet
 * with its limit, his report from a phone, the answer with its number, the printed books; the week and what the
 * commune has still to publish. Every page on the way is looked over by axe.
 */
import type { Page } from 'playwright-core';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasTool, pdfText } from '#test/poppler';
import { addDays, localDateOf, yearOf } from '#kernel/time';
import { axeFaults } from './crawl.ts';
import { useStage } from './stage.ts';

const stage = useStage();
const JS = { javaScriptEnabled: true };
const PHONE = { ...JS, viewport: { width: 390, height: 844 } };
const TODAY = localDateOf(new Date());
const YEAR = yearOf(TODAY);
const LETTER = 'thống kê bếp lửa sao chè cần thay (THỬ)';
const TASK = 'Lập danh sách hộ cần thay bếp (THỬ)';
const ANSWER = 'danh sách hộ cần thay bếp sao chè (THỬ)';
const MEETING = 'Họp xóm bàn việc thay bếp (THỬ)';

let registrar: Page;
let chair: Page;
let head: Page;
let letter = '';
let answer = '';

const desk = (path: string) => `${stage.base}/can-bo/${path}`;
const press = async (page: Page, name: string) => {
  const answered = page.waitForEvent('domcontentloaded');
  await page.getByRole('main').getByRole('button', { name, exact: true }).click();
  await answered;
};
/** Opens a folded form of the side, if it is folded. */
const unfold = async (page: Page, name: string) => {
  const move = page.locator('details.move').filter({ has: page.getByRole('button', { name, exact: true }) });
  if ((await move.getAttribute('open')) === null) await move.locator('summary').click();
  return move;
};
/** Does a move with what is typed by the names of its fields. */
async function move(page: Page, name: string, typed: Readonly<Record<string, string>> = {}): Promise<void> {
  const form = await unfold(page, name);
  for (const [field, value] of Object.entries(typed)) await form.locator(`[name="${field}"]`).fill(value);
  await press(page, name);
}
const choose = async (page: Page, name: string, who: RegExp) => {
  const option = page.locator(`select[name="${name}"] option`).filter({ hasText: who }).first();
  await page
    .locator(`select[name="${name}"]`)
    .first()
    .selectOption((await option.getAttribute('value'))!);
};
const state = (page: Page) => page.getByRole('main').locator('header').first().innerText();

beforeAll(async () => {
  registrar = await stage.official('van-phong', JS);
  chair = await stage.official('chu-tich', JS);
  head = await stage.official('truong-xom-khe-coc', PHONE);
}, 240_000);

/** What is wrong with the pages that the steps ended on: faults of axe, and pages wider than their window. */
const faults: string[] = [];
async function look(...pages: Page[]): Promise<void> {
  for (const page of pages) {
    const wider = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    const found = [...(await axeFaults(page)), ...(wider > 0 ? [`${wider} px too wide`] : [])];
    faults.push(...found.map((fault) => `${page.url()}: ${fault}`));
  }
}

describe('a document that comes in', () => {
  test('is registered under the next number of the year', async () => {
    await registrar.goto(desk('van-ban'));
    await registrar.getByRole('link', { name: 'Đăng ký văn bản đến' }).click();
    await registrar.getByLabel('Nơi gửi').fill('Sở Nông nghiệp và Môi trường');
    await registrar.getByLabel('Số, ký hiệu').fill('77/SNNMT-TT');
    await registrar.getByLabel('Trích yếu nội dung').fill(LETTER);
    await registrar.locator('main form button[type="submit"]').last().click();
    await registrar.waitForURL(/done=register/);
    letter = new URL(registrar.url()).pathname;
    expect(await state(registrar)).toMatch(new RegExp(`số \\d{2,}/${YEAR}`));
    expect(await state(registrar)).toContain(LETTER);
    await look(registrar);
  });

  test('is handed on with a limit, and opened where it was handed to', async () => {
    await chair.goto(stage.base + letter);
    await choose(chair, 'handler', /Văn phòng|văn phòng/);
    await move(chair, 'Chuyển xử lý', { dueDays: '5' });
    await registrar.goto(stage.base + letter);
    expect(await registrar.getByText(/^Đã xem lúc|^Đã xem/).count()).toBe(1);
    await look(chair);
  });
});

describe('the task from it', () => {
  test('is given to the head of a hamlet with a limit in working days', async () => {
    await chair.getByRole('link', { name: 'Giao việc từ văn bản' }).click();
    await chair.getByLabel('Việc cần làm').fill(TASK);
    await choose(chair, 'assignee', /Trưởng xóm.*Khe Cốc|Khe Cốc.*Trưởng xóm/);
    await chair.locator('[name="dueDays"]').fill('3');
    await look(chair);
    await press(chair, 'Giao việc');
    expect(await state(chair)).toMatch(/Hạn \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}/);
  });

  test('stands on the phone of the head, who sees nothing else of the desk', async () => {
    await head.goto(desk('nhiem-vu'));
    await head.getByRole('link', { name: TASK }).click();
    await head.getByRole('heading', { level: 1, name: TASK }).waitFor();
    for (const path of ['van-ban', 'luu-tru', letter.replace('/can-bo/', '')])
      expect((await head.request.get(desk(path))).status(), path).toBe(403);
    await look(head);
  });

  test('is taken on and reported done from the phone', async () => {
    await move(head, 'Nhận việc');
    await move(head, 'Báo cáo hoàn thành', { note: 'Xóm có 12 hộ cần thay bếp.' });
    expect(await state(head)).toContain('Đã báo xong');
    await chair.reload();
    await move(chair, 'Duyệt, kết thúc việc');
    expect(await chair.getByText('Xóm có 12 hộ cần thay bếp.').count()).toBeGreaterThan(0);
    await look(head, chair);
  });
});

describe('the answer', () => {
  test('is drafted from the letter, signed by the chairman, numbered by the registrar', async () => {
    await registrar.goto(stage.base + letter);
    await registrar.getByRole('link', { name: 'Soạn văn bản trả lời' }).click();
    await registrar.getByLabel('Trích yếu nội dung').fill(ANSWER);
    await registrar.locator('[name="body"]').fill('Xã Tức Tranh báo cáo như sau.\nXóm Khe Cốc có 12 hộ.');
    await choose(registrar, 'signerId', /Chủ tịch Ủy ban nhân dân/);
    await look(registrar);
    await registrar.locator('main form button[type="submit"]').last().click();
    await registrar.waitForURL(/done=/);
    answer = new URL(registrar.url()).pathname;
    await move(registrar, 'Trình ký');
    await chair.goto(stage.base + answer);
    await move(chair, 'Ký duyệt');
    await registrar.goto(stage.base + answer);
    await move(registrar, 'Cấp số, ban hành');
    expect(await registrar.getByText(/^\d{2,}\/UBND-VP$/).count()).toBeGreaterThan(0);
  });

  test('ends the work on the letter', async () => {
    await registrar.goto(stage.base + letter);
    expect(await state(registrar)).toContain('Đã giải quyết');
    expect(await registrar.getByRole('link', { name: /\d{2,}\/UBND-VP/ }).count()).toBe(1);
    await look(registrar);
  });

  test('is a paper to print and a file to go on writing in', async () => {
    const paper = await registrar.request.get(`${stage.base}${answer}/paper.pdf`);
    expect([paper.status(), paper.headers()['content-type']]).toEqual([200, 'application/pdf']);
    const file = await registrar.request.get(`${stage.base}${answer}/paper.docx`);
    const xml = strFromU8(unzipSync(await file.body())['word/document.xml']!);
    for (const words of [ANSWER, 'Xóm Khe Cốc có 12 hộ.', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'])
      expect(xml).toContain(words);
  });

  test.runIf(hasTool('pdftotext'))(
    'stands in the printed books of the year, each with the other',
    async () => {
      const book = async (name: string) =>
        pdfText(await (await registrar.request.get(desk(`van-ban/books/${name}-${YEAR}.pdf`))).body());
      expect(await book('den')).toContain('77/SNNMT-TT');
      expect(await book('di')).toMatch(/\d{2,}\/UBND-VP/);
      expect((await book('di')).replaceAll(' ', '')).toContain('(THỬ)');
    },
  );
});

describe('the week and the publications', () => {
  test('a public entry stands in everybody’s week', async () => {
    await registrar.goto(desk('lich-cong-tac'));
    await registrar.getByText('Thêm vào lịch', { exact: true }).first().click();
    await registrar.locator('[name="title"]').fill(MEETING);
    await registrar.locator('[name="day"]').fill(TODAY);
    await registrar.locator('[name="place"]').fill('Nhà văn hóa xóm Khe Cốc');
    await registrar.locator('input[type="checkbox"][name="public"]').check();
    await press(registrar, 'Thêm vào lịch');
    const stranger = await stage.phone(PHONE);
    await stranger.goto(`${stage.base}/lich-tuan`);
    await stranger.getByText(MEETING).waitFor();
    await look(registrar, stranger);
  });

  test('what is still to be published is said by its group, and no more once it is', async () => {
    const group = registrar.getByRole('listitem').filter({ hasText: 'Tài sản công' });
    await registrar.goto(desk('cong-khai'));
    expect(await group.first().innerText()).toContain('Chưa có');
    await look(registrar);
    await registrar.getByRole('link', { name: 'Ghi nội dung công khai' }).click();
    await registrar
      .locator('select[name="item"]')
      .selectOption({ label: '6. Tài sản công: quản lý, sử dụng' });
    await registrar.locator('[name="title"]').fill('Danh mục tài sản công (THỬ)');
    await registrar.locator('[name="decidedOn"]').fill(addDays(TODAY, -1));
    await registrar.locator('[name="from"]').fill(TODAY);
    await registrar.locator('input[name="channels"]').first().check();
    await registrar.locator('main form button[type="submit"]').last().click();
    await registrar.waitForURL(/done=/);
    await registrar.goto(desk('cong-khai'));
    expect(await group.first().innerText()).toContain('Đã công khai');
  });
});

test('no page on the way has faults', () => {
  expect(faults).toEqual([]);
});
