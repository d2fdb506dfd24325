/** The figures of a page, out of the measures alone: tiles, months, tables; each with the list behind it. */
import { listHamlets } from '#domain/commune';
import { listOfficials } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { formatNumber, formatPercent, MISSING } from '#kernel/format';
import { displayValue, type Measure, type MeasureQuestion } from '#kernel/measures';
import { localDate } from '#kernel/time';
import { allow } from '#kernel/rights';
import type { DossierMeasure } from './dossier-measures.ts';
import { NONE } from './dossier-parts.ts';
import { countedBy, countedByMonth, type Counted, type Group } from './grouped.ts';
import { dossierMeasureOf } from './measures.ts';
import { channelWords } from './figure-words.ts';
import { procedureNames } from './procedure-names.ts';
import { lastMonths, recordsAddress } from './question.ts';

export type Tile = {
  name: string;
  title: string;
  meaning: string;
  /** Null where nothing can be said. */
  display: string | null;
  numerator: number;
  denominator: number | null;
  records: string;
};

/** One measure as a tile. @param page the inner address under which the lists stand */
export async function tileOf(
  ctx: Ctx,
  measure: Measure,
  question: MeasureQuestion,
  page: string,
): Promise<Tile> {
  allow(ctx, 'services.figures.see');
  const computed = await measure.compute(ctx, question);
  return {
    name: measure.name,
    title: measure.title[ctx.locale],
    meaning: measure.meaning[ctx.locale],
    display: computed.value === null ? null : displayValue(measure.unit, computed, ctx.locale),
    numerator: computed.numerator,
    denominator: computed.denominator,
    records: recordsAddress(page, measure.name, question),
  };
}

export type Months = {
  /** `06/2023` */
  labels: string[];
  received: { values: (number | null)[]; display: string[] };
  decided: { values: (number | null)[]; display: string[] };
  /** In percent, for the height of the line; `display` is what is read. */
  onTime: { values: (number | null)[]; display: string[] };
};

/** The last twelve months up to the day: received, decided, and decided on time. */
export async function monthsOf(ctx: Ctx, question: MeasureQuestion): Promise<Months> {
  const months = lastMonths(localDate(question.asOf));
  const asked = { asOf: question.asOf, scope: question.scope, from: `${months[0]}-01` };
  const received = await countedByMonth(ctx, dossierMeasureOf('received'), asked, 'received');
  const onTime = await countedByMonth(ctx, dossierMeasureOf('on_time_share'), asked, 'finished');
  const { locale } = ctx;
  const counts = (of: (month: string) => number) => ({
    values: months.map(of),
    display: months.map((month) => formatNumber(of(month), { locale })),
  });
  const share = (month: string) => onTime.get(month);
  return {
    labels: months.map((month) => `${month.slice(5)}/${month.slice(0, 4)}`),
    received: counts((month) => received.get(month)?.numerator ?? 0),
    decided: counts((month) => share(month)?.denominator ?? 0),
    onTime: {
      values: months.map((month) => percentOf(share(month))),
      display: months.map((month) => percentText(share(month), ctx)),
    },
  };
}

function percentOf(counted: Counted | undefined): number | null {
  return counted?.denominator ? (counted.numerator * 100) / counted.denominator : null;
}

function percentText(counted: Counted | undefined, ctx: Ctx): string {
  return counted ? formatPercent(counted.numerator, counted.denominator, ctx.locale) : MISSING;
}

/** A number that opens its list. */
export type Cell = { display: string; value: number | null; href: string | null };

export type GroupRow = {
  key: string;
  label: string;
  received: Cell;
  decided: Cell;
  onTime: Cell;
  overdue: Cell;
};

/**
 * A row for every part of the commune that has any number, the busiest first; six queries whatever the rows.
 * @param question its scope is `commune`
 */
export async function tableBy(
  ctx: Ctx,
  group: Group,
  question: MeasureQuestion,
  page: string,
): Promise<GroupRow[]> {
  const measures = {
    received: dossierMeasureOf('received'),
    onTime: dossierMeasureOf('on_time_share'),
    overdue: dossierMeasureOf('overdue'),
  };
  const received = await countedBy(ctx, measures.received, question, group);
  const onTime = await countedBy(ctx, measures.onTime, question, group);
  const overdue = await countedBy(ctx, measures.overdue, question, group);
  const names = await namesOf(ctx, group);
  const keys = [...new Set([...received.keys(), ...onTime.keys(), ...overdue.keys()])];
  const rows = keys.map((key): GroupRow => {
    const asked = { ...question, scope: `${group}:${key}` };
    const plain = (measure: DossierMeasure, value: number, part?: 'denominator'): Cell => ({
      display: formatNumber(value, { locale: ctx.locale }),
      value,
      href: value > 0 ? recordsAddress(page, measure.name, asked, part) : null,
    });
    const timely = onTime.get(key);
    return {
      key,
      label: names(key),
      received: plain(measures.received, received.get(key)?.numerator ?? 0),
      decided: plain(measures.onTime, timely?.denominator ?? 0, 'denominator'),
      onTime: {
        display: percentText(timely, ctx),
        value: percentOf(timely),
        href: timely?.numerator ? recordsAddress(page, measures.onTime.name, asked) : null,
      },
      overdue: plain(measures.overdue, overdue.get(key)?.numerator ?? 0),
    };
  });
  return rows.sort((a, b) => (b.received.value ?? 0) - (a.received.value ?? 0) || (a.key < b.key ? -1 : 1));
}

/** How the parts of the commune are called; `none` and whatever is not known any more: a dash. */
export async function namesOf(ctx: Ctx, group: Group): Promise<(key: string) => string> {
  allow(ctx, 'services.figures.see');
  if (group === 'channel') return (key) => (key === NONE ? MISSING : channelWords(key, ctx.locale));
  const names = await nameMap(ctx, group);
  return (key) => names.get(key) ?? MISSING;
}

async function nameMap(ctx: Ctx, group: Exclude<Group, 'channel'>): Promise<Map<string, string>> {
  if (group === 'procedure') return procedureNames(ctx);
  if (group === 'hamlet') {
    return new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
  }
  return new Map((await listOfficials(ctx, 'ever')).map(({ id, fullName }) => [id, fullName]));
}
