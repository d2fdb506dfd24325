/** What a frozen board holds: the board, its totals, the measures with their lists as strangers may see them, the files. */
import type { Ctx } from '#kernel/context';
import type { Computed, Measure, MeasurePart } from '#kernel/measures';
import { levelsOf, totalsOf, type Board } from '../board.ts';
import type { EvidenceFile } from '../evidence/evidence.ts';
import type { Status } from '../rollup.ts';

/** Longer lists are cut; the whole number of records stands beside them. */
const MOST_RECORDS = 1000;
const PAGE = 200;

type FrozenRecord = { id: string; at: string; label: string; columns: Record<string, string> };
type FrozenList = { total: number; records: FrozenRecord[] };
type FrozenMeasure = {
  name: string;
  title: Measure['title'];
  meaning: Measure['meaning'];
  unit: Measure['unit'];
  computed: Computed;
  /** Null for a measure whose records only officials may see. */
  numerator: FrozenList | null;
  denominator: FrozenList | null;
  most: number;
};
export type SnapshotBody = {
  format: 'xa-so-criteria-snapshot/1';
  commune: string;
  board: Board;
  totals: ReturnType<typeof totalsOf>;
  measures: FrozenMeasure[];
  files: EvidenceFile[];
};

/** The text that is frozen. */
export async function bodyOf(ctx: Ctx, board: Board): Promise<string> {
  const { asOf } = board;
  const asked = new Set(levelsOf(board).indicators.flatMap(({ value }) => value.measures));
  const measures: FrozenMeasure[] = [];
  for (const measure of ctx.wiring.measures.filter(({ name }) => asked.has(name)))
    measures.push(await frozen(ctx, measure, asOf));
  const body: SnapshotBody = {
    format: 'xa-so-criteria-snapshot/1',
    commune: ctx.commune.name,
    board,
    totals: totalsOf(board),
    measures,
    files: levelsOf(board).indicators.flatMap((line) => line.files),
  };
  return JSON.stringify(body);
}

async function frozen(ctx: Ctx, measure: Measure, asOf: string): Promise<FrozenMeasure> {
  const question = { asOf, scope: 'commune' };
  const program: Ctx = { ...ctx, actor: { kind: 'system', name: 'criteria' }, trail: [] };
  // The bundle goes to people outside: its lists are those that a stranger sees.
  const stranger: Ctx = { ...ctx, actor: { kind: 'anonymous' }, trail: [] };
  const computed = await measure.compute(program, question);
  const listed = async (part: MeasurePart): Promise<FrozenList | null> => {
    if (measure.audience === 'staff' || (part === 'denominator' && computed.denominator === null))
      return null;
    const list: FrozenList = { total: 0, records: [] };
    for (let offset = 0; offset < MOST_RECORDS; offset += PAGE) {
      const page = await measure.list(stranger, question, part, { offset, limit: PAGE });
      list.total = page.total;
      list.records.push(
        ...page.records.map(({ id, at, label, columns }) => ({ id, at: at.toISOString(), label, columns })),
      );
      if (page.records.length < PAGE) break;
    }
    return list;
  };
  const { name, title, meaning, unit } = measure;
  const numerator = await listed('numerator');
  const denominator = await listed('denominator');
  return { name, title, meaning, unit, computed, numerator, denominator, most: MOST_RECORDS };
}

/** A frozen text as it was, with its times. */
export function readBody(text: string): SnapshotBody {
  const body = JSON.parse(text) as SnapshotBody;
  for (const line of levelsOf(body.board).indicators)
    line.signatures = line.signatures.map((one) => ({ ...one, at: new Date(one.at) }));
  return body;
}

/** How an indicator stands in one of two boards. */
export type Side = { status: Status; value: number | null };
type BoardChange = {
  code: string;
  text: { vi: string; en: string };
  before: Side | null;
  after: Side | null;
};

/** Indicators that stand otherwise in the later board, or have another value. */
export function compareBoards(before: Board, after: Board): BoardChange[] {
  const standing = (board: Board) =>
    new Map(
      levelsOf(board).indicators.map(({ indicator, status, value }) => [
        indicator.code,
        { text: indicator.text, status, value: value.value },
      ]),
    );
  const [old, now] = [standing(before), standing(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((code) => {
    const [was, is] = [old.get(code), now.get(code)];
    if (was?.status === is?.status && was?.value === is?.value) return [];
    const shown = (one: typeof was) => (one ? { status: one.status, value: one.value } : null);
    return [{ code, text: (is ?? was)!.text, before: shown(was), after: shown(is) }];
  });
}
