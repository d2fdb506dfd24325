/** A real lot and its events against a hand in the database: the verifier names whatever byte was changed. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordEntries } from '#domain/farming';
import { anonymous, official, system, useWorld } from '#test/world';
import { askServer, checkBundle, readKey, type Key } from '../../../../verify/verify.mjs';
import { aPick } from '../../farming/diary/fixtures.ts';
import { deriveEvents } from '../derive/derive.actions.ts';
import { packOf, teaHouse } from '../lot/fixture.ts';
import { logTools } from './log-fixture.ts';
import { getLog, keyView, proofOf } from './proof.queries.ts';

const world = useWorld();
const { sequence, tamper, strangerFetch } = logTools(world);
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
let made: { leaf: string; dry: string; pack: string; code: string };
let codes: { leaf: string; pack: string };
let keys: Key[];

beforeAll(async () => {
  const house = await world.as(system, teaHouse, NOW);
  made = await world.as(
    official('specialist'),
    async (ctx) => {
      const at = { plot_ids: [house.plots[0]!], producer_id: house.producerId, at: '2026-11-05' };
      const pick = aPick(at, { leaf_g: 50_000, grade: 'tom_non' });
      await recordEntries(ctx, [pick]);
      return packOf(ctx, house, { declared: null, pickIds: [pick.id], on: '2026-11-05' });
    },
    NOW,
  );
  while ((await world.as(system, deriveEvents, NOW)) > 0);
  while ((await sequence()).more);
  const leaf = await world.as(system, (ctx) =>
    ctx.db
      .selectFrom('trace_lot')
      .select('code')
      .where('commune_id', '=', ctx.commune.id)
      .where('id', '=', made.leaf)
      .executeTakeFirstOrThrow(),
  );
  codes = { leaf: leaf.code, pack: made.code };
  keys = [await readKey(keyView((await world.as(anonymous, getLog)).keys[0]!).key)];
});

/** The faults that a stranger is told of, by code and by what they are of. */
async function faultsOf(code: string): Promise<string[]> {
  const bundle = await world.as(anonymous, (ctx) => proofOf(ctx, code));
  const ask = askServer('https://xa.example', strangerFetch());
  const { faults } = await checkBundle(JSON.parse(JSON.stringify(bundle)), { keys, ask });
  return faults.map((one) => `${one.code} ${/\((\w+) /.exec(one.where)?.[1] ?? ''}`);
}

describe('a lot in the log', () => {
  it('is shown whole to strangers, without anybody’s name, and right while nobody touched it', async () => {
    for (const code of Object.values(codes)) expect(await faultsOf(code)).toEqual([]);
    const bundle = await world.as(anonymous, (ctx) => proofOf(ctx, codes.leaf));
    const lot = bundle.items.find(({ kind }) => kind === 'lot')!;
    expect(JSON.parse(lot.opening!.content)).toMatchObject({ code: codes.leaf, made_g: '50000' });
    expect(JSON.stringify(bundle)).not.toContain('Bà Mẫu');
  });

  // One value of every column that was fixed when it was made, of it, its step, its leaf and its land.
  it.each([
    [`update trace_lot set made_g = made_g + 1 where id = '$pack'`, 'pack'],
    [`update trace_lot set fresh_g = fresh_g + 1 where id = '$pack'`, 'pack'],
    [`update trace_lot set made_on = made_on - 1 where id = '$pack'`, 'pack'],
    [`update trace_lot set made_at = made_at - interval '1 microsecond' where id = '$pack'`, 'pack'],
    [`update trace_lot set best_before = best_before + 1 where id = '$pack'`, 'pack'],
    [`update trace_lot set standard = 'organic' where id = '$pack'`, 'pack'],
    [`update trace_lot set grade = 'dinh' where id = '$pack'`, 'pack'],
    [`update trace_lot set moisture_tenths = 40 where id = '$pack'`, 'pack'],
    [`update trace_lot set kind = 'dry' where id = '$pack'`, 'pack'],
    [`update trace_lot set producer_id = '$other' where id = '$pack'`, 'pack'],
    [`update trace_lot set hamlet_id = null where id = '$pack'`, 'pack'],
    [`update trace_product set gtin = '08938500000027' where gtin = '08938500000010'`, 'pack'],
    [`update trace_step_lot set g = g - 1 where lot_id = '$dry' and side = 'in'`, 'pack'],
    [`update trace_step_lot set lot_id = '$leaf' where lot_id = '$dry' and side = 'in'`, 'pack'],
    [
      `update trace_step set evidence = '{}' where id = (select step_id from trace_step_lot where lot_id = '$pack' and side = 'out')`,
      'pack',
    ],
    [
      `update trace_step set happened_at = happened_at - interval '1 second' where id = (select step_id from trace_step_lot
         where lot_id = '$pack' and side = 'out')`,
      'pack',
    ],
    [`update trace_source set plot_id = '$other' where lot_id = '$leaf'`, 'leaf'],
    [`update trace_source set picked_on = picked_on - 1 where lot_id = '$leaf'`, 'leaf'],
    [`update trace_source set standard = 'organic' where lot_id = '$leaf'`, 'leaf'],
    [`update trace_source set pick_id = null where lot_id = '$leaf'`, 'leaf'],
    [`delete from trace_source where lot_id = '$leaf'`, 'leaf'],
  ] as const)('%s', async (statement, which) => {
    const other = randomUUID();
    const values: Record<string, string> = { ...made, other };
    const change = statement.replaceAll(/\$(\w+)/g, (_, name: string) => values[name]!);
    const tables = ['trace_product', 'trace_lot', 'trace_step', 'trace_step_lot', 'trace_source'];
    const keep = tables.map((table) => `create table kept_${table} as table ${table}`);
    await tamper(...keep, change);
    const found = await faultsOf(codes[which]);
    const columns = (table: string) =>
      table === 'trace_lot'
        ? `commune_id, id, code, kind, producer_id, hamlet_id, product_id, made_at, made_on, best_before, made_g, left_g,
           fresh_g, fresh_left_g, standard, grade, moisture_tenths, holds, recalled, released_at, demo, undone`
        : '*';
    await tamper(
      ...tables.flatMap((table) => [
        `delete from ${table}`,
        table === 'trace_lot'
          ? `insert into ${table} (${columns(table)}) select ${columns(table)} from kept_${table}`
          : `insert into ${table} select * from kept_${table}`,
        `drop table kept_${table}`,
      ]),
    );
    expect(found).toEqual(['content_altered lot']);
    expect(await faultsOf(codes[which])).toEqual([]);
  });

  it('that was taken away, or stands under another’s name, is named as well', async () => {
    const { leaf, pack } = codes;
    await tamper(`update trace_lot set code = 'G260101-222222' where code = '${pack}'`);
    expect(await faultsOf(pack)).toContain('not_shown lot');
    await tamper(`update trace_lot set code = '${pack}' where code = 'G260101-222222'`);
    const bundle = await world.as(anonymous, (ctx) => proofOf(ctx, leaf));
    const items = bundle.items.map((item) => (item.kind === 'lot' ? { ...item, subject: pack } : item));
    const { faults } = await checkBundle({ ...bundle, items }, { keys });
    expect(faults.map(({ code }) => code)).toEqual(['content_altered']);
  });

  it('has its events beside it, each byte of whose bodies counts', async () => {
    const bundle = await world.as(anonymous, (ctx) => proofOf(ctx, codes.pack));
    expect(bundle.items.filter(({ kind }) => kind === 'epcis_event').length).toBeGreaterThanOrEqual(2);
    const change = (from: string, to: string) =>
      tamper(`update trace_event set body = replace(body::text, '${from}', '${to}')::json`);
    await change('"KGM"', '"GRM"');
    expect(await faultsOf(codes.pack)).toContain('event_altered epcis_event');
    await change('"GRM"', '"KGM"');
    await tamper(`update trace_event set disclosed = false`);
    expect(await faultsOf(codes.pack)).toContain('not_shown epcis_event');
    await tamper(`update trace_event set disclosed = true`);
    expect(await faultsOf(codes.pack)).toEqual([]);
  });
});
