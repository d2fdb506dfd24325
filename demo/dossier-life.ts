/** Carries a dossier's plan out through the verbs: every step at its own time, by its own person, told to nobody. */
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
import type { PrefillFacts } from '#kernel/forms/prefill';
import { sampleAnswers } from '#kernel/forms/sample';
import type { Calendar } from '#kernel/office-time';
import { localDateOf } from '#kernel/time';
import type { DemoResident } from './households.ts';
import type { Plan, PlannedProcedure } from './dossier-plan.ts';
import { seeded } from './random.ts';
import type { SignedResult } from './result.ts';

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
  residents: readonly DemoResident[];
  procedures: readonly (PlannedProcedure & { police: boolean; versions: readonly FormOn[] })[];
  /** By the official who decides: one signed DEMO result, stored once and attached to every electronic one of theirs. */
  signedResults: ReadonlyMap<string, SignedResult>;
};

/** From which day which form and papers are asked. */
export type FormOn = { from: string; to: string | null; form: FormDefinition; papers: readonly string[] };

/** The form and papers that are asked on a day; none where the procedure is not yet, or no longer, offered. */
export function versionOn(versions: readonly FormOn[], day: string): FormOn | undefined {
  return versions.find(({ from, to }) => from <= day && (to === null || day <= to));
}

/**
 * Lives one plan through the verbs, each at its own time and by its own person, told to nobody, with one audit trail for
 * each step. The decision is a transaction of its own: it takes the next number of a book for which all lives stand in
 * line.
 */
export async function live(demo: DossierDemo, plan: Plan, clientId: string): Promise<void> {
  const { runtime, commune } = demo;
  const caller = { commune, actor: { kind: 'system', name: 'demo' }, silent: true } as const;
  const part = <T>(work: (at: At) => Promise<T>): Promise<T> =>
    runAs(runtime, caller, (ctx) => work((now, actor, step) => asOf(ctx, now, actor, step)));
  const waiting = await part((at) => untilDecision(demo, plan, clientId, at));
  if (!waiting) return;
  const { slipToken } = await part((at) => decide(demo, plan, waiting.id, waiting.leader, at));
  if (plan.standing === 'done') return;
  const way = plan.online ? 'electronic' : 'counter';
  await part(async (at) => {
    await at(plan.returnedAt, clerkOf(demo, plan).actor, (ctx) => move(ctx, waiting.id, 'return', { way }));
    if (plan.rated) await rate(plan, slipToken, at);
  });
}

type At = <T>(now: Date, actor: Actor, work: (ctx: Ctx) => Promise<T>) => Promise<T>;

async function asOf<T>(ctx: Ctx, now: Date, actor: Actor, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const step: Ctx = { ...ctx, now, actor, trail: [] };
  const result = await work(step);
  await writeTrail(step, step.trail);
  return result;
}

function clerkOf({ cast }: DossierDemo, plan: Plan): Person {
  return cast.clerks[plan.person % cast.clerks.length]!;
}

type Waiting = { id: string; leader: Person };

/** @returns what lies before the one who decides; null where the dossier stands still, or ends, before that */
async function untilDecision(
  demo: DossierDemo,
  plan: Plan,
  clientId: string,
  at: At,
): Promise<Waiting | null> {
  const { cast } = demo;
  const clerk = clerkOf(demo, plan);
  const procedure = demo.procedures.find(({ code }) => code === plan.procedure)!;
  const { papers } = versionOn(procedure.versions, localDateOf(plan.filedAt))!;
  const desk = procedure.police ? cast.police : cast.specialists;
  const officer = desk[plan.specialist % desk.length]!;
  const { id } = await file(demo, plan, clientId, clerk, at);
  if (plan.standing === 'filed') return null;
  await at(plan.receivedAt, clerk.actor, (ctx) => move(ctx, id, 'receive', {}));
  if (plan.channel === 'counter' && plan.online) {
    await at(new Date(plan.receivedAt.getTime() + 120_000), clerk.actor, (ctx) =>
      move(ctx, id, 'digitise', { papers: [...papers] }),
    );
  }
  if (plan.standing === 'received') return null;
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
    if (plan.standing === 'supplement') return null;
    await at(given, clerk.actor, (ctx) => move(ctx, id, 'supplement', { papers: missing }));
  }
  return forward(demo, plan, id, officer, at);
}

/** The officer lays it before the one who decides, unless it is held up or taken back. */
async function forward(
  demo: DossierDemo,
  plan: Plan,
  id: string,
  officer: Person,
  at: At,
): Promise<Waiting | null> {
  const leader = officerDecides(demo, officer) ? officer : demo.cast.leader;
  const shortly = new Date(plan.decidedAt.getTime() - 60_000);
  if (plan.standing === 'processing') return null;
  if (plan.standing === 'stopped') {
    const reason = { reason: 'Chờ kết quả xác minh của nơi cư trú trước đây.', legal: 'NĐ 61/2018/NĐ-CP' };
    await at(new Date(plan.assignedAt.getTime() + 600_000), officer.actor, (ctx) =>
      move(ctx, id, 'stop', reason),
    );
    return null;
  }
  if (plan.ending === 'withdrawn') {
    await at(shortly, clerkOf(demo, plan).actor, (ctx) =>
      move(ctx, id, 'withdraw', { reason: 'Người nộp xin rút hồ sơ.' }),
    );
    return null;
  }
  const laid = plan.standing === 'deciding' ? new Date(plan.assignedAt.getTime() + 900_000) : shortly;
  await at(laid, officer.actor, (ctx) => move(ctx, id, 'advance', { to: leader.officialId }));
  return plan.standing === 'deciding' ? null : { id, leader };
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
    const { file, signature } = demo.signedResults.get(leader.officialId)!;
    const attachmentId = await attachResult(ctx, id, 'ket-qua-DEMO.pdf', file, signature);
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
  const resident = demo.residents[plan.person % demo.residents.length]!;
  const filing = { ...filingOf(demo, plan, resident), clientId };
  const run = (actor: Actor, work: (ctx: Ctx) => Promise<{ id: string }>) => at(plan.filedAt, actor, work);
  if (plan.channel === 'counter') return run(clerk.actor, (ctx) => fileAtCounter(ctx, filing));
  const self = personOf(`demo-citizen-${resident.id}`, resident.name, resident.phone);
  if (plan.channel === 'online') return run(self, (ctx) => fileOnline(ctx, filing));
  const helper = personOf(`demo-helper-${resident.hamletId}`, 'Tổ công nghệ số (DEMO)', null);
  return run(helper, (ctx) => fileAsHelper(ctx, filing, helper.userId));
}

/** What the resident brings: own name and numbers, made-up answers, and papers in the way the channel takes them. */
function filingOf(demo: DossierDemo, plan: Plan, resident: DemoResident): Omit<Filing, 'clientId'> {
  const procedure = demo.procedures.find(({ code }) => code === plan.procedure)!;
  const today = localDateOf(plan.filedAt);
  const { form, papers } = versionOn(procedure.versions, today)!;
  const hamlets = [resident.hamletId];
  const way = plan.channel === 'counter' ? ('paper' as const) : ('electronic' as const);
  return {
    procedureCode: plan.procedure,
    answers: sampleAnswers(form, { today, hamlets }, seeded(plan.person).next, 0.4, factsOf(resident)),
    applicant: { name: resident.name, phone: resident.phone, userId: null, residentId: resident.id },
    hamletId: resident.hamletId,
    papers: Object.fromEntries(papers.map((code) => [code, way])),
    draftId: null,
  };
}

/** What a form is prefilled with when this resident files. */
function factsOf(resident: DemoResident): PrefillFacts {
  return {
    'applicant.full_name': resident.name,
    'applicant.birth_date': resident.birthDate,
    'applicant.sex': resident.sex,
    'applicant.national_id': resident.nationalId,
    'applicant.phone': resident.phone,
    'applicant.residence_hamlet': resident.hamletId,
  };
}

function personOf(userId: string, name: string, phone: string | null): Actor & { kind: 'person' } {
  return { kind: 'person', userId, name, phone, residentId: null, grants: [] };
}
