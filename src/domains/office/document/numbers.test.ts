/**
 * Ten thousand random operations on the books of two communes through three years, ten writers at once:
 * whatever is refused, thrown away, broken off or cut from the server, each book's numbers are 1..n.
 */
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { appointOfficial } from '#domain/registry';
import { seeded } from '../../../../demo/random.ts';
import { official, system, useWorld } from '#test/world';
import type { CommuneRef, Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';

import { localDateOf } from '#kernel/time';
import { actOnDocument } from './move.actions.ts';
import type { FormMove } from './moves.ts';
import { draftDocument, registerDocument } from './register.actions.ts';

const OPERATIONS = 10_000;
const WRITERS = 10;
const YEARS = [2027, 2028, 2029] as const;
/** How far the writers' clocks stand apart: more than a day, so that later numbers come from earlier days. */
const DAY_MS = 86_400_000;
const SPREAD_MS = 3 * DAY_MS;

const world = useWorld();
const writer = official('specialist', 'leader');
const stranger = official();
const random = seeded(20_260_203);
const signers = new Map<number, string>();
/** Documents that somebody may still act on, by commune. */
const drafts = new Map<number, string[]>();
const incoming = new Map<number, string[]>();
/** How many numbers each book gave out for good, as the writers were told. */
const given = new Map<string, number>();
const happened = new Map<string, number>();

class PowerCut extends Error {}

const INCOMING = { type: 'letter', sender: 'UBND tỉnh', summary: 'văn bản thử' };
const NOTE = { note: 'ghi chú' };

beforeAll(async () => {
  for (const commune of [world.commune, world.neighbour]) {
    const input = {
      fullName: 'Hoàng Thị Mẫu',
      post: 'Chủ tịch',
      unit: 'leaders',
      termFrom: '2020-01-01',
    } as const;
    signers.set(commune.id, await world.as(system, (ctx) => appointOfficial(ctx, input), { commune }));
    drafts.set(commune.id, []);
    incoming.set(commune.id, []);
  }
});

type Turn = { commune: CommuneRef; now: Date };

/** The writers walk through the years together, each with a clock of his own. */
function turn(done: number): Turn {
  const year = YEARS[Math.min(YEARS.length - 1, Math.floor((done / OPERATIONS) * YEARS.length))]!;
  const share = (done / OPERATIONS) * YEARS.length - (year - YEARS[0]);
  const at = Date.UTC(year, 0, 5) + share * 350 * DAY_MS - random.int(0, SPREAD_MS);
  return { commune: random.chance(0.5) ? world.commune : world.neighbour, now: new Date(at) };
}

function count(into: Map<string, number>, key: string): void {
  into.set(key, (into.get(key) ?? 0) + 1);
}

const keep = ({ commune }: Turn, direction: string, year: number) =>
  count(given, `${commune.id} ${direction} ${year}`);

/** Takes part in the transaction until its last moment, then lets it fail. */
async function breakOff(ctx: Ctx): Promise<never> {
  if (random.chance(0.05)) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(ctx.db);
  throw new PowerCut('the power went');
}

async function register(at: Turn): Promise<void> {
  const { id, year } = await world.as(writer, (ctx) => registerDocument(ctx, INCOMING), at);
  incoming.get(at.commune.id)!.push(id);
  keep(at, 'in', year);
}

const said = ({ commune }: Turn) => ({
  type: random.chance(0.5) ? 'decision' : 'letter',
  summary: 'bản thử',
  unitSign: 'VP',
  body: 'Điều 1. Thử.',
  signerId: signers.get(commune.id)!,
});

async function draft(at: Turn): Promise<void> {
  drafts.get(at.commune.id)!.push(await world.as(writer, (ctx) => draftDocument(ctx, said(at)), at));
}

/** A move of a draft, allowed or not; two writers may choose the same one. */
async function move(at: Turn, kind: FormMove, fails = false): Promise<void> {
  const open = drafts.get(at.commune.id)!;
  // The oldest ones are moved most, so that many come to their end.
  const id = open[Math.min(random.int(0, open.length - 1), random.int(0, 15))];
  if (!id) return draft(at);
  const input = kind === 'edit' ? said(at) : NOTE;
  const { document } = await world.as(
    writer,
    async (ctx) => {
      const moved = await actOnDocument(ctx, id, kind, input);
      return fails ? breakOff(ctx) : moved;
    },
    at,
  );
  if (kind === 'issue') keep(at, 'out', document.year!);
  if (kind === 'issue' && document.issuedOn! > localDateOf(at.now)) count(happened, 'moved to a later day');
  if (kind === 'issue' || kind === 'discard') open.splice(open.indexOf(id), 1);
}

const OPERATIONS_OF: Record<string, [weight: number, (at: Turn) => Promise<unknown>]> = {
  register: [22, register],
  'register, broken off': [
    8,
    (at) =>
      world.as(
        writer,
        async (ctx) => {
          await registerDocument(ctx, INCOMING);
          return breakOff(ctx);
        },
        at,
      ),
  ],
  'register, wrong input': [
    3,
    (at) => world.as(writer, (ctx) => registerDocument(ctx, { ...INCOMING, sender: ' ' }), at),
  ],
  'register, no right': [3, (at) => world.as(stranger, (ctx) => registerDocument(ctx, INCOMING), at)],
  correct: [
    4,
    (at) => {
      const known = incoming.get(at.commune.id)!;
      if (known.length === 0) return register(at);
      const input = { ...INCOMING, summary: 'đã sửa', issuedOn: '2026-01-01' };
      return world.as(writer, (ctx) => actOnDocument(ctx, random.pick(known), 'correct', input), at);
    },
  ],
  draft: [13, draft],
  edit: [3, (at) => move(at, 'edit')],
  submit: [15, (at) => move(at, 'submit')],
  'send back': [3, (at) => move(at, 'send_back')],
  sign: [12, (at) => move(at, 'sign')],
  issue: [16, (at) => move(at, 'issue')],
  'issue, broken off': [6, (at) => move(at, 'issue', true)],
  discard: [2, (at) => move(at, 'discard')],
};
const LOTS = Object.entries(OPERATIONS_OF).flatMap(([name, [weight]]) =>
  Array.from({ length: weight }, () => name),
);

/** What the verbs refuse, and what the test breaks off itself; anything else is a fault. */
function expected(error: unknown): boolean {
  return error instanceof AppError || error instanceof PowerCut || /terminat|connection/i.test(String(error));
}

async function write(left: { done: number }): Promise<void> {
  while (left.done < OPERATIONS) {
    left.done += 1;
    const name = random.pick(LOTS);
    try {
      await OPERATIONS_OF[name]![1](turn(left.done));
      count(happened, name);
    } catch (error) {
      if (!expected(error)) throw error;
      count(happened, `${name}: ${error instanceof AppError ? error.code : 'broken'}`);
    }
  }
}

it('numbers of every book and year are 1..n, their days in order, under ten writers', async () => {
  const left = { done: 0 };
  await Promise.all(Array.from({ length: WRITERS }, () => write(left)));
  const { rows } = await world.owner.query<{ book: string; numbers: number[]; days: string[] }>(
    `select commune_id || ' ' || direction || ' ' || year as book,
            array_agg(number order by number) as numbers,
            array_agg((case direction when 'in' then arrived_on else issued_on end)::text order by number) as days
     from office_document where number is not null group by commune_id, direction, year`,
  );
  expect(rows).toHaveLength(2 * 2 * YEARS.length);
  for (const { book, numbers, days } of rows) {
    expect(numbers, book).toEqual(Array.from({ length: given.get(book)! }, (_, at) => at + 1));
    expect(days, book).toEqual(days.toSorted());
    expect(new Set(days.map((day) => `${day.slice(0, 4)}`)), book).toEqual(new Set([book.slice(-4)]));
  }
  const issued = [...given].filter(([book]) => book.includes('out')).reduce((sum, [, n]) => sum + n, 0);
  expect(issued).toBeGreaterThan(200);
  expect(happened.get('moved to a later day')).toBeGreaterThan(0);
  for (const name of ['register, broken off: broken', 'issue, broken off: broken', 'discard', 'correct'])
    expect(happened.get(name), name).toBeGreaterThan(20);
  for (const name of ['register, no right: refused', 'issue: office.document.not_in_this_state'])
    expect(happened.get(name), name).toBeGreaterThan(20);
}, 180_000);
