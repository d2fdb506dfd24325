import { expect, test } from 'vitest';
import { crawl } from './crawl.ts';
import { useStage } from './stage.ts';

const stage = useStage();
/** Axe needs JavaScript; the pages themselves are the same without. */
const SCRIPTED = { javaScriptEnabled: true };
const LONG = 240_000;

test('every public page is whole, light and readable for everybody', { timeout: LONG }, async () => {
  const page = await stage.phone(SCRIPTED);
  const { visited, faults } = await crawl({ page, base: stage.base, from: ['/', '/en'], open: true });
  expect(faults).toEqual([]);
  for (const known of ['/tra-cuu', '/thu-tuc', '/danh-ba', '/gio-lam-viec', '/so-lieu', '/en/track'])
    expect(visited).toContain(known);
});

test.for(['mot-cua-1', 'chu-tich', 'quan-tri'])(
  'every page at the desk of %s is whole and readable',
  { timeout: LONG },
  async (key) => {
    const page = await stage.official(key, SCRIPTED);
    const { visited, faults } = await crawl({
      page,
      base: stage.base,
      from: ['/tai-khoan'],
      open: false,
      skip: (path) => !path.startsWith('/can-bo') && !path.startsWith('/tai-khoan'),
    });
    expect(faults).toEqual([]);
    expect(visited.filter((path) => path.startsWith('/can-bo/')).length).toBeGreaterThan(2);
  },
);

test('one page may stand in a frame of another site; the screen in the hall loads itself anew', async () => {
  const policyOf = async (path: string) =>
    (await fetch(stage.base + path)).headers.get('content-security-policy') ?? '';
  for (const path of ['/nhung/tien-do', '/en/embed/progress'])
    expect(await policyOf(path)).toContain('frame-ancestors *');
  for (const path of ['/tien-do', '/tien-do/man-hinh', '/dang-nhap'])
    expect(await policyOf(path)).toContain("frame-ancestors 'none'");
  const wall = await fetch(`${stage.base}/tien-do/man-hinh`);
  expect(wall.headers.get('refresh')).toBe('60');
});
