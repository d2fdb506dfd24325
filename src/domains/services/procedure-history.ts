import { refuse } from '#kernel/errors';
import { addDays, localDate } from '#kernel/time';
import { ProcedureDraft, type ProcedureVersion } from './procedure.ts';

/** The version whose rules hold on a day; a dossier keeps that of its day of reception for ever. */
export function procedureAt(
  versions: readonly ProcedureVersion[],
  day: string,
): ProcedureVersion | undefined {
  return versions.find((one) => one.validFrom <= day && (one.validTo === null || day <= one.validTo));
}

/**
 * Publishes a draft from a day on: gives the whole history with the new version at its end and the one
 * before it closed on the day before. Earlier versions are untouched.
 *
 * @param from first day, `YYYY-MM-DD`
 * @param filedUntil the last day on which a dossier of this procedure was filed, if any: rules must not
 *   change under what was already filed.
 * @throws AppError `services.procedure.…` (409) when it would overlap an earlier version, reach back behind filed dossiers,
 *   change nothing, or belong to another procedure.
 */
export function publishVersion(
  versions: readonly ProcedureVersion[],
  draft: ProcedureDraft,
  from: string,
  filedUntil: string | null,
): ProcedureVersion[] {
  const last = versions.at(-1);
  if (last && draft.code !== last.code) refuse('services.procedure.other_code', 409);
  if (filedUntil !== null && from <= filedUntil) refuse('services.procedure.before_filed', 409);
  if (last && from <= (last.validTo ?? last.validFrom)) refuse('services.procedure.before_last_version', 409);
  if (last && diffVersions(last, draft).length === 0) refuse('services.procedure.nothing_changed', 409);
  const published = { ...draft, version: (last?.version ?? 0) + 1, validFrom: from, validTo: null };
  const closed = last && last.validTo === null ? { ...last, validTo: dayBefore(from) } : last;
  return [...versions.slice(0, -1), ...(closed ? [closed] : []), published];
}

/** A draft that begins as a copy of a version. */
export function draftFrom(version: ProcedureVersion): ProcedureDraft {
  const { version: _number, validFrom: _from, validTo: _to, ...content } = version;
  return ProcedureDraft.parse(content);
}

/** One difference between two versions; the path is as in `fee.rule.amount` or `papers.id_card.count`. */
export interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}

const NOT_CONTENT = new Set(['version', 'validFrom', 'validTo']);

/**
 * What changes from one version to the next, leaf by leaf, in the order of the file. Lists of things
 * with a code (papers, steps, exemptions) are compared by code, so that a moved paper is no change of
 * another. The number and the days of a version are no content.
 */
export function diffVersions(
  before: ProcedureDraft | ProcedureVersion,
  after: ProcedureDraft | ProcedureVersion,
): Difference[] {
  return diff('', before, after).filter(({ path }) => !NOT_CONTENT.has(path));
}

function diff(path: string, before: unknown, after: unknown): Difference[] {
  const left = entriesOf(before);
  const right = entriesOf(after);
  if (!left || !right) return Object.is(before, after) ? [] : [{ path, before, after }];
  const keys = new Set([...left.keys(), ...right.keys()]);
  const inside = [...keys].flatMap((key) =>
    diff(path === '' ? key : `${path}.${key}`, left.get(key), right.get(key)),
  );
  const moved = [...left.keys()].join('\n') !== [...right.keys()].join('\n');
  return inside.length === 0 && moved && isCoded(before) ? [{ path, before, after }] : inside;
}

/** The parts of an object or list by name; undefined for a leaf. */
function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  if (isCoded(value)) return new Map(value.map((one) => [one.code, one]));
  return new Map(value.map((one: unknown, at) => [String(at), one]));
}

function isCoded(value: unknown): value is { code: string }[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one?.code === 'string');
}

function dayBefore(day: string): string {
  return addDays(localDate(day), -1);
}
