/** EPCIS: events captured a second, a lot's history among stored events, Digital Links read a second. */
import pg from 'pg';
import { buildDigitalLink, checkDigit, readDigitalLink } from '#domain/trace';
import { settle, type Bench } from './load.ts';
import { rate, type Rate } from './rate.ts';

const STORED = Number(process.env.EVENTS ?? '1000000');
/** Events of one lot among those stored. */
const OF_A_LOT = 20;
const PER_DOCUMENT = 500;
const LANES = 2;

export type EpcisFigures = { captured: number; history: Rate; links: number };

/** @param base of the program's server @param seconds for each figure */
export async function measureEpcis(bench: Bench, base: string, seconds: number): Promise<EpcisFigures> {
  await captureFor(base, bench.key, Math.min(2, seconds));
  const captured = await captureFor(base, bench.key, seconds);
  await loadEvents(bench);
  await settle(bench);
  const lot = () => encodeURIComponent(lotLink(Math.floor((Math.random() * STORED) / OF_A_LOT)));
  const history = await rate(base, seconds, () => `/api/epcis/v2/events?MATCH_anyEPCClass=${lot()}`, {
    key: bench.key,
    connections: 2,
  });
  return { captured, history, links: linksFor(seconds) };
}

/** Documents of plain events by HTTP, each event with hash, validation and storage. @returns events a second */
async function captureFor(base: string, key: string, seconds: number): Promise<number> {
  const began = performance.now();
  const until = began + seconds * 1_000;
  let events = 0;
  const lane = async (name: number) => {
    for (let round = 0; performance.now() < until; round++) {
      await send(base, key, `${name}-${began.toFixed(0)}-${round}`);
      events += PER_DOCUMENT;
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, name) => lane(name)));
  return events / ((performance.now() - began) / 1_000);
}

async function send(base: string, key: string, name: string): Promise<void> {
  const eventList = Array.from({ length: PER_DOCUMENT }, (_, at) => ({
    type: 'ObjectEvent',
    eventTime: '2026-03-01T08:00:00+07:00',
    eventTimeZoneOffset: '+07:00',
    action: 'OBSERVE',
    bizStep: 'packing',
    disposition: 'in_progress',
    epcList: [`urn:epc:id:sgtin:8938500.000001.${name}-${at}`],
    readPoint: { id: 'urn:epc:id:sgln:8938500.00001.0' },
    'ex:line': String(at),
  }));
  const response = await fetch(`${base}/api/epcis/v2/capture`, {
    method: 'POST',
    // Published, so that each event enters the log as well.
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'xa-disclosure': 'public',
    },
    body: JSON.stringify({
      '@context': [
        'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
        { ex: 'https://ex.vn/' },
      ],
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-03-01T08:00:00+07:00',
      epcisBody: { eventList },
    }),
  });
  if (response.status !== 202)
    throw new Error(`capture answered ${response.status}: ${await response.text()}`);
}

function lotLink(number: number): string {
  return `https://id.gs1.org/01/08938500000010/10/L${number}`;
}

/** Fills the store in the database itself: what is measured is how they are found. */
async function loadEvents({ settings }: Bench): Promise<void> {
  const client = new pg.Client(settings.ownerUrl);
  await client.connect();
  const commune = settings.communeId;
  try {
    const { rows } = await client.query<{ last: string }>(
      'select last_seq as last from trace_store where commune_id = $1',
      [commune],
    );
    const last = Number(rows[0]?.last ?? 0);
    const lots = Math.ceil(STORED / OF_A_LOT);
    await client.query(
      `insert into trace_event (commune_id, seq, event_id, declared, hash, disclosed, captured_by, record_time, event_time, type,
         action, biz_step, body)
       select $1, $2 + n, 'urn:bench:' || n, false, sha256(n::text::bytea), false, 'bench', now(), now() - n * interval '1 second',
         'ObjectEvent', 'OBSERVE', 'https://ref.gs1.org/cbv/BizStep-packing', json_build_object('type', 'ObjectEvent',
         'eventTime', '2026-03-01T08:00:00Z', 'eventTimeZoneOffset', '+07:00', 'action', 'OBSERVE', 'bizStep', 'packing',
         'quantityList', json_build_array(json_build_object('epcClass', 'https://id.gs1.org/01/08938500000010/10/L' || n % $4, 'quantity', 1)))
       from generate_series(1, $3::int) n`,
      [commune, last, STORED, lots],
    );
    await client.query(
      `insert into trace_term (commune_id, value, field, seq)
       select $1, 'https://id.gs1.org/01/08938500000010/10/L' || n % $4, 'epc_class', $2 + n from generate_series(1, $3::int) n`,
      [commune, last, STORED, lots],
    );
    await client.query('update trace_store set last_seq = last_seq + $2 where commune_id = $1', [
      commune,
      STORED,
    ]);
  } finally {
    await client.end();
  }
}

/** @returns Digital Links read and checked a second, on one core */
function linksFor(seconds: number): number {
  const uris = Array.from({ length: 1_000 }, (_, at) => {
    const digits = `0893850${String(at).padStart(6, '0')}`;
    const built = buildDigitalLink([
      { ai: '01', value: digits + checkDigit(digits) },
      { ai: '10', value: `CHE-${at}` },
      { ai: '21', value: String(at) },
      { ai: '17', value: '271231' },
    ]);
    if (!built.ok) throw new Error(built.fault.code);
    return built.uri;
  });
  const until = performance.now() + seconds * 1_000;
  let read = 0;
  while (performance.now() < until) {
    for (const uri of uris) if (!readDigitalLink(uri).ok) throw new Error(uri);
    read += uris.length;
  }
  return read / seconds;
}
