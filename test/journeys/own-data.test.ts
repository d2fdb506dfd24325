/** A person's own data: seen, decided on and corrected, on a phone without JavaScript; the clerk's side at the desk. */
import { expect, test } from 'vitest';
import { runAs } from '#app/runtime';
import { bindResident } from '#domain/identity';
import { createResident, getResident } from '#domain/registry';
import { official } from '#test/world';
import { crawl } from './crawl.ts';
import { useStage } from './stage.ts';
import { CITIZEN, signInByPhone } from './steps.ts';

const stage = useStage();
const clerk = official('clerk');
const WHO = { fullName: 'Hoàng Thị Thử', nationalId: '019185777123', idCompared: true };

async function bound() {
  const commune = (await stage.runtime.communes.all()).find(({ slug }) => slug === 'tuc-tranh')!;
  return runAs(stage.runtime, { commune, actor: clerk, purpose: 'dossier' }, async (ctx) => {
    const id = await createResident(ctx, {
      ...WHO,
      phone: CITIZEN.phone,
      birthDate: '1985-03-02',
      sex: 'female',
    });
    await bindResident(ctx, { phone: CITIZEN.phone, name: WHO.fullName, nationalId: WHO.nationalId });
    await getResident(ctx, id);
    return id;
  });
}

test(
  'what the commune holds about me is mine to see, decide on and have corrected',
  { timeout: 240_000 },
  async () => {
    const phone = await stage.phone();
    await signInByPhone(phone, stage.base);
    await phone.goto(`${stage.base}/tai-khoan/du-lieu`);
    expect(await phone.getByRole('main').innerText()).toContain('chưa gắn với hồ sơ cư dân');

    await bound();
    await phone.goto(`${stage.base}/tai-khoan`);
    await phone.getByRole('link', { name: 'Dữ liệu của tôi' }).first().click();
    expect(await phone.getByRole('main').innerText()).toContain('xxxxxxxxx123');
    expect(await phone.content()).not.toContain(WHO.nationalId);

    await phone.getByRole('link', { name: 'Ai đã xem' }).click();
    expect(await phone.getByRole('main').innerText()).toContain('Mở thông tin');

    await phone.getByRole('link', { name: 'Đồng ý', exact: true }).click();
    expect(await phone.locator('input:checked').count()).toBe(0);
    await phone.getByRole('button', { name: 'Tôi đồng ý: Nhận tin của xã' }).click();
    await phone.getByText('Đã ghi nhận đồng ý').waitFor();
    await phone.getByRole('button', { name: 'Rút lại đồng ý: Nhận tin của xã' }).click();
    await phone.getByText('Đã rút lại.').first().waitFor();

    await phone.getByRole('link', { name: 'Đính chính', exact: true }).click();
    await phone.getByRole('link', { name: 'Họ và tên' }).click();
    await phone.getByLabel('Đúng là').fill('Hoàng Thị Thư');
    await phone.getByLabel('Vì sao').fill('Giấy khai sinh không có dấu hỏi.');
    await phone.getByRole('button', { name: 'Gửi yêu cầu' }).click();
    await phone.getByText('Đã gửi yêu cầu').waitFor();

    const desk = await stage.official('mot-cua-1');
    await desk.goto(`${stage.base}/can-bo/so/dinh-chinh`);
    await desk.getByRole('link', { name: WHO.fullName }).click();
    await desk.getByRole('button', { name: 'Chấp nhận và ghi vào sổ' }).click();
    await desk.getByText('Đã ghi vào sổ và báo').waitFor();

    await phone.goto(`${stage.base}/tai-khoan/du-lieu`);
    expect(await phone.getByRole('main').innerText()).toContain('Hoàng Thị Thử → Hoàng Thị Thư');
    for (const copy of ['copy.pdf', 'copy.json']) {
      const answer = await phone.request.get(`${stage.base}/tai-khoan/du-lieu/${copy}`);
      expect([copy, answer.status()]).toEqual([copy, 200]);
    }
  },
);

test('these pages are whole, light and readable for everybody', { timeout: 240_000 }, async () => {
  const page = await stage.phone({ javaScriptEnabled: true });
  await signInByPhone(page, stage.base);
  const start = '/tai-khoan/du-lieu';
  const inside = (path: string) => path.startsWith(start);
  const { visited, faults } = await crawl({
    page,
    base: stage.base,
    from: [start],
    open: true,
    skip: (path) => !inside(path),
  });
  expect(faults).toEqual([]);
  expect(visited.filter(inside).length).toBeGreaterThan(5);
});
