import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { official, system, useWorld } from '#test/world';
import { appointOfficial, linkOfficial } from '#domain/registry';
import { bookOf, listDocuments, viewDocument } from './document.queries.ts';
import { foldDocument, type DocumentAction } from './document.ts';
import { actOnDocument, receiptOfDocument } from './move.actions.ts';
import { FORM_MOVES, isAllowed, MOVES, type FormMove } from './moves.ts';
import { loadDocument, projectionOf } from './record.ts';
import { draftDocument, registerDocument } from './register.actions.ts';
import { warnOfDocuments } from './warn.actions.ts';

const world = useWorld();
const registrar = official('specialist');
const leader = official('leader');
const handler = official('specialist');
let handlerId = '';
let leaderId = '';

const NOON = new Date('2026-03-02T05:00:00Z');

beforeAll(async () => {
  const appoint = (fullName: string, unit: 'land' | 'leaders', post: string) =>
    world.as(system, (ctx) => appointOfficial(ctx, { fullName, post, unit, termFrom: '2020-01-01' }));
  handlerId = await appoint('Phạm Văn Mẫu', 'land', 'Công chức Địa chính');
  leaderId = await appoint('Hoàng Thị Mẫu', 'leaders', 'Chủ tịch Ủy ban nhân dân');
  await world.as(system, async (ctx) => {
    await linkOfficial(ctx, handlerId, handler.userId);
    await linkOfficial(ctx, leaderId, leader.userId);
  });
});

const INCOMING = {
  type: 'letter',
  symbol: '1234/UBND-KT',
  sender: 'Ủy ban nhân dân tỉnh Thái Nguyên',
  issuedOn: '2026-02-27',
  summary: 'rà soát diện tích chè hữu cơ tại các xóm',
};
const outgoing = (more = {}) => ({
  type: 'report',
  summary: 'kết quả rà soát diện tích chè hữu cơ',
  unitSign: 'ĐC',
  addressees: ['Ủy ban nhân dân tỉnh Thái Nguyên'],
  body: 'Ủy ban nhân dân xã báo cáo như sau.\nĐến nay xã có 20 ha chè hữu cơ.',
  copies: ['Như trên', 'Lưu: VT'],
  signerId: leaderId,
  ...more,
});
const register = (more = {}, now = NOON) =>
  world.as(registrar, (ctx) => registerDocument(ctx, { ...INCOMING, ...more }), { now });
const act = (actor: typeof leader, id: string, kind: FormMove, input = {}, now = NOON) =>
  world.as(actor, (ctx) => actOnDocument(ctx, id, kind, input), { now });
/** Drafts, submits and signs. */
async function signed(more = {}, now = NOON): Promise<string> {
  const id = await world.as(handler, (ctx) => draftDocument(ctx, outgoing(more)), { now });
  await act(handler, id, 'submit', {}, now);
  await act(leader, id, 'sign', {}, now);
  return id;
}

describe('numbers', () => {
  it('run without gaps under parallel writers of both directions, some of whom fail', async () => {
    const now = new Date('2027-01-04T02:00:00Z');
    const drafts = await Promise.all(Array.from({ length: 20 }, () => signed({}, now)));
    const broken = (at: number) =>
      world
        .as(
          registrar,
          async (ctx) => {
            await registerDocument(ctx, INCOMING);
            throw new Error(`the power went ${at}`);
          },
          { now },
        )
        .catch(() => undefined);
    const writers = [
      ...Array.from({ length: 60 }, () => register({}, now)),
      ...Array.from({ length: 15 }, (_, at) => broken(at)),
      ...drafts.map((id) => act(registrar, id, 'issue', {}, now)),
    ];
    await Promise.all(fc.sample(fc.shuffledSubarray(writers, { minLength: writers.length }), 1)[0]!);
    const numbers = async (direction: 'in' | 'out') =>
      (await world.as(leader, (ctx) => bookOf(ctx, direction, 2027))).map(({ number }) => number);
    expect(await numbers('in')).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
    expect(await numbers('out')).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  });

  it('begin anew each year, and each direction has its own', async () => {
    const first = await register({}, new Date('2030-12-31T09:00:00Z'));
    const next = await register({}, new Date('2030-12-31T18:00:00Z'));
    expect([first.year, first.number]).toEqual([2030, 1]);
    expect([next.year, next.number]).toEqual([2031, 1]);
    const id = await signed({}, new Date('2031-01-02T02:00:00Z'));
    const { document } = await act(registrar, id, 'issue', {}, new Date('2031-01-02T02:00:00Z'));
    expect(document).toMatchObject({ year: 2031, number: 1, symbol: '01/BC-UBND' });
  });

  it('are taken once by a registration that is sent twice', async () => {
    const options = { clientId: 'twice' };
    const both = await Promise.all(
      Array.from({ length: 10 }, () =>
        world.as(registrar, (ctx) => registerDocument(ctx, INCOMING, options), { now: NOON }),
      ),
    );
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
  });

  it('are not shared with the neighbour', async () => {
    const now = new Date('2033-05-04T02:00:00Z');
    await register({}, now);
    const there = await world.as(official('specialist'), (ctx) => registerDocument(ctx, INCOMING), {
      commune: world.neighbour,
      now,
    });
    expect(there.number).toBe(1);
  });
});

describe('a document in', () => {
  it('is routed, opened, answered; the answer ends the work in time', async () => {
    const { id } = await register();
    await act(leader, id, 'route', { handler: handlerId, informed: [leaderId], dueDays: 5 });
    const before = await world.as(leader, (ctx) => viewDocument(ctx, id));
    expect(before.document.due?.toISOString()).toBe('2026-03-09T10:00:00.000Z');
    expect(before.document.people.find(({ officialId }) => officialId === handlerId)?.seenAt).toBeNull();
    const opened = new Date('2026-03-03T02:00:00Z');
    await world.as(handler, (ctx) => receiptOfDocument(ctx, id), { now: opened });
    await world.as(handler, (ctx) => receiptOfDocument(ctx, id), { now: new Date('2026-03-04T02:00:00Z') });
    const reply = await signed({ replyTo: id });
    await act(registrar, reply, 'issue', {}, new Date('2026-03-06T02:00:00Z'));
    const { document } = await world.as(leader, (ctx) => viewDocument(ctx, id));
    expect(document.state).toBe('done');
    expect(document.doneAt).toEqual(new Date('2026-03-06T02:00:00Z'));
    expect(document.people.find(({ officialId }) => officialId === handlerId)?.seenAt).toEqual(opened);
  });

  it('is finished by the one in charge, and by nobody else of the desk', async () => {
    const { id } = await register();
    await act(leader, id, 'route', { handler: handlerId });
    await expect(act(registrar, id, 'finish', { note: 'xong' })).rejects.toMatchObject({ code: 'refused' });
    expect((await act(handler, id, 'finish', { note: 'xong' })).document.state).toBe('done');
    await expect(act(handler, id, 'finish', { note: 'xong' })).rejects.toMatchObject({
      code: 'office.document.not_in_this_state',
    });
  });

  it('says which field is wrong, and takes no number then', async () => {
    const now = new Date('2035-02-05T02:00:00Z');
    await expect(register({ sender: ' ', type: 'poem' }, now)).rejects.toMatchObject({
      fields: { sender: 'input.missing', type: 'input.unknown' },
    });
    await expect(register({ due: '2035-02-01' }, now)).rejects.toMatchObject({
      fields: { due: 'office.due.past' },
    });
    expect((await register({}, now)).number).toBe(1);
  });

  it('is refused to people without an office', async () => {
    await expect(world.as(official(), (ctx) => registerDocument(ctx, INCOMING))).rejects.toMatchObject({
      code: 'refused',
    });
  });
});

describe('search', () => {
  it('finds words of the text without accents in any order', async () => {
    const now = new Date('2036-03-03T02:00:00Z');
    const { id } = await register({ summary: 'Tăng cường phòng chống rét đậm cho cây chè vụ đông' }, now);
    const draft = await world.as(
      handler,
      (ctx) => draftDocument(ctx, outgoing({ body: 'Đốt ủ ấm gốc chè.' })),
      {
        now,
      },
    );
    const find = async (search: string, view: 'in' | 'drafts') =>
      (await world.as(leader, (ctx) => listDocuments(ctx, { view, search, offset: 0, limit: 50 }))).rows.map(
        (row) => row.id,
      );
    expect(await find('CHE dong ret', 'in')).toEqual([id]);
    expect(await find('phòng chống bão', 'in')).toEqual([]);
    expect(await find('goc dot', 'drafts')).toEqual([draft]);
  });
});

describe('deadlines', () => {
  it('are reminded of once before, and told to the leaders once after', async () => {
    const now = new Date('2026-04-06T02:00:00Z');
    const { id } = await register({ dueDays: 2 }, now);
    await act(leader, id, 'route', { handler: handlerId, dueDays: 2 }, now);
    const warn = (at: string) => world.as(system, warnOfDocuments, { now: new Date(at) });
    const kinds = async () =>
      (await world.as(leader, (ctx) => loadDocument(ctx, id))).actions.map(({ kind }) => kind);
    await warn('2026-04-06T03:00:00Z');
    expect(await kinds()).not.toContain('remind');
    await warn('2026-04-07T03:00:00Z');
    await warn('2026-04-07T04:00:00Z');
    expect((await kinds()).filter((kind) => kind === 'remind')).toHaveLength(1);
    await warn('2026-04-08T14:00:00Z');
    expect(await kinds()).not.toContain('escalate');
    await warn('2026-04-09T03:00:00Z');
    await warn('2026-04-09T03:30:00Z');
    expect((await kinds()).filter((kind) => kind === 'escalate')).toHaveLength(1);
  });
});

describe('the fold', () => {
  it('of any walk through the table equals the row, and the table alone decides', async () => {
    const inputs = (): Partial<Record<FormMove, object>> => ({
      route: { handler: handlerId, with: [leaderId], dueDays: 3 },
      edit: outgoing({ summary: 'bản sửa' }),
      correct: { ...INCOMING, summary: 'đã sửa' },
      dispatch: { way: 'post' },
      ...Object.fromEntries(
        ['finish', 'reopen', 'remark', 'send_back', 'discard'].map((kind) => [kind, { note: 'ghi chú' }]),
      ),
    });
    const everybody = { ...official('clerk', 'specialist', 'leader', 'admin'), userId: handler.userId };
    const walk = fc.array(fc.constantFrom(...FORM_MOVES), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.boolean(), walk, async (incoming, kinds) => {
        const id = incoming
          ? (await register()).id
          : await world.as(handler, (ctx) => draftDocument(ctx, outgoing()), { now: NOON });
        for (const kind of kinds) {
          const { document } = await world.as(everybody, (ctx) => loadDocument(ctx, id));
          const moved = act(everybody, id, kind, inputs()[kind]);
          if (isAllowed(document.state, kind)) await moved;
          else await expect(moved).rejects.toMatchObject({ code: 'office.document.not_in_this_state' });
        }
        const { row, actions } = await world.as(everybody, (ctx) => loadDocument(ctx, id));
        expect(row).toMatchObject(projectionOf(foldDocument(actions)));
      }),
      { numRuns: 25 },
    );
  });

  it('has every state of the table, and every state can be reached', () => {
    const action = (kind: string, data: unknown) =>
      ({ kind, data, at: NOON, actorId: 'x', officialId: null }) as DocumentAction;
    const first = action('register', { number: 1, year: 2026, fields: INCOMING, due: null });
    expect(foldDocument([first]).state).toBe('registered');
    expect(Object.values(MOVES).every(({ from }) => from.length > 0)).toBe(true);
    expect(() => foldDocument([])).toThrow('without actions');
  });
});
