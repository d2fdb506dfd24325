/** A grower with plots, and phones: Chromium with a profile of its own that can be ended at any moment by SIGKILL. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { runAs } from '#app/runtime';
import { importPlots } from '#domain/farming';
import { bindResident } from '#domain/identity';
import { enterHouseholds } from '#domain/registry';
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { official, system } from '#test/world';
import { square } from '../../src/domains/farming/fixtures.ts';
import { watchSteps, type Death } from './diary-phone-death.ts';
import { FLAGS, CHROMIUM, type Stage } from './stage.ts';
import { CITIZEN, signInByPhone } from './steps.ts';

export const PIN = '246813';
const DAY_MS = 86_400_000;
/** Somebody who keeps a diary; the citizen of the journeys where nobody else is named. */
export type Grower = { name: string; phone: string; nationalId: string };
const GROWER: Grower = { name: CITIZEN.name, phone: CITIZEN.phone, nationalId: '019185777124' };
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Runs in the commune, as the program itself unless told otherwise. */
export async function inTheCommune<T>(
  stage: Stage,
  work: (ctx: Ctx) => Promise<T>,
  actor: typeof system | ReturnType<typeof official> = system,
): Promise<T> {
  const commune = (await stage.runtime.communes.all()).find(({ slug }) => slug === 'tuc-tranh')!;
  return runAs(stage.runtime, { commune, actor, purpose: 'dossier' }, work);
}

/** Gives somebody who has signed in before a household with plots, `row` apart from others'. @returns the household's id */
export async function plantGrower(
  stage: Stage,
  plots: readonly string[],
  { name, phone, nationalId }: Grower = GROWER,
  row = 2,
): Promise<string> {
  const person = {
    fullName: name,
    birthDate: '1985-03-02',
    sex: 'female' as const,
    nationalId,
    idCompared: true,
    phone,
  };
  const household = await inTheCommune(stage, async (ctx) => {
    const [hamlet] = await listHamlets(ctx);
    const people = [{ relation: 'head' as const, person }];
    const [entered] = await enterHouseholds(ctx, [{ hamletId: hamlet!.id, on: '2020-01-01', people }]);
    const { householdId } = entered!;
    await importPlots(
      ctx,
      plots.map((name, at) => ({
        hamletId: hamlet!.id,
        householdId,
        geometry: square(2 + at, row, 50),
        madeBy: 'draw',
        from: '2024-01-10',
        name,
      })),
    );
    return householdId;
  });
  await inTheCommune(stage, (ctx) => bindResident(ctx, { phone, name, nationalId }), official('clerk'));
  return household;
}

/** What the commune holds of an entry, by what was noted in it. */
export type InCommune = {
  id: string;
  kind: string;
  note: string | null;
  leaf: number | null;
  what: string | null;
  corrects: string | null;
  photos: number;
  /** The day that it tells of. */
  on: string;
};

/** All entries of a household as they lie in the commune's tables. */
export async function inCommune(stage: Stage, household: string): Promise<InCommune[]> {
  return ask(
    stage,
    `select e.id, e.kind, e.details ->> 'note' as note, (e.details ->> 'leaf_g')::int as leaf,
       e.details ->> 'what' as what, e.corrects, e.happened_on::text as on,
       (select count(*)::int from farming_photo p where p.entry_id = e.id and p.hash is not null) as photos
     from farming_entry e where household_id = $1 order by note, e.id`,
    [household],
  );
}

/** The ids of all entries that were refused to a household. */
export async function refusedIds(stage: Stage, household: string): Promise<string[]> {
  const rows = await ask<{ entry_id: string }>(
    stage,
    'select distinct entry_id::text from farming_refusal where household_id = $1',
    [household],
  );
  return rows.map(({ entry_id }) => entry_id);
}

async function ask<T>(stage: Stage, query: string, values: unknown[]): Promise<T[]> {
  const client = new pg.Client(stage.runtime.urls.owner);
  await client.connect();
  const { rows } = await client.query(query, values);
  await client.end();
  return rows as T[];
}

export type Life = { daysAgo?: number; offline?: boolean; death?: Death; signedOut?: boolean };

/** One phone: what lies in its profile outlives it. */
export class TestPhone {
  page!: Page;
  cookies: Cookies = [];
  /** Everything that was sent to the commune, to be sent again. */
  readonly sent: string[] = [];
  /** What went wrong in its pages. */
  readonly faults: string[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'xa-phone-'));
  readonly #base: string;
  #child: ChildProcess | null = null;
  #browser: Browser | null = null;
  #died: Promise<string> = Promise.resolve('');

  constructor(base: string) {
    this.#base = base;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** @param life `daysAgo`: by how much its clock is behind; negative where it is ahead */
  async start({ daysAgo = 0, offline = false, death, signedOut = false }: Life = {}): Promise<void> {
    const flags = [...FLAGS, '--remote-debugging-port=0', `--user-data-dir=${this.folder}`, 'about:blank'];
    this.#child = spawn(CHROMIUM, flags, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#browser = await chromium.connectOverCDP(await addressOf(this.#child));
    const context = this.#browser.contexts()[0]!;
    context.setDefaultTimeout(30_000);
    this.page = context.pages()[0] ?? (await context.newPage());
    await this.page.setViewportSize({ width: 390, height: 844 });
    this.page.on('request', (request) => {
      if (request.url().endsWith('/dong-bo')) this.sent.push(request.postData()!);
    });
    this.page.on('pageerror', (thrown) => this.faults.push(String(thrown)));
    if (daysAgo !== 0) await context.clock.setFixedTime(Date.now() - daysAgo * DAY_MS);
    if (signedOut) await context.clearCookies();
    else if (this.cookies.length > 0) await context.addCookies(this.cookies);
    if (death) await this.#mayDie(death);
    if (offline) await context.setOffline(true);
  }

  async #mayDie(death: Death): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#died = promise;
    await this.context.exposeBinding('xaDies', (_, step: string) => {
      this.kill();
      resolve(step);
    });
    await this.context.addInitScript(watchSteps, death);
  }

  /** Does something until it is done or the phone died. @returns the step at which it died; null where it lives */
  async live(work: () => Promise<void>): Promise<string | null> {
    const done = work().then(() => null);
    done.catch(() => undefined);
    const step = await Promise.race([done, this.#died]);
    if (step !== null) await this.#gone();
    return step;
  }

  async signIn({ phone }: Pick<Grower, 'phone'> = GROWER): Promise<void> {
    await signInByPhone(this.page, this.#base, phone);
    await this.keepCookies();
  }

  async keepCookies(): Promise<void> {
    this.cookies = await this.context.cookies();
  }

  /** As a battery that was taken out. */
  kill(): void {
    process.kill(-this.#child!.pid!, 'SIGKILL');
  }

  /** Ends it like that, and begins another life. */
  async reborn(life: Life = {}): Promise<void> {
    this.kill();
    await this.#gone();
    await this.start(life);
  }

  async #gone(): Promise<void> {
    const child = this.#child!;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await this.#browser?.close().catch(() => undefined);
  }

  async end(): Promise<void> {
    try {
      this.kill();
      await this.#gone();
    } catch {
      // It is dead already.
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 9 });
  }

  open(): Promise<unknown> {
    return this.page.goto(`${this.#base}/nhat-ky`);
  }

  async unlock({ name }: Pick<Grower, 'name'> = GROWER): Promise<void> {
    await this.open();
    await this.page.getByRole('button', { name }).click();
    await this.page.getByLabel('Mã PIN (6 số)').fill(PIN);
    await this.page.getByRole('button', { name: 'Mở nhật ký' }).click();
    await this.page.getByRole('heading', { name: 'Vừa làm gì?' }).waitFor();
  }

  /** Takes the signed-in grower onto this phone and keeps the program on it. */
  async settleIn({ name }: Pick<Grower, 'name'> = GROWER): Promise<void> {
    await this.open();
    await this.page.getByRole('button', { name: 'Thêm người trên máy này' }).click();
    await this.page.getByLabel('Tên hiện trên máy này').fill(name);
    await this.page.getByLabel('Đặt mã PIN (6 số)').fill(PIN);
    await this.page.getByLabel('Nhập lại mã PIN').fill(PIN);
    await this.page.getByRole('button', { name: 'Mở nhật ký' }).click();
    await this.page.getByText('Cập nhật từ xã').waitFor();
    await this.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = '';
    child.stderr!.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const address = /ws:\/\/\S+/.exec(said)?.[0];
      if (address) found(address);
    });
    child.once('exit', () => fail(new Error(said)));
  });
}
