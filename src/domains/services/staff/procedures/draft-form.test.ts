import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#kernel/errors';
import { checked } from '#kernel/input';
import { loadCatalog } from '../../catalog.ts';
import { parseProcedureFile, printFile } from '../../exchange.ts';
import { CLUB } from '../../fixtures.ts';
import { diffVersions, draftFrom } from '../../procedure-history.ts';
import { ProcedureDraft } from '../../procedure.ts';
import { changesBetween } from './changes.ts';
import { changeRows } from './draft-rows.ts';
import { draftInput, rowsOf, typedFrom } from './draft-typed.ts';
import { draftView } from './draft-view.ts';
import { faultsByField, fileProblems } from './faults.ts';

const drafts = loadCatalog()
  .procedures.flatMap((file) => file.versions)
  .map(draftFrom);
const birth = drafts.find(({ code }) => code === '1.001193')!;
const club = draftFrom(CLUB.versions[0]!);

/** The codes by place that the check finds in what was typed. */
function faultsIn(typed: Record<string, string>, kept = club): Record<string, string> {
  try {
    checked(ProcedureDraft, draftInput(kept.code, typed, kept));
    return {};
  } catch (thrown) {
    return (thrown as AppError).fields;
  }
}

describe('a draft as a form', () => {
  test('comes back as the same draft, for every version of the catalogue', () => {
    for (const draft of drafts)
      expect(checked(ProcedureDraft, draftInput(draft.code, typedFrom(draft), draft))).toEqual(draft);
  });

  test('asks for every text of a draft: nothing that is typed goes without a field', () => {
    for (const draft of drafts) {
      const typed = typedFrom(draft);
      const { parts } = draftView({ typed, wrong: {}, forms: [], kept: draft });
      const rows = parts.flatMap(({ lists }) => lists.flatMap((list) => list.rows));
      const asked = new Set([
        ...parts.flatMap(({ fields }) => fields.map(({ name }) => name)),
        ...rows.flatMap(({ fields, hidden }) => [...fields, ...hidden].map(({ name }) => name)),
        // Kept from the draft, or made of what is asked.
        'code',
        'result.template',
        'fee.rule.copies',
        'fee.rule.pages',
        'timeLimit',
        'timeLimit.extendedBy',
        'online.reason',
        'result.validity',
        'fee.rule.amount',
      ]);
      const missed = Object.keys(typed).filter((name) => !asked.has(name) && !name.endsWith('.when'));
      expect([draft.code, missed]).toEqual([draft.code, []]);
    }
  });

  test('rows come, go and move without touching anything else', () => {
    const button = fc.oneof(
      fc.constantFrom(
        'add:papers',
        'add:steps',
        'add:legalBasis',
        'add:fee.exemptions',
        'add:fee.rule.tiers',
      ),
      fc
        .tuple(fc.constantFrom('drop', 'up'), fc.constantFrom('papers', 'steps', 'legalBasis'), fc.nat(9))
        .map((parts) => parts.join(':')),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(button, { maxLength: 12 }), (buttons) => {
        let typed = { ...typedFrom(birth), 'name.vi': 'Chưa lưu' };
        for (const one of buttons) {
          const list = one.split(':')[1] ?? '';
          const before = rowsOf(typed, list).length;
          const after = changeRows(typed, one);
          if (!after) continue;
          const step = one.startsWith('add:') ? 1 : one.startsWith('drop:') ? -1 : 0;
          expect(rowsOf(after, list)).toEqual(
            Array.from({ length: before + step }, (_, at) => `${list}.${at}`),
          );
          const others = (all: Record<string, string>) =>
            Object.entries(all)
              .filter(([name]) => !name.startsWith(`${list}.`))
              .toSorted();
          expect(others(after)).toEqual(others(typed));
          typed = after as typeof typed;
        }
        expect(typed['name.vi']).toBe('Chưa lưu');
      }),
      { numRuns: 60 },
    );
  });

  test('takes the right row out, and gives a new one a code of its own', () => {
    let typed = changeRows(typedFrom(club), 'drop:steps:1')!;
    expect([typed['steps.1.code'], typed['steps.1.name.vi']]).toEqual(['sign', 'Ký']);
    typed = changeRows(typed, 'up:steps:1')!;
    expect(typed['steps.0.code']).toBe('sign');
    typed = changeRows(changeRows(typed, 'add:papers')!, 'add:papers')!;
    for (const row of ['papers.1', 'papers.2'])
      typed = { ...typed, [`${row}.name.vi`]: 'Đơn đề nghị', [`${row}.name.en`]: 'Request' };
    const { papers } = draftInput(club.code, typed, club) as { papers: { code: string }[] };
    expect(papers.map(({ code }) => code)).toEqual(['card', 'don_de_nghi', 'don_de_nghi_2']);
  });

  test('reads amounts as people write them, and names each fault at its field', () => {
    const typed = {
      ...typedFrom(club),
      'fee.rule.kind': 'fixed',
      'fee.rule.amount.counter': '20.000',
      'fee.rule.amount.online': '10 000',
    };
    const draft = checked(ProcedureDraft, draftInput(club.code, typed, club));
    expect(draft.fee.rule).toEqual({ kind: 'fixed', amount: { counter: 20_000, online: 10_000 } });
    const fields = faultsByField(
      faultsIn({ ...typed, 'name.vi': ' ', 'fee.rule.amount.counter': 'hai mươi', 'papers.0.count': 'một' }),
    );
    expect(Object.keys(fields).sort()).toEqual(['fee.rule.amount.counter', 'name.vi', 'papers.0.count']);
    const { errors } = draftView({ typed, wrong: fields, forms: [], kept: club });
    expect(errors.map(({ href }) => href)).toEqual([
      '#draft-name-vi',
      '#draft-fee-rule-amount-counter',
      '#draft-papers-0-count',
    ]);
  });

  test.for([
    [{ 'steps.0.share': '30' }, 'steps', 'services.procedure.steps_not_whole'],
    [{ verified: 'yes' }, 'verified', 'services.procedure.unsure'],
    [{ 'online.level': 'partial' }, 'online.reason', 'services.procedure.reason_missing'],
    [{ 'timeLimit.unit': 'same_day' }, 'timeLimit.amount', 'services.procedure.limit_amount'],
  ] as const)('knows what the law and the clock ask: %o', ([change, place, code]) => {
    expect(faultsIn({ ...typedFrom(club), ...change })).toMatchObject({ [place]: code });
  });
});

describe('words', () => {
  test('tell what changes by the names that people know', () => {
    const changed = {
      ...club,
      timeLimit: { ...club.timeLimit!, amount: 3 },
      papers: club.papers.map((paper) => ({ ...paper, count: 2 })),
    };
    expect(diffVersions(club, changed)).toHaveLength(2);
    expect(changesBetween(club, changed, 'vi')).toEqual([
      { place: 'Thời hạn › Bao lâu (số)', before: '5', after: '3' },
      { place: 'Giấy tờ phải nộp › Thẻ › Số bản', before: '1', after: '2' },
    ]);
  });

  test('name every problem of a file with its place', () => {
    const file = JSON.parse(printFile(CLUB)) as { versions: Record<string, unknown>[] };
    Object.assign(file.versions[0]!, { name: { vi: '', en: 'x' }, steps: [], color: 'red' });
    let told: string[] = [];
    try {
      parseProcedureFile(JSON.stringify(file));
    } catch (thrown) {
      told = fileProblems((thrown as AppError).fields);
    }
    expect(told.toSorted()).toEqual([
      'Các phiên bản › thứ 1 › Các bước: Quá ngắn hoặc quá nhỏ.',
      'Các phiên bản › thứ 1 › Tên › tiếng Việt: Chưa có thông tin này.',
      'Các phiên bản › thứ 1 › color: Không có mục nào tên như vậy; xin xem lại chính tả.',
    ]);
  });
});
