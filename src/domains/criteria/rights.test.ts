/** What each sees and may do: a hamlet's head, an official, a leader, an auditor, a citizen, a stranger; by verb, API and file. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { appointOfficial } from '#domain/registry';
import type { Actor, Ctx } from '#kernel/context';
import { localDate } from '#kernel/time';
import { useApi } from '#test/api';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { recordValue, signIndicator } from './assess.actions.ts';
import { listSurveys } from './survey/survey.queries.ts';
import { giveTaskForMissing } from './values/task.actions.ts';
import { findBoard } from './board.queries.ts';
import { levelsOf } from './board.ts';
import { catalogSets, SMART_COMMUNE } from './catalog.ts';
import { openEvidence } from './evidence/evidence.ts';
import { commentIndicator, commentsOf } from './opinion/comment.ts';
import { countOpinions } from './opinion/consultation.queries.ts';
import { assignIndicator } from './plan.actions.ts';
import { assignmentsOf } from './plan.queries.ts';
import { beginDraft, draftSet, publishSet } from './set.actions.ts';
import { getVersions } from './set.queries.ts';
import { publishBoard, withdrawPublished } from './province/publish.actions.ts';
import { listPublished, ownPublished } from './province/published.queries.ts';
import { freezeBoard, listSnapshots, openSnapshot } from './snapshot/snapshot.actions.ts';

const world = useWorld();
const api = useApi(world);
const DAY = localDate('2024-03-31');
const NOW = { now: new Date(`${DAY}T09:00:00+07:00`), silent: true };
const PLACE = { set: SMART_COMMUNE, indicator: '2.1.1' };
let people: Record<string, Actor>;
let snapshot: string;
let file: string;

beforeAll(async () => {
  const hamletId = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }), NOW);
  const post = {
    fullName: 'Trần Thị Mẫu',
    post: 'Công chức',
    unit: 'office',
    termFrom: '2020-01-01',
  } as const;
  const officialId = await world.as(system, (ctx) => appointOfficial(ctx, post), NOW);
  people = {
    leader: official('leader'),
    clerk: official('clerk'),
    auditor: official('auditor'),
    head: official({ role: 'hamlet_head', hamletId }),
    citizen: citizen(),
    stranger: anonymous,
  };
  await world.as(
    people.leader!,
    async (ctx) => {
      await draftSet(ctx, catalogSets()[0]!);
      await publishSet(ctx, SMART_COMMUNE, { from: '2023-06-01' });
      const paper = { name: 'bien-ban.pdf', hash: 'a'.repeat(64), size: 3, type: 'application/pdf' };
      await recordValue(ctx, PLACE, { value: 100, onDay: DAY, evidence: 'Biên bản' }, [paper]);
      await assignIndicator(ctx, PLACE, { officialId, deadline: '2024-12-31' });
      snapshot = await freezeBoard(ctx, SMART_COMMUNE, { asOf: DAY });
      const board = await findBoard(ctx, { code: SMART_COMMUNE, asOf: DAY });
      file = levelsOf(board!).indicators.find(({ files }) => files.length > 0)!.files[0]!.id;
    },
    NOW,
  );
});

const value = { value: 90, onDay: DAY, evidence: 'Báo cáo' };
const sign = (stage: 'self' | 'review' | 'appraisal') => (ctx: Ctx) =>
  signIndicator(ctx, PLACE, { stage, verdict: 'not_reached', reason: 'Thử' });

const giveTask = (ctx: Ctx) => giveTaskForMissing(ctx, PLACE);

/** The verb, and who may. */
const MAY: readonly (readonly [
  what: string,
  work: (ctx: Ctx) => Promise<unknown>,
  who: readonly string[],
])[] = [
  [
    'the board',
    (ctx) => findBoard(ctx, { code: SMART_COMMUNE, asOf: DAY }),
    ['leader', 'clerk', 'auditor', 'head', 'citizen', 'stranger'],
  ],
  ['who answers', (ctx) => assignmentsOf(ctx, SMART_COMMUNE), ['leader', 'clerk', 'auditor']],
  ['frozen boards', listSnapshots, ['leader', 'clerk', 'auditor']],
  ['a frozen board', (ctx) => openSnapshot(ctx, snapshot), ['leader', 'clerk', 'auditor']],
  ['a bundle', (ctx) => openSnapshot(ctx, snapshot, true), ['leader', 'auditor']],
  ['a file of the evidence', (ctx) => openEvidence(ctx, file), ['leader', 'clerk', 'auditor']],
  ['versions and drafts of a set', (ctx) => getVersions(ctx, SMART_COMMUNE), ['leader']],
  ['a draft', (ctx) => beginDraft(ctx, SMART_COMMUNE), ['leader']],
  ['a typed value', (ctx) => recordValue(ctx, PLACE, value), ['leader', 'clerk']],
  ['an assessment of one’s own work', sign('self'), ['leader', 'clerk']],
  ['a review', sign('review'), ['leader']],
  ['an appraisal', sign('appraisal'), ['leader', 'auditor']],
  ['comments', (ctx) => commentsOf(ctx, PLACE), ['leader', 'clerk', 'auditor']],
  ['a comment', (ctx) => commentIndicator(ctx, PLACE, { body: 'Thử' }), ['leader', 'clerk', 'auditor']],
  ['opinions with names', countOpinions, ['leader', 'clerk', 'auditor']],
  ['surveys', listSurveys, ['leader', 'clerk', 'auditor']],
  ['freezing', (ctx) => freezeBoard(ctx, SMART_COMMUNE, { asOf: DAY }), ['leader']],
  [
    'what communes published',
    (ctx) => listPublished(ctx, SMART_COMMUNE),
    ['leader', 'clerk', 'auditor', 'head', 'citizen', 'stranger'],
  ],
  ['what the commune itself published', ownPublished, ['leader', 'clerk', 'auditor']],
  ['publishing', (ctx) => publishBoard(ctx, SMART_COMMUNE, { asOf: DAY, reach: 'public' }), ['leader']],
  ['withdrawing', (ctx) => withdrawPublished(ctx, SMART_COMMUNE), ['leader']],
  ['a task out of what is missing', giveTask, ['leader', 'clerk']],
];

describe('rights', () => {
  it.each(MAY)('%s', async (_, work, who) => {
    for (const [name, actor] of Object.entries(people)) {
      const done = await world.as(actor, work, NOW).then(
        () => 'may',
        (thrown: { status: number }) => thrown.status,
      );
      if (who.includes(name)) expect(done, name).toBe('may');
      else expect([401, 403], `${name}: ${done}`).toContain(done);
    }
  });

  it('a stranger is told numbers over the API, without a way into the desk', async () => {
    const records = await api.request(
      `/api/v1/measures/criteria.indicators_reached/records?as_of=${DAY}&part=denominator`,
    );
    const { items } = (await records.json()) as { items: { href: string | null }[] };
    expect(items.length).toBeGreaterThan(0);
    expect(items.filter(({ href }) => href !== null)).toEqual([]);
    const staff = await api.request(`/api/v1/measures/office.officials.active_share?as_of=${DAY}`);
    expect(staff.status).toBe(404);
  });
});
