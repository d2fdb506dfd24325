/** The slip on paper: typed in once, by anybody at the desk but the one it is about. */
import { beforeAll, describe, expect, it } from 'vitest';
import { randomCode } from '#kernel/ids';
import { official, useWorld } from '#test/world';
import { liveRandomly, type Lived } from '#test/lives';
import { answerSlip, readSlipCode, renewSlip, slipState } from './slip.actions.ts';

const world = useWorld();
const clerk = official('clerk');
const SLIP = { scores: { attitude: 2 }, comment: null, way: 'paper' } as const;
let lived: Lived;

beforeAll(async () => {
  lived = await liveRandomly(world, 40);
}, 120_000);

/** Dossiers whose slips wait, each with its handler. */
async function openSlips(): Promise<{ id: string; handler: string }[]> {
  const { rows } = await world.owner.query<{ id: string; handler: string }>(
    `select s.dossier_id as id, (select a.data ->> 'to' from services_action a
       where a.commune_id = s.commune_id and a.dossier_id = s.dossier_id and a.kind = 'assign'
       order by a.seq limit 1) as handler
     from services_slip s where not s.used and not exists (select 1 from services_action h
       where h.commune_id = s.commune_id and h.dossier_id = s.dossier_id and h.kind = 'hand_over')
     order by s.dossier_id`,
  );
  return rows.filter(({ handler }) => handler !== null);
}

const type = (actor: typeof clerk, code: string) =>
  world.as(actor, (ctx) => answerSlip(ctx, readSlipCode(code)!, SLIP));

describe('a slip on paper', () => {
  it('is typed in once, however its code is written, and leads to no dossier', async () => {
    const [slip] = await openSlips();
    const code = await world.as(clerk, (ctx) => renewSlip(ctx, slip!.id));
    await type(clerk, `${code.slice(0, 4).toLowerCase()} ${code.slice(4, 8)}-${code.slice(8)}`);
    expect(await world.as(clerk, (ctx) => slipState(ctx, slip!.id))).toBe('used');
    await expect(type(clerk, code)).rejects.toMatchObject({ code: 'services.slip.used', status: 409 });
    const { rows } = await world.owner.query(`select * from services_rating where way = 'paper'`);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(slip!.id);
  });

  it('is not typed in by whoever handled the dossier, who leaves it as it was', async () => {
    const slip = (await openSlips()).find(({ handler }) => lived.officers.includes(handler))!;
    const code = await world.as(clerk, (ctx) => renewSlip(ctx, slip.id));
    const himself = { ...clerk, userId: lived.userOf(slip.handler) };
    await expect(type(himself, code)).rejects.toMatchObject({ code: 'services.slip.own', status: 403 });
    expect(await world.as(clerk, (ctx) => slipState(ctx, slip.id))).toBe('open');
    await type(clerk, code);
  });

  it('without a mark, or with a code that there is not, is refused', async () => {
    const [slip] = await openSlips();
    const code = await world.as(clerk, (ctx) => renewSlip(ctx, slip!.id));
    const empty = world.as(clerk, (ctx) => answerSlip(ctx, code, { ...SLIP, scores: {} }));
    await expect(empty).rejects.toMatchObject({ code: 'services.slip.empty' });
    await expect(type(clerk, randomCode(12))).rejects.toMatchObject({ code: 'services.slip.not_found' });
    expect(readSlipCode('12')).toBeUndefined();
  });
});
