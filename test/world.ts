/**
 * The world of a test: a database of its own (cloned from the migrated template), two communes so that
 * isolation is real, and people who act in them.
 */
import { hkdfSync, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { createCommune } from '#app/communes';
import { runAs, type Caller } from '#app/runtime';
import { urlsFor, type Urls } from '../src/app/database/roles.ts';
import { closeDatabase } from '../src/app/database/roles.ts';
import { makeWiring } from '#app/wiring';
import type { Actor, CommuneRef, Ctx, Grant, Installation, Wiring } from '#kernel/context';
import { openDatabase, type DatabaseHandle } from '#kernel/db.server';
import type { Role } from '#kernel/rights';
import { TEST_SEED } from './global-setup.ts';

export type World = {
  urls: Urls;
  handle: DatabaseHandle;
  wiring: Wiring;
  /** The commune under test, and the neighbour whose things it must never see. */
  commune: CommuneRef;
  neighbour: CommuneRef;
  /** Runs work as somebody, now or at a set time. */
  as: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, more?: Partial<Caller>) => Promise<T>;
  /** A connection that row-level security does not bind, to look behind the curtain. */
  owner: pg.Pool;
};

/** Makes a fresh database for the calling test file; use once at the top of a file. */
export function useWorld(): World {
  const world = {} as World;
  beforeAll(async () => {
    Object.assign(world, await makeWorld());
  });
  afterAll(async () => {
    await world.handle?.close();
    await world.owner?.end();
  });
  return world;
}

async function makeWorld(): Promise<World> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const url = (database: string) => inject('ownerUrl').replace('DATABASE', database);
  const admin = new pg.Client(url('postgres'));
  await admin.connect();
  await admin.query('select pg_advisory_lock(720003)');
  await admin.query(`create database ${name} template tpl strategy wal_log`);
  await admin.end();
  const urls = urlsFor(url(name), TEST_SEED);
  const owner = new pg.Pool({ connectionString: url(name), max: 2 });
  owner.on('error', () => undefined);
  const client = new pg.Client(url(name));
  await client.connect();
  await closeDatabase(client, TEST_SEED);
  await client.end();
  const commune = await createCommune(url(name), {
    slug: 'tuc-tranh',
    name: 'Tức Tranh',
    hosts: ['localhost', '*'],
    agencyCode: 'H55.242',
    demo: true,
  });
  const neighbour = await createCommune(url(name), {
    slug: 'phu-do',
    name: 'Phú Đô',
    hosts: ['phu-do.localhost'],
    agencyCode: 'H55.243',
    demo: true,
  });
  const handle = openDatabase(urls.app, 12);
  const wiring = makeWiring(testInstallation());
  return {
    urls,
    handle,
    wiring,
    commune,
    neighbour,
    owner,
    as: (actor, work, more = {}) => runAs({ handle, wiring }, { commune, actor, ...more }, work),
  };
}

/** An installation with the given settings and a key of its own. */
export function testInstallation(settings: Record<string, unknown> = {}): Installation {
  return {
    origin: 'http://localhost:3000',
    settings: (room) => settings[room],
    key: (purpose) => Buffer.from(hkdfSync('sha256', TEST_SEED, '', purpose, 32)),
  };
}

export const anonymous: Actor = { kind: 'anonymous' };
export const system: Actor = { kind: 'system', name: 'test' };

/** An official with roles in the whole commune, or in one hamlet. */
export function official(...roles: (Role | Grant)[]): Actor & { kind: 'person' } {
  const grants = roles.map((role) => (typeof role === 'string' ? { role, hamletId: null } : role));
  return { kind: 'person', userId: randomUUID(), name: 'Cán bộ Thử', phone: null, residentId: null, grants };
}

/** A citizen who proved a phone number. */
export function citizen(phone = '+84912345678'): Actor & { kind: 'person' } {
  return { kind: 'person', userId: randomUUID(), name: 'Người dân Thử', phone, residentId: null, grants: [] };
}
