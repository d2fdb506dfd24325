/**
 * Invented households for every hamlet: families as they are found in the countryside, entered in one go. Khe Cốc
 * has 142 (the commune's own figure); the other hamlets' sizes were not found and are made up so that the commune
 * has 2,400 households and somewhat under 9,000 people (8,527 were counted around 2000).
 */
import type { Hamlet } from '#domain/commune';
import {
  enterHouseholds,
  moveOut,
  openHousehold,
  recordBirth,
  recordDeath,
  recordReportedFigure,
  type EnteredHousehold,
  type EnteredPerson,
  type EnteredResult,
  type Relation,
} from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { addDays, localDate, localDateOf, type LocalDate } from '#kernel/time';
import { idNumberOf, nameOf, phoneOf, type Sex } from './people.ts';
import { seeded, type Random } from './random.ts';

/** The day on which the demo's register begins. */
const REGISTER_FROM = localDate('2020-01-01');
/** Nobody of the first entering is born later. */
const YOUNGEST = localDate('2025-10-01');

export type HouseholdPlan = { households: number; kheCoc?: number; series: number; seed: number };

export type DemoResident = {
  id: string;
  name: string;
  sex: Sex;
  birthDate: LocalDate;
  phone: string;
  hamletId: string;
  nationalId: string;
  householdId: string;
};

type Person = { relation: Relation; sex: Sex; birth: LocalDate; name: string; grown: boolean };

/** Enters all households. @returns their heads, from each hamlet in turn: grown people with a telephone */
export async function enterPopulation(
  ctx: Ctx,
  plan: HouseholdPlan,
  hamlets: readonly Hamlet[],
): Promise<DemoResident[]> {
  const random = seeded(plan.seed);
  const counter = { number: 0, phone: 0 };
  const list: EnteredHousehold[] = [];
  for (const [at, hamlet] of hamlets.entries()) {
    for (let house = 1; house <= sizeOf(plan, hamlets, at); house += 1)
      list.push(household(random, plan, counter, hamlet.id, house));
  }
  const entered = await enterHouseholds(ctx, list);
  const touched = await liveOn(ctx, list, entered, hamlets);
  return heads(list, entered, hamlets, touched);
}

function sizeOf({ households, kheCoc }: HouseholdPlan, hamlets: readonly Hamlet[], at: number): number {
  if (kheCoc !== undefined && at === 0) return kheCoc;
  const others = hamlets.length - (kheCoc === undefined ? 0 : 1);
  const left = households - (kheCoc ?? 0);
  // Larger and smaller hamlets by turns; the last one makes up the sum.
  const even = Math.floor(left / others);
  const turn = kheCoc === undefined ? at : at - 1;
  if (turn === others - 1 && others % 2 === 1) return left - even * (others - 1);
  if (turn === others - 1) return left - even * (others - 1) + swing(turn, even);
  return even + swing(turn, even);
}

/** Pairs of hamlets, one as much over the mean as the other is under it. */
function swing(turn: number, even: number): number {
  const size = Math.min(20, Math.floor(even / 4), 4 + (turn >> 1) * 2);
  return turn % 2 === 0 ? size : -size;
}

function household(
  random: Random,
  { series }: HouseholdPlan,
  counter: { number: number; phone: number },
  hamletId: string,
  house: number,
): EnteredHousehold {
  const family = familyOf(random);
  return {
    hamletId,
    address: `Nhà số ${house}`,
    on: REGISTER_FROM,
    listNumber: String(house),
    demo: true,
    people: family.map(({ relation, sex, birth, name, grown }): EnteredPerson => {
      counter.number += 1;
      if (grown) counter.phone += 1;
      return {
        relation,
        person: {
          fullName: name,
          birthDate: birth,
          sex,
          nationalId: idNumberOf(sex, birth, counter.number),
          phone: grown && (relation === 'head' || random.chance(0.7)) ? phoneOf(series, counter.phone) : null,
        },
      };
    }),
  };
}

/** A head with whoever lives with him: spouse, children, sometimes a parent, a grandchild. */
function familyOf(random: Random): Person[] {
  const headSex: Sex = random.chance(0.72) ? 'male' : 'female';
  const headBirth = addDays(localDate('1945-01-01'), random.int(0, 48 * 365));
  const head = person(random, 'head', headSex, headBirth);
  const family = [head];
  const spouseSex: Sex = headSex === 'male' ? 'female' : 'male';
  const married = random.chance(0.84);
  if (married) family.push(person(random, 'spouse', spouseSex, addDays(headBirth, random.int(-1200, 1500))));
  const surname = head.name.split(' ')[0]!;
  let birth = addDays(headBirth, random.int(22 * 365, 27 * 365));
  for (let child = random.weighted(CHILDREN); child > 0; child -= 1) {
    if (birth > YOUNGEST) break;
    family.push(person(random, 'child', random.chance(0.51) ? 'male' : 'female', birth, surname));
    birth = addDays(birth, random.int(500, 2200));
  }
  if (random.chance(0.22) && headBirth > '1960-01-01') {
    const elder = addDays(headBirth, -random.int(20 * 365, 27 * 365));
    family.push(person(random, 'parent', random.chance(0.35) ? 'male' : 'female', elder));
  }
  const eldest = family.find(({ relation }) => relation === 'child')?.birth;
  if (eldest && eldest < '1998-01-01' && random.chance(0.35)) {
    const grandchild = addDays(eldest, random.int(21 * 365, 26 * 365));
    if (grandchild <= YOUNGEST)
      family.push(person(random, 'grandchild', random.chance(0.5) ? 'male' : 'female', grandchild, surname));
  }
  return family;
}

const CHILDREN = [
  [0, 8],
  [1, 30],
  [2, 48],
  [3, 14],
] as const;

function person(random: Random, relation: Relation, sex: Sex, birth: LocalDate, surname?: string): Person {
  const invented = nameOf(random, sex);
  const name = surname ? [surname, ...invented.split(' ').slice(1)].join(' ') : invented;
  return { relation, sex, birth, name, grown: birth < '2008-01-01' };
}

/**
 * What happened lately, dated back from the first start, in hamlets other than the first: so that the book of the
 * register is alive on any day and the first hamlet's figures stay those that were published.
 * @returns the places in the list of the households that something happened to
 */
async function liveOn(
  ctx: Ctx,
  list: readonly EnteredHousehold[],
  entered: readonly EnteredResult[],
  hamlets: readonly Hamlet[],
): Promise<ReadonlySet<number>> {
  const today = localDateOf(ctx.now);
  const random = seeded(11);
  const elsewhere = hamlets.slice(1);
  const touched = new Set<number>();
  const houseOf = (at: number, fits: (one: EnteredHousehold) => boolean): number => {
    const hamlet = elsewhere[at % elsewhere.length]!.id;
    const found = list.findIndex((one, index) => one.hamletId === hamlet && !touched.has(index) && fits(one));
    touched.add(found);
    return found;
  };
  const large = ({ people }: EnteredHousehold) => people.length >= (hamlets.length > 9 ? 4 : 2);
  for (let at = 0; at < 6; at += 1) {
    const { householdId } = entered[houseOf(at, large)]!;
    const sex = at % 2 === 0 ? 'female' : 'male';
    const birthDate = addDays(today, -3 - at * 9);
    const fullName = nameOf(random, sex);
    await recordBirth(ctx, householdId, {
      person: { fullName, birthDate, sex, demo: true },
      relation: 'grandchild',
    });
  }
  for (let at = 0; at < 3; at += 1) {
    // The last of them leaves no word about who follows: a clerk has to look at that household.
    const { residentIds } = entered[houseOf(at + 6, large)]!;
    const newHeadId = at < 2 ? residentIds[1]! : null;
    await recordDeath(ctx, residentIds[0]!, { on: addDays(today, -5 - at * 11), newHeadId });
  }
  const { householdId, residentIds } = entered[houseOf(9, large)]!;
  const leaving = residentIds.slice(-1);
  await moveOut(ctx, householdId, { residentIds: leaving, on: addDays(today, -8), to: 'Bắc Ninh (DEMO)' });
  const fullName = nameOf(random, 'male');
  await openHousehold(ctx, {
    hamletId: elsewhere[0]!.id,
    address: 'Nhà mới (DEMO)',
    on: addDays(today, -14),
    demo: true,
    head: { person: { fullName, birthDate: '1990-02-14', sex: 'male', demo: true } },
  });
  return touched;
}

/** The head of the first household of every hamlet, then of the second …, where nothing happened lately. */
function heads(
  list: readonly EnteredHousehold[],
  entered: readonly EnteredResult[],
  hamlets: readonly Hamlet[],
  touched: ReadonlySet<number>,
): DemoResident[] {
  const byHamlet = hamlets.map(({ id }) =>
    list.flatMap((one, at) => {
      const [first] = one.people;
      if (one.hamletId !== id || !first || !('person' in first)) return [];
      const { fullName, phone, nationalId, sex, birthDate } = first.person;
      if (!phone || !nationalId || touched.has(at)) return [];
      return [
        {
          id: entered[at]!.residentIds[0]!,
          name: fullName,
          sex: sex === 'female' ? ('female' as const) : ('male' as const),
          birthDate: localDate(birthDate!),
          phone,
          hamletId: id,
          nationalId,
          householdId: entered[at]!.householdId,
        },
      ];
    }),
  );
  const longest = Math.max(...byHamlet.map((some) => some.length));
  return Array.from({ length: longest }, (_, at) => byHamlet.flatMap((some) => some[at] ?? [])).flat();
}

/** What was published of Khe Cốc: two sources that do not agree, side by side. */
export async function reportKheCoc(ctx: Ctx, hamletId: string): Promise<void> {
  const seed = 'bài giới thiệu xóm thông minh Khe Cốc, 2023';
  const danviet = 'danviet.vn, 24/5/2023';
  const households = { measure: 'registry.households', hamletId } as const;
  await recordReportedFigure(ctx, { ...households, day: '2023-05-24', value: 143, source: danviet });
  await recordReportedFigure(ctx, { ...households, day: '2024-03-31', value: 142, source: seed });
  await recordReportedFigure(ctx, {
    measure: 'registry.residents',
    hamletId,
    day: '2023-05-24',
    value: 508,
    source: danviet,
  });
}
