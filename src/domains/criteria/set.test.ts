import { afterAll, describe, expect, it } from 'vitest';
import type { Ctx } from '#kernel/context';
import { closeThreads } from '#kernel/threads/pool.server';
import { localDate } from '#kernel/time';
import { official, useWorld } from '#test/world';
import { catalogSets } from './catalog.ts';
import { compareSets } from './compare.ts';
import { levelOf } from './edit.ts';
import { readSetFile, setJson, setXlsx } from './exchange/file.server.ts';
import { readHead, readLine } from './exchange/lines.ts';
import { headRow, lineRow, type Cells } from './exchange/write.ts';
import {
  beginDraft,
  draftFaults,
  draftSet,
  dropDraft,
  editSet,
  publishSet,
  startSet,
} from './set.actions.ts';
import { findSet, getVersions } from './set.queries.ts';
import type { Indicator, Objective, SetFile, Theme } from './set.ts';

afterAll(closeThreads);

const world = useWorld();
const leader = official('leader');
const NOW = { now: new Date('2024-03-31T09:00:00+07:00'), silent: true };
const as = <T>(work: (ctx: Ctx) => Promise<T>) => world.as(leader, work, NOW);
const [smart] = catalogSets() as [SetFile];
const texts = (cells: Cells) =>
  Object.fromEntries(
    Object.entries(cells).map(([key, value]) => [
      key,
      String(value ?? '').replace(/^(\d+)\.(\d+)$/, '$1,$2'),
    ]),
  );

/** Puts a line in by the editor's form. */
async function put(ctx: Ctx, code: string, under: string | null, line: Theme | Objective | Indicator) {
  const { read, faults } = readLine(levelOf(line), { ...texts(lineRow(line)), code: line.code });
  expect(faults).toEqual({});
  await editSet(ctx, code, { do: 'add', under, ...read! });
}

describe('a set made by hand', () => {
  it('is the set that the corrected file gives, line by line', async () => {
    const mine = { ...smart, code: 'bang-tay' };
    await as(async (ctx) => {
      await startSet(ctx, readHead(texts(headRow(mine))).read!);
      expect(Object.values(draftFaults((await getVersions(ctx, 'bang-tay'))[0]!.set, []))).toEqual([
        'criteria.set.empty',
      ]);
      for (const theme of smart.themes) {
        await put(ctx, 'bang-tay', null, theme);
        for (const objective of theme.objectives) {
          await put(ctx, 'bang-tay', theme.code, objective);
          for (const one of objective.indicators) await put(ctx, 'bang-tay', objective.code, one);
        }
      }
      const [byHand] = await getVersions(ctx, 'bang-tay');
      for (const bytes of [await setXlsx(mine), setJson(mine)]) {
        const { set } = await readSetFile(bytes, ctx.wiring.measures);
        expect(set).toEqual(byHand!.set);
      }
      await publishSet(ctx, 'bang-tay', { from: '2024-01-01' });
      expect((await findSet(ctx, 'bang-tay', localDate('2024-01-02')))?.set).toEqual(mine);
    });
  });

  it('is changed, moved and cut in its draft; what was published stays, and the difference is told', async () => {
    await as(async (ctx) => {
      await draftSet(ctx, smart);
      await publishSet(ctx, smart.code, { from: '2023-06-01' });
      const edit = (one: Parameters<typeof editSet>[2]) => editSet(ctx, smart.code, one);
      await expect(edit({ do: 'remove', code: '1.1.1' })).rejects.toMatchObject({
        code: 'criteria.set.no_draft',
      });
      await beginDraft(ctx, smart.code);
      const line = smart.themes[0]!.objectives[0]!.indicators[0]!;
      await edit({ do: 'change', code: '1.1.1', level: 'indicator', line: { ...line, threshold: 85 } });
      await edit({ do: 'move', code: '1.1.3', up: true });
      await edit({ do: 'remove', code: '6.3.2' });
      await expect(edit({ do: 'remove', code: '9.9' })).rejects.toMatchObject({
        code: 'criteria.line.not_found',
      });
      const [draft, first] = await getVersions(ctx, smart.code);
      expect(first!.set).toEqual(smart);
      expect(draft!.set.themes[0]!.objectives[0]!.indicators.map(({ code }) => code)).toEqual([
        '1.1.1',
        '1.1.3',
        '1.1.2',
      ]);
      expect(compareSets(first!.set, draft!.set)).toMatchObject([
        { code: '1.1.1', what: 'changed', fields: [{ field: 'threshold', before: 80, after: 85 }] },
        { code: '6.3.2', what: 'removed' },
      ]);
      await edit({ do: 'remove', code: '5.2.1' });
      await expect(publishSet(ctx, smart.code, { from: '2024-06-01' })).rejects.toMatchObject({
        code: 'input.invalid',
      });
      await dropDraft(ctx, smart.code);
      expect(await getVersions(ctx, smart.code)).toHaveLength(1);
    });
  });

  it('tells what is wrong in a form by its question, and in a text by its place', async () => {
    expect(readLine('indicator', { code: 'a', kind: 'Tỷ lệ', threshold: '101', textVi: 'x' }).faults).toEqual(
      {
        evidenceVi: 'input.missing',
        source: 'input.missing',
        code: 'criteria.set.bad_code',
      },
    );
    const spoiled = structuredClone(smart) as unknown as { themes: { objectives: unknown[] }[] };
    spoiled.themes[2]!.objectives = [];
    await as(async (ctx) => {
      const told = async (text: string) =>
        (await readSetFile(new TextEncoder().encode(text), ctx.wiring.measures)).faults;
      expect(await told(JSON.stringify(spoiled))).toEqual([
        { cell: 'themes.2.objectives', code: 'criteria.set.empty', said: '' },
      ]);
      expect(await told('không phải tệp')).toHaveLength(1);
    });
  });
});
