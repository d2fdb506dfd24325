/** The demo's dossiers: the 2,180 of the commune's year up to 5/6/2023, a thin stream since, and living queues. */
import {
  answerSlip,
  attachResult,
  decideDossier,
  fileAsHelper,
  fileAtCounter,
  fileOnline,
  move,
  SLIP_QUESTIONS,
  type Filing,
} from '#domain/services';
import { runAs, type Runtime } from '#app/runtime';
import { writeTrail } from '#kernel/audit';
import type { Actor, CommuneRef, Ctx } from '#kernel/context';
import type { FormDefinition } from '#kernel/forms/definition';
import { sampleAnswers } from '#kernel/forms/sample';
import { addDays, localDate, localDateOf } from '#kernel/time';
import type { Calendar } from '#kernel/office-time';
import type { StoredFile } from '#domain/services';
import {
  planLife,
  standingNow,
  workingDayBetween,
  type Plan,
  type PlannedProcedure,
  type Standing,
} from './dossier-plan.ts';
import { seeded, type Random } from './random.ts';

/** The people of the one-stop desk, each able to act; ids are those of `registry_official`. */
export type Cast = {
  clerks: Person[];
  specialists: Person[];
  police: Person[];
  leader: Person;
};
export type Person = { officialId: string; name: string; actor: Actor };

export type DossierDemo = {
  runtime: Runtime;
  commune: CommuneRef;
  calendar: Calendar;
  cast: Cast;
  residents: readonly { id: string; name: string; phone: string; hamletId: string }[];
  procedures: readonly (PlannedProcedure & { police: boolean; versions: readonly FormOn[] })[];
  /** One signed DEMO result, stored once and attached to every electronic result. */
  signedResult: { file: StoredFile; signer: string };
};

/** From which day which form and papers are asked. */
export type FormOn = { from: string; to: string | null; form: FormDefinition; papers: readonly string[] };

/** How many dossiers: the commune's year 2022/23, the thin stream since, and the last 90 days. */
export type Sizes = { year: number; onPaper: number; since: number; recent: number };

const SEED = 19;
/** The commune's own figures: 2,169 of 2,180 handled online up to 5/6/2023. */
export const TUC_TRANH_SIZES: Sizes = { year: 2_180, onPaper: 11, since: 260, recent: 240 };
export const PHU_DO_SIZES: Sizes = { year: 0, onPaper: 0, since: 10, recent: 30 };
const YEAR = { from: localDate('2022-07-01'), until: localDate('2023-06-05') };
const SINCE = localDate('2023-06-06');
const RECENT_DAYS = 90;
const LANES = 8;

/** Builds them all. @param now the demo's first start; recent work is dated relative to it */
export async function buildDossiers(demo: DossierDemo, sizes: Sizes, now: Date): Promise<number> {
  const random = seeded(SEED);
  const plans = [...yearPlans(demo, sizes, random), ...laterPlans(demo, sizes, random, now)];
  const byDay = Map.groupBy(plans, (plan) => localDateOf(plan.filedAt));
  const days = [...byDay.keys()].sort();
  let next = 0;
  // Days side by side, each in the order of its filings: codes are counted per day.
  const lane = async (): Promise<void> => {
    while (next < days.length) {
      const day = days[next++]!;
      const ordered = byDay.get(day)!.toSorted((a, b) => a.filedAt.getTime() - b.filedAt.getTime());
      for (const [at, plan] of ordered.entries()) await live(demo, plan, `demo-${day}-${at}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return plans.length;
}

/** Exactly 2,180 received up to the day, eleven of them not handled online. */
function yearPlans(demo: DossierDemo, sizes: Sizes, random: Random): Plan[] {
  const span = 339;
  const procedures = available(demo, YEAR.from, YEAR.until);
  const plans = Array.from({ length: sizes.year }, () =>
    planLife(random, demo.calendar, procedures, workingDayBetween(random, demo.calendar, YEAR.from, span)),
  );
  const onPaper = plans.filter((plan) => plan.channel === 'counter' && plan.ending === 'granted');
  const step = Math.floor(onPaper.length / Math.max(1, sizes.onPaper));
  for (let at = 0; at < sizes.onPaper; at += 1) onPaper[at * step]!.online = false;
  return plans;
}

function laterPlans(demo: DossierDemo, sizes: Sizes, random: Random, now: Date): Plan[] {
  const today = localDateOf(now);
  const recentFrom = addDays(today, -RECENT_DAYS);
  const between = Math.round((Date.parse(recentFrom) - Date.parse(SINCE)) / 86_400_000) - 60;
  const stream = Array.from({ length: sizes.since }, () => {
    const day = workingDayBetween(random, demo.calendar, SINCE, between);
    return planLife(random, demo.calendar, available(demo, day, day), day);
  });
  const recent = Array.from({ length: sizes.recent }, (_, at) => {
    // A third of the recent ones came in the last days: they are what the queues hold.
    const reach = at % 3 === 0 ? 6 : RECENT_DAYS;
    const day = workingDayBetween(random, demo.calendar, addDays(today, -reach), reach);
    return planLife(random, demo.calendar, available(demo, day, day), day);
  });
  const begun = recent.filter((plan) => plan.filedAt <= now);
  for (const [at, plan] of begun.entries())
    plan.standing = lingering(plan, at) ?? standingNow(random, plan, now);
  return [...stream, ...begun];
}

/** Some of the recent ones are held up, so that lateness, supplements and pauses can be seen on any day. */
function lingering(plan: Plan, at: number): Standing | null {
  if (at % 40 === 7) return 'processing';
  if (at % 45 === 8) return 'deciding';
  if (at % 50 === 9) return 'stopped';
  if (at % 40 !== 10) return null;
  plan.supplementAt = [new Date(plan.assignedAt.getTime() + 3_600_000), plan.decidedAt];
  return 'supplement';
}

function available(demo: DossierDemo, first: string, last: string): PlannedProcedure[] {
  return demo.procedures.filter(({ versions }) => versionOn(versions, first) && versionOn(versions, last));
}

function versionOn(versions: readonly FormOn[], day: string): FormOn | undefined {
  return versions.find(({ from, to }) => from <= day && (to === null || day <= to));
}

/**
 * Lives one plan through the verbs, each at its own time and by its own person, told to nobody. A life is one
 * transaction with one audit trail for each step.
 */
function live(demo: DossierDemo, plan: Plan, clientId: string): Promise<void> {
  const { runtime, commune } = demo;
  return runAs(runtime, { commune, actor: { kind: 'system', name: 'demo' }, silent: true }, (ctx) => {
    const at: At = async (now, actor, work) => {
      const step: Ctx = { ...ctx, now, actor, trail: [] };
      const result = await work(step);
      await writeTrail(step, step.trail);
      return result;
    };
    return steps(demo, plan, clientId, at);
  });
}

async function steps(demo: DossierDemo, plan: Plan, clientId: string, at: At): Promise<void> {
  const { cast } = demo;
  const clerk = cast.clerks[plan.person % cast.clerks.length]!;
  const procedure = demo.procedures.find(({ code }) => code === plan.procedure)!;
  const { papers } = versionOn(procedure.versions, localDateOf(plan.filedAt))!;
  const desk = procedure.police ? cast.police : cast.specialists;
  const officer = desk[plan.specialist % desk.length]!;
  const { id } = await file(demo, plan, clientId, clerk, at);
  if (plan.standing === 'filed') return;
  await at(plan.receivedAt, clerk.actor, (ctx) => move(ctx, id, 'receive', {}));
  if (plan.channel === 'counter' && plan.online) {
    await at(new Date(plan.receivedAt.getTime() + 120_000), clerk.actor, (ctx) =>
      move(ctx, id, 'digitise', { papers: [...papers] }),
    );
  }
  if (plan.standing === 'received') return;
  await at(plan.assignedAt, clerk.actor, (ctx) => move(ctx, id, 'assign', { to: officer.officialId }));
  if (plan.supplementAt) {
    const [asked, given] = plan.supplementAt;
    const missing = papers.slice(0, 1);
    await at(asked, officer.actor, (ctx) =>
      move(ctx, id, 'request_supplement', {
        papers: missing,
        reason: 'Bản chụp mờ, chưa đọc được; xin bổ sung bản rõ.',
      }),
    );
    if (plan.standing === 'supplement') return;
    await at(given, clerk.actor, (ctx) => move(ctx, id, 'supplement', { papers: missing }));
  }
  await finish(demo, plan, id, officer, clerk, at);
}

type At = <T>(now: Date, actor: Actor, work: (ctx: Ctx) => Promise<T>) => Promise<T>;

async function finish(
  demo: DossierDemo,
  plan: Plan,
  id: string,
  officer: Person,
  clerk: Person,
  at: At,
): Promise<void> {
  const leader = officerDecides(demo, officer) ? officer : demo.cast.leader;
  const shortly = new Date(plan.decidedAt.getTime() - 60_000);
  if (plan.standing === 'processing') return;
  if (plan.standing === 'stopped') {
    const reason = { reason: 'Chờ kết quả xác minh của nơi cư trú trước đây.', legal: 'NĐ 61/2018/NĐ-CP' };
    await at(new Date(plan.assignedAt.getTime() + 600_000), officer.actor, (ctx) =>
      move(ctx, id, 'stop', reason),
    );
    return;
  }
  if (plan.ending === 'withdrawn') {
    await at(shortly, clerk.actor, (ctx) =>
      move(ctx, id, 'withdraw', { reason: 'Người nộp xin rút hồ sơ.' }),
    );
    return;
  }
  const forward = plan.standing === 'deciding' ? new Date(plan.assignedAt.getTime() + 900_000) : shortly;
  await at(forward, officer.actor, (ctx) => move(ctx, id, 'advance', { to: leader.officialId }));
  if (plan.standing === 'deciding') return;
  const { slipToken } = await decide(demo, plan, id, leader, at);
  if (plan.standing === 'done') return;
  const way = plan.online ? 'electronic' : 'counter';
  await at(plan.returnedAt, clerk.actor, (ctx) => move(ctx, id, 'return', { way }));
  if (plan.rated) await rate(plan, slipToken, at);
}

/** Most are content; who waited too long says so. */
async function rate(plan: Plan, slipToken: string, at: At): Promise<void> {
  const random = seeded(plan.person + 1);
  const score = () =>
    random.weighted([
      [2, 84],
      [1, 12],
      [0, 4],
    ] as const);
  const scores = Object.fromEntries(SLIP_QUESTIONS.map((question) => [question, score()]));
  await at(plan.returnedAt, { kind: 'anonymous' }, (ctx) =>
    answerSlip(ctx, slipToken, { scores, comment: null, way: 'link' }),
  );
}

/** The police decide on residence themselves; everything else goes to the chairman. */
function officerDecides(demo: DossierDemo, officer: Person): boolean {
  return demo.cast.police.includes(officer);
}

async function decide(demo: DossierDemo, plan: Plan, id: string, leader: Person, at: At) {
  return at(plan.decidedAt, leader.actor, async (ctx) => {
    const signed = { outcome: 'granted', signerId: leader.officialId, signerName: leader.name } as const;
    if (plan.ending === 'refused') {
      const why = { reason: 'Không đủ điều kiện theo quy định.', legal: 'NĐ 61/2018/NĐ-CP Điều 19' };
      return decideDossier(ctx, id, {
        ...signed,
        ...why,
        outcome: 'refused',
        medium: 'electronic',
        attachmentId: null,
      });
    }
    if (!plan.online) return decideDossier(ctx, id, { ...signed, medium: 'paper', attachmentId: null });
    const { file, signer } = demo.signedResult;
    const attachmentId = await attachResult(ctx, id, 'ket-qua-DEMO.pdf', file, signer);
    return decideDossier(ctx, id, { ...signed, medium: 'electronic', attachmentId });
  });
}

async function file(
  demo: DossierDemo,
  plan: Plan,
  clientId: string,
  clerk: Person,
  at: At,
): Promise<{ id: string }> {
  const procedure = demo.procedures.find(({ code }) => code === plan.procedure)!;
  const resident = demo.residents[plan.person % demo.residents.length]!;
  const day = localDateOf(plan.filedAt);
  const version = versionOn(procedure.versions, day)!;
  const random = seeded(plan.person);
  const papers = Object.fromEntries(
    version.papers.map((code) => [
      code,
      plan.channel === 'counter' ? ('paper' as const) : ('electronic' as const),
    ]),
  );
  const filing: Filing = {
    procedureCode: plan.procedure,
    answers: sampleAnswers(
      version.form,
      { today: day, hamlets: demo.residents.slice(0, 1).map((one) => one.hamletId) },
      random.next,
      0.4,
    ),
    applicant: { name: resident.name, phone: resident.phone, userId: null, residentId: resident.id },
    hamletId: resident.hamletId,
    papers,
    draftId: null,
    clientId,
  };
  const run = (actor: Actor, work: (ctx: Ctx) => Promise<{ id: string }>) => at(plan.filedAt, actor, work);
  if (plan.channel === 'counter') return run(clerk.actor, (ctx) => fileAtCounter(ctx, filing));
  const self = personOf(`demo-citizen-${resident.id}`, resident.name, resident.phone);
  if (plan.channel === 'online') return run(self, (ctx) => fileOnline(ctx, filing));
  const helper = personOf(`demo-helper-${resident.hamletId}`, 'Tổ công nghệ số (DEMO)', null);
  return run(helper, (ctx) => fileAsHelper(ctx, filing, helper.userId));
}

function personOf(userId: string, name: string, phone: string | null): Actor & { kind: 'person' } {
  return { kind: 'person', userId, name, phone, residentId: null, grants: [] };
}
