/** An official changes a procedure from tomorrow, without JavaScript: today's page and what was filed keep their rules. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { runAs } from '#app/runtime';
import { sampleAnswers } from '#kernel/forms/sample';
import type { RawRecord } from '#kernel/forms/values';
import { addDays, localDateOf } from '#kernel/time';
import { fileAtCounter } from '../../src/domains/services/dossier/file.actions.ts';
import { loadDossier } from '../../src/domains/services/dossier/record.ts';
import { findProcedureOn, getForm } from '../../src/domains/services/procedure.queries.ts';
import { useStage } from './stage.ts';
import { CITIZEN, PROCEDURE } from './steps.ts';

const stage = useStage();
const tomorrow = addDays(localDateOf(new Date()), 1);
let page: Page;
let dossier: string;

const desk = () => `${stage.base}/can-bo/thu-tuc`;
const as = <T>(work: Parameters<typeof runAs<T>>[2]) => {
  const commune = stage.runtime.communes.byHost('localhost');
  return commune.then((found) =>
    runAs(stage.runtime, { commune: found!, actor: { kind: 'system', name: 'test' }, silent: true }, work),
  );
};
const press = async (name: string) => {
  const answered = page.waitForEvent('domcontentloaded');
  await page.getByRole('button', { name, exact: true }).click();
  await answered;
};

beforeAll(async () => {
  page = await stage.official('quan-tri', { acceptDownloads: true });
  const filed = await as(async (ctx) => {
    const today = localDateOf(ctx.now);
    const { form } = (await findProcedureOn(ctx, PROCEDURE, today))!;
    const asked = await getForm(ctx, form.id, form.version);
    return fileAtCounter(ctx, {
      procedureCode: PROCEDURE,
      answers: sampleAnswers(asked, { today, hamlets: [] }, () => 0, 0) as RawRecord,
      applicant: { name: CITIZEN.name, phone: null, userId: null, residentId: null },
      hamletId: null,
      papers: {},
      draftId: null,
      clientId: 'procedures-journey',
    });
  });
  dossier = filed.id;
}, 240_000);

describe('an official who edits procedures', () => {
  test('finds one and begins a draft', async () => {
    await page.goto(`${stage.base}/can-bo/ho-so`);
    await page.getByRole('link', { name: 'Soạn thủ tục' }).click();
    await page.getByLabel('Tên hoặc mã thủ tục').fill('ho ngheo');
    await press('Lọc');
    await page.getByRole('main').locator(`a[href$="${PROCEDURE}"]`).click();
    await page.getByRole('button', { name: /^Soạn từ bản số/ }).click();
    await page.getByText('Đã mở một bản nháp').waitFor();
  });

  test('adds and takes out rows without losing what was typed', async () => {
    await page.getByLabel('Bao lâu (số)').first().fill('10');
    const papers = page.getByRole('group', { name: /^Giấy tờ \d+$/ });
    const before = await papers.count();
    await press('Thêm giấy tờ');
    expect(await papers.count()).toBe(before + 1);
    expect(page.url()).toContain(`#draft-papers-${before}`);
    await papers.last().getByLabel('Tên giấy tờ (tiếng Việt)').fill('Ảnh ngôi nhà');
    await press('Thêm căn cứ');
    expect(await papers.last().getByLabel('Tên giấy tờ (tiếng Việt)').inputValue()).toBe('Ảnh ngôi nhà');
    expect(await page.getByLabel('Bao lâu (số)').first().inputValue()).toBe('10');
    const law = page.getByRole('group', { name: /^Căn cứ \d+$/ });
    const added = await law.count();
    await press(`Bỏ Căn cứ ${added}`);
    expect(await law.count()).toBe(added - 1);
  });

  test('is led to what is missing, mends it and saves a draft that is not published', async () => {
    await press('Lưu bản nháp');
    const summary = page.getByRole('group', { name: /cần sửa|chỗ/ }).first();
    await summary.getByRole('link', { name: /Tên giấy tờ \(tiếng Anh\)/ }).click();
    const empty = page.locator(page.url().slice(page.url().indexOf('#')));
    expect(await empty.getAttribute('aria-invalid')).toBe('true');
    await empty.fill('Photograph of the house');
    await press('Lưu bản nháp');
    await page.getByText('Bản nháp đã lưu, chưa công bố').waitFor();
    await page.getByText('Bản nháp, chưa công bố').waitFor();
  });

  test('sees what will change and publishes it from tomorrow', async () => {
    await press('Lưu rồi xem lại để công bố');
    const main = page.getByRole('main');
    const words = await main.innerText();
    for (const told of ['Ảnh ngôi nhà', 'Sẽ thay đổi 2 chỗ', 'Hồ sơ đã nộp giữ nguyên quy định'])
      expect(words).toContain(told);
    await page.getByLabel('Áp dụng từ ngày').fill(localDateOf(new Date()));
    await main.getByRole('button', { name: /^Công bố bản số/ }).click();
    await page.getByText('Ngày hiệu lực phải sau hôm nay').first().waitFor();
    await page.getByLabel('Áp dụng từ ngày').fill(tomorrow);
    await main.getByRole('button', { name: /^Công bố bản số/ }).click();
    await page.getByText('Đã công bố bản mới').waitFor();
    await page.getByText('Sắp áp dụng').waitFor();
  });

  test('changes nothing for today, nor for what was filed', async () => {
    const citizen = await stage.phone();
    const limit = async (query: string) => {
      await citizen.goto(`${stage.base}/thu-tuc/${PROCEDURE}${query}`);
      return citizen.getByRole('main').innerText();
    };
    expect(await limit('')).toContain('15 ngày làm việc');
    const later = await limit(`?on=${tomorrow}`);
    expect(later).toContain('10 ngày làm việc');
    expect(later).toContain('Ảnh ngôi nhà');
    const { procedure } = await as((ctx) => loadDossier(ctx, dossier));
    expect(procedure.timeLimit?.amount).toBe(15);
  });

  test('carries it away as a file, and brings files in: whole ones only', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Tải tệp' }).click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    const bring = async (content: string) => {
      await page.goto(desk());
      const file = { name: 'thu-tuc.json', mimeType: 'application/json', buffer: Buffer.from(content) };
      await page.getByLabel('Tệp thủ tục (.json)').setInputFiles(file);
      await press('Nhập làm bản nháp');
    };
    await bring(text.replaceAll('"amount": 10', '"amount": "mười"'));
    expect(await page.getByRole('alert').innerText()).toContain('Thời hạn');
    await bring(text);
    await page.getByText('Đã nhập tệp làm bản nháp').waitFor();
  });

  test('is asked for the right: a clerk and a stranger do not come in', async () => {
    const clerk = await stage.official('mot-cua-1');
    for (const path of [
      '',
      `/${PROCEDURE}`,
      `/${PROCEDURE}/draft`,
      `/${PROCEDURE}/publish`,
      `/${PROCEDURE}/file`,
    ])
      expect([path, (await clerk.goto(desk() + path))!.status()]).toEqual([path, 403]);
    const stranger = await stage.phone();
    await stranger.goto(desk());
    expect(new URL(stranger.url()).pathname).toBe('/dang-nhap/can-bo');
  });
});
