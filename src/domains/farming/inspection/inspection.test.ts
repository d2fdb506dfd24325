/** Internal inspections: what is asked, what is found, who closes it, and the figures against a plain count. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '#kernel/context';
import { addDays, localDate, type LocalDate } from '#kernel/time';
import { anonymous, official, useWorld } from '#test/world';
import { diaryStage, NOW } from '../diary/stage-fixture.ts';
import { CHECKLISTS, findChecklist } from './checklist.ts';
import { closeNonconformity, mayClose, recordInspection, type NewInspection } from './inspection.actions.ts';
import { getInspection, listInspections, listKeptInspections } from './inspection.queries.ts';
import { INSPECTION_MEASURES } from './measures.ts';

const world = useWorld();
let stage: Awaited<ReturnType<typeof diaryStage>>;
const [VIETGAP] = CHECKLISTS;

function input(more: Partial<NewInspection> = {}, wrong: readonly string[] = []): NewInspection {
  const answers = Object.fromEntries(
    VIETGAP!.items.map(({ code }) => [code, wrong.includes(code) ? ('no' as const) : ('yes' as const)]),
  );
  const findings = Object.fromEntries(wrong.map((code) => [code, `Chưa đạt: ${code}`]));
  const due = wrong.length > 0 ? { dueOn: '2026-12-31' } : {};
  const base = {
    householdId: stage.household,
    checklist: 'vietgap',
    on: '2026-11-01',
    inspector: 'Tổ kiểm tra',
  };
  return { ...base, answers, findings, ...due, ...more };
}

beforeAll(async () => {
  stage = await diaryStage(world);
  await stage.plot();
  await stage.plot(stage.other, stage.mau);
});

it('every checklist names its source and is marked as not compared', () => {
  for (const one of CHECKLISTS) {
    expect(one.source).not.toBe('');
    expect(one.verified).toBe(false);
    expect(new Set(one.items.map(({ code }) => code)).size).toBe(one.items.length);
  }
  expect(findChecklist('vietgap', { day: '2010-01-01' })).toBeUndefined();
});

it('a technician records what is wrong, and closes it by name, once', async () => {
  const id = await stage.as(stage.technician, (ctx) => recordInspection(ctx, input({}, ['store', 'dose'])));
  const { found } = await stage.as(stage.technician, (ctx) => getInspection(ctx, id));
  expect(found.map(({ item, closed }) => [item, closed])).toEqual([
    ['dose', null],
    ['store', null],
  ]);
  const close = (on: string) =>
    stage.as(stage.technician, (ctx) => closeNonconformity(ctx, found[0]!.id, { on, note: 'Đã xem lại' }));
  await expect(close('2026-10-31')).rejects.toMatchObject({ fields: { on: 'farming.backwards' } });
  await expect(close('2026-11-24')).rejects.toMatchObject({ fields: { on: 'farming.day_to_come' } });
  await close('2026-11-20');
  await expect(close('2026-11-20')).rejects.toMatchObject({ code: 'farming.nonconformity.closed' });
  const after = await stage.as(stage.grower, (ctx) => getInspection(ctx, id));
  expect(after.found[0]!.closed).toMatchObject({ on: '2026-11-20', by: stage.technician.name });
  const open = await stage.as(stage.grower, (ctx) =>
    listInspections(ctx, { householdId: stage.household, open: true }),
  );
  expect(open.items.map((one) => one.id)).toEqual([id]);
});

it('wants an answer to everything, a word for every no, and a day', async () => {
  const record = (more: NewInspection) => stage.as(stage.specialist, (ctx) => recordInspection(ctx, more));
  await expect(record(input({ answers: {} }))).rejects.toMatchObject({
    fields: { 'answers.land': 'input.missing' },
  });
  await expect(record(input({ findings: {}, dueOn: null }, ['dose']))).rejects.toMatchObject({
    fields: { 'findings.dose': 'input.missing', dueOn: 'input.missing' },
  });
  await expect(record(input({ on: '2026-11-24' }))).rejects.toMatchObject({
    fields: { on: 'farming.day_to_come' },
  });
});

it('the same sent twice is one; nobody inspects himself or another hamlet', async () => {
  const id = randomUUID();
  const made = () => stage.as(stage.specialist, (ctx) => recordInspection(ctx, input({ id }, ['land'])));
  expect([await made(), await made()]).toEqual([id, id]);
  for (const actor of [stage.grower, stage.neighbour, official({ role: 'hamlet_head', hamletId: stage.mau })])
    await expect(stage.as(actor, (ctx) => recordInspection(ctx, input()))).rejects.toMatchObject({
      code: 'refused',
    });
  const head = official({ role: 'hamlet_head', hamletId: stage.mau });
  await expect(stage.as(head, (ctx) => getInspection(ctx, id))).rejects.toMatchObject({ code: 'refused' });
  expect((await stage.as(head, (ctx) => listInspections(ctx))).items).toEqual([]);
});

it('in the diary: a technician sees the members’ and closes, a grower the own and only reads, others nothing', async () => {
  const id = await stage.as(stage.specialist, (ctx) => recordInspection(ctx, input({}, ['packs'])));
  const kept = async (actor: Actor) => {
    const { items } = await stage.as(actor, (ctx) => listKeptInspections(ctx, { limit: 100 }));
    expect(items.every(({ householdId }) => householdId === stage.household)).toBe(true);
    const one = items.find((item) => item.id === id);
    return one && (await stage.as(actor, (ctx) => mayClose(ctx, one)));
  };
  expect(await kept(stage.technician)).toBe(true);
  expect(await kept(stage.grower)).toBe(false);
  expect(await kept(stage.neighbour)).toBeUndefined();
});

it('figures count what was inspected in a year and what was not closed by the day', async () => {
  const there = { householdId: stage.other };
  const old = await stage.as(stage.specialist, (ctx) =>
    recordInspection(ctx, input({ ...there, on: '2025-01-10', dueOn: '2025-02-01' }, ['land', 'packs'])),
  );
  const { found } = await stage.as(stage.specialist, (ctx) => getInspection(ctx, old));
  await stage.as(stage.specialist, (ctx) =>
    closeNonconformity(ctx, found[0]!.id, { on: '2025-03-01', note: 'Xong' }),
  );
  const all = (await stage.as(stage.specialist, (ctx) => listInspections(ctx, { limit: 100 }))).items;
  const [inspections, open] = INSPECTION_MEASURES;
  for (const asOf of ['2025-01-09', '2025-01-10', '2025-02-28', '2025-03-01', '2026-01-10', '2026-11-23'].map(
    localDate,
  ))
    for (const hamlet of [null, stage.khe, stage.mau]) {
      const mine = all.filter((one) => (hamlet === null || one.hamletId === hamlet) && one.on <= asOf);
      const year = mine.filter(({ on }) => on > addDays(asOf, -365)).length;
      const waiting = mine
        .flatMap((one) => one.found)
        .filter(({ closed }) => !closed || closed.on > asOf).length;
      const scope = hamlet === null ? 'commune' : `hamlet:${hamlet}`;
      expect(await counted(inspections!, asOf, scope)).toEqual([year, year]);
      expect(await counted(open!, asOf, scope)).toEqual([waiting, waiting]);
    }
});

async function counted(measure: (typeof INSPECTION_MEASURES)[number], asOf: LocalDate, scope: string) {
  return world.as(
    anonymous,
    async (ctx) => {
      const { numerator } = await measure.compute(ctx, { asOf, scope });
      const { records } = await measure.list(ctx, { asOf, scope }, 'numerator', { offset: 0, limit: 100 });
      expect(records.every(({ href }) => href === null)).toBe(true);
      return [numerator, records.length];
    },
    { now: NOW },
  );
}
