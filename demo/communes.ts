/** Builds the demo communes through the verbs of the commune and registry rooms. Always comes out alike. */
import { createCommune, type NewCommune } from '#app/communes';
import { runAs, type Runtime as FullRuntime } from '#app/runtime';
import {
  earliestDowntime,
  listHamlets,
  officeCalendar,
  publishAnnouncement,
  setUpCommune,
  type CommuneSetUp,
  type Hamlet,
} from '#domain/commune';
import { appointOfficial, endOfficial, planDuty, recordAbsence, type OfficialUnit } from '#domain/registry';
import type { CommuneRef, Ctx, Grant } from '#kernel/context';
import { isWorkingDay, nextOpening } from '#kernel/office-time';
import { addDays, localDateOf, type LocalDate } from '#kernel/time';
import { PHU_DO_POSTS, TUC_TRANH_POSTS, type Post } from './officials.ts';
import { enterPopulation, reportKheCoc, type DemoResident } from './households.ts';
import { nameOf, phoneOf } from './people.ts';
import { NEWS, PHU_DO, TUC_TRANH } from './places.ts';
import { seeded, type Random } from './random.ts';
import { registerStays } from './stays.ts';
import { registerSupport } from './support.ts';

/** What building needs of the process. */
type Runtime = Pick<FullRuntime, 'handle' | 'wiring' | 'urls' | 'communes'>;

export type DemoOfficial = {
  officialId: string;
  /** `chu-tich`, `mot-cua-1` …, `truong-xom-khe-coc`, `to-cong-nghe-khe-coc`. */
  key: string;
  name: string;
  unit: OfficialUnit;
  /** The roles that a sign-in of this official gets; hamlet officials have theirs in the hamlet only. */
  grants: readonly Grant[];
  phone: string;
  hamletId: string | null;
};

export type DemoCommune = {
  commune: CommuneRef;
  hamlets: readonly Hamlet[];
  officials: readonly DemoOfficial[];
  residents: readonly DemoResident[];
};

type Plan = {
  place: NewCommune;
  setUp: CommuneSetUp;
  posts: readonly Post[];
  /** How many households the register has, and the first hamlet. */
  population: { households: number; kheCoc?: number };
  /** How many of the people file dossiers. */
  residents: number;
  /** First digit of this commune's telephone numbers; see `phoneOf`. */
  series: number;
  seed: number;
};

const PLANS: { tucTranh: Plan; phuDo: Plan } = {
  tucTranh: {
    place: {
      slug: 'tuc-tranh',
      name: 'Tức Tranh',
      hosts: ['localhost', '*'],
      agencyCode: 'H55.242',
      demo: true,
    },
    setUp: TUC_TRANH,
    posts: TUC_TRANH_POSTS,
    population: { households: 2400, kheCoc: 142 },
    residents: 320,
    series: 0,
    seed: 5641,
  },
  phuDo: {
    place: { slug: 'phu-do', name: 'Phú Đô', hosts: ['phu-do.localhost'], agencyCode: 'H55.243', demo: true },
    setUp: PHU_DO,
    posts: PHU_DO_POSTS,
    population: { households: 24 },
    residents: 12,
    series: 5,
    seed: 5635,
  },
};

/** The term of the demo's officials: that of the People's Councils 2021–2026 and on. */
const TERM_FROM = '2021-07-01';

/**
 * Builds both communes. @param now the demo's first start: roster, absence and announcements are dated from it
 */
export async function buildCommunes(
  runtime: Runtime,
  now: Date,
): Promise<{ tucTranh: DemoCommune; phuDo: DemoCommune }> {
  const tucTranh = await buildCommune(runtime, PLANS.tucTranh, now);
  const phuDo = await buildCommune(runtime, PLANS.phuDo, now);
  await announce(runtime, tucTranh.commune, now);
  return { tucTranh, phuDo };
}

async function buildCommune(runtime: Runtime, plan: Plan, now: Date): Promise<DemoCommune> {
  const commune = await createCommune(runtime.urls.owner, plan.place);
  runtime.communes.forget();
  return as(runtime, commune, now, async (ctx) => {
    await setUpCommune(ctx, plan.setUp);
    const hamlets = await listHamlets(ctx);
    const random = seeded(plan.seed);
    const officials = await appointAll(ctx, plan, hamlets, random);
    await rememberWhoLeft(ctx, plan, random);
    await planRoster(ctx, officials, now);
    const everybody = await enterPopulation(
      ctx,
      { ...plan.population, series: plan.series + 1, seed: plan.seed },
      hamlets,
    );
    await registerStays(ctx, hamlets, everybody);
    await registerSupport(ctx, everybody);
    const kheCoc = hamlets.find((hamlet) => !hamlet.demoName);
    if (kheCoc) await reportKheCoc(ctx, kheCoc.id);
    const residents = everybody.slice(0, plan.residents);
    return { commune, hamlets, officials, residents };
  });
}

function as<T>(runtime: Runtime, commune: CommuneRef, now: Date, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return runAs(runtime, { commune, actor: { kind: 'system', name: 'demo' }, now, silent: true }, work);
}

async function appointAll(
  ctx: Ctx,
  plan: Plan,
  hamlets: readonly Hamlet[],
  random: Random,
): Promise<DemoOfficial[]> {
  const posts = [
    ...plan.posts.map((post) => ({ post, hamletId: null })),
    ...hamlets.map((hamlet) => ({ post: headOf(hamlet, random), hamletId: hamlet.id })),
    ...hamlets.map((hamlet) => ({ post: digitalTeamOf(hamlet, random), hamletId: hamlet.id })),
  ];
  const list: DemoOfficial[] = [];
  for (const [at, { post, hamletId }] of posts.entries()) {
    const { key, name, unit, roles } = post;
    const position = at + 1;
    const phone = phoneOf(plan.series, position);
    const officialId = await appointOfficial(ctx, {
      fullName: name,
      post: post.post,
      postEn: post.postEn,
      unit,
      phone,
      zalo: phone,
      hamletId,
      position,
      termFrom: TERM_FROM,
      demo: true,
    });
    const grants = roles.map((role) => ({ role, hamletId }));
    list.push({ officialId, key, name, unit, grants, phone, hamletId });
  }
  return list;
}

function headOf(hamlet: Hamlet, random: Random): Post {
  return {
    key: `truong-xom-${hamlet.slug}`,
    name: nameOf(random, random.chance(0.6) ? 'male' : 'female'),
    post: `Trưởng xóm ${hamlet.name}`,
    postEn: `Head of ${hamlet.name} hamlet`,
    unit: 'hamlet',
    roles: ['hamlet_head'],
  };
}

function digitalTeamOf(hamlet: Hamlet, random: Random): Post {
  return {
    key: `to-cong-nghe-${hamlet.slug}`,
    name: nameOf(random, random.chance(0.4) ? 'male' : 'female'),
    post: `Tổ trưởng tổ công nghệ số xóm ${hamlet.name}`,
    postEn: `Head of the digital team of ${hamlet.name}`,
    unit: 'digital_team',
    roles: ['digital_team'],
  };
}

/** A clerk whose term ended: in the register of terms, no longer in the directory. */
async function rememberWhoLeft(ctx: Ctx, plan: Plan, random: Random): Promise<void> {
  const id = await appointOfficial(ctx, {
    fullName: nameOf(random, 'female'),
    post: 'Công chức Bộ phận Một cửa',
    postEn: 'One-stop desk officer',
    unit: 'one_stop',
    phone: phoneOf(plan.series, 999),
    termFrom: '2016-07-01',
    demo: true,
  });
  await endOfficial(ctx, id, { leavesOn: '2022-04-01' });
}

const ROSTER_WEEKS = 8;

/** Two on duty every working day of the coming weeks, and one officer away whom a colleague covers. */
async function planRoster(ctx: Ctx, officials: readonly DemoOfficial[], now: Date): Promise<void> {
  const calendar = await officeCalendar(ctx);
  const today = localDateOf(now);
  const unit = (name: OfficialUnit) => officials.filter((one) => one.unit === name);
  const [away, cover] = unit('justice').length > 1 ? unit('justice') : [];
  if (away && cover) {
    const from = localDateOf(nextOpening(calendar, now));
    await recordAbsence(ctx, {
      officialId: away.officialId,
      from,
      to: addDays(from, 4),
      coveredBy: cover.officialId,
      reason: 'Đi tập huấn (DEMO)',
    });
  }
  const desk = unit('one_stop');
  const leaders = unit('leaders');
  let turn = 0;
  for (
    let day: LocalDate = addDays(today, -7);
    day < addDays(today, 7 * ROSTER_WEEKS);
    day = addDays(day, 1)
  ) {
    if (!isWorkingDay(calendar, day)) continue;
    const clerk = desk[turn % desk.length]!;
    const leader = leaders[turn % leaders.length]!;
    await planDuty(ctx, { officialId: clerk.officialId, day, note: 'Trực Bộ phận Một cửa' });
    await planDuty(ctx, { officialId: leader.officialId, day, note: 'Lãnh đạo trực' });
    turn += 1;
  }
}

/** News of the last weeks, and planned downtime as far ahead as the law asks (NĐ 224/2026/NĐ-CP art. 13). */
async function announce(runtime: Runtime, commune: CommuneRef, now: Date): Promise<void> {
  for (const { daysAgo, ...news } of NEWS) {
    const then = new Date(now.getTime() - daysAgo * 86_400_000);
    await as(runtime, commune, then, (ctx) => publishAnnouncement(ctx, news));
  }
  await as(runtime, commune, now, async (ctx) => {
    const begins = new Date(earliestDowntime(await officeCalendar(ctx), now).getTime() + 4 * 3_600_000);
    await publishAnnouncement(ctx, {
      kind: 'downtime',
      title: 'Tạm ngừng nộp hồ sơ trực tuyến để nâng cấp (DEMO)',
      body: 'Trong thời gian này bà con chưa nộp và tra cứu hồ sơ trực tuyến được; hồ sơ đã nộp vẫn an toàn và thời hạn giải quyết không thay đổi. Việc gấp xin đến trụ sở trong giờ làm việc.\n\nTin mẫu của bản chạy thử.',
      titleEn: 'Online filing pauses for an upgrade (DEMO)',
      bodyEn:
        'Filing and tracking online pause in this time. Dossiers filed before are safe and their deadlines stay. In urgent cases come to the office in working hours.\n\nA sample announcement of the demonstration.',
      downtimeFrom: begins,
      downtimeTo: new Date(begins.getTime() + 3 * 3_600_000),
      expiresAt: new Date(begins.getTime() + 3 * 3_600_000),
    });
  });
}
