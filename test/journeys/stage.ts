/**
 * The stage of browser tests: the real server on a database of its own with a small demo commune, and a real
 * Chromium. The pages are those of `build/`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Runtime } from '#app/runtime';
import { startServer, type RunningServer } from '#app/server';
import { buildAccounts, buildTechnician, demoEmail } from '../../demo/accounts.ts';
import { buildCommunes } from '../../demo/communes.ts';
import { buildDiary } from '../../demo/diary.ts';
import { buildCriteria } from '../../demo/criteria.ts';
import { buildInspections } from '../../demo/inspections.ts';
import { buildLabels } from '../../demo/tea-labels.ts';
import { buildOffice } from '../../demo/office.ts';
import { buildPlots } from '../../demo/plots.ts';
import { buildProducers } from '../../demo/producers.ts';
import { buildPlaces } from '../../demo/houses-and-works.ts';
import { buildServices } from '../../demo/services.ts';
import { DEMO_PASSWORD, demoTotp } from '../../src/domains/identity/auth/demo.ts';
import { emptyRuntime } from '../runtime.ts';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PHONE = { viewport: { width: 360, height: 740 } };
const DESK = { viewport: { width: 1440, height: 900 } };
const PATIENCE_MS = 30_000;

export type Stage = {
  base: string;
  /** The neighbour's address: Chromium resolves *.localhost by itself. */
  neighbour: string;
  runtime: Runtime;
  browser: Browser;
  /** A page on a phone, without JavaScript unless told otherwise. */
  phone: (options?: BrowserContextOptions) => Promise<Page>;
  /** An official signed in at the desk, by password and authenticator; at the neighbour's by its name. */
  official: (key: string, options?: BrowserContextOptions, slug?: 'tuc-tranh' | 'phu-do') => Promise<Page>;
};

/** Sets the stage once for the calling file. */
export function useStage(): Stage {
  const stage = {} as Stage;
  const contexts: BrowserContext[] = [];
  let server: RunningServer | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'xa-stage-'));
  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await stage.browser.newContext({ javaScriptEnabled: false, locale: 'vi-VN', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    contexts.push(context);
    return context.newPage();
  };
  beforeAll(async () => {
    stage.runtime = await makeRuntime(folder);
    server = await startServer(stage.runtime);
    stage.base = `http://localhost:${server.port}`;
    stage.neighbour = `http://phu-do.localhost:${server.port}`;
    stage.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    stage.phone = (options = {}) => open({ ...PHONE, ...options });
    stage.official = async (key, options = {}, slug = 'tuc-tranh') => {
      const page = await open({ ...DESK, ...options });
      await signIn(page, slug === 'phu-do' ? stage.neighbour : stage.base, demoEmail(key, slug));
      return page;
    };
  }, 240_000);
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await stage.browser?.close();
    await server?.stop();
    await stage.runtime?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return stage;
}

async function makeRuntime(dataDir: string): Promise<Runtime> {
  const runtime = await emptyRuntime(dataDir);
  const now = new Date();
  const { tucTranh, phuDo } = await buildCommunes(runtime, now);
  await buildProducers(runtime, tucTranh, now);
  await buildPlaces(runtime, tucTranh, now);
  await buildPlots(runtime, tucTranh, now);
  const small = { year: 8, onPaper: 1, since: 0, recent: 30 };
  const people = await buildAccounts(runtime, tucTranh);
  const technician = await buildTechnician(runtime, tucTranh);
  await buildDiary(runtime, tucTranh, now, technician, 16);
  await buildLabels(runtime, tucTranh, now, technician);
  await buildInspections(runtime, tucTranh, now, people.find(({ key }) => key === 'dia-chinh')!.actor);
  await buildServices(runtime, tucTranh, people, small, now);
  await buildOffice(runtime, tucTranh, people, now);
  await buildCriteria(runtime, tucTranh, people);
  await buildServices(
    runtime,
    phuDo,
    await buildAccounts(runtime, phuDo),
    { ...small, year: 0, onPaper: 0, recent: 6 },
    now,
  );
  return runtime;
}

/** Signs an official in as a person would: e-mail, password, six digits. */
async function signIn(page: Page, base: string, email: string): Promise<void> {
  await page.goto(`${base}/dang-nhap/can-bo`);
  await page.fill('input[name="email"]', email);
  await page.fill('input[name="password"]', DEMO_PASSWORD);
  await page.click('main form button[type="submit"]');
  await page.fill('input[name="code"]', demoTotp(new Date()));
  await page.click('main form button[type="submit"]');
  await page.waitForURL((url) => !url.pathname.startsWith('/dang-nhap'));
}
