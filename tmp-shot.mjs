import { chromium } from 'playwright-core';
const [,, width, height, large, ...paths] = process.argv;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const c = await b.newContext({ javaScriptEnabled: false, viewport: { width: +width, height: +height } });
if (large === 'large') await c.addCookies([{ name: 'xa_text', value: 'large', url: 'http://localhost:4471' }]);
const p = await c.newPage();
for (const path of paths) {
  const r = await p.goto('http://localhost:4471' + path);
  const name = path.replace(/[^a-z0-9]+/gi, '_').slice(0, 40);
  await p.screenshot({ path: `/tmp/shots/${name}_${width}${large === 'large' ? 'L' : ''}.png`, fullPage: true });
  const over = 0;
  console.log(r.status(), path, (await p.title()));
}
await b.close();
