/** The journeys of a citizen and of the desk, without JavaScript; each goes on where the one before ended. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useStage } from './stage.ts';
import {
  CITIZEN,
  enterPhone,
  fillApplicant,
  fillTheRest,
  goOn,
  idIn,
  PROCEDURE,
  signInByPhone,
  startFiling,
} from './steps.ts';

const stage = useStage();
/** "Chứng thực chữ ký": on the general form, for a fee, only at the counter. */
const AT_COUNTER = '2.000884';

const filed = { id: '', draft: '', code: '', tracking: '' };
let page: Page;
let clerk: Page;
beforeAll(async () => {
  page = await stage.phone();
});

describe('a citizen on a phone', () => {
  test('finds a procedure in everyday words and reads what it needs', async () => {
    await page.goto(stage.base);
    const home = page.getByRole('main');
    await home.getByRole('searchbox').first().fill('ho ngheo');
    await home.getByRole('button', { name: 'Tìm' }).first().click();
    await home.locator(`a[href$="${PROCEDURE}"]`).click();
    expect(page.url()).toContain(`/thu-tuc/${PROCEDURE}`);
    const main = page.getByRole('main');
    for (const part of ['Giấy tờ cần có', 'Ai được nộp', 'Kết quả nhận được', 'Căn cứ pháp lý'])
      await main.getByRole('heading', { name: part }).waitFor();
    expect(await main.innerText()).toContain('15 ngày làm việc');
  });

  test('fills half a form before signing in, and keeps it', async () => {
    await startFiling(page, stage.base);
    filed.draft = idIn(page);
    await fillApplicant(page);
    await goOn(page);
    await page.getByRole('button', { name: 'Lưu, làm tiếp sau' }).click();
    await page.getByText('Đã lưu nháp, chưa nộp').waitFor();
  });

  test('signs in with the code shown on screen', async () => {
    await page.getByRole('main').getByRole('link', { name: 'Đăng nhập' }).click();
    await enterPhone(page);
    expect(page.url()).toContain('/ban-nhap');
  });

  test('goes on with the draft, attaches a photo and files it', async () => {
    await page.getByRole('link', { name: /^Làm tiếp/ }).click();
    await fillTheRest(page);
    await page.getByRole('link', { name: 'giay-to.png' }).waitFor();
    await page.getByRole('button', { name: 'Nộp hồ sơ cho xã' }).click();
    await page.getByText('Đã nộp cho xã').waitFor();
    filed.id = idIn(page);
    const words = await page.getByRole('main').innerText();
    filed.code = /H\d+\.[\d.]+-\d{6}-\d+/.exec(words)![0];
    filed.tracking = /\b[0-9A-Z]{4}[- ][0-9A-Z]{4}\b/.exec(words)![0];
    expect(words).toContain('Mới đăng ký');
  });

  test('prints the note of what was filed', async () => {
    await page.getByRole('link', { name: 'In phiếu đã nộp' }).click();
    await page.getByRole('heading', { level: 1, name: 'Phiếu đã nộp hồ sơ' }).waitFor();
    expect(await page.getByRole('main').innerText()).toContain(filed.code);
  });

  test('posts the same submit again and still has one dossier', async () => {
    const address = `${stage.base}/nop-ho-so/${PROCEDURE}/${filed.draft}?/submit`;
    const headers = {
      accept: 'text/html',
      origin: stage.base,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const answers = await Promise.all(
      [1, 2, 3].map(() => page.context().request.post(address, { headers, data: '', maxRedirects: 0 })),
    );
    for (const answer of answers) expect(answer.headers().location).toContain(filed.id);
    await page.goto(`${stage.base}/ho-so-cua-toi`);
    expect(await page.getByText(filed.code).count()).toBe(1);
  });

  test('tracks it as a stranger, by the short code or by the last digits of the phone', async () => {
    const stranger = await stage.phone();
    await track(stranger, filed.tracking);
    expect(await stranger.getByRole('article').innerText()).toContain(filed.code);
    expect(await stranger.content()).not.toContain(CITIZEN.name);
    await track(stranger, filed.code, CITIZEN.last4);
    expect(await stranger.getByRole('article').innerText()).toContain('Mới đăng ký');
    await track(stranger, filed.code, '0000');
    await stranger.getByRole('alert').or(stranger.getByText('Không tìm thấy hồ sơ')).first().waitFor();
    expect(await stranger.getByRole('article').count()).toBe(0);
  });

  test('is refused at the desk', async () => {
    const stranger = await stage.phone();
    for (const path of ['/can-bo/so-lieu', '/can-bo/nhat-ky', '/can-bo/quyen', '/can-bo/ho-so']) {
      for (const reader of [page, stranger]) {
        await reader.goto(stage.base + path);
        expect(new URL(reader.url()).pathname).toBe('/dang-nhap/can-bo');
      }
    }
  });

  test('finds nothing of it in the commune next door', async () => {
    const elsewhere = await stage.phone();
    await signInByPhone(elsewhere, stage.neighbour);
    const paths = [
      `/ho-so-cua-toi/${filed.id}`,
      `/ho-so-cua-toi/${filed.id}/receipt`,
      `/nop-ho-so/${PROCEDURE}/${filed.draft}`,
      `/nop-ho-so/${PROCEDURE}/${filed.draft}/applicant`,
    ];
    for (const path of paths) {
      const answer = await elsewhere.goto(stage.neighbour + path);
      expect([path, answer!.status()]).toEqual([path, 404]);
    }
    await elsewhere.goto(`${stage.neighbour}/ho-so-cua-toi`);
    expect(await elsewhere.content()).not.toContain(filed.code);
    await track(elsewhere, filed.tracking, '', stage.neighbour);
    expect(await elsewhere.getByRole('article').count()).toBe(0);
    await track(elsewhere, filed.code, CITIZEN.last4, stage.neighbour);
    expect(await elsewhere.getByRole('article').count()).toBe(0);
  });
});

describe('officials at the desk', () => {
  const move = async (desk: Page, title: string) => {
    const answered = desk.waitForEvent('domcontentloaded');
    await desk.getByRole('button', { name: title, exact: true }).click();
    await answered;
    await desk.getByRole('status').filter({ hasText: title }).waitFor();
  };
  const open = async (page: Page) => {
    await page.goto(`${stage.base}/can-bo/ho-so?view=all&q=${filed.code}`);
    await page.getByRole('main').getByRole('link', { name: filed.code }).click();
  };
  const choose = async (page: Page, label: string, name: string) => {
    const list = page.getByRole('combobox', { name: label });
    await list.selectOption(await list.locator('option', { hasText: name }).getAttribute('value'));
  };

  test('the clerk receives it and gives it to a specialist', async () => {
    clerk = await stage.official('mot-cua-1');
    await open(clerk);
    await move(clerk, 'Tiếp nhận');
    await choose(clerk, 'Giao cho', 'Đặng Thị Thuý Nga');
    await move(clerk, 'Giao xử lý');
  });

  test('the specialist finds it among her own and brings it to the signature', async () => {
    const page = await stage.official('tu-phap-1');
    await page.goto(`${stage.base}/can-bo/ho-so`);
    await page.getByRole('main').getByRole('link', { name: filed.code }).click();
    await move(page, 'Chuyển bước tiếp theo');
    await choose(page, 'Người làm bước này', 'Hoàng Đức Mẫn');
    await move(page, 'Chuyển bước tiếp theo');
  });

  test('the chairman signs a result on paper', async () => {
    const page = await stage.official('chu-tich');
    await open(page);
    await page.getByLabel('Bản giấy').check();
    await choose(page, 'Người ký', 'Hoàng Đức Mẫn');
    await move(page, 'Ký kết quả');
  });

  test('the clerk gives the result back', async () => {
    await open(clerk);
    await move(clerk, 'Trả kết quả');
  });

  test('the citizen rates it by the slip, once', async () => {
    await page.goto(`${stage.base}/ho-so-cua-toi/${filed.id}`);
    await page.getByRole('button', { name: 'Đánh giá cách phục vụ' }).click();
    const slip = page.url();
    expect(slip).toContain('/danh-gia/');
    const again = await stage.phone();
    await again.goto(slip);
    for (const reader of [page, again]) {
      await reader
        .getByRole('group', { name: 'Thái độ của cán bộ' })
        .getByText('Hài lòng', { exact: true })
        .click();
      await reader.getByRole('button', { name: 'Gửi đánh giá' }).click();
      const answer = reader === page ? 'Xã cảm ơn bà con' : 'Phiếu này đã được dùng';
      await reader.getByText(answer).first().waitFor();
    }
    await again.goto(slip);
    await again.getByText('Phiếu này đã được dùng').waitFor();
  });

  test('the clerk takes a stranger’s dossier in at the counter, with its papers, fee and receipt', async () => {
    await clerk.goto(`${stage.base}/can-bo/tiep-nhan/${AT_COUNTER}`);
    await fillApplicant(clerk);
    await clerk
      .getByLabel('Bà con đề nghị xã giải quyết việc gì?')
      .fill('Chứng thực chữ ký trên giấy bán xe.');
    await clerk
      .getByRole('group', { name: /giải quyết hoặc cấp giấy/ })
      .getByLabel('Không')
      .check();
    await clerk.getByLabel('Nhận tại Bộ phận Một cửa').check();
    await clerk.getByLabel(/Tôi cam đoan/).check();
    await clerk.getByRole('button', { name: 'Nộp và tiếp nhận' }).click();
    await clerk.getByRole('status').filter({ hasText: 'Đã nộp hồ sơ' }).waitFor();
    expect(await clerk.getByRole('main').innerText()).toContain('Bản giấy');
    await clerk.locator('summary', { hasText: 'Thu phí, lệ phí' }).click();
    await move(clerk, 'Thu phí, lệ phí');
    for (const paper of ['Giấy tiếp nhận', 'Phiếu thu']) {
      const link = clerk.getByRole('main').getByRole('link', { name: paper }).first();
      const answer = await clerk.request.get(stage.base + (await link.getAttribute('href')));
      expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
    }
  });

  test('an official whom it is not about types in a paper slip, once', async () => {
    const police = await stage.official('cong-an-1');
    await clerk.goto(`${stage.base}/can-bo/ho-so?view=all&state=returned`);
    const code = await waitingSlip(clerk);
    for (const answer of ['Đã ghi 1 phiếu', 'Phiếu này đã được dùng']) {
      await police.goto(`${stage.base}/can-bo/phieu-danh-gia`);
      await police.getByLabel('Mã phiếu').fill(code);
      await police
        .getByRole('group', { name: 'Thái độ của cán bộ' })
        .getByLabel('Hài lòng', { exact: true })
        .check();
      await police.getByRole('button', { name: 'Ghi phiếu' }).click();
      await police.getByText(answer).first().waitFor();
    }
  });

  test('the commune next door opens nothing of it at its desk', async () => {
    const page = await stage.official('mot-cua-1', {}, 'phu-do');
    const answer = await page.goto(`${stage.neighbour}/can-bo/ho-so/${filed.id}`);
    expect(answer!.status()).toBe(404);
    const lists = [`/can-bo/ho-so?view=all&q=${filed.code}`, '/can-bo/ho-so?view=all&q=Hoàng+Thị+Thử'];
    for (const path of lists) {
      expect((await page.goto(stage.neighbour + path))!.status()).toBe(200);
      expect(await page.getByRole('main').getByRole('link', { name: /^H\d/ }).count()).toBe(0);
    }
  });

  test('the administrator reads who may do what', async () => {
    const page = await stage.official('quan-tri');
    await page.goto(`${stage.base}/can-bo/quyen?view=rights`);
    await page.getByRole('main').getByRole('table').first().waitFor();
    expect(await page.getByRole('main').innerText()).toContain('Công chức chuyên môn');
  });
});

/** The code of a slip that waits, of the first dossier in the list that has one and is not the police's. */
async function waitingSlip(desk: Page): Promise<string> {
  const rows = desk
    .getByRole('main')
    .getByRole('row')
    .filter({ hasNotText: /trú|vắng/ });
  const links = rows.getByRole('link', { name: /^H\d/ });
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  for (const address of addresses) {
    await desk.goto(stage.base + address);
    const show = desk.getByRole('button', { name: 'Hiện mã quét' });
    if ((await show.count()) === 0) continue;
    await show.click();
    return desk
      .getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
      .first()
      .innerText();
  }
  throw new Error(`none of ${addresses.length} dossiers has a slip that waits`);
}

async function track(page: Page, code: string, last4 = '', base = stage.base): Promise<void> {
  await page.goto(`${base}/tra-cuu`);
  await page.getByLabel('Mã trên giấy biên nhận').fill(code);
  if (last4 !== '') {
    await page.getByText('Chỉ có mã hồ sơ dài').click();
    await page.getByLabel('4 số cuối').fill(last4);
  }
  await page.getByRole('main').getByRole('button', { name: 'Tra cứu' }).click();
}
