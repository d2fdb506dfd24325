/** Which communes this installation serves, and which of them a host name means. */
import type { Selectable } from 'kysely';
import pg from 'pg';
import type { CommuneRef } from '#kernel/context';
import type { DatabaseHandle } from '#kernel/db.server';
import type { Commune } from '#kernel/schema';

/** How long a commune added elsewhere may take to be seen here. */
const FRESH_FOR_MS = 15_000;

export type Communes = {
  byHost: (host: string | undefined) => Promise<CommuneRef | null>;
  all: () => Promise<readonly CommuneRef[]>;
  /** Whether sign-in codes may be shown on screen: only where no real commune exists. */
  onlyDemo: () => Promise<boolean>;
  forget: () => void;
};

type Row = CommuneRef & { hosts: readonly string[] };

/** A commune answers to the names in its `hosts`; the one that lists `*` answers to every other name. */
export function communeDirectory(handle: DatabaseHandle): Communes {
  let rows: readonly Row[] = [];
  let readAt = 0;
  async function fresh(): Promise<readonly Row[]> {
    if (Date.now() - readAt < FRESH_FOR_MS && rows.length > 0) return rows;
    const found = await handle.db.selectFrom('commune').selectAll().orderBy('id').execute();
    rows = found.map((row) => ({
      id: row.id,
      slug: row.slug,
      name: row.name,
      agencyCode: row.agency_code,
      demo: row.demo,
      hosts: row.hosts,
      ...closureOf(row, found),
    }));
    readAt = Date.now();
    return rows;
  }
  return {
    async byHost(host) {
      const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
      const list = await fresh();
      return (
        list.find((row) => row.hosts.includes(name)) ?? list.find((row) => row.hosts.includes('*')) ?? null
      );
    },
    all: fresh,
    onlyDemo: async () => (await fresh()).every((row) => row.demo),
    forget: () => {
      readAt = 0;
    },
  };
}

type Found = Selectable<Commune>;

function closureOf(row: Found, all: readonly Found[]): Pick<CommuneRef, 'closure'> {
  const successor = all.find(({ id }) => id === row.successor_id);
  if (row.closed_from === null || !successor) return {};
  const { id, slug, name, hosts } = successor;
  return {
    closure: {
      from: row.closed_from,
      successor: { id, slug, name, hosts },
      successorReads: row.successor_reads,
    },
  };
}

export type NewCommune = { slug: string; name: string; hosts: string[]; agencyCode: string; demo: boolean };

/**
 * Adds a commune to the installation; only the owner of the database can. A real commune closes the demo's
 * on-screen sign-in codes.
 */
export async function createCommune(ownerUrl: string, input: NewCommune): Promise<CommuneRef> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: number }>(
      `insert into commune (id, slug, name, hosts, agency_code, demo)
       select coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5 from commune returning id`,
      [input.slug, input.name, input.hosts, input.agencyCode, input.demo],
    );
    const { slug, name, agencyCode, demo } = input;
    return { id: rows[0]!.id, slug, name, agencyCode, demo };
  } finally {
    await client.end();
  }
}
