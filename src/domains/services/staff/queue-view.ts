/** The work queue as the page and the spreadsheet show it. */
import { listHamlets } from '#domain/commune';
import { listOfficials, type Official } from '#domain/registry';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { inLocale } from '#kernel/bilingual';
import type { Ctx } from '#kernel/context';
import { localDateOf } from '#kernel/time';
import { allow } from '#kernel/rights';
import type { NavItem } from '#ui/types.ts';
import { CHANNELS, stateOf, STATES, type Channel, type State } from '../dossier/dossier.ts';
import { desksOf } from '../dossier/officer.ts';
import { getProcedureVersion, publishedOn } from '../procedure.queries.ts';
import { addressOf, type QueueAddress } from '../queue/address.ts';
import { countQueue, QUEUE_SORTS, QUEUE_VIEWS, type QueueRow } from '../queue/queue.queries.ts';
import { procedureName, stateLabel, stateWords } from '../words.ts';
import { CHANNEL_WORDS, SORT_WORDS, VIEW_WORDS } from './desk-words.ts';
import { dueView } from './due.ts';

/** Counted no further: what is over it is told as "more than". */
const MOST_IN_TAB = 999;

/** Names that rows speak of, read once for a page. */
export type Names = {
  officials: ReadonlyMap<string, Official>;
  hamlets: ReadonlyMap<string, string>;
  covered: ReadonlySet<string>;
};

export async function readNames(ctx: Ctx): Promise<Names> {
  const officials = await listOfficials(ctx, 'ever');
  const hamlets = await listHamlets(ctx, { on: 'ever' });
  return {
    officials: new Map(officials.map((one) => [one.id, one])),
    hamlets: new Map(hamlets.map(({ id, name }) => [id, name])),
    covered: new Set((await desksOf(ctx)).covered),
  };
}

/** One line of the list. */
export async function rowView(ctx: Ctx, row: QueueRow, names: Names) {
  allow(ctx, 'services.dossier.list');
  const procedure = await getProcedureVersion(ctx, row.procedure_code, row.procedure_version);
  const state = stateOf(row.state);
  const step = procedure.steps[row.step];
  return {
    id: row.id,
    href: localizeHref(`/services/staff/${row.id}`),
    code: row.code,
    procedure: procedureName(procedure, ctx.locale),
    applicant: row.applicant_name,
    hamlet: row.hamlet_id && (names.hamlets.get(row.hamlet_id) ?? null),
    channel: CHANNEL_WORDS[row.channel as Channel](),
    state: stateLabel(state),
    step: state === 'processing' && step ? inLocale(step.name, ctx.locale) : null,
    assignee: row.assignee_id && (names.officials.get(row.assignee_id)?.fullName ?? null),
    covered: row.assignee_id !== null && names.covered.has(row.assignee_id),
    due: dueView(row, ctx.now, ctx.locale),
  };
}
export type RowView = Awaited<ReturnType<typeof rowView>>;

/** The views with how much stands in each. */
export async function viewTabs(ctx: Ctx, queue: QueueAddress): Promise<NavItem[]> {
  allow(ctx, 'services.dossier.list');
  const tabs: NavItem[] = [];
  for (const view of QUEUE_VIEWS) {
    const count = await countQueue(ctx, { view }, MOST_IN_TAB + 1);
    tabs.push({
      href: `?view=${view}`,
      label: VIEW_WORDS[view](),
      current: view === queue.view,
      count:
        count > MOST_IN_TAB ? m.services_queue_count_more({ count: MOST_IN_TAB.toString() }) : String(count),
    });
  }
  return tabs;
}

type Option = { value: string; label: string; selected: boolean };

/** What the filters offer, with what is chosen. */
export async function filterOptions(ctx: Ctx, queue: QueueAddress, names: Names) {
  allow(ctx, 'services.dossier.list');
  const today = localDateOf(ctx.now);
  const order = new Intl.Collator(ctx.locale);
  const options = (list: Iterable<readonly [value: string, label: string]>, chosen?: string): Option[] =>
    [...list].map(([value, label]) => ({ value, label, selected: value === chosen }));
  const procedures = (await publishedOn(ctx, today))
    .map((one) => [one.code, procedureName(one, ctx.locale)] as const)
    .sort((a, b) => order.compare(a[1], b[1]));
  const officials = (await listOfficials(ctx, today)).map((one) => [one.id, one.fullName] as const);
  if (queue.assignee && !officials.some(([id]) => id === queue.assignee))
    officials.push([queue.assignee, names.officials.get(queue.assignee)?.fullName ?? queue.assignee]);
  const states = (Object.keys(STATES) as State[]).map((state) => [state, stateWords(state)] as const);
  return {
    procedures: options(procedures, queue.procedure),
    states: options(states, queue.state),
    hamlets: options(names.hamlets, queue.hamlet),
    officials: options(officials, queue.assignee),
    channels: options(
      CHANNELS.map((one) => [one, CHANNEL_WORDS[one]()] as const),
      queue.channel,
    ),
    sorts: options(
      QUEUE_SORTS.map((one) => [one, SORT_WORDS[one]()] as const),
      queue.sort,
    ),
  };
}

/** The address of a page of the same list. */
export function pageHref(queue: QueueAddress, page: number): string {
  return `?${addressOf({ ...queue, page })}`;
}
