/**
 * Houses and public works of the demo commune, through the verbs. The figures are the commune's own (roads all
 * hard, 3 irrigation works, 10 transformer stations, schools and halls at standard); every place is invented.
 */
import { runAs, type Runtime as FullRuntime } from '#app/runtime';
import { addMoney, addWork, inspectWork, issueAddress, type NewWork } from '#domain/places';
import type { Ctx } from '#kernel/context';
import { addDays, localDate } from '#kernel/time';
import type { DemoCommune } from './communes.ts';
import { seeded, type Random } from './random.ts';

type Runtime = Pick<FullRuntime, 'handle' | 'wiring'>;
type Middle = { lat: number; lng: number };

/** The middle of the former commune; hamlets are laid around it in rings. */
const CENTRE: Middle = { lat: 21.722373, lng: 105.770329 };
const INSPECTED = '2023-12-12';
const KHE_COC_HOUSES = 142;
const OTHER_HOUSES = 8;
const KHE_COC_ROAD_M = 4300;
const SCHOOLS = ['Trường Mầm non Tức Tranh', 'Trường Tiểu học Tức Tranh', 'Trường THCS Tức Tranh'];
const IRRIGATION = ['Hồ chứa nước số 1', 'Đập dâng số 2', 'Trạm bơm số 3'];
const TRANSFORMERS = 10;

/** Some 290 addresses and 54 works; takes a few seconds. @param now the demo's first start */
export async function buildPlaces(runtime: Runtime, demo: DemoCommune, now: Date): Promise<void> {
  const random = seeded(1717);
  const actor = { kind: 'system', name: 'demo' } as const;
  await runAs(runtime, { commune: demo.commune, actor, now, silent: true }, async (ctx) => {
    for (const [at, hamlet] of demo.hamlets.entries()) {
      const middle = middleOf(at);
      await buildHamlet(ctx, { id: hamlet.id, name: hamlet.name, middle });
      const houses = hamlet.slug === 'khe-coc' ? KHE_COC_HOUSES : OTHER_HOUSES;
      await issueAll(ctx, random, { hamletId: hamlet.id, middle, houses });
    }
    await buildCommuneWorks(ctx, random);
  });
}

function middleOf(at: number): Middle {
  const ring = at === 0 ? 0 : at <= 6 ? 1 : 2;
  const turn = (at * 2 * Math.PI) / (ring === 1 ? 6 : 12);
  return {
    lat: CENTRE.lat + ring * 0.0075 * Math.cos(turn),
    lng: CENTRE.lng + ring * 0.008 * Math.sin(turn),
  };
}

function written({ lat, lng }: Middle): string {
  return `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
}

async function issueAll(
  ctx: Ctx,
  random: Random,
  { hamletId, middle, houses }: { hamletId: string; middle: Middle; houses: number },
): Promise<void> {
  for (let number = 1; number <= houses; number += 1) {
    const far = Math.sqrt(random.next()) * 0.0032;
    const turn = random.next() * 2 * Math.PI;
    const point = { lat: middle.lat + far * Math.cos(turn), lng: middle.lng + far * Math.sin(turn) };
    await issueAddress(ctx, {
      hamletId,
      number: String(number),
      place: written(point),
      shown: random.chance(0.85),
      on: addDays(localDate('2023-02-01'), random.int(0, 300)),
      demo: true,
    });
  }
}

/** A hall, loudspeakers and a road in every hamlet: the road was half earth in 2020 and is hard now. */
async function buildHamlet(ctx: Ctx, hamlet: { id: string; name: string; middle: Middle }): Promise<void> {
  const hall = await add(ctx, {
    kind: 'hall',
    name: `Nhà văn hóa xóm ${hamlet.name}`,
    hamletId: hamlet.id,
    place: written(hamlet.middle),
    inUseFrom: '2014-01-01',
  });
  await inspectWork(ctx, hall, { onDay: INSPECTED, condition: 'good', atStandard: true, wifi: true });
  const loudspeaker = await add(ctx, {
    kind: 'loudspeaker',
    name: `Cụm loa truyền thanh xóm ${hamlet.name}`,
    hamletId: hamlet.id,
    place: written(hamlet.middle),
    inUseFrom: '2016-01-01',
  });
  await inspectWork(ctx, loudspeaker, { onDay: INSPECTED, condition: 'good', atStandard: true });
  const road = await add(ctx, {
    kind: 'road',
    name: `Đường trục xóm ${hamlet.name}`,
    hamletId: hamlet.id,
    inUseFrom: '2010-01-01',
  });
  const lengthM = hamlet.name === 'Khe Cốc' ? KHE_COC_ROAD_M : 1800;
  const before = { onDay: '2020-11-20', condition: 'fair', atStandard: false, surface: 'gravel' } as const;
  await inspectWork(ctx, road, { ...before, lengthM, hardenedM: Math.floor(lengthM / 2) });
  const after = { onDay: INSPECTED, condition: 'good', atStandard: true, surface: 'concrete' } as const;
  await inspectWork(ctx, road, { ...after, lengthM, hardenedM: lengthM });
  const money = { onDay: '2022-09-15', what: 'Bê tông hóa đường trục xóm (DEMO)' } as const;
  const cost = BigInt(lengthM) * 900_000n;
  await addMoney(ctx, road, { ...money, kind: 'cost', source: 'state', amount: cost });
  const given = { kind: 'contribution', source: 'people', form: 'labour', quantity: 120 } as const;
  await addMoney(ctx, road, { ...money, ...given, amount: 36_000_000n });
}

async function buildCommuneWorks(ctx: Ctx, random: Random): Promise<void> {
  const near = () =>
    written({
      lat: CENTRE.lat + (random.next() - 0.5) * 0.02,
      lng: CENTRE.lng + (random.next() - 0.5) * 0.02,
    });
  const works: NewWork[] = [
    ...SCHOOLS.map((name) => ({ kind: 'school', name, place: near(), inUseFrom: '2005-09-05' }) as const),
    ...IRRIGATION.map(
      (name) => ({ kind: 'irrigation', name, place: near(), inUseFrom: '2008-01-01' }) as const,
    ),
    ...Array.from({ length: TRANSFORMERS }, (_, at) => {
      const name = `Trạm biến áp số ${at + 1}`;
      return { kind: 'transformer', name, place: near(), inUseFrom: '2012-01-01' } as const;
    }),
  ];
  for (const work of works) {
    const id = await add(ctx, work);
    await inspectWork(ctx, id, { onDay: INSPECTED, condition: 'good', atStandard: true });
  }
}

function add(ctx: Ctx, work: NewWork): Promise<string> {
  return addWork(ctx, { ...work, demo: true });
}
