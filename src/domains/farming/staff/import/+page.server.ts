import { attempt, textsOf } from '#app/attempt';
import { errorWords } from '#app/words';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { inLocale } from '#kernel/bilingual';
import { refuse } from '#kernel/errors';
import { formatNumber, type Locale } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import { VN2000_SYSTEMS } from '../../file/vn2000.ts';
import { importMapFile, type ImportReport } from '../../plot/import-file.actions.ts';
import { areaWords, landWords } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  if (desk.edit.length === 0) refuse('refused', 403);
  return {
    systems: [
      { value: 'auto', label: m.farming_system_auto({}, { locale }) },
      { value: 'wgs84', label: 'WGS 84' },
      ...VN2000_SYSTEMS.map(({ code, name }) => ({ value: code, label: inLocale(name, locale) })),
    ],
    today: localDateOf(new Date()),
    crumbs: [
      { href: localizeHref('/farming/staff'), label: m.farming_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.farming_import({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const form = await request.formData();
    const typed = textsOf(form);
    const file = form.get('file');
    let report: ImportReport | undefined;
    const refused = await attempt(locals, 'import', typed, async (ctx) => {
      if (!(file instanceof File) || file.size === 0) refuse('farming.file.none');
      const { hamletId = '', system = 'auto', from = '' } = typed;
      const asked = { fileName: file.name, system, hamletId, from, overlapsToo: typed['overlaps'] === 'yes' };
      const bytes = new Uint8Array(await file.arrayBuffer());
      report = await importMapFile(ctx, bytes, asked, typed['write'] === 'yes');
    });
    return refused ?? { report: report && worded(report, locals.locale), typed };
  },
};

/** Longest list of faults that is shown at once. */
const MOST_SHOWN = 200;

function worded({ format, system, faults, plots, written }: ImportReport, locale: Locale) {
  return {
    format: format.toUpperCase(),
    system,
    count: formatNumber(plots.length, { locale }),
    land: landWords(
      plots.reduce((sum, { areaM2 }) => sum + areaM2, 0),
      locale,
    ),
    faultCount: formatNumber(faults.length, { locale }),
    faults: faults.slice(0, MOST_SHOWN).map(({ row, name, code, params }) => ({
      row,
      name,
      words: errorWords(code, params, locale),
      place: placeWords(params, locale),
    })),
    plots: plots.slice(0, MOST_SHOWN).map((one, at) => ({
      ...one,
      area: areaWords(one.areaM2, locale),
      code: written?.[at]?.code ?? null,
    })),
    written: written !== null,
  };
}

/** Where in the file: line of a text, layer and byte of another. */
function placeWords(params: Record<string, string | number>, locale: Locale): string {
  if (params['line'] !== undefined) return m.farming_file_line({ line: params['line'] }, { locale });
  return params['layer'] === undefined ? '' : `${params['layer']}.shp, byte ${params['byte']}`;
}
