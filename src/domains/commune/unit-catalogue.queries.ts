/** Asking the catalogue of administrative units. */
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { localDateOf, type LocalDate } from '#kernel/time';
import {
  catalogueUnits,
  figuresOn,
  predecessorsOf,
  searchUnits,
  successorsOf,
  type Box,
  type CatalogueUnit,
  type Counted,
} from './unit-catalogue.ts';
import { listUnits } from './unit.queries.ts';

export type UnitDetail = {
  unit: CatalogueUnit;
  partOf: CatalogueUnit | null;
  predecessors: CatalogueUnit[];
  successors: CatalogueUnit[];
  /** As of the day asked for. */
  figures: Counted[];
  on: LocalDate;
};

/** Units by present or former name or by code; the name needs no accents. @param on see `searchUnits` */
export async function findCatalogueUnits(
  ctx: Ctx,
  { q = '', on = null }: { q?: string; on?: LocalDate | null } = {},
): Promise<CatalogueUnit[]> {
  allow(ctx, 'commune.unit.see');
  return searchUnits(catalogueUnits(), q, on);
}

/** One unit with its neighbours in time and its figures as of a day. @throws AppError `commune.unit.not_found` (404) */
export async function getCatalogueUnit(ctx: Ctx, id: string, on?: LocalDate): Promise<UnitDetail> {
  allow(ctx, 'commune.unit.see');
  const units = catalogueUnits();
  const unit = mustExist(
    units.find((one) => one.id === id),
    'commune.unit',
  );
  const day = on ?? localDateOf(ctx.now);
  return {
    unit,
    partOf: units.find((one) => one.id === unit.partOf) ?? null,
    predecessors: predecessorsOf(units, unit),
    successors: successorsOf(units, unit),
    figures: figuresOn(unit, day),
    on: day,
  };
}

/** The rectangle around what this commune is and was, as far as the catalogue knows; null where it knows none. */
export async function communeBox(ctx: Ctx): Promise<Box | null> {
  allow(ctx, 'commune.unit.see');
  const own = await listUnits(ctx);
  const boxes = catalogueUnits()
    .filter((unit) => own.some((one) => one.officialCode === unit.code && one.name === unit.name))
    .flatMap(({ box }) => box ?? []);
  if (boxes.length === 0) return null;
  return {
    south: Math.min(...boxes.map((box) => box.south)),
    west: Math.min(...boxes.map((box) => box.west)),
    north: Math.max(...boxes.map((box) => box.north)),
    east: Math.max(...boxes.map((box) => box.east)),
  };
}
