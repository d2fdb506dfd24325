import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import { Condition } from '#kernel/forms/condition-definition';
import { LIMIT_UNITS } from '#kernel/office-time';
import { Source } from '#kernel/source';
import { Fee } from './fee-rule.ts';

/** A day of the calendar, `YYYY-MM-DD`; days compare as text. */
const Day = z.iso.date();

/** A short name within one procedure: papers, steps, exemptions. */
const Slug = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** Fields of law under which citizens look for a procedure. */
export const FIELDS_OF_LAW = [
  'civil_status',
  'certification',
  'residence',
  'household_business',
  'social_protection',
  'adoption',
  'construction',
] as const;
export const AGENCIES = ['commune_committee', 'commune_police'] as const;
const FieldOfLaw = z.enum(FIELDS_OF_LAW);

/** The three layers of law of the house: to 30/6/2025, from 1/7/2025, from 1/7/2026. */
export const LAW_LAYERS = ['L1', 'L2', 'L3'] as const;
const LawLayer = z.enum(LAW_LAYERS);

/** Amount and unit as the office-time engine takes them; `same_day` has the amount 0. */
const Duration = { amount: z.int().min(0).max(365), unit: z.enum(LIMIT_UNITS) };

/** How long the commune has. What the facts do not give is a missing limit, never a guessed one. */
export const TimeLimit = z
  .strictObject({
    ...Duration,
    /** Received after this hour counts as received on the next working day; null where the rule is unknown here. */
    cutoff: z.literal('15:00').nullable(),
    /** Longer in a case that the law names (verification, correction), on top of the limit. */
    extendedBy: z.strictObject({ ...Duration, when: Bilingual, source: Source }).nullable(),
    /** The limit in the words of the law or of the published procedure. */
    text: Bilingual,
    source: Source,
  })
  .refine((limit) => (limit.unit === 'same_day') === (limit.amount === 0), {
    message: 'services.procedure.limit_amount',
    path: ['amount'],
  });
export type TimeLimit = z.infer<typeof TimeLimit>;

export const ONLINE_LEVELS = ['full', 'partial', 'counter'] as const;

/** NĐ 42/2022 and NĐ 224/2026 art. 14: wholly online is the rule, partly only with a published reason. */
const OnlineService = z
  .strictObject({
    level: z.enum(ONLINE_LEVELS),
    reason: Bilingual.nullable(),
    source: Source,
  })
  .refine((online) => online.level !== 'partial' || online.reason !== null, {
    message: 'services.procedure.reason_missing',
    path: ['reason'],
  });
type OnlineService = z.infer<typeof OnlineService>;

export const PAPER_KINDS = ['original', 'copy', 'shown', 'form'] as const;

/** A paper that the dossier consists of. */
export const PaperRequired = z.strictObject({
  code: Slug,
  name: Bilingual,
  /** `original` is handed in, `copy` is handed in, `shown` is only presented and given back. */
  kind: z.enum(PAPER_KINDS),
  count: z.int().min(1),
  required: z.boolean(),
  /** In words, when it is needed only in some cases. */
  when: Bilingual.nullable(),
  /** The same as data over the answers of the form, where the form asks enough to decide it. */
  condition: Condition.nullable(),
  /** The commune may scan it into the dossier and reuse it. */
  digitisable: z.boolean(),
});
export type PaperRequired = z.infer<typeof PaperRequired>;

/** Who works on a step; the person comes from the rights of the day. */
export const OFFICER_ROLES = [
  'clerk',
  'specialist',
  'leader',
  'police_officer',
  'police_leader',
  'records_clerk',
] as const;
const OfficerRole = z.enum(OFFICER_ROLES);

/** One step inside the office, with its part of the time limit in percent. */
export const Step = z.strictObject({
  code: Slug,
  name: Bilingual,
  role: OfficerRole,
  share: z.int().min(0).max(100),
});
export type Step = z.infer<typeof Step>;

const ResultType = z.strictObject({
  name: Bilingual,
  media: z.array(z.enum(['paper', 'electronic'])).min(1),
  /** The document template of the house that draws it; null when the paper comes from a national system. */
  template: Slug.nullable(),
  /** How long the result is good for, when that is limited. */
  validity: Bilingual.nullable(),
});

const content = {
  code: z.string().regex(/^\d\.\d{6}$/),
  layer: LawLayer,
  name: Bilingual,
  /** What people say for it in everyday words; without accents and in any order they still find it. */
  synonyms: z.array(z.string().trim().min(2)).min(1),
  /** Earlier or related national codes by which a clerk may look for it. */
  otherCodes: z.array(z.string().min(1)),
  field: FieldOfLaw,
  agency: z.enum(AGENCIES),
  whoMayFile: Bilingual,
  /** Filed at any one-stop desk of the province, not only where one lives. */
  receivedFromAnywhere: z.boolean(),
  legalBasis: z.array(Source).min(1),
  /** Null: the limit was not found, or the law leaves it to the case. */
  timeLimit: TimeLimit.nullable(),
  fee: Fee,
  online: OnlineService,
  papers: z.array(PaperRequired).min(1),
  form: z.strictObject({ id: z.string().min(1), version: z.int().min(1) }),
  steps: z.array(Step).min(1),
  result: ResultType,
  /** Everything above was checked against the official text; otherwise the pages say that it was not. */
  verified: z.boolean(),
  sources: z.array(Source).min(1),
};

/** A version that is being written: everything but its number and its days. */
export const ProcedureDraft = z.strictObject(content).superRefine(checkContent);
export type ProcedureDraft = z.infer<typeof ProcedureDraft>;

/** A published version; `validTo` is its last day, null while it is open-ended. */
export const ProcedureVersion = z
  .strictObject({ ...content, version: z.int().min(1), validFrom: Day, validTo: Day.nullable() })
  .superRefine(checkContent)
  .refine((v) => v.validTo === null || v.validFrom <= v.validTo, {
    message: 'services.procedure.ends_early',
    path: ['validTo'],
  });
export type ProcedureVersion = z.infer<typeof ProcedureVersion>;

/** One procedure with its history: the file of the catalogue, and the file that is imported and exported. */
export const ProcedureFile = z
  .strictObject({ code: z.string(), versions: z.array(ProcedureVersion).min(1) })
  .superRefine((file, ctx) => {
    for (const problem of historyProblems(file.code, file.versions))
      ctx.addIssue({ code: 'custom', ...problem });
  });
export type ProcedureFile = z.infer<typeof ProcedureFile>;

interface Content {
  steps: Step[];
  papers: PaperRequired[];
  verified: boolean;
  timeLimit: TimeLimit | null;
  fee: Fee;
  legalBasis: Source[];
  online: OnlineService;
}

/** Faults are told as codes at their places, so that the editor and an imported file word them alike. */
function checkContent(version: Content, ctx: z.RefinementCtx): void {
  const fault = (path: string, code: string) =>
    ctx.addIssue({ code: 'custom', path: [path], message: `services.procedure.${code}` });
  if (version.steps.reduce((sum, step) => sum + step.share, 0) !== 100) fault('steps', 'steps_not_whole');
  for (const list of ['steps', 'papers'] as const) {
    const codes = version[list].map((one) => one.code);
    if (new Set(codes).size !== codes.length) fault(list, 'code_twice');
  }
  if (version.verified && unsure(version)) fault('verified', 'unsure');
}

function unsure(version: Content): boolean {
  const sources = [
    ...version.legalBasis,
    version.fee.source,
    version.online.source,
    ...(version.timeLimit ? [version.timeLimit.source] : []),
  ];
  return sources.some((source) => source.mark !== 'F');
}

function historyProblems(
  code: string,
  versions: readonly ProcedureVersion[],
): { path: (string | number)[]; message: string }[] {
  return versions.flatMap((version, at) => {
    const before = versions[at - 1];
    const fault = (key: string, word: string) => ({
      path: ['versions', at, key],
      message: `services.procedure.${word}`,
    });
    return [
      ...(version.code === code ? [] : [fault('code', 'file_other_code')]),
      ...(before && version.version <= before.version ? [fault('version', 'file_numbers')] : []),
      ...(before && (before.validTo === null || before.validTo >= version.validFrom)
        ? [fault('validFrom', 'file_overlap')]
        : []),
    ];
  });
}
