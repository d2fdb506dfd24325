/** An entry of the diary, as a phone or a form sends it. Pure. */
import { z } from 'zod';
import type { ErrorParams } from '#kernel/errors';
import { Id, line, lines, optional } from '#kernel/input';
import { addDays, localDateOf, type LocalDate } from '#kernel/time';
import { DOSE_UNITS } from '../input/dose.ts';

export const ENTRY_KINDS = ['care', 'fertilise', 'spray', 'irrigate', 'pick', 'other'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What was picked: đinh, nõn tôm, tôm nõn, one bud with two leaves, móc câu, búp. */
export const GRADES = ['dinh', 'non_tom', 'tom_non', 'mot_tom_hai_la', 'moc_cau', 'bup'] as const;
export type Grade = (typeof GRADES)[number];

export const AMOUNT_UNITS = ['kg', 'g', 'l', 'ml', 'bag'] as const;

const amount = z.number().positive('input.too_small').max(1_000_000, 'input.too_big');
const note = optional(lines(500)).default(null);

const Spray = z.strictObject({
  product_code: z.string().regex(/^[a-z0-9_]{2,40}$/, 'input.unknown'),
  stock_id: optional(Id).default(null),
  dose: amount,
  dose_unit: z.enum(DOSE_UNITS),
  area_m2: z.int().positive().max(10_000_000, 'input.too_big'),
  water_l: amount.nullable().default(null),
  pest: line(100),
  weather: optional(line(100)).default(null),
  sprayer_name: optional(line(100)).default(null),
  containers_returned: z.boolean().nullable().default(null),
  note,
});

const Fertilise = z
  .strictObject({
    product_code: optional(z.string().regex(/^[a-z0-9_]{2,40}$/, 'input.unknown')).default(null),
    name: optional(line(100)).default(null),
    stock_id: optional(Id).default(null),
    amount,
    unit: z.enum(AMOUNT_UNITS),
    note,
  })
  .refine(({ product_code, name }) => product_code !== null || name !== null, {
    message: 'input.missing',
    path: ['name'],
  });

const Pick = z.strictObject({
  /** Grams of fresh leaf. */
  leaf_g: z.int().positive('input.too_small').max(100_000_000, 'input.too_big'),
  grade: z.enum(GRADES),
  pickers: z.int().positive().max(1_000).nullable().default(null),
  note,
});

const Work = z.strictObject({ what: line(150), note });

const DETAILS = { spray: Spray, fertilise: Fertilise, pick: Pick, irrigate: Work, care: Work, other: Work };

/** `2026-03-01T06:30:00+07:00`; years that a diary can have. */
const Instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((at) => at.getTime() > Date.UTC(2000, 0) && at.getTime() < Date.UTC(2200, 0), 'input.bad_date');

const common = {
  /** Made on the phone; the same id is the same entry, however often it comes. */
  id: Id,
  happened_at: Instant,
  /** By the phone's clock. */
  recorded_at: Instant,
  household_id: optional(Id).default(null),
  producer_id: optional(Id).default(null),
  plot_ids: z.array(Id).min(1, 'input.missing').max(200, 'input.too_big'),
  /** The entry that this one puts right: the other stays, and counts no more. */
  corrects: optional(Id).default(null),
  /** What it corrects never happened. */
  voids: z.boolean().default(false),
  /** A refused entry that this one takes the place of. */
  instead_of: optional(Id).default(null),
};

const of = <K extends EntryKind>(kind: K) =>
  z.strictObject({ ...common, kind: z.literal(kind), details: DETAILS[kind] });

export const Entry = z
  .discriminatedUnion('kind', [
    of('spray'),
    of('fertilise'),
    of('pick'),
    of('irrigate'),
    of('care'),
    of('other'),
  ])
  .refine(({ household_id, producer_id }) => (household_id === null) !== (producer_id === null), {
    message: 'input.missing',
    path: ['household_id'],
  })
  .refine(({ corrects, voids }) => !voids || corrects !== null, {
    message: 'input.missing',
    path: ['corrects'],
  })
  .transform((entry) => ({ ...entry, plot_ids: [...new Set(entry.plot_ids)].sort() }));

/** As it is sent. */
export type EntryInput = z.input<typeof Entry>;
/** As it was read. */
export type Entry = z.output<typeof Entry>;
export type SprayDetails = z.output<typeof Spray>;
export type PickDetails = z.output<typeof Pick>;

/** Why, in a code and what its words need. */
export type Reason = { code: string; params: ErrorParams };

/** What became of an entry. The codes of an accepted one are what is not known of it. */
export type Outcome = { id: string; state: 'accepted' | 'refused'; codes: Reason[] };

/** It came more than two days after what it tells of. */
export function isLate(entry: { happenedOn: LocalDate; receivedAt: Date }): boolean {
  return localDateOf(entry.receivedAt) > addDays(entry.happenedOn, 2);
}

/** It was written down, by the phone's clock, later than the day after. */
export function isBackDated(entry: { happenedOn: LocalDate; recordedAt: Date }): boolean {
  return localDateOf(entry.recordedAt) > addDays(entry.happenedOn, 1);
}
