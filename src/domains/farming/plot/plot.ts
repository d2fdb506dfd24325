/** A plot: a piece of land with one crop, as it is looked after. Pure. */
import type { Span } from '#kernel/span';
import { foldText, words } from '#kernel/text';
import type { LocalDate } from '#kernel/time';
import type { Geometry } from './geometry.ts';

/** How water comes to a plot. */
export const IRRIGATIONS = ['rain', 'hand', 'hose', 'sprinkler', 'drip'] as const;
export type Irrigation = (typeof IRRIGATIONS)[number];

/** How a shape came about. */
export const MADE_BY = ['draw', 'walk', 'import', 'typed', 'demo'] as const;
export type MadeBy = (typeof MADE_BY)[number];

export type PlotShape = {
  version: number;
  validFrom: LocalDate;
  geometry: Geometry;
  /** Whole square metres. */
  areaM2: number;
  /** How far a corner may be off, in metres. */
  accuracyM: number | null;
  madeBy: MadeBy;
  source: { name: string; row: number | null } | null;
  recordedAt: Date;
};

/** Who works a plot: a household, or a producer by itself. */
export type Holder = Span & { householdId: string | null; producerId: string | null };
export type AreaLink = Span & { areaId: string };
export type Planting = Span & {
  id: string;
  cultivar: string;
  plantedYear: number | null;
  /** Its part of the plot in square metres; null for the whole. */
  areaM2: number | null;
};

export type PlotCore = Span & {
  id: string;
  /** `KC-0012`. */
  code: string;
  hamletId: string;
  name: string | null;
  /** Mean slope in degrees. */
  slopeDeg: number | null;
  irrigation: Irrigation | null;
  note: string | null;
  version: number;
  demo: boolean;
};

export type Plot = PlotCore & {
  /** Newest first, each. */
  holders: Holder[];
  areas: AreaLink[];
  shapes: PlotShape[];
  plantings: Planting[];
};

/** What holds of a plot on one day, as lists show it. */
export type PlotLine = PlotCore & {
  householdId: string | null;
  producerId: string | null;
  areaId: string | null;
  areaM2: number | null;
  cultivar: string | null;
  plantedYear: number | null;
};

/** The version that holds on a day: the newest of those that began by then. */
export function shapeOn<S extends Pick<PlotShape, 'validFrom' | 'version'>>(
  shapes: readonly S[],
  day: LocalDate,
): S | null {
  return shapes
    .filter(({ validFrom }) => validFrom <= day)
    .reduce<S | null>((best, one) => (best && best.version > one.version ? best : one), null);
}

/** `KC`, `12` → `KC-0012`. */
export function plotCode(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(4, '0')}`;
}

/** A plot code in any usual writing (`kc 12`, `KC12`, `kc-0012`); undefined where it cannot be one. */
export function readPlotCode(typed: string): string | undefined {
  const found = /^([A-Z][A-Z0-9]{0,4}[A-Z]|[A-Z][A-Z0-9]{1,5}(?=[\s.–-]))[\s.–-]*0*(\d{1,6})$/.exec(
    foldText(typed).toUpperCase().trim(),
  );
  return found ? plotCode(found[1]!, Number(found[2])) : undefined;
}

/**
 * Letters with which a hamlet's plot codes begin: the initials of its name, numbers whole (`Khe Cốc` → KC, `Mẫu 12`
 * → M12); more letters of it where that is taken.
 */
export function prefixFor(name: string, taken: ReadonlySet<string>): string {
  const parts = words(name).map((word) => word.toUpperCase().replace(/[^A-Z0-9]/g, ''));
  const named = parts.filter((part) => part !== '' && !['XOM', 'THON', 'BAN'].includes(part));
  const initials = named.map((part) => (/^\d/.test(part) ? part : part[0])).join('');
  const letters = named.join('');
  const start = /^[A-Z]/.test(initials) ? initials : `X${initials}`;
  const tries = [start.length > 1 ? start : letters.slice(0, 2), letters.slice(0, 3), letters.slice(0, 4)];
  for (let n = 2; ; n += 1) {
    const found = tries.find((one) => /^[A-Z][A-Z0-9]{1,5}$/.test(one) && !taken.has(one));
    if (found) return found;
    tries.push(`${start.slice(0, 2)}${n}`);
  }
}
