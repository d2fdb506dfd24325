/**
 * The five groups of QĐ 766/QĐ-TTg (100 points). What this program does not know is missing with its reason,
 * never 0; what does not apply to communes counts full. Pure.
 */

export const GROUPS_766 = ['transparency', 'progress', 'digitisation', 'online', 'satisfaction'] as const;
export type Group766 = (typeof GROUPS_766)[number];

/** Why a component has no points of its own. */
export type Missing = 'national_portal' | 'payments' | 'feedback' | 'no_cases';

export type Component = {
  code: string;
  group: Group766;
  most: number;
  /** Null where missing. */
  points: number | null;
  missing: Missing | null;
  /** Does not apply to communes: full marks. */
  notApplicable: boolean;
  /** The measure that it comes from. */
  measure: string | null;
};

/** What the measures say, as shares 0–1; null where there was no case. */
export type Shares766 = {
  progress: number | null;
  electronicResult: number | null;
  digitised: number | null;
  content: number | null;
};

type Known = readonly [code: string, group: Group766, most: number];

const MISSING: readonly (readonly [...Known, Missing])[] = [
  ['published_on_time', 'transparency', 6, 'national_portal'],
  ['updated_on_time', 'transparency', 4, 'national_portal'],
  ['content_complete', 'transparency', 2, 'national_portal'],
  ['status_sync', 'transparency', 6, 'national_portal'],
  ['certified_copies', 'digitisation', 2, 'national_portal'],
  ['data_reuse', 'digitisation', 2, 'national_portal'],
  ['personal_store', 'digitisation', 4, 'national_portal'],
  ['online_payment', 'online', 10, 'payments'],
  ['feedback_on_time', 'satisfaction', 6, 'feedback'],
  ['feedback_content', 'satisfaction', 6, 'feedback'],
];
const NOT_FOR_COMMUNES: readonly Known[] = [
  ['population_data', 'digitisation', 4],
  ['whole_online_share', 'online', 12],
];

/** Every component in the order of the groups. */
export function componentsOf(shares: Shares766): Component[] {
  const all = [
    measured(['progress', 'progress', 20], shares.progress, 'services.dossiers.progress_share'),
    measured(
      ['electronic_result', 'digitisation', 6],
      shares.electronicResult,
      'services.dossiers.electronic_result_share',
    ),
    measured(['digitised', 'digitisation', 4], shares.digitised, 'services.dossiers.digitised_share'),
    measured(['procedure_content', 'satisfaction', 6], shares.content, 'services.satisfaction.content_share'),
    ...NOT_FOR_COMMUNES.map((known) => ({ ...component(known), points: known[2], notApplicable: true })),
    ...MISSING.map(([code, group, most, missing]) => ({ ...component([code, group, most]), missing })),
  ];
  return all.sort((a, b) => GROUPS_766.indexOf(a.group) - GROUPS_766.indexOf(b.group));
}

function component([code, group, most]: Known): Component {
  return { code, group, most, points: null, missing: null, notApplicable: false, measure: null };
}

function measured(known: Known, share: number | null, measure: string): Component {
  const plain = { ...component(known), measure };
  return share === null ? { ...plain, missing: 'no_cases' } : { ...plain, points: plain.most * share };
}

/** Points reached, the most of what is known, and how many points are not known. */
export function sumOf(components: readonly Component[]): { points: number; known: number; missing: number } {
  const known = components.filter((one) => one.points !== null);
  const most = (list: readonly Component[]) => list.reduce((sum, one) => sum + one.most, 0);
  return {
    points: known.reduce((sum, one) => sum + one.points!, 0),
    known: most(known),
    missing: most(components) - most(known),
  };
}
