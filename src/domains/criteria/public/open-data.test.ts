import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { recogniseCraftVillage } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { csvOf } from '#kernel/csv';
import { localDate } from '#kernel/time';
import { anonymous, official, system, useWorld } from '#test/world';
import { recordValue, signIndicator } from '../assess.actions.ts';
import { findBoard } from '../board.queries.ts';
import { levelsOf } from '../board.ts';
import { catalogSets, SMART_COMMUNE } from '../catalog.ts';
import { draftSet, publishSet } from '../set.actions.ts';
import { boardView } from '../words.ts';
import { openData } from './open-data.ts';
import { storyOf } from './story.ts';

const world = useWorld();
const leader = official('leader');
const DAY = localDate('2024-03-31');
const NOW = { now: new Date(`${DAY}T09:00:00+07:00`), silent: true };
const place = { set: SMART_COMMUNE, indicator: '2.1.1' };
const hamlets: string[] = [];
const read = () => world.as(anonymous, (ctx) => openData(ctx, new URLSearchParams({ as_of: DAY })), NOW);
const one = async (code: string) => (await read()).indicators.find(({ indicator }) => indicator === code)!;
const craft = (ctx: Ctx, hamletId: string) =>
  recogniseCraftVillage(ctx, {
    hamletId,
    name: 'Làng nghề',
    trade: 'tea_making',
    decisionNumber: '1',
    decisionIssuer: 'UBND',
    recognisedOn: '2020-01-01',
  });

beforeAll(async () => {
  await world.as(
    system,
    async (ctx) => {
      for (const set of catalogSets()) {
        await draftSet(ctx, set);
        await publishSet(ctx, set.code, { from: '2023-06-01' });
      }
      for (const name of ['Một', 'Hai', 'Ba', 'Bốn']) hamlets.push(await addHamlet(ctx, { name }));
      await craft(ctx, hamlets[0]!);
    },
    NOW,
  );
  await world.as(
    leader,
    async (ctx) => {
      await recordValue(ctx, place, { value: 100, onDay: '2024-03-30', evidence: 'Báo cáo của ông A' });
      await signIndicator(ctx, place, { stage: 'review', verdict: 'reached' });
    },
    NOW,
  );
});

describe('open data', () => {
  it('explains every column, and no column that is not there', async () => {
    const data = await read();
    for (const part of ['indicators', 'hamlets'] as const) {
      const said = data.dictionary.filter((entry) => entry.part === part).map(({ column }) => column);
      expect(Object.keys(data[part][0]!).toSorted()).toEqual(said.toSorted());
    }
    expect(data.about).toMatchObject({
      licence: 'CC BY 4.0',
      as_of: DAY,
      compared_with_official_text: false,
    });
    expect([data.indicators.length, data.hamlets.length]).toEqual([39, 8]);
  });

  it('tells typed values without the words of their evidence, nor who signed', async () => {
    expect(await one('2.1.1')).toMatchObject({
      value: 100,
      value_from: 'typed',
      evidence_on: '2024-03-30',
      status: 'reached',
    });
    const text = JSON.stringify(await read()) + csvOf((await read()).indicators);
    expect(text).not.toMatch(/ông A|Báo cáo của/);
  });

  it('leaves out groups under five', async () => {
    expect(await one('4.1.3')).toMatchObject({ value: null, denominator: null, left_out: 'small_group' });
    await world.as(system, async (ctx) => void (await addHamlet(ctx, { name: 'Năm' })), NOW);
    expect(await one('4.1.3')).toMatchObject({ value: 20, numerator: 1, denominator: 5, left_out: null });
  });
});

describe('the story', () => {
  it('says the totals and where the numbers come from, in both languages', async () => {
    const board = await world.as(anonymous, (ctx) => findBoard(ctx, { code: SMART_COMMUNE, asOf: DAY }), NOW);
    for (const locale of ['vi', 'en'] as const) {
      const story = storyOf(boardView(board!, locale, false), locale).join(' ');
      expect(story).toContain('1/39');
      const live = levelsOf(board!).indicators.filter(({ value }) => value.from === 'live').length;
      expect(story).toContain(`${live} `);
    }
  });
});
