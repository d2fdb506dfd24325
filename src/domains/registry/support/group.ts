/** Groups that the commune looks after: data with source in catalog/groups.json. Pure. */
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import { Source } from '#kernel/source';
import type { LocalDate } from '#kernel/time';
import catalogData from '../catalog/groups.json' with { type: 'json' };

const Group = z.strictObject({
  code: z.enum([
    'poor_household',
    'near_poor_household',
    'temporary_house',
    'disability',
    'lonely_elder',
    'orphan',
    'merit',
  ]),
  /** Whole households belong to it, or single people. */
  level: z.enum(['household', 'person']),
  /** Of the groups of one series somebody belongs to one at a time. */
  series: z.string().min(1),
  name: Bilingual,
  source: Source,
  /** Whether it was compared with the official text. */
  verified: z.boolean(),
});
export type Group = z.infer<typeof Group>;
export type GroupCode = Group['code'];

export const GROUPS: readonly Group[] = z
  .strictObject({ note: z.string(), groups: z.array(Group) })
  .parse(catalogData).groups;

/** The group that an address or a form names, if it is one. */
export function findGroup(code: string | null | undefined): Group | undefined {
  return GROUPS.find((group) => group.code === code);
}

/** @throws Error for a code that the catalogue lacks: a fault of ours, the database holds checked codes only */
export function groupOf(code: string): Group {
  const group = findGroup(code);
  if (!group) throw new Error(`catalog/groups.json has no group ${code}`);
  return group;
}

/** Whose group or aid it is. */
export type Subject = { kind: 'household' | 'resident'; id: string };

/** The groups that a household or a person may belong to. */
export function groupsFor(subject: Pick<Subject, 'kind'>): readonly Group[] {
  return GROUPS.filter(({ level }) => (level === 'household') === (subject.kind === 'household'));
}

/** Whether it holds at the end of that day. */
export function holds(span: { from: LocalDate; until: LocalDate | null }, day: LocalDate): boolean {
  return span.from <= day && (span.until === null || span.until > day);
}
