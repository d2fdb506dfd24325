/** A buyer checks a lot in the browser: against the key on the page, then against what the browser remembered. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { expect, test } from 'vitest';
import AxeBuilder from '@axe-core/playwright';
import { runAs } from '#app/runtime';
import { appendLeaves, sequenceLeaves } from '#domain/trace';
import { useStage } from './stage.ts';

const stage = useStage();
const MOST_BYTES = 60_000;
const LOT = 'KC-0012';

async function log(count: number, prefix: string): Promise<void> {
  const commune = (await stage.runtime.communes.all()).find(({ slug }) => slug === 'tuc-tranh')!;
  const leaves = Array.from({ length: count }, (_, at) => ({
    kind: 'step',
    id: `${prefix}-${at}`,
    hash: createHash('sha256').update(`${prefix}-${at}`).digest(),
    ...(prefix === LOT && { about: [LOT] }),
  }));
  await runAs(stage.runtime, { commune, actor: { kind: 'system', name: 'test' } }, async (ctx) => {
    await appendLeaves(ctx, leaves);
    await sequenceLeaves(ctx);
  });
}

async function tamper(statement: string): Promise<void> {
  const client = new pg.Client(stage.runtime.urls.owner);
  await client.connect();
  await client.query(statement);
  await client.end();
}

test(
  'a lot is checked in the reader’s own browser, and what was altered is named',
  { timeout: 240_000 },
  async () => {
    await log(3, LOT);
    await log(300, 'other');
    const plain = await stage.phone();
    await plain.goto(`${stage.base}/kiem-chung?ma=${LOT}`);
    expect(await plain.getByRole('main').innerText()).toContain('nhật ký có 3 mục về mã KC-0012');
    expect(await plain.getByRole('main').innerText()).toContain('mới là lời của máy chủ');

    const page = await stage.phone({ javaScriptEnabled: true });
    const sizes = new Map<string, number>();
    page.on('response', (response) => {
      const type = response.request().resourceType();
      if (type !== 'font') sizes.set(response.url(), Number(response.headers()['content-length'] ?? 0));
    });
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (thrown) => faults.push(String(thrown)));
    await page.goto(`${stage.base}/kiem-chung`);
    await page.fill('input[name="ma"]', LOT);
    await page.getByRole('button', { name: 'Kiểm chứng' }).click();
    await page.getByText('Đúng như đã ghi').waitFor();
    expect(await page.locator('[data-lines] li').count()).toBe(3);
    expect(faults).toEqual([]);
    const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    expect(bytes, [...sizes].join('\n')).toBeLessThan(MOST_BYTES);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/right.png`, fullPage: true });

    await log(50, 'later');
    await page.goto(`${stage.base}/kiem-chung?ma=${LOT}`);
    await page.getByText('Đúng như đã ghi').waitFor();

    await page.goto(`${stage.base}/kiem-chung?ma=KHONG-CO`);
    await page.getByText('Nhật ký chưa có mã này').waitFor();

    const checkpoint = await (await fetch(`${stage.base}/nhat-ky-cong-khai/checkpoint`)).text();
    expect(checkpoint.split('\n')[1]).toBe('354');
    const tile = await fetch(`${stage.base}/nhat-ky-cong-khai/tile/0/001.p/98`);
    expect(tile.headers.get('cache-control')).toContain('immutable');
    expect((await tile.arrayBuffer()).byteLength).toBe(98 * 32);
    expect((await fetch(`${stage.base}/nhat-ky-cong-khai/tile/0/001.p/99`)).status).toBe(404);

    await tamper(`update trace_log_leaf set hash = sha256(hash) where subject = '${LOT}-1'`);
    await page.goto(`${stage.base}/kiem-chung?ma=${LOT}`);
    await page.getByText('Có chỗ đã bị sửa').waitFor();
    expect(await page.locator('[data-lines] li').first().innerText()).toContain('mục 2');
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/wrong.png`, fullPage: true });
  },
);
