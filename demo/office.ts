/** The demo's office: documents of the year, tasks, the calendar of three weeks, publications. Dated from the first start. */
import { runAs, type Runtime } from '#app/runtime';
import { officeCalendar } from '#domain/commune';
import { recordSignIn } from '#domain/identity';
import {
  actOnDocument,
  actOnTask,
  addEntry,
  draftDocument,
  enterPublication,
  giveTask,
  registerDocument,
} from '#domain/office';
import type { Actor, Ctx } from '#kernel/context';
import { nextOpening } from '#kernel/office-time';
import { addDays, localDateOf, weekday, yearOf, type LocalDate } from '#kernel/time';
import type { DemoPerson } from './accounts.ts';
import { buildArchives } from './archives.ts';
import type { DemoCommune } from './communes.ts';
import { INCOMING, OUTGOING } from './office-papers.ts';
import { ENTRIES, PUBLICATIONS, TASKS } from './office-work.ts';

type Demo = {
  runtime: Runtime;
  demo: DemoCommune;
  now: Date;
  person: (key: string) => DemoPerson;
};

const DAY_MS = 86_400_000;

/** Builds the office of the demo commune. */
export async function buildOffice(
  runtime: Runtime,
  demo: DemoCommune,
  people: readonly DemoPerson[],
  now: Date,
): Promise<void> {
  const person = (key: string) => people.find((one) => one.key === key) ?? people[0]!;
  const given: Demo = { runtime, demo, now, person };
  await signEverybodyIn(given, people);
  const incoming = await buildIncoming(given);
  await buildOutgoing(given, incoming);
  await buildTasks(given, incoming);
  await buildEntries(given);
  await buildPublications(given);
  await buildArchives(runtime, demo.commune, person('van-phong').actor, now);
}

/** Runs work as somebody, so many days before the first start, in office hours. */
async function then<T>(
  { runtime, demo, now }: Demo,
  actor: Actor,
  daysAgo: number,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const asked = new Date(now.getTime() - daysAgo * DAY_MS);
  const who = { commune: demo.commune, actor, silent: true };
  const at = await runAs(runtime, { ...who, now: asked }, async (ctx) =>
    daysAgo > 0 ? nextOpening(await officeCalendar(ctx), asked) : asked,
  );
  return runAs(runtime, { ...who, now: at < now ? at : now }, work);
}

/** The commune said of March 2024 that all its officials work online. */
const ALL_ONLINE = new Date('2024-03-29T08:00:00+07:00');

/** Everybody with an account has used it in the last weeks, and in those before 31/03/2024. */
async function signEverybodyIn(given: Demo, people: readonly DemoPerson[]): Promise<void> {
  const { runtime, demo } = given;
  const system: Actor = { kind: 'system', name: 'demo' };
  for (const [at, { actor }] of people.entries()) {
    if (actor.kind !== 'person') continue;
    const { userId } = actor;
    const signIn = (ctx: Ctx) => recordSignIn(ctx, 'totp', userId);
    const then2024 = new Date(ALL_ONLINE.getTime() - ((at * 3) % 14) * DAY_MS);
    await runAs(runtime, { commune: demo.commune, actor: system, silent: true, now: then2024 }, signIn);
    await then(given, system, (at * 3) % 14, signIn);
  }
}

async function buildIncoming(given: Demo): Promise<Map<string, string>> {
  const registrar = given.person('van-phong').actor;
  const ids = new Map<string, string>();
  for (const plan of INCOMING.toSorted((a, b) => b.daysAgo - a.daysAgo)) {
    const issuedOn = addDays(localDateOf(given.now), -plan.daysAgo - 3);
    const { id } = await then(given, registrar, plan.daysAgo, (ctx) =>
      registerDocument(ctx, { ...plan.fields, issuedOn }),
    );
    ids.set(plan.key, id);
    const { handler, dueDays, doneAfter } = plan;
    if (!handler) continue;
    const chair = given.person('chu-tich').actor;
    const route = { handler: given.person(handler).officialId, dueDays, note: plan.direction };
    await then(given, chair, plan.daysAgo, (ctx) => actOnDocument(ctx, id, 'route', route));
    if (doneAfter === undefined) continue;
    const note = 'Đã triển khai theo yêu cầu (DEMO).';
    await then(given, given.person(handler).actor, plan.daysAgo - doneAfter, (ctx) =>
      actOnDocument(ctx, id, 'finish', { note }),
    );
  }
  return ids;
}

async function buildOutgoing(given: Demo, incoming: ReadonlyMap<string, string>): Promise<void> {
  const chair = given.person('chu-tich');
  for (const plan of OUTGOING.toSorted((a, b) => b.daysAgo - a.daysAgo)) {
    const writer = given.person(plan.writer).actor;
    const replyTo = plan.answers ? incoming.get(plan.answers) : undefined;
    const fields = { ...plan.fields, signerId: chair.officialId, replyTo };
    const id = await then(given, writer, plan.daysAgo, (ctx) => draftDocument(ctx, fields));
    const move = (actor: Actor, kind: 'submit' | 'sign' | 'issue' | 'dispatch', data = {}) =>
      then(given, actor, plan.daysAgo, (ctx) => actOnDocument(ctx, id, kind, data));
    if (plan.until === 'draft') continue;
    await move(writer, 'submit');
    if (plan.until === 'submitted') continue;
    await move(chair.actor, 'sign');
    const registrar = given.person('van-phong').actor;
    await move(registrar, 'issue');
    await move(registrar, 'dispatch', { way: 'email' });
  }
}

async function buildTasks(given: Demo, incoming: ReadonlyMap<string, string>): Promise<void> {
  for (const plan of TASKS) {
    const giver = given.person(plan.giver).actor;
    const assignee = given.person(plan.assignee);
    const { title, detail, dueDays } = plan;
    const from = plan.document ? incoming.get(plan.document) : undefined;
    const source = from ? ({ source: 'document', sourceId: from } as const) : {};
    const others = (plan.with ?? []).map((key) => given.person(key).officialId);
    const id = await then(given, giver, plan.daysAgo, (ctx) =>
      giveTask(ctx, { title, detail, dueDays, assignee: assignee.officialId, with: others, ...source }),
    );
    if (plan.progress === undefined) continue;
    const { progress, doneAfter } = plan;
    await then(given, assignee.actor, plan.daysAgo - 1, (ctx) =>
      actOnTask(ctx, id, 'progress', { percent: progress, note: 'Đang thực hiện (DEMO).' }),
    );
    if (doneAfter === undefined) continue;
    const at = plan.daysAgo - doneAfter;
    const note = 'Đã hoàn thành, có báo cáo kèm theo (DEMO).';
    await then(given, assignee.actor, at, (ctx) => actOnTask(ctx, id, 'report', { note }));
    if (plan.closed) await then(given, giver, at, (ctx) => actOnTask(ctx, id, 'close'));
  }
}

async function buildEntries(given: Demo): Promise<void> {
  const today = localDateOf(given.now);
  const monday = addDays(today, 1 - weekday(today));
  const actor = given.person('van-phong').actor;
  for (const week of [-1, 0, 1])
    for (const { on, chair, officials, ...plan } of ENTRIES) {
      const day = addDays(monday, 7 * week + on - 1);
      const who = officials.map((key) => given.person(key).officialId);
      const chairId = given.person(chair).officialId;
      await then(given, actor, 0, (ctx) => addEntry(ctx, { ...plan, day, chairId, officials: who }));
    }
}

async function buildPublications(given: Demo): Promise<void> {
  const today = localDateOf(given.now);
  const actor = given.person('van-phong').actor;
  const officialId = given.person('van-phong').officialId;
  for (const { decidedAgo, fromAgo, days, ...plan } of PUBLICATIONS) {
    // What would fall into last year is dated to the first days of this one.
    const inYear = (day: LocalDate) =>
      yearOf(day) < yearOf(today) ? (`${yearOf(today)}-01-02` as LocalDate) : day;
    const decidedOn = inYear(addDays(today, -decidedAgo));
    const from = fromAgo === null ? null : inYear(addDays(today, -fromAgo));
    const to = from && days ? addDays(from, days - 1) : null;
    await then(given, actor, 0, (ctx) =>
      enterPublication(ctx, {
        ...plan,
        decidedOn,
        from,
        to,
        officialId,
        place: 'Trụ sở UBND xã, nhà văn hóa các xóm',
      }),
    );
  }
}
