/** For the log's tests: leaves to append, a hand that tampers, answers as a stranger gets them. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { createApi } from '#app/api';
import { system, type World } from '#test/world';
import { appendLeaves } from './append.ts';
import type { NewLeaf } from './leaf.ts';
import { sequenceLeaves } from './log.actions.ts';
import { findTile } from './proof.queries.ts';
import { parseTilePath } from './tile.ts';

/** A leaf with a public hash. */
export function plainLeaf(name: string, about: string[] = []): NewLeaf {
  return { kind: 'test_event', id: name, hash: createHash('sha256').update(name).digest(), about };
}

export function logTools(world: World) {
  const append = (leaves: readonly NewLeaf[]) => world.as(system, (ctx) => appendLeaves(ctx, leaves));
  const sequence = (now?: Date) => world.as(system, sequenceLeaves, now ? { now } : {});

  /** Appends so many leaves and gives them their places. */
  async function grow(count: number, prefix = 'leaf'): Promise<void> {
    await append(Array.from({ length: count }, (_, at) => plainLeaf(`${prefix}-${at}`)));
    while ((await sequence()).more);
  }

  /** As the owner of the database with every guard put aside: who tampers has at least this much. */
  async function tamper(...statements: string[]): Promise<void> {
    const client = new pg.Client(world.urls.owner);
    await client.connect();
    try {
      await client.query('begin; set local session_replication_role = replica');
      for (const statement of statements) await client.query(statement);
      await client.query('commit');
    } finally {
      await client.end();
    }
  }

  const empty = () =>
    tamper(
      'truncate trace_log_waiting, trace_log_leaf, trace_log_node, trace_log_checkpoint, trace_log_key, trace_log_salt, trace_log_about',
    );

  /** The API and the tiles as a stranger's `fetch` meets them. */
  function strangerFetch(): typeof fetch {
    const quiet = { error: () => undefined } as never;
    const api = createApi({
      ...world,
      log: quiet,
      files: undefined as never,
      trustedRoots: async () => [],
      communes: {
        byHost: async () => world.commune,
      } as never,
    });
    return async (input) => {
      const { pathname, search } = new URL(String(input));
      if (pathname.startsWith('/api/')) return api.request(pathname + search);
      const tile = parseTilePath(pathname.replace('/nhat-ky-cong-khai/', ''));
      const bytes = tile && (await world.as({ kind: 'anonymous' }, (ctx) => findTile(ctx, tile)));
      return bytes ? new Response(new Uint8Array(bytes)) : new Response('', { status: 404 });
    };
  }

  return { append, sequence, grow, tamper, empty, strangerFetch };
}
