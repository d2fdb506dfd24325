import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { official, system, useWorld } from '#test/world';
import { appointOfficial } from '#domain/registry';
import { AN_OFFICIAL, CLUB, CLUB_FORM, clubFiling } from '../fixtures.ts';
import { importCatalogue } from '../procedure.actions.ts';
import { decideDossier } from './decide.actions.ts';
import type { ActionData } from './dossier.ts';
import { fileAtCounter, type Filed } from './file.actions.ts';
import { move } from './move.actions.ts';
import { MOVES, possibleMoves, type MoveKind } from './moves.ts';
import { workQueue } from '../queue/queue.queries.ts';
import { loadDossier, projectionOf } from './record.ts';
import { trackDossier } from './track.queries.ts';

const world = useWorld();
const clerk = official('clerk');
const leader = official('leader');
const everybody = official('clerk', 'specialist', 'leader', 'police');
let someone = '';

beforeAll(async () => {
  for (const commune of [world.commune, world.neighbour]) {
    await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }), {
      commune,
    });
  }
  someone = await world.as(system, (ctx) => appointOfficial(ctx, AN_OFFICIAL));
});

const file = (over = {}) => world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling(over)));

/** Files and brings to processing. */
async function processing(): Promise<Filed> {
  const filed = await file();
  await world.as(clerk, (ctx) => move(ctx, filed.id, 'receive', {}));
  await world.as(clerk, (ctx) => move(ctx, filed.id, 'assign', { to: someone }));
  return filed;
}

describe('a life', () => {
  it('goes from filing to return', async () => {
    const { id, trackingCode } = await processing();
    const decided = await world.as(leader, (ctx) =>
      decideDossier(ctx, id, {
        outcome: 'granted',
        medium: 'paper',
        signerId: null,
        signerName: 'Chủ tịch',
        attachmentId: null,
      }),
    );
    expect(decided.dossier.state).toBe('done');
    await world.as(clerk, (ctx) => move(ctx, id, 'return', { way: 'counter' }));
    const tracked = await world.as({ kind: 'anonymous' }, (ctx) => trackDossier(ctx, trackingCode));
    expect(tracked).toMatchObject({ id, state: 'returned', outcome: 'granted' });
  });

  it('does a repeated move once', async () => {
    const { id } = await file();
    const once = () => world.as(clerk, (ctx) => move(ctx, id, 'receive', {}, { clientId: 'a' }));
    await Promise.all(Array.from({ length: 20 }, once));
    const { row } = await world.as(clerk, (ctx) => loadDossier(ctx, id));
    expect(row.last_seq).toBe(2);
  });

  it('refuses a move on what others have changed meanwhile', async () => {
    const { id } = await file();
    await world.as(clerk, (ctx) => move(ctx, id, 'receive', {}));
    const late = world.as(clerk, (ctx) => move(ctx, id, 'remark', { text: 'x' }, { seen: 1 }));
    await expect(late).rejects.toMatchObject({ code: 'services.dossier.changed_meanwhile' });
  });

  it('asks for a supplement once, and starts the limit anew when the file is complete', async () => {
    const { id } = await processing();
    const asked = await world.as(leader, (ctx) =>
      move(ctx, id, 'request_supplement', { papers: ['card'], reason: 'mờ' }, {}),
    );
    expect(asked.row.due_at).toBeNull();
    const now = new Date(Date.now() + 86_400_000 * 14);
    const complete = await world.as(clerk, (ctx) => move(ctx, id, 'supplement', { papers: ['card'] }), {
      now,
    });
    expect(complete.dossier.clockFrom).toEqual(now);
    const again = world.as(leader, (ctx) =>
      move(ctx, id, 'request_supplement', { papers: ['card'], reason: 'mờ' }),
    );
    await expect(again).rejects.toMatchObject({ code: 'services.dossier.supplement_asked_before' });
  });
});

/** Any data for any move, plain enough for the fold. */
const dataOf = (): { [K in MoveKind]: ActionData[K] } => ({
  receive: {},
  decline: { reason: 'r', legal: 'l' },
  digitise: { papers: ['card'] },
  assign: { to: someone },
  advance: { to: null },
  send_back: { to: null, reason: 'r' },
  hand_over: { to: someone, reason: 'r' },
  unassign: { reason: 'r' },
  request_supplement: { papers: ['card'], reason: 'r' },
  supplement: { papers: ['card'] },
  request_payment: { amount: '8000' },
  collect_fee: { amount: '8000', receipt: '1' },
  stop: { reason: 'r', legal: 'l' },
  resume: {},
  consult: { agency: 'a', question: 'q' },
  consulted: { agency: 'a', answer: 'x' },
  extend: { reason: 'r' },
  apologise: { reason: 'r', due: '2026-12-31T10:00:00Z' },
  recalculate: { letter: 'x', before: '2026-12-31T10:00:00Z', after: '2026-12-31T10:00:00Z' },
  decide: { outcome: 'granted', medium: 'paper', number: '1' },
  withdraw: {},
  return: { way: 'counter' },
  remark: { text: 't' },
});

describe('any order of moves', () => {
  const kinds = Object.keys(MOVES).filter((kind) => kind !== 'recalculate') as MoveKind[];

  it('either is allowed by the table or refused without a trace, and the projection equals the fold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...kinds), { maxLength: 12 }), async (wanted) => {
        const { id } = await file();
        for (const kind of wanted) {
          const before = await world.as(everybody, (ctx) => loadDossier(ctx, id));
          const tried = world.as(everybody, (ctx) => move(ctx, id, kind, dataOf()[kind] as never));
          if (possibleMoves(before.dossier, before.procedure).includes(kind)) await tried;
          else await expect(tried).rejects.toMatchObject({ status: 409 });
        }
        await world.as(everybody, async (ctx) => {
          const { row, dossier, procedure, actions } = await loadDossier(ctx, id);
          expect(row).toMatchObject(await projectionOf(ctx, dossier, procedure));
          expect(actions).toHaveLength(row.last_seq);
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('the other commune', () => {
  it('finds nothing by id, code or queue', async () => {
    const { id, trackingCode, code } = await processing();
    const there = { commune: world.neighbour };
    await expect(
      world.as(everybody, (ctx) => move(ctx, id, 'remark', { text: 'x' }), there),
    ).rejects.toMatchObject({ status: 404 });
    await expect(world.as(everybody, (ctx) => trackDossier(ctx, trackingCode), there)).rejects.toMatchObject({
      status: 404,
    });
    await expect(world.as(everybody, (ctx) => trackDossier(ctx, code, '0001'), there)).rejects.toMatchObject({
      status: 404,
    });
    const queue = await world.as(
      everybody,
      (ctx) => workQueue(ctx, { view: 'all', offset: 0, limit: 50 }),
      there,
    );
    expect(queue).toEqual({ total: 0, rows: [] });
  });
});

describe('search', () => {
  it('finds names without accents, in any order, by the beginnings of words', async () => {
    const filed = await file({
      applicant: { name: 'Đặng Hoàng Ỷ Lan', phone: '+84911111111', userId: null, residentId: null },
    });
    for (const search of [
      'lan dang',
      'ĐẶNG',
      'hoang y',
      '0911111111',
      '0911 111 111',
      filed.code,
      filed.code.toLowerCase(),
    ]) {
      const { rows } = await world.as(clerk, (ctx) =>
        workQueue(ctx, { view: 'all', search, offset: 0, limit: 5 }),
      );
      expect(
        rows.map(({ id }) => id),
        search,
      ).toContain(filed.id);
    }
    const { total } = await world.as(clerk, (ctx) =>
      workQueue(ctx, { view: 'all', search: 'lan dong', offset: 0, limit: 5 }),
    );
    expect(total).toBe(0);
  });
});
