/** A hamlet (xóm) of the commune. */
import { foldText } from '#kernel/text';
import type { LocalDate } from '#kernel/time';

export type Hamlet = {
  id: string;
  /** For addresses: the first name's words without accents. Never changes. */
  slug: string;
  name: string;
  /** The name is a stand-in of the demo, not an official one. */
  demoName: boolean;
  position: number;
  validFrom: LocalDate | null;
  /** The last day; null while it exists. */
  validTo: LocalDate | null;
  successorId: string | null;
  /** Where it meets, in words. */
  hall: string | null;
  /** The predecessor's hamlet that it was, where a merger of communes brought it. */
  cameFrom: { commune: number; communeName: string; hamlet: string; name: string } | null;
  /** Names that it had, newest first. */
  formerNames: { name: string; until: LocalDate }[];
};

/** Whether the hamlet exists on that day. */
export function existsOn(hamlet: Pick<Hamlet, 'validFrom' | 'validTo'>, day: LocalDate): boolean {
  return (hamlet.validFrom ?? day) <= day && day <= (hamlet.validTo ?? day);
}

/** `Khe Cốc` → `khe-coc`. */
export function slugOf(name: string): string {
  return (foldText(name).match(/[a-z0-9]+/g) ?? []).join('-').slice(0, 60) || 'xom';
}

/** Whether words typed by somebody (no accents needed) name this hamlet, by its present or a former name. */
export function isNamed(hamlet: Pick<Hamlet, 'name' | 'formerNames'>, typed: string): boolean {
  const asked = foldText(typed).replace(/^(xom|thon|ban) /, '');
  return [hamlet.name, ...hamlet.formerNames.map(({ name }) => name)].some((name) => {
    const folded = foldText(name).replace(/^(xom|thon|ban) /, '');
    return asked !== '' && ` ${folded}`.includes(` ${asked}`);
  });
}
