import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLOT_STANDARDS } from '#domain/farming';
import { buildDigitalLink } from '../digital-link/digital-link.ts';
import { judgeDrying, judgeMoisture, judgeYield, ratioHundredths, worstOf } from './balance.ts';
import { claimsOf, mayBeCalled, mayBeGraded } from './claims.ts';
import { newCode, readCode } from './code.ts';
import { branchesOf, type Branch, type Edge } from './genealogy.ts';
import { GRADES, LOT_KINDS, shareFresh, takeFrom } from './lot.ts';
import { findingsOf, type Findings } from './release.ts';
import { EVIDENCE, faultsOf, outputKind, STEP_RULES, type Draft } from './step.ts';
import { amountFor, netOf } from './ticket.ts';
import { localDate } from '#kernel/time';

const grams = fc.bigInt({ min: 1n, max: 50_000_000n });

describe('weights', () => {
  it('are divided without a gram won or lost, of tea or of the leaf behind it', () => {
    const lot = fc.record({ g: grams, freshG: fc.bigInt({ min: 0n, max: 300_000_000n }) });
    fc.assert(
      fc.property(lot, fc.array(fc.nat(100), { maxLength: 12 }), (whole, cuts) => {
        let left = whole;
        const parts = [];
        for (const percent of cuts) {
          const g = (left.g * BigInt(percent)) / 100n;
          if (g === 0n) continue;
          const step = takeFrom(left, g);
          parts.push(step.taken);
          left = step.left;
          if (left.g === 0n) break;
        }
        const all = [...parts, left];
        expect(all.reduce((sum, { g }) => sum + g, 0n)).toBe(whole.g);
        expect(all.reduce((sum, { freshG }) => sum + freshG, 0n)).toBe(whole.freshG);
        expect(all.every(({ g, freshG }) => g >= 0n && freshG >= 0n)).toBe(true);
        if (left.g === 0n) expect(left.freshG).toBe(0n);
      }),
    );
    expect(() => takeFrom({ g: 5n, freshG: 25n }, 6n)).toThrow(RangeError);
    expect(() => takeFrom({ g: 5n, freshG: 25n }, 0n)).toThrow(RangeError);
  });

  it('of the leaf behind a step go to its outputs whole', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 300_000_000n }),
        fc.array(grams, { minLength: 1 }),
        (freshG, outputs) => {
          const shares = shareFresh(freshG, outputs);
          expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(freshG);
          expect(shares.every((share) => share >= 0n)).toBe(true);
        },
      ),
    );
  });

  it('and money of a ticket come out as a clerk reckons them', () => {
    expect(netOf(25_400n, 1_400n)).toBe(24_000n);
    expect(netOf(2_000n, 1_000n)).toBeNull();
    expect(netOf(2_000n, -1n)).toBeNull();
    expect(netOf(0n, 0n)).toBeNull();
    expect(amountFor(24_000n, 35_000n)).toBe(840_000n);
    expect(amountFor(24_015n, 33_333n)).toBe(800_492n);
    expect(amountFor(1n, 500n)).toBe(1n);
  });
});

describe('the balance', () => {
  it('judges the band at its edges: 4.0 and 6.0 stand, 4.3 and 5.5 are usual', () => {
    const judge = (ratioTenths: bigint, more = 0n) => judgeDrying(ratioTenths * 100n + more, 1_000n);
    expect([judge(40n, -1n), judge(40n), judge(43n, -1n), judge(43n)]).toEqual([
      'outside',
      'unusual',
      'unusual',
      'usual',
    ]);
    expect([judge(55n), judge(55n, 1n), judge(60n), judge(60n, 1n)]).toEqual([
      'usual',
      'unusual',
      'unusual',
      'outside',
    ]);
    expect(ratioHundredths(4_999n, 1_000n)).toBe(499);
    expect(ratioHundredths(4_999n, 0n)).toBeNull();
  });

  it('agrees with plain division for any weights', () => {
    fc.assert(
      fc.property(grams, grams, (fresh, dry) => {
        const ratio = Number(fresh) / Number(dry);
        fc.pre([4, 4.3, 5.5, 6].every((edge) => Math.abs(ratio - edge) > 1e-9));
        const verdict = ratio < 4 || ratio > 6 ? 'outside' : ratio < 4.3 || ratio > 5.5 ? 'unusual' : 'usual';
        expect(judgeDrying(fresh, dry)).toBe(verdict);
      }),
    );
  });

  it('asks whether land can have borne so much leaf, and whether tea is dry', () => {
    expect(judgeYield(16_000_000n, 10_000)).toBe('usual');
    expect(judgeYield(16_000_001n, 10_000)).toBe('unusual');
    expect(judgeYield(24_000_001n, 10_000)).toBe('outside');
    expect(judgeYield(1n, 0)).toBe('outside');
    expect([judgeMoisture(75), judgeMoisture(76)]).toEqual(['usual', 'outside']);
    expect([worstOf([]), worstOf(['usual', 'unusual']), worstOf(['unusual', 'outside'])]).toEqual([
      'usual',
      'unusual',
      'outside',
    ]);
  });
});

describe('claims', () => {
  const claims = fc.record({
    standard: fc.constantFrom(...PLOT_STANDARDS),
    grade: fc.constantFrom(...GRADES),
  });

  it('never rise by blending, however often and in whatever order', () => {
    fc.assert(
      fc.property(fc.array(claims, { minLength: 1 }), fc.array(claims, { minLength: 1 }), (some, others) => {
        const mixed = claimsOf([...some, ...others]);
        for (const source of [...some, ...others]) {
          expect(PLOT_STANDARDS.indexOf(mixed.standard)).toBeGreaterThanOrEqual(
            PLOT_STANDARDS.indexOf(source.standard),
          );
          expect(GRADES.indexOf(mixed.grade)).toBeGreaterThanOrEqual(GRADES.indexOf(source.grade));
          expect(mayBeCalled(mixed.standard, source.standard)).toBe(true);
        }
        expect(claimsOf([claimsOf(others), claimsOf(some)])).toEqual(mixed);
        expect([...some, ...others].map(({ standard }) => standard)).toContain(mixed.standard);
        expect([...some, ...others].map(({ grade }) => grade)).toContain(mixed.grade);
      }),
    );
    expect(() => claimsOf([])).toThrow(RangeError);
  });

  it('may be made smaller, never greater', () => {
    expect(mayBeCalled('vietgap', 'organic')).toBe(true);
    expect(mayBeCalled('organic', 'organic_conversion')).toBe(false);
    expect(mayBeCalled('vietgap', 'none')).toBe(false);
    expect([mayBeGraded('bup', 'dinh'), mayBeGraded('dinh', 'non_tom')]).toEqual([true, false]);
  });
});

describe('codes', () => {
  it('are legal in AI (10) as they stand, and read back as they are spoken', () => {
    for (const kind of LOT_KINDS) {
      const code = newCode(kind, localDate('2026-11-23'));
      expect(code.length).toBeLessThanOrEqual(20);
      const link = buildDigitalLink([
        { ai: '01', value: '08938500000010' },
        { ai: '10', value: code },
      ]);
      expect(link).toMatchObject({ ok: true, uri: `https://id.gs1.org/01/08938500000010/10/${code}` });
      expect(readCode(code)).toBe(code);
      expect(readCode(` ${code.toLowerCase().replace('-', ' – ')} `)).toBe(code);
    }
    for (const wrong of ['', 'K261123', 'X261123-222222', 'K261123-00000O', 'K'.repeat(90)])
      expect(readCode(wrong)).toBeUndefined();
  });

  it('of whatever somebody types are one of ours or none', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const code = readCode(typed);
        if (code !== undefined) expect(readCode(code)).toBe(code);
      }),
    );
  });
});

describe('steps', () => {
  const anyDraft = fc.record({
    kind: fc.constantFrom(...(Object.keys(STEP_RULES) as Draft['kind'][])),
    inputs: fc.array(fc.record({ kind: fc.constantFrom(...LOT_KINDS), g: grams }), { maxLength: 4 }),
    outputs: fc.array(grams, { maxLength: 4 }),
    evidence: fc.constant({ temperatureC: 240, minutes: 12, moistureTenths: 40 }),
  });

  it('never let mass appear', () => {
    const total = (all: readonly bigint[]) => all.reduce((sum, g) => sum + g, 0n);
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const [into, out] = [total(draft.inputs.map(({ g }) => g)), total(draft.outputs)];
        expect(faultsOf(draft).includes('mass_appears')).toBe(out > into);
        if (faultsOf(draft).length > 0) return;
        expect(out).toBeLessThanOrEqual(into);
        expect(draft.inputs.length).toBeGreaterThan(0);
        expect(outputKind(draft.kind, draft.inputs) === null).toBe(draft.outputs.length === 0);
      }),
    );
  });

  it('take what they are made for, and ask for their evidence', () => {
    const dry: Draft = {
      kind: 'dry',
      inputs: [{ kind: 'process', g: 5_000n }],
      outputs: [1_000n],
      evidence: { temperatureC: 110, minutes: 40, moistureTenths: 45 },
    };
    expect(faultsOf(dry)).toEqual([]);
    for (const name of EVIDENCE)
      expect(faultsOf({ ...dry, evidence: { ...dry.evidence, [name]: undefined } })).toEqual(['evidence']);
    expect(faultsOf({ ...dry, inputs: [{ kind: 'leaf', g: 5_000n }] })).toEqual(['wrong_kind']);
    expect(faultsOf({ ...dry, outputs: [1_000n, 1n] })).toEqual(['outputs']);
    const blend: Draft = { kind: 'blend', inputs: [{ kind: 'dry', g: 1n }], outputs: [1n], evidence: {} };
    expect(faultsOf(blend)).toEqual(['inputs']);
    expect(faultsOf({ ...blend, inputs: [...blend.inputs, { kind: 'leaf', g: 9n }] })).toEqual([
      'mixed_kinds',
    ]);
    expect(outputKind('split', [{ kind: 'leaf' }])).toBe('leaf');
    expect(outputKind('ship', [{ kind: 'pack' }])).toBeNull();
  });
});

describe('genealogy', () => {
  /** Lots 0…n, each made of earlier ones: no circles. */
  const graph = fc
    .array(fc.array(fc.nat(30), { maxLength: 3 }), { minLength: 1, maxLength: 30 })
    .map((rows) =>
      rows.flatMap((from, at): Edge[] =>
        from.filter((one) => one < at).map((one) => ({ from: String(one), to: String(at), g: 1n })),
      ),
    );
  const flat = (branches: readonly Branch[]): string[] =>
    branches.flatMap(({ lotId, branches: deeper }) => [lotId, ...flat(deeper)]);

  it('names exactly what a plain search reaches, both ways', () => {
    fc.assert(
      fc.property(graph, fc.nat(29), fc.constantFrom('back', 'forward'), (edges, start, way) => {
        const reached = new Set<string>();
        const todo = [String(start)];
        for (const here of todo)
          for (const edge of edges) {
            const [at, next] = way === 'back' ? [edge.to, edge.from] : [edge.from, edge.to];
            if (at === here && !reached.has(next)) {
              reached.add(next);
              todo.push(next);
            }
          }
        expect(new Set(flat(branchesOf(edges, String(start), way)))).toEqual(reached);
      }),
    );
  });
});

describe('the release', () => {
  const clean: Findings = {
    kind: 'pack',
    left: true,
    recalled: false,
    held: false,
    drying: 'usual',
    yield: 'usual',
    moisture: 'usual',
    certificate: 'holds',
    test: 'passed',
  };

  it('stops, asks for a reason, or tells', () => {
    expect(findingsOf(clean)).toEqual([]);
    const weighed = (more: Partial<Findings>) =>
      findingsOf({ ...clean, ...more }).map(({ code, weight }) => `${weight} ${code}`);
    expect(weighed({ held: true, drying: 'outside' })).toEqual(['stop held', 'reason drying_outside']);
    expect(weighed({ recalled: true })).toEqual(['stop recalled']);
    expect(weighed({ drying: 'unusual' })).toEqual(['told drying_unusual']);
    expect(weighed({ yield: 'outside', test: 'missing' })).toEqual([
      'reason yield_outside',
      'reason test_missing',
    ]);
    expect(weighed({ moisture: 'unknown' })).toEqual(['reason moisture_unknown']);
    expect(weighed({ test: 'failed' })).toEqual(['stop test_failed']);
    expect(weighed({ certificate: 'ended' })).toEqual(['stop certificate_ended']);
    expect(weighed({ kind: 'dry', left: false })).toEqual(['stop not_packed', 'stop nothing_left']);
  });
});
