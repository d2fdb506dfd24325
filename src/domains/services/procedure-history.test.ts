import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, localDate } from '#kernel/time';
import { loadCatalog } from './catalog.ts';
import { ProcedureFile, type ProcedureVersion } from './procedure.ts';
import { diffVersions, draftFrom, procedureAt, publishVersion } from './procedure-history.ts';

const birth = loadCatalog().procedures.find((file) => file.code === '1.001193')!.versions;
const last = birth.at(-1)!;

function shorter(version: ProcedureVersion, amount = 5) {
  const draft = draftFrom(version);
  return {
    ...draft,
    timeLimit: { ...draft.timeLimit!, unit: 'working_days' as const, amount, cutoff: null },
  };
}

describe('publishing a version', () => {
  test('closes the one before and changes nothing that was published earlier', () => {
    const next = publishVersion(birth, shorter(last), '2027-01-01', '2026-12-31');
    expect(next.slice(0, -2)).toEqual(birth.slice(0, -1));
    expect(next.at(-2)).toEqual({ ...last, validTo: '2026-12-31' });
    expect(next.at(-1)).toMatchObject({ version: last.version + 1, validFrom: '2027-01-01', validTo: null });
    expect(ProcedureFile.parse({ code: last.code, versions: next }).versions).toEqual(next);
    expect(procedureAt(next, '2026-12-31')?.version).toBe(last.version);
    expect(procedureAt(next, '2027-01-01')?.version).toBe(last.version + 1);
  });

  test('is refused behind filed dossiers, behind the last version, without a change, and for another procedure', () => {
    expect(() => publishVersion(birth, shorter(last), '2027-01-01', '2027-01-01')).toThrow('before_filed');
    expect(() => publishVersion(birth, shorter(last), last.validFrom, null)).toThrow('before_last_version');
    expect(() => publishVersion(birth, draftFrom(last), '2027-01-01', null)).toThrow('nothing_changed');
    expect(() => publishVersion(birth, { ...shorter(last), code: '1.000656' }, '2027-01-01', null)).toThrow(
      'other_code',
    );
  });

  test('keeps the file whole through any series of publications', () => {
    const series = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 300 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(series, (steps) => {
        let versions = birth;
        let day = localDate('2026-08-01');
        for (const [wait, amount] of steps) {
          day = addDays(day, wait);
          const draft = shorter(versions.at(-1)!, amount);
          if (diffVersions(versions.at(-1)!, draft).length > 0)
            versions = publishVersion(versions, draft, day, null);
        }
        expect(ProcedureFile.safeParse({ code: last.code, versions }).success).toBe(true);
        expect(versions.slice(0, birth.length - 1)).toEqual(birth.slice(0, -1));
        expect(versions.filter((one) => one.validTo === null)).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the difference of two versions', () => {
  test('is nothing for a version and its copy', () => {
    for (const version of birth) expect(diffVersions(version, draftFrom(version))).toEqual([]);
  });

  test('names each changed leaf, papers and steps by their code', () => {
    const draft = draftFrom(last);
    const papers = draft.papers.filter((paper) => paper.code !== 'identity');
    const changed = {
      ...draft,
      papers: papers.map((paper) => (paper.code === 'birth_note' ? { ...paper, count: 2 } : paper)),
      name: { ...draft.name, en: 'Registering a birth' },
    };
    const differences = diffVersions(last, changed);
    expect(differences.map((one) => one.path).filter((path) => !path.startsWith('papers.identity'))).toEqual([
      'name.en',
      'papers.birth_note.count',
    ]);
    expect(differences.find((one) => one.path === 'papers.birth_note.count')).toMatchObject({
      before: 1,
      after: 2,
    });
    expect(differences.find((one) => one.path === 'papers.identity')).toMatchObject({ after: undefined });
  });

  test('notices steps in another order', () => {
    const draft = draftFrom(last);
    const differences = diffVersions(last, { ...draft, steps: draft.steps.toReversed() });
    expect(differences.map((one) => one.path)).toEqual(['steps']);
  });
});
