/** The plan's money as measures, whose lists are budget lines and ledger entries. */
import type { Ctx } from '#kernel/context';
import { formatMoney } from '#kernel/format';
import type { Measure, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { allow, may } from '#kernel/rights';
import { localDate, startOfDay, type LocalDate } from '#kernel/time';
import type { Entry } from './ledger.queries.ts';
import { readEntries, standing } from './ledger.queries.ts';
import { formWords } from './words.ts';

type Item = { id: string; on: LocalDate; label: string; href: string | null; amount: number; money: boolean };
type Words = Pick<Measure, 'name' | 'title' | 'meaning'>;
type Items = (ctx: Ctx, question: MeasureQuestion) => Promise<Item[]>;

/** A sum over items: the number of records is the numerator, what they add up to the value. */
function sumOf(words: Words, unit: Measure['unit'], items: Items): Measure {
  return {
    ...words,
    unit,
    scopes: ['commune'],
    audience: 'public',
    compute: async (ctx, question) => {
      allow(ctx, 'criteria.money.see');
      const found = await items(ctx, question);
      const sum = found.reduce((total, { amount }) => total + amount, 0);
      return { numerator: found.length, denominator: null, value: unit === 'count' ? found.length : sum };
    },
    list: async (ctx, question, _part, { offset, limit }) => {
      allow(ctx, 'criteria.money.see');
      const found = (await items(ctx, question)).toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
      // Strangers are given no way on: the ledger's own pages say who may be named.
      const open = may(ctx, 'criteria.board.work');
      const records = found
        .slice(offset, offset + limit)
        .map(({ id, on, label, href, amount, money }): MeasureRecord => ({
          id,
          at: startOfDay(on),
          label,
          href: open ? href : null,
          columns: money ? { amount: formatMoney(BigInt(amount), ctx.locale) } : {},
        }));
      return { total: found.length, records };
    },
  };
}

/** Budget lines of the pilots decided on by the day. */
function budget(source?: 'state' | 'other'): Items {
  return async (ctx, { asOf, from }) => {
    let query = ctx.db
      .selectFrom('criteria_pilot_line as l')
      .innerJoin('criteria_pilot as p', (join) =>
        join.onRef('p.commune_id', '=', 'l.commune_id').onRef('p.code', '=', 'l.pilot_code'),
      )
      .select(['l.id', 'l.what', 'l.amount_dong', 'p.decided_on', 'p.code', 'p.title_vi', 'p.title_en'])
      .where('l.commune_id', '=', ctx.commune.id)
      .where('p.decided_on', '<=', asOf);
    if (from !== undefined) query = query.where('p.decided_on', '>=', from);
    if (source !== undefined) query = query.where('l.source', '=', source);
    const rows = await query.orderBy('l.id').execute();
    return rows.map((row) => ({
      id: row.id,
      on: localDate(row.decided_on),
      label: `${ctx.locale === 'vi' ? row.title_vi : row.title_en}: ${row.what}`,
      href: '/criteria/money',
      amount: Number(row.amount_dong),
      money: true,
    }));
  };
}

const pilots: Items = async (ctx, { asOf, from }) => {
  let query = ctx.db
    .selectFrom('criteria_pilot')
    .select(['code', 'title_vi', 'title_en', 'decided_on'])
    .where('commune_id', '=', ctx.commune.id)
    .where('decided_on', '<=', asOf);
  if (from !== undefined) query = query.where('decided_on', '>=', from);
  const rows = await query.orderBy('code').execute();
  return rows.map((row) => ({
    id: row.code,
    on: localDate(row.decided_on),
    label: ctx.locale === 'vi' ? row.title_vi : row.title_en,
    href: '/criteria/money',
    amount: 1,
    money: false,
  }));
};

/** Ledger entries that still stand. What single people gave is told without its amount: the sum is public, they are not. */
function ledger(keep: (entry: Entry) => boolean, amountOf = (entry: Entry) => Number(entry.amount)): Items {
  return async (ctx, { asOf, from }) => {
    const entries = standing(await readEntries(ctx, { asOf: localDate(asOf) }));
    return entries
      .filter((entry) => keep(entry) && (from === undefined || entry.onDay >= from))
      .map((entry) => ({
        id: entry.id,
        on: entry.onDay,
        label: entry.donorId === null ? entry.what : formWords(entry.form, ctx.locale),
        href: `/criteria/money/${entry.workId}`,
        amount: amountOf(entry),
        money: entry.donorId === null,
      }));
  };
}

const DEMANDS = {
  vi: 'theo sổ thu chi công khai của từng công trình, không tính các dòng đã rút lại',
  en: 'by the public ledger of each work, without the entries that were taken back',
};

export const MONEY_MEASURES: readonly Measure[] = [
  sumOf(
    {
      name: 'criteria.pilots',
      title: { vi: 'Mô hình thí điểm', en: 'Pilot models' },
      meaning: {
        vi: 'Mô hình thí điểm đã có trong kế hoạch đến ngày đó.',
        en: 'Pilot models that are part of the plan by that day.',
      },
    },
    'count',
    pilots,
  ),
  ...(['state', 'other', undefined] as const).map((source) =>
    sumOf(
      {
        name: `criteria.pilot_budget${source === undefined ? '' : `_${source}`}`,
        title: {
          vi: {
            state: 'Kinh phí thí điểm từ ngân sách',
            other: 'Kinh phí thí điểm từ nguồn khác',
            all: 'Kinh phí thí điểm',
          }[source ?? 'all'],
          en: {
            state: 'Pilots: money of the state',
            other: 'Pilots: money of others',
            all: 'Pilots: budget',
          }[source ?? 'all'],
        },
        meaning: {
          vi: 'Tổng các dòng kinh phí của các mô hình thí điểm, đồng.',
          en: 'The sum of the budget lines of the pilot models, in đồng.',
        },
      },
      'money',
      budget(source),
    ),
  ),
  ...(['promised', 'received', 'spent'] as const).map((step) =>
    sumOf(
      {
        name: `criteria.money_${step}`,
        title: {
          vi: { promised: 'Kinh phí cam kết', received: 'Kinh phí đã nhận', spent: 'Kinh phí đã chi' }[step],
          en: { promised: 'Money promised', received: 'Money received', spent: 'Money spent' }[step],
        },
        meaning: {
          vi: `Tiền và giá trị hiện vật, ${DEMANDS.vi}.`,
          en: `Money and what was given in kind, ${DEMANDS.en}.`,
        },
      },
      'money',
      ledger((entry) => entry.step === step),
    ),
  ),
  sumOf(
    {
      name: 'criteria.people_contributed',
      title: { vi: 'Nhân dân đóng góp', en: 'Contributed by the people' },
      meaning: {
        vi: `Tiền, ngày công, đất, vật liệu nhân dân đã góp, tính ra đồng, ${DEMANDS.vi}.`,
        en: `Money, labour, land and materials given by the people, in đồng, ${DEMANDS.en}.`,
      },
    },
    'money',
    ledger((entry) => entry.kind === 'people' && entry.step === 'received'),
  ),
  sumOf(
    {
      name: 'criteria.labour_given',
      title: { vi: 'Ngày công nhân dân góp', en: 'Days of labour given' },
      meaning: { vi: `Số ngày công, ${DEMANDS.vi}.`, en: `Days of labour, ${DEMANDS.en}.` },
    },
    'days',
    ledger(
      (entry) => entry.form === 'labour' && entry.step === 'received',
      (entry) => entry.quantity ?? 0,
    ),
  ),
];
