/**
 * The catalogue of administrative units: provinces, districts and communes with codes, validity, predecessors
 * and successors. Law as data: `catalog/units.json`. A code says nothing alone: 05641 names Tức Tranh up to
 * 30/6/2025 and Vô Tranh from 1/7/2025.
 */
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import { foldText } from '#kernel/text';
import { localDate, parseLocalDate, type LocalDate } from '#kernel/time';
import catalogue from './catalog/units.json' with { type: 'json' };

const DateText = z
  .string()
  .refine((text) => parseLocalDate(text) !== undefined, 'not a date YYYY-MM-DD')
  .transform((text) => localDate(text));

export const UNIT_KINDS = ['province', 'district', 'commune'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export const FIGURES = ['area', 'population', 'hamlets', 'tea'] as const;
export type FigureOf = (typeof FIGURES)[number];

/** A rectangle in degrees, WGS 84. */
export const Box = z
  .strictObject({
    south: z.number().min(-90).max(90),
    west: z.number().min(-180).max(180),
    north: z.number().min(-90).max(90),
    east: z.number().min(-180).max(180),
  })
  .refine((box) => box.south < box.north && box.west < box.east, 'an empty rectangle');
export type Box = z.infer<typeof Box>;

/** One value that one source gives for one day. Area in km², tea in hectares, the others are counts. */
const Figure = z.strictObject({
  what: z.enum(FIGURES),
  value: z.number().nonnegative(),
  day: DateText,
  source: z.string().trim().min(1),
  verified: z.boolean(),
});
export type Figure = z.infer<typeof Figure>;

const CatalogueUnit = z.strictObject({
  /** Ours, for addresses; never an official code. */
  id: z.string().regex(/^[a-z0-9-]{2,60}$/),
  code: z
    .string()
    .regex(/^\d{2,5}$/)
    .nullable(),
  kind: z.enum(UNIT_KINDS),
  name: z.string().trim().min(1),
  partOf: z.string().nullable(),
  validFrom: DateText.nullable(),
  /** The last day; null while it exists. */
  validTo: DateText.nullable(),
  successors: z.array(z.string()),
  source: z.string().trim().min(1),
  verified: z.boolean(),
  note: Bilingual.optional(),
  box: Box.optional(),
  figures: z.array(Figure),
});
export type CatalogueUnit = z.infer<typeof CatalogueUnit>;

const Catalogue = z.strictObject({ units: z.array(CatalogueUnit) }).superRefine(({ units }, context) => {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const say = (message: string) => context.addIssue({ code: 'custom', message });
  if (byId.size !== units.length) say('an id stands twice');
  for (const unit of units) {
    for (const id of [unit.partOf, ...unit.successors])
      if (id !== null && !byId.has(id)) say(`${unit.id} names ${id}, which is not here`);
    if (unit.successors.length > 0 && unit.validTo === null) say(`${unit.id} has successors and no last day`);
    for (const other of units)
      if (other !== unit && other.code === unit.code && unit.code !== null && overlap(unit, other))
        say(`${unit.id} and ${other.id} have one code in one time`);
  }
});

function overlap(one: CatalogueUnit, other: CatalogueUnit): boolean {
  const first = (unit: CatalogueUnit) => unit.validFrom ?? '0000';
  const last = (unit: CatalogueUnit) => unit.validTo ?? '9999';
  return one.kind === other.kind && first(one) <= last(other) && first(other) <= last(one);
}

/** @throws ZodError for a catalogue that contradicts itself */
export function parseUnits(input: unknown): CatalogueUnit[] {
  return Catalogue.parse(input).units;
}

let loaded: readonly CatalogueUnit[] | undefined;

/** The catalogue, read once. */
export function catalogueUnits(): readonly CatalogueUnit[] {
  loaded ??= parseUnits(catalogue);
  return loaded;
}

/** Whether the unit exists on that day. */
export function unitExistsOn(unit: Pick<CatalogueUnit, 'validFrom' | 'validTo'>, day: LocalDate): boolean {
  return (unit.validFrom ?? day) <= day && day <= (unit.validTo ?? day);
}

const KIND_WORDS = /^(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran) /;

/**
 * Units whose name, or whose predecessors' or successors' name, holds the words typed (no accents needed); those
 * named so themselves stand first. A code finds only the units that bear it, nothing typed finds all.
 * @param on the day on which they must exist; `null`: whenever
 */
export function searchUnits(
  units: readonly CatalogueUnit[],
  typed: string,
  on: LocalDate | null = null,
): CatalogueUnit[] {
  const asked = foldText(typed).replace(KIND_WORDS, '').trim();
  const there = units.filter((unit) => on === null || unitExistsOn(unit, on));
  if (asked === '') return [...there];
  const own = (unit: CatalogueUnit) => unit.code === asked || ` ${foldText(unit.name)}`.includes(` ${asked}`);
  const first = there.filter(own);
  if (/^\d+$/.test(asked)) return first;
  const related = there.filter(
    (unit) =>
      !own(unit) && [...predecessorsOf(units, unit), ...successorsOf(units, unit)].some((one) => own(one)),
  );
  return [...first, ...related];
}

/** The units that became part of this one. */
export function predecessorsOf(units: readonly CatalogueUnit[], unit: CatalogueUnit): CatalogueUnit[] {
  return units.filter(({ successors }) => successors.includes(unit.id));
}

/** The units that this one became part of. */
export function successorsOf(units: readonly CatalogueUnit[], unit: CatalogueUnit): CatalogueUnit[] {
  return units.filter(({ id }) => unit.successors.includes(id));
}

/** One thing counted, as every source gives it up to a day: newest first, the latest of each source. */
export type Counted = { what: FigureOf; values: Figure[]; disagree: boolean };

/**
 * A unit's figures as of a day. Of one source its latest value counts; sources stand side by side, nothing is
 * averaged or chosen. `disagree` says that they do not give one number.
 */
export function figuresOn(unit: Pick<CatalogueUnit, 'figures'>, day: LocalDate): Counted[] {
  return FIGURES.flatMap((what) => {
    const known = unit.figures.filter((figure) => figure.what === what && figure.day <= day);
    const latest = new Map<string, Figure>();
    for (const figure of known) {
      const before = latest.get(figure.source);
      if (!before || before.day < figure.day) latest.set(figure.source, figure);
    }
    const values = [...latest.values()].sort((a, b) => (a.day < b.day ? 1 : -1));
    const disagree = new Set(values.map(({ value }) => value)).size > 1;
    return values.length > 0 ? [{ what, values, disagree }] : [];
  });
}
