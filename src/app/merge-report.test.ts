/** What the operator of a merger reads and types, on real PostgreSQL. */
import { describe, expect, it } from 'vitest';
import { setUpCommune } from '#domain/commune';
import { localDateOf } from '#kernel/time';
import { system, useWorld } from '#test/world';
import { SMALL_COMMUNE } from '../domains/commune/fixtures.ts';
import { communeDirectory, createCommune } from './communes.ts';
import { mergeByOperator } from './merge-report.ts';

const world = useWorld();

describe('the operator’s printout', () => {
  it('tells counts, hamlets, open work and the word, merges with it and counts again', async () => {
    const { urls, wiring, handle } = world;
    const runtime = { urls, wiring, handle, communes: communeDirectory(handle) };
    for (const [slug, name] of [
      ['yen-trach', 'Yên Trạch'],
      ['phu-ly', 'Phủ Lý'],
    ] as const) {
      const agencyCode = `X.${slug}`.toUpperCase().replace('-', '');
      const commune = await createCommune(urls.owner, {
        slug,
        name,
        hosts: [`${slug}.x`],
        agencyCode,
        demo: true,
      });
      await world.as(
        system,
        (ctx) => setUpCommune(ctx, { ...SMALL_COMMUNE, hamlets: [{ name: `Xóm ${name}` }] }),
        {
          commune,
        },
      );
    }
    const plan = {
      officialCode: '05641',
      province: 'tỉnh Thái Nguyên',
      source: 'Nghị quyết thử',
      slug: 'phu-luong',
      name: 'Phú Lương',
      hosts: ['phu-luong.x'],
      agencyCode: 'X.900',
      predecessors: ['yen-trach', 'phu-ly'],
      day: localDateOf(new Date()),
      lawfulFrom: null,
    };
    const run = async (confirm: string | undefined) => {
      const lines: string[] = [];
      const code = await mergeByOperator(runtime, plan, { confirm, acceptOpenWork: false }, (line) => {
        lines.push(line);
      });
      return { code, lines, text: lines.join('\n') };
    };
    const dry = await run(undefined);
    expect(dry.code).toBe(0);
    expect(dry.lines[0]).toBe(`Dry run. Nothing is changed. Phú Lương (05641) from ${plan.day}, made of:`);
    expect(dry.text).toContain('Yên Trạch (yen-trach, X.YENTRACH, yen-trach.x)');
    expect(dry.text).toMatch(/^ {9}1 {2}Xóm \(Hamlets\)$/m);
    expect(dry.text).toMatch(/^ {9}0 {2}Địa chỉ số đang dùng \(Digital addresses in force\)$/m);
    expect(dry.text).toContain('Hamlets of Phú Lương: 2');
    expect(dry.text).toContain('  Xóm Yên Trạch  (Yên Trạch)');
    expect(dry.text).toContain('Officials of Phú Lương may not read there.');
    expect(dry.text).not.toContain('Open work');
    const word = /--confirm "(.+)"$/.exec(dry.lines.at(-1)!)![1]!;
    expect((await run(`${word}0`)).code).toBe(1);
    const done = await run(word);
    expect(done.lines).toEqual([
      'Phú Lương is there. Its first administrator: npm run xa -- admin --commune phu-luong …',
      'Counted again: every predecessor has what it had.',
    ]);
    expect(done.code).toBe(0);
    const again = await run(word);
    expect([again.code, again.text]).toEqual([1, expect.stringContaining('Nothing was changed')]);
  });
});
