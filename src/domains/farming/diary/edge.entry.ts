/** One entry with its forms to put it right, on the pages of growers and of officials. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { attemptAll, typedOf } from '#app/attempt';
import { newId } from '#kernel/ids';
import { entryView } from './edge.ts';
import { refusalOf, writeForm } from './edge.page.ts';
import { getEntry, mayCorrect, type DiaryEntry } from './entries.queries.ts';
import { entryQuestions } from './entry-form.ts';
import { stockOf } from '../input/stock.queries.ts';
import { stockOptions } from './stock-options.ts';
import { recordEntries } from './record.actions.ts';

type Event = Pick<RequestEvent, 'locals' | 'request' | 'url'> & { params: { id: string } };

export async function loadEntry({ locals, params, url }: Event) {
  const { entry, open, lots } = await locals.run(async (ctx) => {
    const found = await getEntry(ctx, params.id);
    const may = await mayCorrect(ctx, found);
    return { entry: found, open: may, lots: may ? await stockOf(ctx, found) : [] };
  });
  const stock = stockOptions(lots, entry.details['stock_id']);
  const plots = entry.plots.map(({ id, code }) => ({ value: id, label: code }));
  return {
    entry: entryView(entry, locals.locale),
    questions: open
      ? entryQuestions(entry.kind, { plots, now: entry.happenedAt, known: entry, stock })
      : null,
    ids: { change: newId(), undo: newId() },
    done: url.searchParams.get('done') !== null,
  };
}

/** Writes a correction; `place` is where the entries' pages stand. */
export async function changeEntry(event: Event, place: string) {
  const entry = await event.locals.run((ctx) => getEntry(ctx, event.params.id));
  const typed = await writeForm(event, 'change', entry, entry.kind, { corrects: entry.id });
  if (typed) return typed;
  return backTo(event, place, entry);
}

/** Writes that it never happened. */
export async function undoEntry(event: Event, place: string) {
  const entry = await event.locals.run((ctx) => getEntry(ctx, event.params.id));
  const typed = await typedOf(event.request);
  const refused = await attemptAll(event.locals, 'undo', typed, async () => {
    const input = { ...sentOf(entry), id: typed['id'], corrects: entry.id, voids: true };
    const [outcome] = await event.locals.run((ctx) => recordEntries(ctx, [input]));
    refusalOf(outcome!, event.locals.locale);
  });
  if (refused) return refused;
  return backTo(event, place, entry);
}

function backTo({ locals }: Event, place: string, { id }: DiaryEntry): Promise<never> {
  return locals
    .run((ctx) => getEntry(ctx, id))
    .then(({ correctedBy }) => {
      redirect(303, `${place}/${correctedBy ?? id}?done=1`);
    });
}

/** The entry as it was sent. */
function sentOf(entry: DiaryEntry): Record<string, unknown> {
  return {
    kind: entry.kind,
    happened_at: entry.happenedAt.toISOString(),
    recorded_at: new Date().toISOString(),
    household_id: entry.householdId,
    producer_id: entry.producerId,
    plot_ids: entry.plots.map(({ id }) => id),
    details: entry.details,
  };
}
