/**
 * Internal inspections of the demo's groups: two members of each in the year before the first start, with what was
 * found, put right, still open and overdue. Every inspector and finding is invented and marked DEMO.
 */
import { runAs, type Runtime } from '#app/runtime';
import {
  CHECKLISTS,
  closeNonconformity,
  getInspection,
  plotsOfHousehold,
  recordInspection,
} from '#domain/farming';
import { listProducers, membershipsOf } from '#domain/producers';
import type { Actor, Ctx } from '#kernel/context';
import { holdsOn } from '#kernel/span';
import { addDays, instantAt, localDateOf, type LocalDate } from '#kernel/time';
import type { DemoCommune } from './communes.ts';

const FOUND: Record<string, string> = {
  packs: 'Còn ba vỏ gói thuốc ở đầu thửa, chưa gom về bể chứa (DEMO).',
  store: 'Kho thuốc chưa có khóa (DEMO).',
  protection: 'Bình phun rò ở khóa vòi (DEMO).',
  harvest: 'Bao đựng chè để sát đất (DEMO).',
  training: 'Một người hái mới chưa dự buổi tập huấn (DEMO).',
  compost: 'Phân chuồng ủ chưa đủ ngày (DEMO).',
  soil: 'Đầu dốc còn trống, chưa che phủ (DEMO).',
  tools: 'Bình phun chưa ghi tên riêng cho chè hữu cơ (DEMO).',
};
/** Days for putting right what was found. */
const DUE = 30;

type Visit = {
  householdId: string;
  checklist: 'vietgap' | 'organic';
  on: LocalDate;
  /** Numbers what is invented. */
  at: number;
};
type Place = { runtime: Pick<Runtime, 'handle' | 'wiring'>; demo: DemoCommune; officer: Actor };

/** Needs producers and plots. @param officer who records them and closes what was put right, by name */
export async function buildInspections(
  runtime: Place['runtime'],
  demo: DemoCommune,
  now: Date,
  officer: Actor,
): Promise<void> {
  const place: Place = { runtime, demo, officer };
  const today = localDateOf(now);
  const visits = await as(place, now, (ctx) => visitsOf(ctx, today));
  for (const visit of visits) {
    const id = await as(place, instantAt(visit.on, 960), (ctx) => record(ctx, visit));
    // Every second finding was put right in time; of the others those of long ago are overdue.
    const closedOn = addDays(visit.on, 20);
    if (visit.at % 2 === 0 && closedOn <= today)
      await as(place, instantAt(closedOn, 960), (ctx) => closeAll(ctx, id, closedOn));
  }
}

function as<T>({ runtime, demo, officer }: Place, now: Date, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return runAs(runtime, { commune: demo.commune, actor: officer, now, silent: true }, work);
}

async function visitsOf(ctx: Ctx, today: LocalDate): Promise<Visit[]> {
  const groups = [
    { q: 'Tổ hợp tác chè VietGAP', checklist: 'vietgap' as const },
    { q: 'chè hữu cơ', checklist: 'organic' as const },
  ];
  const visits: Visit[] = [];
  for (const { q, checklist } of groups)
    for (const { id } of (await listProducers(ctx, { q, limit: 50 })).items) {
      const members = await membershipsOf(ctx, { producerIds: [id] });
      const working: string[] = [];
      for (const member of members.filter((one) => holdsOn(one, today))) {
        if (working.length === 2) break;
        const plots = await plotsOfHousehold(ctx, member.householdId);
        if (plots.length > 0) working.push(member.householdId);
      }
      for (const householdId of working) {
        const at = visits.length;
        visits.push({ householdId, checklist, on: addDays(today, -6 - ((at * 47) % 330)), at });
      }
    }
  return visits;
}

function record(ctx: Ctx, { householdId, checklist, on, at }: Visit): Promise<string> {
  const { items } = CHECKLISTS.find(({ code }) => code === checklist)!;
  const known = items.map(({ code }) => code).filter((code) => code in FOUND);
  const wrong = new Set(at % 3 === 0 ? [] : [known[at % known.length]!]);
  return recordInspection(ctx, {
    householdId,
    checklist,
    on,
    inspector: 'Ban kiểm tra nội bộ của tổ (DEMO)',
    answers: Object.fromEntries(items.map(({ code }) => [code, wrong.has(code) ? 'no' : 'yes'])),
    findings: Object.fromEntries([...wrong].map((code) => [code, FOUND[code]!])),
    dueOn: wrong.size > 0 ? addDays(on, DUE) : null,
  });
}

async function closeAll(ctx: Ctx, id: string, on: LocalDate): Promise<void> {
  const { found } = await getInspection(ctx, id);
  for (const one of found)
    await closeNonconformity(ctx, one.id, { on, note: 'Đã xem tại thửa, đã khắc phục (DEMO).' });
}
