/** Where the things lie that leaves commit to: read live, so that a changed row no longer fits its leaf. */
import type { Ctx } from '#kernel/context';

/** What a leaf's subject is now: an EPCIS event, or what was committed to with a salt. */
export type Shown = { event: unknown } | { content: unknown };

/**
 * Reads the published things of one kind.
 * @returns by subject; what is not public, or gone, is left out
 */
export type LeafSource = (ctx: Ctx, subjects: readonly string[]) => Promise<ReadonlyMap<string, Shown>>;
export type LeafSources = Readonly<Record<string, LeafSource>>;
