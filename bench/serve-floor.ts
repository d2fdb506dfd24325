/** The floor: bare node:http + pg, the program's own SQL in the same kind of transaction, as the same role. */
import { createServer } from 'node:http';
import pg from 'pg';
import { urlsFor } from '../src/app/database/roles.ts';
import { readSecrets } from '#app/secrets';
import { foldText } from '#kernel/text';
import type { Bench } from './load.ts';

const { dataDir, communeId, ownerUrl } = JSON.parse(process.env.BENCH ?? '{}') as Bench['settings'];
const pool = new pg.Pool({ connectionString: urlsFor(ownerUrl, readSecrets(dataDir).seed).app, max: 16 });
const LOOK_UP = {
  name: 'look-up',
  text: `select id, code, procedure_code, procedure_version, state, filed_at, received_at, due_at, finished_at, returned_at, outcome
    from services_dossier where commune_id = $1 and tracking_code = $2`,
};

/** How a pack stands: of scan.queries.ts, for one pack. */
const PACK = {
  name: 'pack',
  text: `select a.at::int, l.id, l.state,
      case when l.recalled then (select json_build_object('code', r.code, 'vi', r.public_vi, 'en', r.public_en,
          'since', r.started_at)
        from trace_recall_lot n join trace_recall r on r.commune_id = n.commune_id and r.id = n.recall_id
        where n.commune_id = l.commune_id and n.lot_id = l.id and r.ended_at is null
        order by r.started_at desc limit 1) end as recall,
      a.serial <> '' and exists (select from trace_serial s where s.commune_id = l.commune_id and s.lot_id = l.id
        and s.serial = a.serial) as printed, c.scans, c.marks
    from unnest($1::text[], $2::text[], $3::text[]) with ordinality as a (gtin, code, serial, at)
    join trace_lot l on l.commune_id = $4 and l.code = a.code and l.kind = 'pack' and l.released_at is not null
    join trace_product p on p.commune_id = l.commune_id and p.id = l.product_id and p.gtin = a.gtin
    left join lateral (select sum(scans)::int as scans, bit_or(places) as marks from trace_scan
      where a.serial <> '' and commune_id = l.commune_id and lot_id = l.id and serial = a.serial
        and day > current_date - 30) c on true`,
};

const FIND_PEOPLE = {
  name: 'people',
  text: `select r.*, found.total from (
      select id, name_words, count(*) over () as total from registry_resident
      where commune_id = $1 and merged_into is null and name_words like all ($2)
      order by name_words, id limit 20) found
    join registry_resident r on r.commune_id = $1 and r.id = found.id order by found.name_words, r.id`,
};
const HOUSEHOLDS = {
  name: 'households',
  text: `select h.id, h.number, p.hamlet_id, p.address, count(*) over () as total
    from registry_household h
    join registry_household_place p on p.commune_id = h.commune_id and p.household_id = h.id and p.until_day is null
    where h.commune_id = $1 and h.closed_on is null order by h.number offset $2 limit 50`,
};
const PEOPLE_OF = {
  name: 'people-of',
  text: `select m.household_id, m.relation, r.full_name, r.birth_date from registry_member m
    join registry_resident r on r.commune_id = m.commune_id and r.id = m.resident_id
    where m.commune_id = $1 and m.household_id = any ($2) and m.left_on is null and m.merge_id is null`,
};

const server = createServer((request, response) => {
  void answer(new URL(request.url ?? '/', 'http://floor')).then((body) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(body);
  });
});

async function answer({ pathname, searchParams }: URL): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query(`begin; set local app.commune_id = '${communeId}'`);
    const found = await ask(client, pathname, searchParams);
    await client.query('commit');
    return JSON.stringify(found, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
  } finally {
    client.release();
  }
}

async function ask(client: pg.PoolClient, pathname: string, asked: URLSearchParams): Promise<unknown> {
  if (pathname.startsWith('/01/')) {
    const [, , gtin, , code, , serial = ''] = pathname.split('/');
    return (await client.query({ ...PACK, values: [[gtin], [code], [serial], communeId] })).rows[0] ?? null;
  }
  if (pathname === '/residents') {
    const like = foldText(asked.get('q') ?? '')
      .split(' ')
      .map((word) => `% ${word}%`);
    return (await client.query({ ...FIND_PEOPLE, values: [communeId, like] })).rows;
  }
  if (pathname === '/households') {
    const offset = (Number(asked.get('page')) - 1) * 50;
    const { rows } = await client.query<{ id: string }>({ ...HOUSEHOLDS, values: [communeId, offset] });
    const ids = rows.map(({ id }) => id);
    return [rows, (await client.query({ ...PEOPLE_OF, values: [communeId, ids] })).rows];
  }
  const { rows } = await client.query({ ...LOOK_UP, values: [communeId, asked.get('code') ?? ''] });
  return rows[0] ?? null;
}

server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
process.on('SIGTERM', () => server.close(() => void pool.end().then(() => process.exit(0))));
