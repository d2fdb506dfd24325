/** Who answers for what the pilots are to lift, step by step, and the report of March 2024: invented, marked DEMO. */
import {
  addStep,
  assignIndicator,
  endStep,
  listPilots,
  makeReport,
  moneyOverview,
  signReport,
  SMART_COMMUNE,
} from '#domain/criteria';
import type { Ctx } from '#kernel/context';
import { localDateOf } from '#kernel/time';
import type { DemoPerson } from './accounts.ts';

const RISKS = ['low', 'medium', 'high'] as const;

/** Each indicator that a pilot is to lift has somebody who answers for it, a helper, money, a risk and three steps. */
export async function buildPlan(ctx: Ctx, people: readonly DemoPerson[]): Promise<void> {
  const named = people.filter(({ hamletId }) => hamletId === null);
  const { pilots } = await moneyOverview(ctx, localDateOf(ctx.now));
  const codes = [...new Set((await listPilots(ctx)).flatMap(({ lifts }) => lifts))];
  for (const [at, indicator] of codes.entries()) {
    const year = 2024 + (at % 2);
    const place = { set: SMART_COMMUNE, indicator };
    const officialId = named[at % named.length]!.officialId;
    const work = pilots.find(({ lifts }) => lifts.includes(indicator))?.works[0];
    await assignIndicator(ctx, place, {
      officialId,
      coWorkers: [named[(at + 1) % named.length]!.officialId],
      deadline: `${year}-12-31`,
      workId: work?.id ?? null,
      risk: 'Vốn về chậm; phối hợp với các xóm chưa đều (DEMO)',
      riskLevel: RISKS[at % RISKS.length]!,
      steps: 'Rà soát số liệu từng xóm; lập danh sách việc còn thiếu; báo cáo hằng quý (DEMO)',
    });
    const step = (what: string, beginsOn: string, due: string) =>
      addStep(ctx, place, { what: `${what} (DEMO)`, beginsOn, due, officialId });
    const first = await step('Rà soát số liệu từng xóm', '2024-01-05', '2024-02-28');
    await endStep(ctx, first, { way: 'done', onDay: '2024-02-26' });
    await step('Làm phần việc còn thiếu', '2024-03-01', `${year}-09-30`);
    await step('Nghiệm thu, cập nhật hồ sơ', `${year}-10-01`, `${year}-12-31`);
  }
}

/** The report of March 2024, signed on the first day of April. */
export async function buildReport(ctx: Ctx): Promise<void> {
  await signReport(ctx, await makeReport(ctx, { kind: 'month', day: '2024-03-31' }));
}
