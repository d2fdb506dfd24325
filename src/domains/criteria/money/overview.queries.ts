/** The pilots and other works with their money, for everybody. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import type { LocalDate } from '#kernel/time';
import { listPilots, type Pilot } from '../plan.queries.ts';
import { givenInKind, sumsByFund, sumsOf, type Sums } from './ledger.ts';
import {
  getWork,
  listContracts,
  listFunds,
  listResults,
  listWorks,
  readEntries,
  standing,
  type Entry,
  type Work,
} from './ledger.queries.ts';
import { giversOf } from './donors.queries.ts';

export type WorkMoney = Work & { sums: Sums; inKind: ReturnType<typeof givenInKind> };
export type PilotMoney = Pilot & { sums: Sums; works: WorkMoney[] };

/** Pilots with their works, works without a pilot, and everything together, as of a day. */
export async function moneyOverview(ctx: Ctx, asOf: LocalDate) {
  allow(ctx, 'criteria.money.see');
  const pilots = await listPilots(ctx, asOf);
  const entries = standing(await readEntries(ctx, { asOf }));
  const byWork = Map.groupBy(entries, ({ workId }) => workId);
  const works = (await listWorks(ctx, asOf)).map((work): WorkMoney => {
    const own = byWork.get(work.id) ?? [];
    return { ...work, sums: sumsOf(own), inKind: givenInKind(own) };
  });
  const ofPilot = pilots.map((pilot): PilotMoney => {
    const own = works.filter((work) => work.pilot === pilot.code);
    return { ...pilot, works: own, sums: sumsOf(own.flatMap(({ id }) => byWork.get(id) ?? [])) };
  });
  return {
    pilots: ofPilot,
    others: works.filter(({ pilot }) => pilot === null),
    people: sumsOf(entries.filter(({ kind }) => kind === 'people')),
    inKind: givenInKind(entries),
    givers: await giversOf(ctx, entries),
  };
}

/** One work's ledger as everybody may read it, as of a day. @throws AppError `criteria.work.not_found` (404) */
export async function workLedger(ctx: Ctx, id: string, asOf: LocalDate) {
  allow(ctx, 'criteria.money.see');
  const work = await getWork(ctx, id);
  const all = await readEntries(ctx, { asOf, workId: work.id });
  const entries = standing(all);
  const givers = await giversOf(ctx, entries);
  return {
    work,
    pilot: (await listPilots(ctx)).find(({ code }) => code === work.pilot) ?? null,
    funds: await listFunds(ctx),
    contracts: await listContracts(ctx, work.id),
    results: (await listResults(ctx, work.id)).filter(({ onDay }) => onDay <= asOf),
    sums: sumsOf(entries),
    byFund: sumsByFund(entries),
    inKind: givenInKind(entries),
    entries: entries.filter((entry) => !givers.hidden.has(entry.id)),
    givers,
    takenBack: (all.length - entries.length) / 2,
  };
}

/** The same with every entry, taken back or not, for those who keep the ledger. */
export async function deskLedger(ctx: Ctx, id: string): Promise<{ work: Work; entries: Entry[] }> {
  allow(ctx, 'criteria.money.keep', { kind: 'criteria_work', id });
  const work = await getWork(ctx, id);
  return { work, entries: await readEntries(ctx, { workId: work.id }) };
}
