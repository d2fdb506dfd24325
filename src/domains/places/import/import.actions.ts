import { z } from 'zod';
import { existsOn, listHamlets, type Hamlet } from '#domain/commune';
import { actorId, type Ctx } from '#kernel/context';
import { distanceBetween } from '#kernel/geo';
import { newId, randomCode } from '#kernel/ids';
import { checked } from '#kernel/input';
import type { Point } from '#kernel/open-location-code';
import { allow, hamletsWhere } from '#kernel/rights';
import { foldText } from '#kernel/text';
import { localDateOf } from '#kernel/time';
import { CODE_LENGTH, columnsOf, HouseNumber, takenIfTwice } from '../address.actions.ts';
import { isInVietNam, locationCodeOf, numberKey, readPoint } from '../address.ts';
import { centreOf } from '../centre.queries.ts';
import { MADE_A_DAY, MOST_ROWS } from './read-addresses.ts';

const Line = z.object({
  /** As the spreadsheet counts. */
  row: z.int().min(1),
  hamlet: z.string().max(200, 'input.too_big'),
  number: z.string().max(200, 'input.too_big'),
  place: z.string().max(500, 'input.too_big'),
  shown: z.boolean().default(false),
});
const List = z.object({
  lines: z.array(Line).min(1, 'places.import.empty').max(MOST_ROWS, 'places.import.too_many'),
  /** Only looks; nothing is written. */
  dry: z.boolean().default(false),
});
export type ImportLine = z.input<typeof Line>;

/** What is wrong, or worth a look, at one cell. */
export type ImportFault = {
  row: number;
  column: 'hamlet' | 'number' | 'place';
  code: string;
  /** What stands in the cell. */
  stands: string;
};
export type ImportReport = {
  fresh: number;
  known: number;
  /** With a single one nothing is written. */
  faults: ImportFault[];
  /** Houses that the register has at quite another place; they stay as they are. */
  elsewhere: ImportFault[];
};

type State = { hamletId: string; number: string; locationCode: string; shown: boolean } & Point;

/** Two readings of one house differ by less than that. */
const FAR_M = 100;
const AT_ONCE = 500;

/**
 * Issues the addresses of a list, all or none; houses that have one already are left as they are, so that a list
 * can come twice. A hamlet head brings in his hamlet's houses only.
 * @throws AppError `places.address.number_taken` (409) where somebody gave a number in between; `input.invalid`
 */
export async function importAddresses(ctx: Ctx, input: z.input<typeof List>): Promise<ImportReport> {
  const mine = hamletsWhere(ctx, 'places.address.edit');
  const thing = { kind: 'address', hamlet_id: mine === 'all' ? null : (mine[0] ?? null) };
  allow(ctx, 'places.address.edit', thing, { imported: input.dry ? 'looked at' : 'list' });
  const { lines, dry } = checked(List, input);
  const { report, fresh } = await judge(ctx, lines, mine);
  if (!dry && report.faults.length === 0) await issueAll(ctx, fresh);
  return report;
}

/** What the lines say: which houses are new, which are known, what is wrong where. */
async function judge(ctx: Ctx, lines: z.output<typeof List>['lines'], mine: Asked['mine']) {
  const known = await knownHouses(ctx);
  const asked = { mine, hamlets: await listHamlets(ctx), centre: await centreOf(ctx) };
  const report: ImportReport = { fresh: 0, known: 0, faults: [], elsewhere: [] };
  const seen = new Set<string>();
  const fresh: State[] = [];
  for (const line of lines) {
    const { state, faults } = readLine(ctx, line, asked);
    report.faults.push(...faults);
    if (!state) continue;
    const key = keyOf(state.hamletId, numberKey(state.number));
    const there = known.get(key);
    const { row } = line;
    if (seen.has(key))
      report.faults.push({ row, column: 'number', stands: line.number, code: 'places.import.twice' });
    else if (!there) fresh.push(state);
    else {
      report.known += 1;
      if (distanceBetween(there, state) > FAR_M)
        report.elsewhere.push({ row, column: 'place', stands: line.place, code: 'places.import.elsewhere' });
    }
    seen.add(key);
  }
  report.fresh = fresh.length;
  return { report, fresh };
}

function keyOf(hamletId: string, number: string): string {
  return `${hamletId}/${number}`;
}

/** The houses that have an address now, by hamlet and number. */
async function knownHouses(ctx: Ctx): Promise<Map<string, Point>> {
  const rows = await ctx.db
    .selectFrom('places_address')
    .select(['hamlet_id', 'number_key', 'lat', 'lng'])
    .where('commune_id', '=', ctx.commune.id)
    .where('ended_on', 'is', null)
    .execute();
  return new Map(
    rows.map(({ hamlet_id, number_key, lat, lng }) => [keyOf(hamlet_id, number_key), { lat, lng }]),
  );
}

type Asked = { mine: 'all' | readonly string[]; hamlets: readonly Hamlet[]; centre: Point | null };

function readLine(ctx: Ctx, line: z.output<typeof Line>, { mine, hamlets, centre }: Asked) {
  const faults: ImportFault[] = [];
  const wrong = (column: ImportFault['column'], code: string) =>
    void faults.push({ row: line.row, column, code, stands: line[column].slice(0, 60) });
  const hamlet = hamletCalled(ctx, hamlets, line.hamlet);
  if (!hamlet) wrong('hamlet', line.hamlet === '' ? 'input.missing' : 'places.import.unknown_hamlet');
  else if (mine !== 'all' && !mine.includes(hamlet.id)) wrong('hamlet', 'places.import.other_hamlet');
  const number = HouseNumber.safeParse(line.number);
  if (line.number === MADE_A_DAY)
    faults.push({ row: line.row, column: 'number', code: 'places.import.made_a_day', stands: '' });
  else if (line.number === '') wrong('number', 'input.missing');
  else if (!number.success) wrong('number', number.error.issues[0]!.message);
  const point = readPoint(line.place, centre);
  if (line.place === '') wrong('place', 'input.missing');
  else if (!point) wrong('place', 'places.bad_place');
  else if (!isInVietNam(point)) wrong('place', 'places.not_in_viet_nam');
  if (faults.length > 0 || !hamlet || !point) return { state: null, faults };
  const { id: hamletId } = hamlet;
  const state: State = {
    hamletId,
    number: number.data!,
    ...point,
    locationCode: locationCodeOf(point),
    shown: line.shown,
  };
  return { state, faults };
}

/** The hamlet of today that bears just this name; former names and parts of names would be guesses. */
function hamletCalled(ctx: Ctx, hamlets: readonly Hamlet[], typed: string): Hamlet | undefined {
  const bare = (text: string) => foldText(text).replace(/^(?:xom|thon|ban) /, '');
  const today = localDateOf(ctx.now);
  return hamlets.find((hamlet) => existsOn(hamlet, today) && bare(hamlet.name) === bare(typed));
}

async function issueAll(ctx: Ctx, states: readonly State[]): Promise<void> {
  const today = localDateOf(ctx.now);
  for (let from = 0; from < states.length; from += AT_ONCE) {
    const houses = states.slice(from, from + AT_ONCE).map((state) => ({ state, id: newId(ctx.now) }));
    const addresses = houses.map(({ state, id }) => ({
      commune_id: ctx.commune.id,
      id,
      code: randomCode(CODE_LENGTH),
      ...columnsOf(state),
      shown: state.shown,
      issued_on: today,
    }));
    await takenIfTwice(() => ctx.db.insertInto('places_address').values(addresses).execute());
    const changes = houses.map(({ state, id }) => ({
      commune_id: ctx.commune.id,
      address_id: id,
      seq: 1,
      kind: 'issue',
      on_day: today,
      hamlet_id: state.hamletId,
      number: state.number,
      lat: state.lat,
      lng: state.lng,
      location_code: state.locationCode,
      reason: null,
      at: ctx.now,
      by_actor: actorId(ctx.actor),
    }));
    await ctx.db.insertInto('places_address_change').values(changes).execute();
  }
}
