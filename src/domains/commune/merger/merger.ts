/** Merging communes: the plan, what each predecessor has, the word that confirms it. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#kernel/audit';
import { Day, line, optional } from '#kernel/input';

/** What the operator writes down before anything happens. */
export const MergerPlan = z
  .strictObject({
    /** The new commune. It is made; nothing becomes it. */
    slug: z.string().regex(/^[a-z0-9-]{2,40}$/, 'commune.merger.bad_slug'),
    /** Without its kind: `Vô Tranh`. */
    name: line(100),
    hosts: z.array(z.string().regex(/^[a-z0-9.-]+$/, 'commune.merger.bad_host')).min(1, 'input.missing'),
    agencyCode: z.string().regex(/^[A-Z0-9.]+$/, 'commune.merger.bad_agency_code'),
    officialCode: z.string().regex(/^\d{5}$/, 'commune.unit.bad_code'),
    province: line(100),
    /** Slugs of the communes that become part of it; the first one's office hours are taken over. */
    predecessors: z
      .array(z.string())
      .min(2, 'commune.merger.too_few')
      .refine((slugs) => new Set(slugs).size === slugs.length, 'commune.merger.twice'),
    /** The first day on which the new commune works; the predecessors take nothing in from then on. */
    day: Day,
    /** The day from which the new unit exists by law, where that is another one. */
    lawfulFrom: optional(Day).optional(),
    /** The resolution. */
    source: line(300),
    verified: z.boolean().default(false),
    /** Officials of the new commune may read in the predecessors with the roles they hold in the new one. */
    readPredecessors: z.boolean().default(false),
    address: optional(line(200)).optional(),
  })
  .refine((plan) => !plan.lawfulFrom || plan.lawfulFrom <= plan.day, {
    message: 'input.out_of_range',
    path: ['lawfulFrom'],
  });
export type MergerPlan = z.output<typeof MergerPlan>;
export type MergerPlanInput = z.input<typeof MergerPlan>;

/** How many of one kind of thing. */
export type Count = { name: string; title: { vi: string; en: string }; count: number; open: boolean };

/** What a commune has: the rooms' own counts, and the rows of every table that keeps something for it. */
export type Stock = { counts: Count[]; rows: Record<string, number> };

export type PredecessorStock = Stock & { slug: string; name: string; agencyCode: string; hosts: string[] };

/** The dry run's report, and what is kept of the merger. */
export type MergerReport = {
  successor: { slug: string; name: string; hosts: string[]; officialCode: string };
  day: string;
  predecessors: PredecessorStock[];
  /** As they will be in the new commune. */
  hamlets: { name: string; from: string }[];
};

/** Work that nobody can finish after the day, by predecessor. */
export function openWork(
  report: MergerReport,
): { commune: string; name: string; title: Count['title']; count: number }[] {
  return report.predecessors.flatMap(({ name: commune, counts }) =>
    counts
      .filter(({ open, count }) => open && count > 0)
      .map(({ name, title, count }) => ({ commune, name, title, count })),
  );
}

/**
 * What has to be typed for the merger to happen: who becomes what, when, and a mark of everything that the dry run
 * counted. If anything was added since, the mark is another one and the merger is refused.
 */
export function confirmationOf(plan: MergerPlan, report: MergerReport): string {
  const mark = createHash('sha256').update(canonicalJson({ plan, report })).digest('hex').slice(0, 8);
  return `${[...plan.predecessors].join('+')}=${plan.slug}@${plan.day} ${mark}`;
}

/** Names for the new commune's hamlets: where two predecessors have one name, each gets its commune behind it. */
export function namesTogether(hamlets: readonly { name: string; key: string; commune: string }[]): string[] {
  const times = new Map<string, number>();
  for (const { key } of hamlets) times.set(key, (times.get(key) ?? 0) + 1);
  return hamlets.map(({ name, key, commune }) => (times.get(key)! > 1 ? `${name} (${commune})` : name));
}

/** What differs between two counts of one commune, as `table: before → after`. */
export function differences(before: Stock, after: Stock): string[] {
  const flat = ({ counts, rows }: Stock) =>
    new Map([...counts.map(({ name, count }) => [name, count] as const), ...Object.entries(rows)]);
  const [was, is] = [flat(before), flat(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => `${name}: ${was.get(name) ?? 0} → ${is.get(name) ?? 0}`);
}
