import { z } from 'zod';
import { communeBox, isNamed, listHamlets, type Hamlet } from '#domain/commune';
import { householdRefs, type HouseholdRef } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { checked, Day, Id, line, optional } from '#kernel/input';
import { allow, hamletsWhere } from '#kernel/rights';
import { foldText } from '#kernel/text';
import { columnOf } from '../file/columns.ts';
import type { FeatureFault } from '../file/fault.ts';
import { readPlotFile, type ReadFeature, type ReadFile } from '../file/read-file.ts';
import { cultivarNamed } from './cultivar.ts';
import type { Entered } from './enter.ts';
import { boxOf, type Box } from './geometry.ts';
import { householdOf } from './household.queries.ts';
import { importPlots } from './import.actions.ts';
import type { NewPlot } from './new-plot.ts';
import { overlap } from './overlap.ts';
import { plotsIn } from './overlap.queries.ts';

const Asked = z.object({
  fileName: line(200),
  /** See `System` of file/projection.ts. */
  system: line(40).default('auto'),
  /** The hamlet of shapes that name none. */
  hamletId: Id,
  from: Day,
  accuracyM: z.number().min(0).max(10_000).nullable().default(null),
  /** Shapes that lie on plots of the register are taken as well. */
  overlapsToo: z.boolean().default(false),
  areaId: optional(Id).default(null),
});
export type ImportAsked = z.input<typeof Asked>;
type Given = z.output<typeof Asked>;

export type ImportLine = {
  row: number;
  name: string | null;
  hamlet: string;
  household: string | null;
  areaM2: number;
};

export type ImportReport = Pick<ReadFile, 'format' | 'system' | 'faults'> & {
  plots: ImportLine[];
  /** What was written, in the order of `plots`; null where something is wrong or it was only looked through. */
  written: Entered[] | null;
};

/**
 * Looks a map file through and, where it is told to and nothing is wrong, writes its plots: all or none.
 * @throws AppError `farming.file.*` (422) for a file that cannot be read; `input.invalid`
 */
export async function importMapFile(
  ctx: Ctx,
  bytes: Uint8Array,
  input: ImportAsked,
  write: boolean,
): Promise<ImportReport> {
  allow(ctx, 'farming.plot.import', { kind: 'plot', hamlet_id: input.hamletId }, { file: input.fileName });
  const given = checked(Asked, input);
  const file = readPlotFile(bytes, given.system, await communeBox(ctx));
  const known = await knownOf(ctx, given, file.features);
  const read = file.features.map((feature) => lineOf(feature, given, known));
  const faults = [...file.faults, ...read.flatMap((one) => ('code' in one ? [one] : []))];
  const lines = read.filter((one): one is Line => !('code' in one));
  const written =
    write && faults.length === 0
      ? await importPlots(
          ctx,
          lines.map(({ plot }) => plot),
        )
      : null;
  const { format, system } = file;
  return {
    format,
    system,
    faults: faults.toSorted((a, b) => a.row - b.row),
    plots: lines.map(({ shown }) => shown),
    written,
  };
}

type Known = {
  hamlets: readonly Hamlet[];
  households: ReadonlyMap<string, readonly HouseholdRef[]>;
  neighbours: Awaited<ReturnType<typeof plotsIn>>;
};

async function knownOf(ctx: Ctx, given: Given, features: readonly ReadFeature[]): Promise<Known> {
  const mine = hamletsWhere(ctx, 'farming.plot.import');
  const hamlets = (await listHamlets(ctx)).filter(({ id }) => mine === 'all' || mine.includes(id));
  const asked = features.some(({ attributes }) => columnOf(attributes, 'household') !== null);
  const refs = asked ? await householdRefs(ctx, mine === 'all' ? {} : { hamletId: given.hamletId }) : [];
  const neighbours = features.length === 0 || given.overlapsToo ? [] : await plotsIn(ctx, around(features));
  return { hamlets, households: Map.groupBy(refs, ({ hamletId }) => hamletId), neighbours };
}

function around(features: readonly ReadFeature[]): Box {
  const boxes = features.map(({ geometry }) => boxOf(geometry));
  const all = (side: keyof Box, pick: (a: number, b: number) => number) =>
    boxes.map((box) => box[side]).reduce((a, b) => pick(a, b));
  return {
    west: all('west', Math.min),
    south: all('south', Math.min),
    east: all('east', Math.max),
    north: all('north', Math.max),
  };
}

type Line = { plot: NewPlot; shown: ImportLine };

/** A shape as a new plot, or what is wrong with what the file says of it. */
function lineOf(
  { row, name, attributes, geometry, areaM2 }: ReadFeature,
  given: Given,
  { hamlets, households, neighbours }: Known,
): Line | FeatureFault {
  const fault = (code: string, params: FeatureFault['params']): FeatureFault => ({ row, name, code, params });
  const called = columnOf(attributes, 'hamlet');
  const hamlet =
    called === null ? hamlets.find(({ id }) => id === given.hamletId) : hamletCalled(hamlets, called);
  if (!hamlet) return fault('farming.import.unknown_hamlet', { hamlet: called ?? '–' });
  const number = columnOf(attributes, 'household');
  const household = number === null ? null : householdOf(households.get(hamlet.id) ?? [], number);
  if (household === undefined)
    return fault('farming.import.unknown_household', { number: number ?? '–', hamlet: hamlet.name });
  const lies = neighbours.find((other) => overlap(other.geometry, geometry));
  if (lies) return fault('farming.import.overlaps', { plot: lies.code });
  const stated = Math.round(Number(columnOf(attributes, 'area')?.replace(',', '.') ?? Number.NaN));
  if (geometry.type === 'Point' && !(stated > 0)) return fault('farming.import.no_area', {});
  const year = Number(columnOf(attributes, 'plantedYear') ?? Number.NaN);
  const cultivar = cultivarNamed(columnOf(attributes, 'cultivar') ?? '');
  const plot: NewPlot = {
    hamletId: hamlet.id,
    householdId: household?.id ?? null,
    areaId: given.areaId,
    name: name?.slice(0, 100) ?? null,
    geometry,
    areaM2: geometry.type === 'Point' ? stated : null,
    accuracyM: given.accuracyM,
    madeBy: 'import',
    source: { name: given.fileName, row },
    from: given.from,
    cultivar,
    plantedYear: cultivar !== null && Number.isInteger(year) && year >= 1900 && year <= 2200 ? year : null,
  };
  const shown = { row, name, hamlet: hamlet.name, household: household?.headName ?? null };
  return { plot, shown: { ...shown, areaM2: geometry.type === 'Point' ? stated : areaM2 } };
}

function hamletCalled(hamlets: readonly Hamlet[], called: string): Hamlet | undefined {
  const bare = (text: string) => foldText(text).replace(/^(?:xom|thon|ban) /, '');
  return (
    hamlets.find(({ name }) => bare(name) === bare(called)) ?? hamlets.find((one) => isNamed(one, called))
  );
}
