/** The registers of the benchmark: 50,000 people, 15,000 of them in households, and what a clerk asks of them. */
import pg from 'pg';
import { foldText } from '#kernel/text';
import { newId } from '#kernel/ids';
import { copy, NULL, type Bench } from './load.ts';
import type { Ask } from './rate.ts';

const PEOPLE = 50_000;
const IN_HOUSEHOLDS = 15_000;
const A_HOUSEHOLD = 4;

/** About as often as Vietnamese families bear them, in percent. */
const FAMILY = [
  ['Nguyễn', 38],
  ['Trần', 11],
  ['Lê', 10],
  ['Phạm', 7],
  ['Hoàng', 6],
  ['Vũ', 5],
  ['Dương', 5],
  ['Lý', 5],
  ['Đặng', 5],
  ['Ma', 4],
  ['Lường', 4],
] as const;
const GIVEN =
  'A An Ánh Bảo Bình Châu Chiến Cường Dung Dũng Duy Đào Đạt Đức Giang Hà Hải Hạnh Hiền Hòa Hồng Hùng Hương Khánh Lan Linh Long Mai Minh Nam Nga Ngọc Nhung Oanh Phong Phúc Phương Quân Quang Quyên Sơn Tâm Tân Thảo Thắng Thu Thủy Trang Tuấn Tùng Vân Yến'.split(
    ' ',
  );

/** What clerks type: a whole name in any writing and order, words of one, a common family name. */
const TYPED = ['nguyen van a', 'NGUYỄN VĂN A', 'a nguyen', 'ly thi oanh', 'dao ma', 'hoàng quyên', 'nguyen'];

/** Loads the people and their households by COPY, with statistics as the database makes them by itself. */
export async function loadRegisters(bench: Bench): Promise<void> {
  const { communeId: commune, ownerUrl } = bench.settings;
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>('select id from commune_hamlet order by position');
    const hamlets = rows.map(({ id }) => id);
    const people = Array.from({ length: PEOPLE }, (_, at) => ({ at, id: newId(new Date()) }));
    await copy(
      client,
      'registry_resident (commune_id, id, full_name, search_text, birth_date, sex, national_id, phone, hamlet_id)',
      people.map(({ at, id }) => personLine(commune, at, id, hamlets)),
    );
    const members = people.slice(0, IN_HOUSEHOLDS);
    const houses = members
      .filter(({ at }) => at % A_HOUSEHOLD === 0)
      .map(({ at }) => ({ at, id: newId(new Date()) }));
    await copy(
      client,
      'registry_household (commune_id, id, number, opened_on)',
      houses.map(({ at, id }) => [commune, id, String(at).padStart(5, '0'), '2020-01-01'].join('\t')),
    );
    await copy(
      client,
      'registry_household_place (commune_id, id, household_id, hamlet_id, from_day)',
      houses.map(({ at, id }) =>
        [commune, newId(new Date()), id, hamletOf(hamlets, at), '2020-01-01'].join('\t'),
      ),
    );
    await copy(
      client,
      'registry_member (commune_id, id, household_id, resident_id, relation, joined_on)',
      members.map(({ at, id }) => {
        const house = houses[Math.floor(at / A_HOUSEHOLD)]!.id;
        const relation = at % A_HOUSEHOLD === 0 ? 'head' : 'child';
        return [commune, newId(new Date()), house, id, relation, '2020-01-01'].join('\t');
      }),
    );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

function hamletOf(hamlets: readonly string[], at: number): string {
  return hamlets[Math.floor(at / A_HOUSEHOLD) % hamlets.length]!;
}

function personLine(commune: number, at: number, id: string, hamlets: readonly string[]): string {
  const male = at % 2 === 0;
  const name = `${familyOf(at)} ${male ? 'Văn' : 'Thị'} ${GIVEN[(at * 7) % GIVEN.length]}`;
  const year = 1930 + (at % 95);
  const day = `${year}-${two((at % 12) + 1)}-${two((at % 28) + 1)}`;
  const number =
    at % 5 === 0
      ? NULL
      : `019${year < 2000 ? (male ? 0 : 1) : male ? 2 : 3}${two(year % 100)}${String(at).padStart(6, '0')}`;
  const phone = at % 3 === 0 ? `+849${String(at).padStart(8, '0')}` : NULL;
  const who = [name, foldText(name), day, male ? 'male' : 'female', number, phone];
  return [commune, id, ...who, hamletOf(hamlets, at)].join('\t');
}

function familyOf(at: number): string {
  let share = (at * 37) % 100;
  for (const [name, percent] of FAMILY) {
    share -= percent;
    if (share < 0) return name;
  }
  return FAMILY[0][0];
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** The three questions, each as the program is asked and as the floor is. */
export function registerQuestions(): { name: string; app: Ask; floor: Ask }[] {
  const typed = () => encodeURIComponent(TYPED[Math.floor(Math.random() * TYPED.length)]!);
  const page = () => Math.floor(Math.random() * 20) + 1;
  return [
    {
      name: `search among ${PEOPLE.toLocaleString('en')}`,
      app: () => `/api/v1/residents?q=${typed()}`,
      floor: () => `/residents?q=${typed()}`,
    },
    {
      name: `households of ${IN_HOUSEHOLDS.toLocaleString('en')}`,
      app: () => `/api/v1/households?per_page=50&page=${page()}`,
      floor: () => `/households?page=${page()}`,
    },
    {
      name: 'households by name',
      app: () => `/api/v1/households?q=${typed()}`,
      floor: () => `/residents?q=${typed()}`,
    },
  ];
}
