/** The stage of the walk: the real server on the planted world, and a signed-in session for every role. */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { readConfig } from '#app/config';
import { createRuntime } from '#app/create-runtime';
import { runAs, type Runtime } from '#app/runtime';
import { readSecrets } from '#app/secrets';
import { startServer, type RunningServer } from '#app/server';
import { bindResident, createApiKey, grantRole } from '#domain/identity';
import { appointOfficial } from '#domain/registry';
import { fileOnline, importCatalogue, move } from '#domain/services';
import type { Actor, CommuneRef } from '#kernel/context';
import type { Role } from '#kernel/rights';
import { askCorrection } from '../../src/domains/registry/correction/correction.actions.ts';
import { enterCode, requestCode } from '../../src/domains/identity/auth/citizen-door.ts';
import { CLUB, CLUB_FORM, clubFiling } from '../../src/domains/services/fixtures.ts';
import { hasTool, pdfText } from '../poppler.ts';
import { Browser, makeOfficer, signInOfficer } from '../sign-in.ts';
import { official, useWorld, type World } from '../world.ts';
import { unzipText } from '../zip.ts';
import { keepFile, named, numbersOf } from './marks.ts';
import { plantDesk } from './plant-desk.ts';
import { plantHamlet } from './plant.ts';
import type { Planted } from './planter.ts';

export type Answer = { status: number; type: string; text: string; location: string };
/** Somebody who asks: the host's name, and what a browser or a program sends of itself. */
export type Asker = { host: string; headers: Record<string, string> };

export type WalkStage = {
  world: World;
  runtime: Runtime;
  /** The first hamlet, the second, the commune's desk, the neighbour's hamlet. */
  planted: { a: Planted; b: Planted; desk: Planted; there: Planted };
  /** By role; `head_a` and `head_b` are the heads of the two hamlets, `foreign` administers the neighbour. */
  askers: Record<string, Asker>;
  /** Keys of the API, by role, and the neighbour administrator's. */
  keys: Record<string, Asker>;
  ask: (asker: Asker, path: string, method?: string) => Promise<Answer>;
};

export const STAFF_ROLES = ['clerk', 'specialist', 'leader', 'police', 'admin', 'auditor'] as const;
const HERE = 'localhost';
const THERE = 'phu-do.localhost';
/** Acts for everybody while planting. */
const desk = official('clerk', 'specialist', 'leader', 'police', 'admin');

/** Sets the stage once for the calling file. */
export function useWalk(): WalkStage {
  const world = useWorld();
  const stage = { world } as WalkStage;
  const folder = mkdtempSync(join(tmpdir(), 'xa-walk-'));
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let server: RunningServer | undefined;
  beforeAll(async () => {
    const config = readConfig({ DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' });
    stage.runtime = createRuntime(config, readSecrets(folder), world.urls);
    server = await startServer(stage.runtime);
    const { port } = server;
    stage.ask = (asker, path, method = 'GET') => ask({ agent, port }, asker, path, method);
    await plant(stage);
    await signEverybodyIn(stage);
  });
  afterAll(async () => {
    agent.destroy();
    await server?.stop();
    await stage.runtime?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return stage;
}

async function plant(stage: WalkStage): Promise<void> {
  const { runtime, world } = stage;
  for (const commune of [world.commune, world.neighbour])
    await runAs(runtime, { commune, actor: { kind: 'system', name: 'walk' } }, (ctx) =>
      importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }),
    );
  const here = { runtime, commune: world.commune, desk };
  const a = await plantHamlet(here, 'Anbo', 'Khe Cốc');
  const b = await plantHamlet(here, 'Bexu', 'Đập Tràn');
  const there = await plantHamlet({ ...here, commune: world.neighbour }, 'Nuvy', 'Phú Nam');
  stage.planted = { a, b, there, desk: await plantDesk(here, [a, b]) };
}

async function signEverybodyIn(stage: WalkStage): Promise<void> {
  const { a, b } = stage.planted;
  const { commune, neighbour } = stage.world;
  stage.askers = { stranger: { host: HERE, headers: {} }, citizen: await citizen(stage) };
  stage.keys = {};
  for (const role of STAFF_ROLES) {
    stage.askers[role] = await officer(stage, role, { commune, role, hamletId: null });
    stage.keys[role] = await key(stage, commune, role);
  }
  const head = { commune, role: 'hamlet_head' } as const;
  stage.askers.head_a = await officer(stage, 'head_a', { ...head, hamletId: a.hamletId });
  stage.askers.head_b = await officer(stage, 'head_b', { ...head, hamletId: b.hamletId });
  stage.askers.foreign = await officer(stage, 'foreign', {
    commune: neighbour,
    role: 'admin',
    hamletId: null,
  });
  stage.keys.foreign = await key(stage, neighbour, 'admin');
}

type Post = { commune: CommuneRef; role: Role; hamletId: string | null };

async function officer(stage: WalkStage, name: string, post: Post): Promise<Asker> {
  const { runtime, world } = stage;
  const { commune, role, hamletId } = post;
  const account = await makeOfficer({ ...world, commune }, runtime.auth, `${name}@walk.example`);
  const { userId } = account;
  const system: Actor = { kind: 'system', name: 'walk' };
  await runAs(runtime, { commune, actor: system }, async (ctx) => {
    await grantRole(ctx, { userId, role, hamletId });
    const unit = hamletId === null ? ('one_stop' as const) : ('hamlet' as const);
    const who = { fullName: 'Nguyễn Văn Mẫu', post: 'Công chức', unit, termFrom: '2020-01-01' };
    await appointOfficial(ctx, { ...who, hamletId, userId });
  });
  const browser = await signInOfficer(runtime.auth, account);
  const cookie = browser.headers.get('cookie') ?? '';
  return { host: commune.id === world.commune.id ? HERE : THERE, headers: { cookie } };
}

/** A citizen of the first hamlet: signed in by telephone, bound at the counter to the first person of the register. */
async function citizen({ runtime, world, planted }: WalkStage): Promise<Asker> {
  const { commune } = world;
  const { phone, nationalId } = numbersOf('Anbo', 0);
  const browser = new Browser();
  const codes: string[] = [];
  runtime.auth.sendCode = async ({ code }) => void codes.push(code);
  const asked = { phone, commune, locale: 'vi' } as const;
  const { request: sent } = await requestCode(runtime.auth, asked, browser.visitor());
  const given = { request: sent, code: codes[0]! };
  const { userId } = browser.keep(await enterCode(runtime.auth, given, browser.visitor()));
  await runAs(runtime, { commune, actor: desk }, (ctx) =>
    bindResident(ctx, { phone, name: named('Anbo', 'person'), nationalId }),
  );
  const actor = { kind: 'person', userId, name: 'Người dân', phone, residentId: null, grants: [] } as const;
  const filing = clubFiling({ answers: { full_name: named('Anbo', 'own') }, clientId: 'walk-own' });
  const { id } = await runAs(runtime, { commune, actor }, (ctx) => fileOnline(ctx, filing));
  await runAs(runtime, { commune, actor: desk }, (ctx) => move(ctx, id, 'receive', {}));
  const bound = { ...actor, residentId: planted.a.residentId };
  const wrong = {
    field: 'address',
    wanted: `${named('Anbo', 'lane')} 2`,
    reason: named('Anbo', 'own'),
    clientId: 'walk-correction',
    paper: await keepFile(runtime, 'Anbo', 'own'),
  } as const;
  await runAs(runtime, { commune, actor: bound }, (ctx) => askCorrection(ctx, wrong));
  return { host: HERE, headers: { cookie: browser.headers.get('cookie') ?? '' } };
}

async function key({ runtime, world }: WalkStage, commune: CommuneRef, role: Role): Promise<Asker> {
  const made = await runAs(runtime, { commune, actor: { kind: 'system', name: 'walk' } }, (ctx) =>
    createApiKey(ctx, { name: role, roles: [role], validTo: null }),
  );
  const host = commune.id === world.commune.id ? HERE : THERE;
  return { host, headers: { authorization: `Bearer ${made.key}` } };
}

type Door = { agent: Agent; port: number };

function ask({ agent, port }: Door, { host, headers }: Asker, path: string, method: string): Promise<Answer> {
  const body = method === 'GET' ? {} : { 'content-type': 'application/json' };
  const sent = { accept: 'text/html', host: `${host}:${port}`, ...headers, ...body };
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, agent, headers: sent }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', fail);
      response.on('end', () => {
        const type = response.headers['content-type'] ?? '';
        const text = textOf(Buffer.concat(pieces), type);
        done({ status: response.statusCode!, type, text, location: response.headers.location ?? '' });
      });
    });
    asked.on('error', fail).end(method === 'GET' ? undefined : '{}');
  });
}

const canRead = hasTool('pdftotext');

/** Whatever can be read in an answer: sheets unpacked, papers as their text beside their bytes. */
function textOf(bytes: Buffer, type: string): string {
  if (type.includes('spreadsheetml')) return unzipText(bytes);
  if (!type.includes('pdf')) return bytes.toString('utf8');
  return bytes.toString('latin1') + (canRead ? pdfText(bytes).replaceAll(' ', '') : '');
}
