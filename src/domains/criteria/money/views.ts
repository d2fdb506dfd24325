/** Money as its pages for everybody show it. */
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatMoney, type Locale } from '#kernel/format';
import type { Givers } from './donors.queries.ts';
import { sumsOf, type Sums } from './ledger.ts';
import type { PilotMoney, WorkMoney, workLedger } from './overview.queries.ts';
import { entryWords, formWords, fundKindWords, inKindWords, stepWords, sumWords } from './words.ts';

type Ledger = Awaited<ReturnType<typeof workLedger>>;

/** A work in a list. */
export function workView({ id, title, sums, inKind }: WorkMoney, locale: Locale) {
  return {
    id,
    title: title[locale],
    href: localizeHref(`/criteria/money/${id}`),
    ...sumWords(sums, locale),
    inKind: inKindWords(inKind, locale),
  };
}

/** A pilot with its works; `amounts` are planned, received and spent, for drawing only. */
export function pilotView(pilot: PilotMoney, locale: Locale) {
  const planned = pilot.state + pilot.other;
  const amounts: [number, number, number] = [
    Number(planned),
    Number(pilot.sums.received),
    Number(pilot.sums.spent),
  ];
  return {
    code: pilot.code,
    title: pilot.title[locale],
    lifts: pilot.lifts.join(', '),
    state: formatMoney(pilot.state, locale),
    other: formatMoney(pilot.other, locale),
    planned: formatMoney(planned, locale),
    ...sumWords(pilot.sums, locale),
    amounts,
    works: pilot.works.map((work) => workView(work, locale)),
  };
}

/** The sums of several. */
export function addSums(all: readonly Sums[]): Sums {
  const steps = ['promised', 'received', 'spent'] as const;
  return sumsOf(all.flatMap((sums) => steps.map((step) => ({ step, amount: sums[step] }))));
}

/** Thanks to those who agreed, and the others as one sum. */
export function giversView({ named, rest }: Givers, locale: Locale) {
  return { named, rest: rest && { money: formatMoney(rest.received, locale), count: rest.count } };
}

/** What the people gave to a work in all, the unnamed among them; null where nothing was. */
export function peopleGave({ entries, givers }: Ledger, locale: Locale): string | null {
  const given = entries.filter(({ kind, step }) => kind === 'people' && step === 'received');
  const sum = given.reduce((total, { amount }) => total + amount, givers.rest?.received ?? 0n);
  return sum > 0n ? formatMoney(sum, locale) : null;
}

/** The sums of a work by funding source. */
export function fundRows({ byFund, funds }: Ledger, locale: Locale) {
  return [...byFund].map(([code, sums]) => {
    const fund = funds.find((one) => one.code === code);
    return {
      code,
      title: fund?.title[locale] ?? code,
      kind: fund ? fundKindWords(fund.kind, locale) : '',
      ...sumWords(sums, locale),
    };
  });
}

/** The entries that everybody may read one by one. */
export function entryRows({ entries, funds, givers, contracts }: Ledger, locale: Locale) {
  return entries.map((entry) => ({
    id: entry.id,
    day: formatDate(entry.onDay, locale),
    step: stepWords(entry.step, locale),
    form: formWords(entry.form, locale),
    fund: funds.find(({ code }) => code === entry.fund)?.title[locale] ?? entry.fund,
    amount: entryWords(entry, locale),
    what: [
      entry.what,
      givers.gifts.get(entry.id),
      contracts.find(({ id }) => id === entry.contractId)?.number,
    ]
      .filter(Boolean)
      .join(' · '),
  }));
}

/** The contracts of a work. */
export function contractRowsView({ contracts }: Ledger, locale: Locale) {
  return contracts.map(({ id, number, contractor, what, amount, signedOn }) => ({
    id,
    number,
    contractor,
    what,
    amount: formatMoney(amount, locale),
    day: formatDate(signedOn, locale),
  }));
}
