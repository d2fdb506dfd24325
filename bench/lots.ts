/** Lots: how long a recall takes among many; buyers' pages are asked for by the addresses made here. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { recallReach, startRecall } from '#domain/trace';
import { settle, type Bench } from './load.ts';
import type { Ask } from './rate.ts';

const LOTS = Number(process.env.LOTS ?? '100000');
/** Lots of a house's month: leaf, batches, one blend, packs. A recall of one leaf reaches what was made of it. */
const OF_A_MONTH = 100;
const LEAF = 60;
const BATCHES = 30;
const GTIN = '08938500000010';
const ROUNDS = 20;

/** Numbers that were printed for each lot of packs. */
const PRINTED = 5;

export type LotFigures = { lots: number; reach: number; reachMs: number; recallMs: number };

/** Addresses on packs: of a lot, and of a pack with a number of its own. */
export const PACKS: Record<'lot' | 'serial', Ask> = {
  lot: () => `/01/${GTIN}/10/G${somePack()}`,
  serial: () => `/01/${GTIN}/10/G${somePack()}/21/S${Math.floor(Math.random() * PRINTED)}`,
};

/** The last lot of some month. */
function somePack(): number {
  return Math.floor(Math.random() * Math.ceil(LOTS / OF_A_MONTH)) * OF_A_MONTH + OF_A_MONTH - 1;
}

export async function measureLots(bench: Bench): Promise<LotFigures> {
  await loadLots(bench);
  await settle(bench);
  const months = Math.ceil(LOTS / OF_A_MONTH);
  const some = () =>
    lotId(Math.floor(Math.random() * months) * OF_A_MONTH + Math.floor(Math.random() * LEAF));
  const looks: number[] = [];
  const recalls: number[] = [];
  let reach = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const lot = some();
    looks.push(await timed(() => bench.run((ctx) => recallReach(ctx, [lot]))));
    recalls.push(
      await timed(async () => {
        const input = { id: randomUUID(), lotIds: [lot], reason: 'bench', publicVi: 'bench' };
        const { lotIds } = await bench.run((ctx) => startRecall(ctx, input));
        reach = Math.max(reach, lotIds.length);
      }),
    );
  }
  return { lots: LOTS, reach, reachMs: Math.max(...looks), recallMs: Math.max(...recalls) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function lotId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Fills lots, steps and their genealogy in the database itself: what is measured is how they are found. */
async function loadLots({ settings }: Bench): Promise<void> {
  const client = new pg.Client(settings.ownerUrl);
  await client.connect();
  const id = (number: string) => `('00000000-0000-4000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
  const commune = settings.communeId;
  const place = `n % ${OF_A_MONTH}`;
  const month = `n - ${place}`;
  const blend = LEAF + BATCHES;
  try {
    await client.query(
      `insert into trace_product (commune_id, id, producer_id, kind, gtin, own_code, name, net_g, maker_name, created_at)
       values ($1, $2, $2, 'pack', $3, false, 'Trà mẫu', 200, 'HTX Mẫu', now())`,
      [commune, lotId(0), GTIN],
    );
    await client.query(
      `insert into trace_lot (commune_id, id, code, kind, producer_id, product_id, made_at, made_on, made_g, left_g, fresh_g,
         fresh_left_g, standard, grade, released_at)
       select $1, ${id('n')}, 'G' || n, case when ${place} < ${LEAF} then 'leaf' when ${place} < ${blend} then 'process'
         when ${place} = ${blend} then 'dry' else 'pack' end, $2, $2, now() - interval '1 day', current_date - 1, 1000, 100,
         5000, 500, 'none', 'bup', case when ${place} > ${blend} then now() end
       from generate_series(0, $3::int - 1) n`,
      [commune, lotId(0), LOTS],
    );
    await client.query(
      `insert into trace_source (commune_id, lot_id, plot_id, picked_on, picked_at, standard)
       select $1, ${id('n')}, ${id(`n % 1000`)}, current_date - 2, now() - interval '2 days', 'none'
       from generate_series(0, $2::int - 1) n where ${place} < ${LEAF}`,
      [commune, LOTS],
    );
    await client.query(
      `insert into trace_step (commune_id, id, kind, happened_at, recorded_at, recorded_by)
       select $1, ${id('n')}, 'fix', now(), now(), 'bench' from generate_series(0, $2::int - 1) n where ${place} >= ${LEAF}`,
      [commune, LOTS],
    );
    // Each batch of two leaves, the blend of all batches, each pack of the blend; the step bears its lot's number.
    await client.query(
      `insert into trace_step_lot (commune_id, step_id, side, lot_id, g, fresh_g)
       select $1::int, ${id('n')}, 'out', ${id('n')}, 1000, 5000 from generate_series(0, $2::int - 1) n where ${place} >= ${LEAF}
       union all
       select $1::int, ${id('n')}, 'in', ${id(`${month} + 2 * (${place} - ${LEAF}) + k`)}, 500, 2500
       from generate_series(0, $2::int - 1) n, generate_series(0, 1) k where ${place} >= ${LEAF} and ${place} < ${blend}
       union all
       select $1::int, ${id('n')}, 'in', ${id(`${month} + ${LEAF} + k`)}, 30, 150
       from generate_series(0, $2::int - 1) n, generate_series(0, ${BATCHES - 1}) k where ${place} = ${blend}
       union all
       select $1::int, ${id('n')}, 'in', ${id(`${month} + ${blend}`)}, 100, 500
       from generate_series(0, $2::int - 1) n where ${place} > ${blend}`,
      [commune, LOTS],
    );
    await client.query(
      `with run as (
         insert into trace_label_run (commune_id, id, lot_id, paper, serialised, count, printed_at, printed_by, printed_name)
         select $1::int, ${id('n')}, ${id('n')}, 'bench', true, $3::int, now(), 'bench', 'bench'
         from generate_series(0, $2::int - 1) n where ${place} > ${blend} returning lot_id, id)
       insert into trace_serial (commune_id, lot_id, serial, run_id)
       select $1::int, lot_id, 'S' || k, id from run, generate_series(0, $3::int - 1) k`,
      [commune, LOTS, PRINTED],
    );
  } finally {
    await client.end();
  }
}
