/** The floor: bare node:http + pg, the look-up's SQL in the same kind of transaction, as the same role. */
import { createServer } from 'node:http';
import pg from 'pg';
import { urlsFor } from '../src/app/database/roles.ts';
import { readSecrets } from '#app/secrets';
import type { Bench } from './load.ts';

const { dataDir, communeId, ownerUrl } = JSON.parse(process.env.BENCH ?? '{}') as Bench['settings'];
const pool = new pg.Pool({ connectionString: urlsFor(ownerUrl, readSecrets(dataDir).seed).app, max: 16 });
const LOOK_UP = {
  name: 'look-up',
  text: `select id, code, procedure_code, procedure_version, state, filed_at, received_at, due_at, finished_at, returned_at, outcome
    from services_dossier where commune_id = $1 and tracking_code = $2`,
};

const server = createServer((request, response) => {
  void answer(new URL(request.url ?? '/', 'http://floor').searchParams.get('code') ?? '').then((body) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(body);
  });
});

async function answer(code: string): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query(`begin; set local app.commune_id = '${communeId}'`);
    const { rows } = await client.query({ ...LOOK_UP, values: [communeId, code] });
    await client.query('commit');
    return JSON.stringify(rows[0] ?? null);
  } finally {
    client.release();
  }
}

server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
process.on('SIGTERM', () => server.close(() => void pool.end().then(() => process.exit(0))));
