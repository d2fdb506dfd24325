import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { listHamlets } from '#domain/commune';
import type { Ctx, Locale } from '#kernel/context';
import { formatNumber } from '#kernel/format';
import { cellText } from '../../../import/cells.ts';
import { columnLetter, FIELDS, type Columns } from '../../../import/columns.ts';
import { enterList, forgetImport, nameColumns, resumeImport } from '../../../import/import.actions.ts';
import {
  getImport,
  importRows,
  type Import,
  type ImportCounts,
  type ImportRow,
} from '../../../import/import.queries.ts';
import { findingWords } from '../../../import/import-words.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 50;
/** After so long without a sign of the job a person may begin it anew. */
const STANDS_STILL_MS = 60_000;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const show = url.searchParams.get('show') === 'noted' ? 'noted' : 'faulty';
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), 1000);
  const found = await locals.run(async (ctx) => {
    const one = await getImport(ctx, params.id);
    return {
      one,
      hamlets: await listHamlets(ctx),
      sample: await sampleOf(ctx, one),
      found: await importRows(ctx, params.id, { show, offset: (page - 1) * PER_PAGE, limit: PER_PAGE }),
      stands: ctx.now.getTime() - (one.workedAt?.getTime() ?? 0) > STANDS_STILL_MS,
    };
  });
  const { one, hamlets, sample, stands } = found;
  const { counts, total, progress, fileName, state, columns } = one;
  return {
    id: params.id,
    fileName,
    state,
    working: state === 'checking' || state === 'entering',
    stands,
    progress: {
      done: progress,
      total,
      words: `${formatNumber(progress, { locale })} / ${formatNumber(total, { locale })}`,
    },
    counts: countWords(counts, locale),
    anyFaulty: counts.faulty > 0,
    anyGood: counts.new + counts.joins + counts.same > 0,
    naming: namingOf(one, hamlets),
    sample: { ...sample, fields: fieldsOf(columns, sample.width) },
    show,
    rows: found.found.rows.map(lineOf),
    shownTotal: found.found.total,
    page,
    pages: Math.max(1, Math.ceil(found.found.total / PER_PAGE)),
    crumbs: [
      { href: localizeHref('/registry/staff/import'), label: m.registry_nav_import({}, { locale }) },
      { href: url.pathname, label: fileName },
    ],
  };
};

function namingOf({ headRow, on, hamletId }: Import, hamlets: readonly { id: string; name: string }[]) {
  const options = hamlets.map(({ id, name }) => ({ value: id, label: name }));
  return { headRow, on, hamletId: hamletId ?? '', hamlets: options };
}

function countWords(counts: ImportCounts, locale: Locale) {
  const number = (value: number) => formatNumber(value, { locale });
  return {
    people: number(counts.new + counts.joins + counts.same + counts.done + counts.faulty),
    faulty: number(counts.faulty),
    fresh: number(counts.new + counts.joins),
    same: number(counts.same),
    done: number(counts.done),
  };
}

function lineOf({ row, person, cells, findings }: ImportRow) {
  return {
    row,
    name: person?.name || cells.map(cellText).filter(Boolean).slice(0, 3).join(' · '),
    findings: findings.map((finding) => ({ note: finding.note, words: findingWords(finding, row) })),
  };
}

/** The row of the heads and some below it, to see what the columns hold. */
async function sampleOf(ctx: Ctx, { id, headRow, state }: Import) {
  if (state === 'entering' || state === 'done') return { width: 0, heads: [], rows: [] };
  const offset = Math.max(0, headRow - 1);
  const { rows } = await importRows(ctx, id, { show: 'first', offset, limit: 7 });
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const lines = rows.map(({ row, cells }) => {
    return { row, cells: Array.from({ length: width }, (_, at) => cellText(cells[at]).slice(0, 40)) };
  });
  const heads = Array.from({ length: width }, (_, at) => ({
    letter: columnLetter(at),
    text: headRow > 0 ? (lines[0]?.cells[at] ?? '') : '',
  }));
  return { width, heads, rows: headRow > 0 ? lines.slice(1) : lines };
}

function fieldsOf(columns: Columns, width: number): string[] {
  return Array.from({ length: width }, (_, at) => columns[at] ?? '');
}

export const actions: Actions = {
  name: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const columns = Object.fromEntries(
      Object.entries(typed).flatMap(([name, value]) =>
        name.startsWith('column.') && (FIELDS as readonly string[]).includes(value)
          ? [[name.slice('column.'.length), value as (typeof FIELDS)[number]]]
          : [],
      ),
    );
    const { headRow = '', on = '', hamletId } = typed;
    const refused = await attempt(locals, 'name', typed, (ctx) =>
      nameColumns(ctx, params.id, { headRow, on, hamletId, columns }),
    );
    if (refused) return refused;
    redirect(303, localizeHref(`/registry/staff/import/${params.id}`));
  },
  enter: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const mode = typed.mode === 'whole' ? 'whole' : 'part';
    const refused = await attempt(locals, 'enter', typed, (ctx) => enterList(ctx, params.id, mode));
    if (refused) return refused;
    redirect(303, localizeHref(`/registry/staff/import/${params.id}`));
  },
  resume: async ({ locals, params }) => {
    const refused = await attempt(locals, 'resume', {}, (ctx) => resumeImport(ctx, params.id));
    if (refused) return refused;
    redirect(303, localizeHref(`/registry/staff/import/${params.id}`));
  },
  forget: async ({ locals, params }) => {
    const refused = await attempt(locals, 'forget', {}, (ctx) => forgetImport(ctx, params.id));
    if (refused) return refused;
    redirect(303, localizeHref('/registry/staff/import'));
  },
};
