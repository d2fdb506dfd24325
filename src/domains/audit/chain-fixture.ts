/** For the room's tests: acts to chain, a hand that tampers, and a forger who writes the chain anew. */
import pg from 'pg';
import { note } from '#kernel/audit';
import { system, type World } from '#test/world';
import { linkEntries, takeHeads } from './chain.actions.ts';
import { listLinks } from './chain.queries.ts';
import { genesis, linkHash } from './chain.ts';
import type { Head } from './heads.ts';
import { verifyChain } from './verify.actions.ts';

export function chainTools(world: World) {
  const links = () => world.as(system, (ctx) => listLinks(ctx, 0n, 1_000));
  const link = (options = {}) => world.as(system, (ctx) => linkEntries(ctx, options));
  const heads = () => world.as(system, (ctx) => takeHeads(ctx, 0n));
  const verify = (kept: Head[] = []) => world.as(system, (ctx) => verifyChain(ctx, kept));

  async function act(count: number): Promise<void> {
    for (let done = 0; done < count; done += 1)
      await world.as(system, async (ctx) => note(ctx, `test.act.${done}`, { name: 'Hoàng Thị Đặng', done }));
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

  async function problems(kept: Head[] = []) {
    return (await verify(kept)).problems.map(({ kind, seq, entryId }) => ({ kind, seq, entryId }));
  }

  /** Writes the chain anew over its entries as they stand now: what a careful forger does. */
  async function rechain(): Promise<void> {
    let prev = genesis(world.commune.id);
    const made = (await links()).map(({ frame, linked_at }, index) => {
      const hash = linkHash(prev, frame!, linked_at);
      const values = `(${world.commune.id}, ${index + 1}, '${frame!.id}', '\\x${prev.toString('hex')}', '\\x${hash.toString('hex')}', '${linked_at}')`;
      prev = hash;
      return values;
    });
    await tamper(
      `delete from audit_link where commune_id = ${world.commune.id}`,
      `insert into audit_link (commune_id, seq, entry_id, prev, hash, linked_at) values ${made.join(', ')}`,
    );
  }

  /** Six acts, chained. */
  async function begin(): Promise<void> {
    await tamper('truncate audit_link, audit_detail, audit_entry');
    await act(6);
    await link();
  }

  return { act, begin, heads, link, links, problems, rechain, tamper, verify };
}
