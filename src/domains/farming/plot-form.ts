/** The questions about a plot, and the answers as the verbs take them. */
import { m } from '#i18n/messages';
import { getLocale } from '#i18n/runtime';
import type { Question } from '#ui/form/short-form.ts';
import { CULTIVAR_CODES, cultivarWords } from './plot/cultivar.ts';
import { IRRIGATIONS, type Irrigation, type PlotCore } from './plot/plot.ts';
import { irrigationWords } from './words.ts';

type Option = { value: string; label: string };
type Typed = Readonly<Record<string, string>>;

/** What a plot is called and how it lies. */
export function describedQuestions(known?: PlotCore): Question[] {
  return [
    {
      kind: 'line',
      name: 'name',
      label: m.farming_name(),
      help: m.farming_name_help(),
      optional: true,
      value: known?.name,
    },
    {
      kind: 'line',
      name: 'slopeDeg',
      label: m.farming_slope(),
      size: 'short',
      optional: true,
      value: known?.slopeDeg == null ? null : String(known.slopeDeg),
    },
    {
      kind: 'list',
      name: 'irrigation',
      label: m.farming_water(),
      optional: true,
      options: IRRIGATIONS.map((value) => ({ value, label: irrigationWords(value, getLocale()) })),
      value: known?.irrigation,
    },
  ];
}

/** Where it is, whose it is, what stands on it. */
export function placeQuestions(hamlets: readonly Option[], hamletId: string): Question[] {
  return [
    { kind: 'list', name: 'hamletId', label: m.farming_hamlet(), options: hamlets, value: hamletId },
    householdQuestion(),
  ];
}

export function householdQuestion(): Question {
  return {
    kind: 'line',
    name: 'household',
    label: m.farming_household_number(),
    help: m.farming_household_help(),
    size: 'short',
    optional: true,
  };
}

export function plantingQuestions(): Question[] {
  return [
    {
      kind: 'list',
      name: 'cultivar',
      label: m.farming_cultivar(),
      optional: true,
      options: CULTIVAR_CODES.map((value) => ({ value, label: cultivarWords(value, getLocale()) })),
    },
    { kind: 'line', name: 'plantedYear', label: m.farming_planted_year(), size: 'short', optional: true },
  ];
}

export function shapeQuestions(corners = ''): Question[] {
  return [
    {
      kind: 'text',
      name: 'corners',
      label: m.farming_corners(),
      help: m.farming_corners_help(),
      rows: 6,
      value: corners,
    },
    {
      kind: 'line',
      name: 'areaM2',
      label: m.farming_point_area(),
      help: m.farming_point_area_help(),
      size: 'short',
      optional: true,
    },
  ];
}

export function dayQuestion(name: string, label: string, value?: string): Question {
  return { kind: 'line', type: 'date', name, label, value };
}

/** A whole number that was typed; null for nothing, NaN (which the verbs refuse) for anything else. */
function whole(text: string | undefined): number | null {
  const bare = (text ?? '').trim();
  return bare === '' ? null : Number(bare.replace(',', '.'));
}

export function describedInput(typed: Typed) {
  return {
    name: typed['name'],
    slopeDeg: whole(typed['slopeDeg']),
    irrigation: (typed['irrigation'] || null) as Irrigation | null,
  };
}

export function plantingInput(typed: Typed) {
  return { cultivar: typed['cultivar'] || null, plantedYear: whole(typed['plantedYear']) };
}

export function areaInput(typed: Typed): number | null {
  return whole(typed['areaM2']);
}
