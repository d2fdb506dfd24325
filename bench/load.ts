/** The benchmark's database: one commune, a plain procedure, and stored dossiers loaded by COPY. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { setUpCommune } from '#domain/commune';
import { createApiKey } from '#domain/identity';
import { importCatalogue } from '#domain/services';
import { createCommune } from '#app/communes';
import { readConfig } from '#app/config';
import { prepare } from '#app/prepare';
import { runAs } from '#app/runtime';
import type { Actor, CommuneRef, Ctx } from '#kernel/context';
import { newId, randomCode } from '#kernel/ids';
import type { RunInCommune } from '#kernel/manifest';
import { PHU_DO } from '../demo/places.ts';
import { STATES } from '../src/domains/services/dossier/dossier.ts';
import { CLUB, CLUB_FORM } from '../src/domains/services/fixtures.ts';

export const BENCH_PROCEDURE = CLUB.code;
export const BENCH_OFFICIAL = '01900000-0000-7000-8000-000000000001';

export type Bench = {
  key: string;
  /** What the two servers need to know. */
  settings: { dataDir: string; communeId: number; ownerUrl: string };
  stored: number;
  /** Runs work in the program itself, as the program. */
  run: RunInCommune;
  /** The same in another commune, as somebody. */
  runIn: <T>(commune: CommuneRef, actor: Actor, work: (ctx: Ctx) => Promise<T>) => Promise<T>;
  stop: () => Promise<void>;
};

const SYSTEM = { kind: 'system', name: 'bench' } as const;

export async function prepareBench(dataDir: string, say: (line: string) => void): Promise<Bench> {
  const config = readConfig({ DATA_DIR: dataDir, DEMO: '0', LOG_LEVEL: 'error' });
  const { runtime, stop } = await prepare(config, say);
  const commune = await createCommune(runtime.urls.owner, {
    slug: 'bench',
    name: 'Bench',
    hosts: ['*'],
    agencyCode: 'H55.1',
    demo: true,
  });
  const run = <T>(work: Parameters<typeof runAs<T>>[2]) =>
    runAs<T>(runtime, { commune, actor: SYSTEM }, work);
  const runIn: Bench['runIn'] = (commune, actor, work) => runAs(runtime, { commune, actor }, work);
  await run((ctx) => setUpCommune(ctx, PHU_DO));
  await run((ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }));
  await appoint(runtime.urls.owner, commune.id);
  const { key } = await run((ctx) =>
    createApiKey(ctx, { name: 'bench', roles: ['clerk', 'specialist', 'leader'], validTo: null }),
  );
  const settings = { dataDir, communeId: commune.id, ownerUrl: runtime.urls.owner };
  return { key, settings, stored: 0, run, runIn, stop };
}

/** The official to whom all is assigned, under an id known beforehand. */
async function appoint(ownerUrl: string, communeId: number): Promise<void> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  await client.query(
    `insert into registry_official (commune_id, id, full_name, search_text, post, unit, term_from)
     values ($1, $2, 'Nguyễn Văn Mẫu', 'nguyen van mau', 'Công chức Một cửa', 'one_stop', '2020-01-01')`,
    [communeId, BENCH_OFFICIAL],
  );
  await client.end();
}

/**
 * Fills up to `size` stored dossiers: finished lives, and one of {@link ONE_OPEN_OF} still being handled.
 * @returns tracking codes of some of them
 */
export async function loadDossiers(bench: Bench, size: number): Promise<string[]> {
  const missing = size - bench.stored;
  if (missing <= 0) return [];
  const client = new pg.Client(bench.settings.ownerUrl);
  await client.connect();
  const codes: string[] = [];
  try {
    await takeNote(client);
    for (let done = 0; done < missing; done += BATCH) {
      await copyBatch(client, bench, bench.stored + done, Math.min(BATCH, missing - done), codes);
    }
  } finally {
    await client.end();
  }
  bench.stored = size;
  return codes;
}

/** What the database's own housekeeping does within its first minutes: no size is measured without statistics. */
export async function settle(bench: Bench): Promise<void> {
  const client = new pg.Client(bench.settings.ownerUrl);
  await client.connect();
  await client.query('vacuum analyze').finally(() => client.end());
}

const BATCH = 50_000;
const KEPT_CODES = 5_000;
const ONE_OPEN_OF = 500;
/** How COPY writes that nothing is there. */
export const NULL = '\\N';
const FAMILY = ['Nguyễn', 'Trần', 'Hoàng', 'Lê', 'Phạm', 'Dương', 'Lý', 'Đặng'];
const GIVEN = ['an', 'binh', 'chien', 'dung', 'ha', 'huong', 'khanh', 'lan', 'thang', 'yen'];

const given = new Set<string>();

/** The lives that were measured before have drawn codes too. */
async function takeNote(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ code: string }>('select tracking_code as code from services_dossier');
  for (const { code } of rows) given.add(code);
}

/** Of a million random codes of 32 bits, some hundred come twice. */
function freshCode(): string {
  for (;;) {
    const code = randomCode(8);
    if (!given.has(code)) {
      given.add(code);
      return code;
    }
  }
}

/** One stored dossier, as far as its rows differ from another's. */
type Stored = { id: string; code: string; tracking: string; filed: string; number: number; open: boolean };

async function copyBatch(
  client: pg.Client,
  bench: Bench,
  from: number,
  count: number,
  codes: string[],
): Promise<void> {
  const made = Array.from({ length: count }, (_, at) => storedDossier(from + at));
  codes.push(...made.slice(0, Math.max(0, KEPT_CODES - codes.length)).map(({ tracking }) => tracking));
  const commune = bench.settings.communeId;
  await copy(
    client,
    `services_dossier (commune_id, id, code, tracking_code, procedure_code, procedure_version, channel, applicant_name, applicant_phone,
      search_text, filed_at, received_at, state, step, assignee_id, due_at, finished_at, returned_at, outcome, last_seq, client_id)`,
    made.map((one) => dossierLine(commune, one)),
  );
  await copy(
    client,
    'services_dossier_word (commune_id, word, dossier_id)',
    made.flatMap(({ id, number }) => [
      [commune, GIVEN[number % GIVEN.length], id].join('\t'),
      [commune, String(number), id].join('\t'),
    ]),
  );
  await copy(
    client,
    'services_dossier_form (commune_id, dossier_id, form_id, form_version, answers)',
    made.map(({ id }) => [commune, id, 'club', 1, '{"full_name":"Nguyễn Thị Thử"}'].join('\t')),
  );
  await copy(
    client,
    'services_action (commune_id, dossier_id, seq, kind, at, actor_id, data)',
    made.flatMap((one) => actionLines(commune, one)),
  );
}

function storedDossier(number: number): Stored {
  const filed = new Date(Date.UTC(2022, 0, 3) + (number % 1_200) * 86_400_000 + 3 * 3_600_000);
  const day = filed.toISOString().slice(2, 10).replaceAll('-', '');
  const code = `H55.1-${day}-${String(Math.floor(number / 1_200) + 1).padStart(4, '0')}`;
  const open = number % ONE_OPEN_OF === 0;
  return { id: newId(filed), code, tracking: freshCode(), filed: filed.toISOString(), number, open };
}

function dossierLine(commune: number, { id, code, tracking, filed, number, open }: Stored): string {
  const name = `${FAMILY[number % FAMILY.length]} ${GIVEN[number % GIVEN.length]} ${number}`;
  const what = [commune, id, code, tracking, BENCH_PROCEDURE, 1, 'online'];
  const applicant = [name, '+84900000000', name.toLowerCase()];
  const standing = [filed, filed, open ? STATES.processing : STATES.returned, 1, BENCH_OFFICIAL, filed];
  const end = open ? [NULL, NULL, NULL, 3] : [filed, filed, 'granted', 5];
  return [...what, ...applicant, ...standing, ...end, id].join('\t');
}

const LIFE = [
  ['file', '{"channel":"online","papers":{"card":"electronic"}}'],
  ['receive', '{}'],
  ['assign', `{"to":"${BENCH_OFFICIAL}"}`],
  ['decide', '{"outcome":"granted","medium":"electronic","number":"1"}'],
  ['return', '{"way":"electronic"}'],
] as const;

function actionLines(commune: number, { id, filed, open }: Stored): string[] {
  return LIFE.slice(0, open ? 3 : LIFE.length).map(([kind, data], at) =>
    [commune, id, at + 1, kind, filed, 'bench', data].join('\t'),
  );
}

/** Rows of a table as COPY reads them: columns between tabs. */
export async function copy(client: pg.Client, into: string, lines: string[]): Promise<void> {
  await pipeline(Readable.from(chunks(lines)), client.query(copyFrom(`copy ${into} from stdin`)));
}

function* chunks(lines: string[]): Generator<string> {
  for (let at = 0; at < lines.length; at += 5_000) yield `${lines.slice(at, at + 5_000).join('\n')}\n`;
}
