/** The province: 100 communes' published boards of 39 indicators beside each other, as one page. */
import pg from 'pg';
import { createCommune } from '#app/communes';
import {
  draftSet,
  indicatorsOf,
  catalogSets,
  publishBoard,
  publishSet,
  recordValue,
  signIndicator,
} from '#domain/criteria';
import type { Actor, CommuneRef, Ctx } from '#kernel/context';
import { localDateOf } from '#kernel/time';
import { settle, type Bench } from './load.ts';
import { rate, type Rate } from './rate.ts';

const COMMUNES = Number(process.env.COMMUNES ?? '100');
/** Older boards of each commune, of which nobody reads any more. */
const OLDER = 50;
const ROUNDS = 10;
const PAGE = '/tien-do/cac-xa';
const LEADER: Actor = {
  kind: 'person',
  userId: '01900000-0000-7000-8000-000000000002',
  name: 'Chủ tịch Mẫu',
  phone: null,
  residentId: null,
  grants: [{ role: 'leader', hamletId: null }],
};

/** What one size of the store costs: the page as it is, and the page after one commune published anew. */
export type ProvinceRound = { stored: number; warm: Rate; changedMs: number };
export type ProvinceFigures = { communes: number; coldMs: number; bytes: number; rounds: ProvinceRound[] };

/** Fills the store before the server is started, so that its first page is really its first. */
export async function loadProvince(bench: Bench): Promise<CommuneRef[]> {
  const communes: CommuneRef[] = [];
  for (let at = 1; at <= COMMUNES; at += 1) {
    const number = String(at).padStart(3, '0');
    const place = { slug: `xa-${number}`, name: `Xã ${number}`, hosts: [`xa-${number}.localhost`] };
    const commune = await createCommune(bench.settings.ownerUrl, {
      ...place,
      agencyCode: `H55.${at}`,
      demo: true,
    });
    communes.push(commune);
    await bench.runIn(commune, LEADER, (ctx) => fill(ctx, at));
  }
  await settle(bench);
  return communes;
}

/** A commune with typed values that differ from its neighbours', half of them signed, published to everybody. */
async function fill(ctx: Ctx, number: number): Promise<void> {
  const set = catalogSets()[0]!;
  await draftSet(ctx, set);
  await publishSet(ctx, set.code, { from: '2024-01-01', group: ((number % 3) + 1) as 1 | 2 | 3 });
  const today = localDateOf(ctx.now);
  for (const [at, { code, kind }] of indicatorsOf(set).entries()) {
    const place = { set: set.code, indicator: code };
    const value = kind === 'share' || kind === 'count' ? (number * 7 + at * 13) % 101 : (number + at) % 2;
    await recordValue(ctx, place, { value, onDay: today, evidence: 'Bench' });
    if ((number + at) % 2 === 0)
      await signIndicator(ctx, place, { stage: 'review', verdict: 'reached', reason: 'Bench' });
  }
  await publish(ctx);
}

function publish(ctx: Ctx): Promise<string> {
  return publishBoard(ctx, catalogSets()[0]!.code, { asOf: localDateOf(ctx.now), reach: 'public' });
}

/** @param base of a server that has answered nothing yet @param seconds for each rate */
export async function measureProvince(
  bench: Bench,
  base: string,
  seconds: number,
  communes: readonly CommuneRef[],
): Promise<ProvinceFigures> {
  const first = await page(base);
  const rounds = [await round(bench, base, seconds, communes)];
  await addOlder(bench);
  await settle(bench);
  rounds.push(await round(bench, base, seconds, communes));
  return { communes: communes.length, coldMs: first.ms, bytes: first.bytes, rounds };
}

async function round(
  bench: Bench,
  base: string,
  seconds: number,
  communes: readonly CommuneRef[],
): Promise<ProvinceRound> {
  const warm = await rate(base, seconds, () => PAGE, { connections: 1 });
  let changedMs = 0;
  for (let at = 0; at < ROUNDS; at += 1) {
    await bench.runIn(communes[(at * 7) % communes.length]!, LEADER, publish);
    changedMs = Math.max(changedMs, (await page(base)).ms);
  }
  return { stored: await countStored(bench), warm, changedMs };
}

async function page(base: string): Promise<{ ms: number; bytes: number }> {
  const began = performance.now();
  const answer = await fetch(base + PAGE, { headers: { accept: 'text/html' } });
  const text = await answer.text();
  if (!answer.ok || !text.includes('Xã 001')) throw new Error(`${PAGE}: ${answer.status}`);
  return { ms: performance.now() - began, bytes: text.length };
}

/** What the communes published before: the same boards, longer ago. */
async function addOlder(bench: Bench): Promise<void> {
  await asOwner(bench, (client) =>
    client.query(
      `insert into criteria_published (commune_id, id, set_code, reach, live, body, signature, signer_name, published_at)
       select commune_id, gen_random_uuid(), set_code, reach, live, body, signature, signer_name,
         published_at - n * interval '1 day'
       from criteria_published, generate_series(1, $1::int) n`,
      [OLDER],
    ),
  );
}

async function countStored(bench: Bench): Promise<number> {
  const { rows } = await asOwner(bench, (client) =>
    client.query<{ count: number }>('select count(*)::int as count from criteria_published'),
  );
  return rows[0]!.count;
}

async function asOwner<T>({ settings }: Bench, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(settings.ownerUrl);
  await client.connect();
  return work(client).finally(() => client.end());
}
