import type { Ctx } from '#kernel/context';
import { formatDate } from '#kernel/format';
import { pageIn } from '#kernel/pager';
import { localDateOf } from '#kernel/time';
import { entryRow, reasonWords } from './edge.ts';
import { kindIn, openDiary, signInFirst, type HolderChoice } from './edge.page.ts';
import { listEntries, type EntryFilter } from './entries.queries.ts';
import { ENTRY_KINDS } from './entry.ts';
import { pickGate } from './picks.queries.ts';
import { holderWords } from './holder-words.ts';
import { listRefusals } from './refusals.queries.ts';
import { kindWords } from './words.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

/** A household's diary, for its people and its technician. */
export const load: PageServerLoad = async (event) => {
  signInFirst(event);
  const { locals, url } = event;
  const { locale } = locals;
  const { choices, open, plots, group } = await openDiary(event);
  if (!open) return { diary: null };
  const page = pageIn(url.searchParams);
  const kind = kindIn(url.searchParams.get('kind'));
  const range = { kind, offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
  const found = await locals.run((ctx) => readDiary(ctx, open, plots, range));
  return {
    diary: {
      holder: open.id,
      name: holderWords(open),
      group,
      choices: choices.map((one) => ({ id: one.id, label: holderWords(one) })),
      kind: kind ?? '',
      kinds: ENTRY_KINDS.map((value) => ({ value, label: kindWords(value, locale) })),
      rows: found.items.map((entry) => entryRow(entry, locale)),
      page,
      pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
      total: found.total,
      first: (page - 1) * PER_PAGE + 1,
      closed: found.closed.map(({ code, gate }) => ({
        code,
        until: gate.earliest && formatDate(gate.earliest, locale),
      })),
      refusals: found.refusals.map(({ id, codes, at }) => ({
        id,
        day: formatDate(at, locale),
        why: codes.map((code) => reasonWords(code, locale)).join(' '),
      })),
      done: url.searchParams.get('done') !== null,
    },
  };
};

async function readDiary(
  ctx: Ctx,
  { householdId, producerId }: HolderChoice,
  plots: readonly { id: string; code: string }[],
  range: EntryFilter,
) {
  const holder = { ...(householdId && { householdId }), ...(producerId && { producerId }) };
  const today = localDateOf(ctx.now);
  const gates = [];
  for (const { id, code } of plots) gates.push({ code, gate: await pickGate(ctx, [id], today) });
  return {
    ...(await listEntries(ctx, { ...holder, ...range })),
    refusals: householdId ? await listRefusals(ctx, { householdId, limit: 10 }) : [],
    closed: gates.filter(({ gate }) => gate.verdict !== 'allowed'),
  };
}
