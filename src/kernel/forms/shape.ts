import { z } from 'zod';
import { Bilingual } from '../bilingual.ts';
import { Condition, DateRef, FieldRef } from './condition-definition.ts';
import { PERSON_PARTS } from './person.ts';
import { PREFILL_SOURCES } from './prefill-sources.ts';
import { Source } from '../source.ts';

/** Ids start with a letter and are lower case, so that no answer can be named like a built-in property. */
const FieldId = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/)
  .max(60)
  .refine((id) => !(id in {}), 'the name of a built-in property');

/** Shapes of text that a definition may ask for by name; the check itself is in formats.ts. */
export const TEXT_PATTERNS = [
  'person_name',
  'email',
  'tax_code',
  'identity_paper',
  'digits',
  'register_number',
  'clock_time',
] as const;

/** Autocomplete tokens of the HTML standard that these forms use. */
const AUTOCOMPLETE = ['name', 'bday', 'sex', 'tel', 'email', 'street-address', 'organization'] as const;

const common = {
  id: FieldId,
  label: Bilingual,
  help: Bilingual.optional(),
  required: z.boolean().default(false),
  requiredWhen: Condition.optional(),
  showWhen: Condition.optional(),
  prefill: z.enum(PREFILL_SOURCES).optional(),
  autocomplete: z.enum(AUTOCOMPLETE).optional(),
  /** Personal data: masked in lists, logs and exports unless the reader's right says otherwise. */
  personal: z.boolean().default(false),
  /** Checked against the official form; what is not says so on screen. */
  verified: z.boolean().default(false),
};

const Option = z.strictObject({ value: FieldId, label: Bilingual, help: Bilingual.optional() });
const Options = z
  .array(Option)
  .min(2)
  .refine((all) => new Set(all.map((one) => one.value)).size === all.length, 'the same value twice');

const textLimits = {
  minLength: z.int().min(1).optional(),
  maxLength: z.int().min(1).max(10_000).optional(),
};

/** One question with one answer. Money is whole đồng, kept as digits because answers are stored as JSON. */
export const LeafField = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    ...common,
    ...textLimits,
    pattern: z.enum(TEXT_PATTERNS).optional(),
    suggestions: z.array(z.string().min(1)).optional(),
  }),
  z.strictObject({ kind: z.literal('longtext'), ...common, ...textLimits }),
  z.strictObject({
    kind: z.literal('date'),
    ...common,
    /** Also takes a year alone, or a month and year: many elders' papers hold no more. */
    partial: z.boolean().default(false),
    notBefore: DateRef.optional(),
    notAfter: DateRef.optional(),
  }),
  z.strictObject({ kind: z.literal('national_id'), ...common }),
  z.strictObject({ kind: z.literal('phone'), ...common }),
  z.strictObject({
    kind: z.literal('number'),
    ...common,
    /** At least 0 unless this says otherwise. */
    min: z.number().optional(),
    max: z.number().optional(),
    decimals: z.int().min(0).max(6).default(0),
    unit: Bilingual.optional(),
  }),
  z.strictObject({
    kind: z.literal('money'),
    ...common,
    min: z.int().min(0).optional(),
    max: z.int().min(0).optional(),
  }),
  z.strictObject({ kind: z.literal('choice'), ...common, options: Options }),
  z.strictObject({
    kind: z.literal('choices'),
    ...common,
    options: Options,
    atMost: z.int().min(1).optional(),
  }),
  z.strictObject({ kind: z.literal('yes_no'), ...common }),
  /** One of the commune's hamlets; the list comes from the commune, not from the form. */
  z.strictObject({ kind: z.literal('hamlet'), ...common }),
  z.strictObject({
    kind: z.literal('attachment'),
    ...common,
    accept: z.array(z.enum(['application/pdf', 'image/jpeg', 'image/png'])).min(1),
    maxFiles: z.int().min(1).max(20).default(5),
    maxBytes: z.int().min(1).default(10_000_000),
    maxPages: z.int().min(1).default(50),
    /** The paper of the procedure that these files stand for. */
    paper: FieldId.optional(),
  }),
  z.strictObject({ kind: z.literal('declaration'), ...common }),
]);
export type LeafField = z.infer<typeof LeafField>;

/** A place: the hamlet if it is in this commune, and free text (`<id>.hamlet`, `<id>.text`). */
export const PlaceField = z.strictObject({ kind: z.literal('place'), ...common });

/** The usual questions about one person, in the usual order, as `<id>.<part>`. */
const PersonField = z.strictObject({
  kind: z.literal('person'),
  id: FieldId,
  label: Bilingual,
  help: Bilingual.optional(),
  showWhen: Condition.optional(),
  parts: z.array(z.enum(PERSON_PARTS)).min(1),
  requiredParts: z.array(z.enum(PERSON_PARTS)).default([]),
  /** The applicant's own data from the register are offered as answers. */
  prefillFrom: z.literal('applicant').optional(),
  /** Limits of the date of birth (marriage age and the like). */
  born: z.strictObject({ notBefore: DateRef.optional(), notAfter: DateRef.optional() }).optional(),
  verified: z.boolean().default(false),
});

/**
 * Questions under one heading, as `<id>.<field>`. With `repeat` the group stands as many times as
 * the number answered earlier says, as `<id>.<n>.<field>`: no script is needed to add a row.
 */
const GroupField = z.strictObject({
  kind: z.literal('group'),
  id: FieldId,
  label: Bilingual,
  help: Bilingual.optional(),
  showWhen: Condition.optional(),
  repeat: z.strictObject({ count: FieldRef, max: z.int().min(2).max(20) }).optional(),
  fields: z.array(z.discriminatedUnion('kind', [...LeafField.options, PlaceField])).min(1),
});

export const FormField = z.discriminatedUnion('kind', [
  ...LeafField.options,
  PlaceField,
  PersonField,
  GroupField,
]);
export type FormField = z.infer<typeof FormField>;
export type PlaceField = z.infer<typeof PlaceField>;
export type PersonField = z.infer<typeof PersonField>;
export type GroupField = z.infer<typeof GroupField>;

export const FormPage = z.strictObject({
  id: FieldId,
  title: Bilingual,
  help: Bilingual.optional(),
  showWhen: Condition.optional(),
  fields: z.array(FormField).min(1),
});
export type FormPage = z.infer<typeof FormPage>;

/** The shape alone; `FormDefinition` (definition.ts) also checks that its parts fit together. */
export const FormShape = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.int().min(1),
  title: Bilingual,
  intro: Bilingual.optional(),
  /** The official paper form that this one stands for, when there is one. */
  officialForm: z.string().min(1).optional(),
  verified: z.boolean(),
  sources: z.array(Source),
  pages: z.array(FormPage).min(1),
});
export type FormShape = z.infer<typeof FormShape>;
